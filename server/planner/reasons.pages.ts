import type { Translate } from '../platform/i18n/translator.js';
import { rankReasons } from './ranking.rules.js';

/** Why somebody was put forward: a reason of the ranking in words, or what was written. */
export function reasonWords(t: Translate, reason: string): string {
  if (reason === 'walkIn') return t('planner.reason.walkIn');
  return rankReasons.some((one) => one === reason) ? t(`planner.reason.${reason}`) : reason;
}
