import { flagRules } from '../gaps/flags.rules.js';
import type { RuleCount } from '../gaps/gaps.service.js';
import { ageBands } from '../gaps/storedFlag.rules.js';
import type { Ctx } from '../platform/http/context.js';
import type { FlagLine } from './board.pages.js';
import { placeOf, queryOf } from './links.pages.js';

/** Open flags by rule and age, in the order of the catalogue. */
export function flagLines(ctx: Ctx, counts: readonly RuleCount[]): FlagLine[] {
  const known = new Map(counts.map((count) => [count.ruleId, count]));
  return flagRules.flatMap((rule) => {
    const count = known.get(rule);
    if (count === undefined) return [];
    const href = (age: string): string => `/flags${queryOf({ ...placeOf(ctx), rule, age })}`;
    return [
      {
        label: ctx.t(`gaps.rule.${rule}`),
        addressee: ctx.t(`gaps.addresseeOf.${rule}`),
        ages: ageBands.map((age) => ({ value: count.byAge[age], href: href(age), isOld: age === 'LONGER' && count.byAge[age] > 0 })),
        total: { value: count.total, href: href('') },
      },
    ];
  });
}
