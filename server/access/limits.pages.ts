import type { Config } from '../platform/config.js';
import type { Ctx } from '../platform/http/context.js';
import { codeDays } from './codes.rules.js';
import { passwordLength } from './passwords.rules.js';
import type { SignInLimits } from './signIn.service.js';

/** The thresholds of signing in, as they are set; they come from the configuration, not from policy rows (decision 4). */
export function limitsPage(ctx: Ctx, config: Pick<Config, 'SESSION_IDLE_MINUTES' | 'SECURE_COOKIES'>, limits: SignInLimits) {
  const title = ctx.t('access.limits.title');
  const rows = [
    { name: 'failures', value: ctx.t('access.limits.times', { n: limits.failures }), setting: 'SIGN_IN_FAILURES' },
    { name: 'lock', value: ctx.t('access.limits.minutes', { n: limits.lockMinutes }), setting: 'LOCK_MINUTES' },
    {
      name: 'address',
      value: ctx.t('access.limits.addressValue', { n: limits.addressFailures, minutes: limits.lockMinutes }),
      setting: 'SIGN_IN_FAILURES',
    },
    { name: 'idle', value: ctx.t('access.limits.minutes', { n: config.SESSION_IDLE_MINUTES }), setting: 'SESSION_IDLE_MINUTES' },
    { name: 'cookies', value: ctx.t(`access.limits.secure.${config.SECURE_COOKIES}`), setting: 'SECURE_COOKIES' },
    { name: 'code', value: ctx.t('access.limits.days', { n: codeDays }), setting: null },
    { name: 'password', value: ctx.t('access.password.hint', passwordLength), setting: null },
  ];
  return {
    title,
    crumbs: [{ href: null, label: title }],
    facts: ctx.t('access.limits.facts'),
    rows: rows.map(({ name, value, setting }) => ({
      label: ctx.t(`access.limits.of.${name}`),
      value,
      setting: setting ?? ctx.t('access.limits.fixed'),
      note: ctx.t(`access.limits.note.${name}`),
    })),
  };
}
