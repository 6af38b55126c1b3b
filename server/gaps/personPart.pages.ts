import type { CivilDay } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import type { PersonPart, PersonTodo } from '../workers/person.pages.js';
import { dueWords, flagWords, type ClassNames } from './flagWords.pages.js';
import type { FlagSeverity } from './flags.rules.js';
import type { StoredFlag } from './storedFlag.rules.js';

const tones: Readonly<Record<FlagSeverity, PersonTodo['tone']>> = { LATE: 'bad', SOON: 'warn', NOTICE: 'calm' };

/** The open flags of a person as matters of the person page. */
export function flagsPart(
  ctx: Ctx,
  flags: readonly StoredFlag[],
  at: { readonly classes: ClassNames; readonly today: CivilDay },
): PersonPart {
  return {
    todos: flags.map((flag): PersonTodo => {
      const { why, more, clears } = flagWords(ctx, flag, at.classes);
      const title = ctx.t(`gaps.rule.${flag.ruleId}`);
      return {
        tone: tones[flag.severity],
        icon: 'flag',
        title,
        evidence: more === '' ? why : ctx.t('gaps.whyMore', { why, more }),
        clears: ctx.t('gaps.clearsBy', { clears }),
        ...dueWords(ctx, flag.dueOn, at.today),
      };
    }),
  };
}
