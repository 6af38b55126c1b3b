import type { FlagRule } from '../gaps/flags.rules.js';
import type { RuleCount } from '../gaps/gaps.service.js';
import { placeOf, queryOf } from '../coverage/links.pages.js';
import type { Ctx } from '../platform/http/context.js';
import type { MenuCounters } from './counters.service.js';

/** Something that waits for an act, with its list; `who` is said where it is somebody else's act. */
export interface Todo {
  readonly tone: 'bad' | 'warn' | 'calm';
  readonly icon: string;
  readonly label: string;
  readonly who: string;
  readonly href: string;
  readonly count: string;
}

/** Late flags of an area: those that call the account, and all others. */
export interface LateFlags {
  readonly own: readonly RuleCount[];
  readonly all: readonly RuleCount[];
}

const asked = [
  { counter: 'exemptions', icon: 'ban', href: '/exemptions' },
  { counter: 'transfers', icon: 'transfer', href: '/transfers' },
  { counter: 'corrections', icon: 'message-report', href: '/corrections' },
  { counter: 'nominations', icon: 'user-plus', href: '/nominations' },
] as const;

/** What others have asked for, then what is late and calls this account, rule by rule. */
export function todosOf(ctx: Ctx, counters: MenuCounters, late: LateFlags): readonly Todo[] {
  const { t } = ctx;
  const requests = asked.flatMap(({ counter, icon, href }): Todo[] => {
    const count = counters[counter] ?? 0;
    if (count === 0) return [];
    return [
      {
        tone: 'warn',
        icon,
        label: t(`home.desk.todo.${counter}`),
        who: '',
        href: href + queryOf(placeOf(ctx)),
        count: t('home.desk.items', { n: count }),
      },
    ];
  });
  return [...requests, ...[...late.own].sort((a, b) => b.total - a.total).map((one) => lateLine(ctx, one, ''))];
}

/** What is late and somebody else's to do, with whose it is. */
export function othersLate(ctx: Ctx, { own, all }: LateFlags): readonly Todo[] {
  const mine = new Map<FlagRule, number>(own.map(({ ruleId, total }) => [ruleId, total]));
  const rest = all.map((one) => ({ ...one, total: one.total - (mine.get(one.ruleId) ?? 0) })).filter((one) => one.total > 0);
  return rest
    .sort((a, b) => b.total - a.total)
    .map((one) => lateLine(ctx, one, ctx.t('home.desk.who', { name: ctx.t(`gaps.addresseeOf.${one.ruleId}`) })));
}

function lateLine(ctx: Ctx, { ruleId, total }: Pick<RuleCount, 'ruleId' | 'total'>, who: string): Todo {
  const { t } = ctx;
  return {
    tone: who === '' ? 'bad' : 'calm',
    icon: 'alert-triangle',
    label: t(`gaps.rule.${ruleId}`),
    who,
    href: `/flags${queryOf({ ...placeOf(ctx), rule: ruleId, severity: 'LATE' })}`,
    count: t('home.desk.items', { n: total.toLocaleString('en-US') }),
  };
}
