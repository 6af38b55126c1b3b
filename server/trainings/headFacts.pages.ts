import { coveragePolicy } from '../coverage/coverage.policies.js';
import { isQualifying } from '../coverage/coverage.rules.js';
import { timeOf } from '../platform/civilDays.js';
import type { Clock } from '../platform/clock.js';
import type { Ctx } from '../platform/http/context.js';
import type { PoliciesService } from '../policies/policies.service.js';
import type { HeadFacts } from './classHead.pages.js';
import type { ClassPartSource } from './classParts.pages.js';
import type { EnrolmentsService } from './enrolments.service.js';
import { slotAt } from './stages.rules.js';
import type { TrainingClass } from './trainingClass.rules.js';

interface HeadDeps {
  readonly enrolments: Pick<EnrolmentsService, 'countByState'>;
  readonly policies: Pick<PoliciesService, 'load'>;
  readonly clock: Clock;
}

/** The head of every page of one class, for the features that have pages of their own under it. */
export async function headFacts(
  deps: HeadDeps,
  ctx: Ctx,
  of: TrainingClass,
  at: { tab: string; sources: readonly ClassPartSource[] },
): Promise<HeadFacts> {
  const [counts, parts, book] = await Promise.all([
    deps.enrolments.countByState(ctx.scope, [of.id]),
    Promise.all(at.sources.map((source) => source(ctx, of))),
    deps.policies.load([coveragePolicy]),
  ]);
  const today = deps.clock.today();
  const qualifies = isQualifying(of, book.on(coveragePolicy, of.ownerPath, of.lastDay).value);
  return { of, today, now: slotAt(today, timeOf(deps.clock.now())), counts: counts.get(of.id) ?? {}, parts, qualifies, tab: at.tab };
}
