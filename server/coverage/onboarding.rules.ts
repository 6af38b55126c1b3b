import { addDays, addMonths, firstDayOf, yearOf } from '../platform/civilDays.js';
import type { CivilDay } from '../platform/civilDays.js';
import type { Participation } from './coverage.rules.js';

/** 新入职岗位培训; a policy on the entry date (domain.md §2.4, ruling 31). */
export interface OnboardingPolicy {
  /** Ships 6. */
  readonly withinMonths: number;
  /** Days before the deadline on which the flag is raised, ships 30. */
  readonly warnDays: number;
  /** Entries before this day are not asked about: nobody has kept their papers. Null asks about everyone. */
  readonly entriesFrom: CivilDay | null;
}

/** Where a new hire stands. `deadline` is the last day that is still in time. */
export type Onboarding =
  | { readonly kind: 'NOT_ASKED' }
  | { readonly kind: 'DONE'; readonly classId: string; readonly doneOn: CivilDay; readonly deadline: CivilDay; readonly isLate: boolean }
  | { readonly kind: 'OPEN'; readonly deadline: CivilDay; readonly warnFrom: CivilDay; readonly isWarned: boolean }
  | { readonly kind: 'OVERDUE'; readonly deadline: CivilDay };

/** The last day in time: the corresponding day n months after entry, that day included. */
export function onboardingDeadline(entryOn: CivilDay, policy: OnboardingPolicy): CivilDay {
  return addMonths(entryOn, policy.withinMonths);
}

/** The onboarding of one person; a class finished before entry counts. The warning begins on the very day of `warnFrom`. */
export function onboardingOf(
  entryOn: CivilDay | null,
  participations: readonly Participation[],
  today: CivilDay,
  policy: OnboardingPolicy,
): Onboarding {
  if (entryOn === null || (policy.entriesFrom !== null && entryOn < policy.entriesFrom)) return { kind: 'NOT_ASKED' };
  const deadline = onboardingDeadline(entryOn, policy);
  const done = participations
    .filter((place) => place.purpose === 'ONBOARDING' && place.state === 'COMPLETED' && place.lastDay <= today)
    .sort((a, b) => (a.lastDay < b.lastDay ? -1 : 1))[0];
  if (done) return { kind: 'DONE', classId: done.classId, doneOn: done.lastDay, deadline, isLate: done.lastDay > deadline };
  if (today > deadline) return { kind: 'OVERDUE', deadline };
  const warnFrom = addDays(deadline, -policy.warnDays);
  return { kind: 'OPEN', deadline, warnFrom, isWarned: today >= warnFrom };
}

/**
 * Whether a new hire is counted in a year's onboarding figures: who entered in the year, and who entered in the year
 * before and brought an unfinished onboarding into this one. So what is owed does not drop off the board at New Year,
 * and nobody is called a new hire for ever.
 */
export function isInOnboardingCohort(onboarding: Onboarding, entryOn: CivilDay | null, year: number): boolean {
  if (onboarding.kind === 'NOT_ASKED' || entryOn === null) return false;
  if (yearOf(entryOn) === year) return true;
  const isOwed = onboarding.kind !== 'DONE' || onboarding.doneOn >= firstDayOf(year);
  return yearOf(entryOn) === year - 1 && isOwed;
}
