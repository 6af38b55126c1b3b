import type { RuleCount } from '../gaps/gaps.service.js';
import { placeOf, queryOf } from '../coverage/links.pages.js';
import type { Ctx } from '../platform/http/context.js';
import type { MenuCounters } from './counters.service.js';

/** Something that waits for an act of the account, with its list. */
export interface Todo {
  readonly tone: 'bad' | 'warn' | 'calm';
  readonly icon: string;
  readonly label: string;
  readonly href: string;
  readonly count: string;
}

const asked = [
  { counter: 'exemptions', icon: 'ban', href: '/exemptions' },
  { counter: 'transfers', icon: 'transfer', href: '/transfers' },
  { counter: 'corrections', icon: 'message-report', href: '/corrections' },
  { counter: 'nominations', icon: 'user-plus', href: '/nominations' },
] as const;

/** What others have asked for, then what is late, rule by rule. */
export function todosOf(ctx: Ctx, counters: MenuCounters, late: readonly RuleCount[]): readonly Todo[] {
  const { t } = ctx;
  const requests = asked.flatMap(({ counter, icon, href }): Todo[] => {
    const count = counters[counter] ?? 0;
    return count === 0
      ? []
      : [
          {
            tone: 'warn',
            icon,
            label: t(`home.desk.todo.${counter}`),
            href: href + queryOf(placeOf(ctx)),
            count: t('home.desk.items', { n: count }),
          },
        ];
  });
  const lateRules = [...late].sort((a, b) => b.total - a.total);
  const flags = lateRules.map(({ ruleId, total }): Todo => ({
    tone: 'bad',
    icon: 'alert-triangle',
    label: t(`gaps.rule.${ruleId}`),
    href: `/flags${queryOf({ ...placeOf(ctx), rule: ruleId, severity: 'LATE' })}`,
    count: t('home.desk.items', { n: total }),
  }));
  return [...requests, ...flags];
}
