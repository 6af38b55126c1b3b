import { addDays, addMonths, yearOf } from '../platform/civilDays.js';
import type { CivilDay } from '../platform/civilDays.js';
import { isSecretary } from '../workers/posts.rules.js';
import { holdsOn } from '../workers/service.rules.js';
import type { ServiceHistory } from '../workers/service.rules.js';
import type { Participation } from './coverage.rules.js';

/** 任职培训 of new party secretaries; a policy on the day of appointment (domain.md §2.1, §2.4). */
export interface InductionPolicy {
  /** Ships 6: "within half a year". */
  readonly withinMonths: number;
  readonly warnDays: number;
  /** Appointments before this day are not asked about; null asks about every new secretary. */
  readonly appointmentsFrom: CivilDay | null;
}

export type Induction =
  | { readonly kind: 'NOT_ASKED' }
  | {
      readonly kind: 'DONE';
      readonly appointedOn: CivilDay;
      readonly classId: string;
      readonly doneOn: CivilDay;
      readonly deadline: CivilDay;
      readonly isLate: boolean;
    }
  | { readonly kind: 'OPEN'; readonly appointedOn: CivilDay; readonly deadline: CivilDay; readonly isWarned: boolean }
  | { readonly kind: 'OVERDUE'; readonly appointedOn: CivilDay; readonly deadline: CivilDay };

/**
 * Since when a person has been a secretary without a break, in whichever community and also as the dual post: who
 * moves to another community or takes over the directorship as well is no *new* secretary. Null when none on that day.
 */
export function secretarySince(history: ServiceHistory, day: CivilDay): CivilDay | null {
  const rows = history.appointments.filter((row) => row.primary && isSecretary(row.post));
  let since = rows.find((row) => holdsOn(row, day))?.from ?? null;
  while (since !== null) {
    const dayBefore = addDays(since, -1);
    const earlier = rows.find((row) => holdsOn(row, dayBefore));
    if (earlier === undefined) return since;
    since = earlier.from;
  }
  return null;
}

/** A secretary is new in the year of appointment and the one after; long-serving ones are not asked for papers of their first year. */
function isNew(appointedOn: CivilDay, today: CivilDay, policy: InductionPolicy): boolean {
  return yearOf(appointedOn) >= yearOf(today) - 1 && (policy.appointmentsFrom === null || appointedOn >= policy.appointmentsFrom);
}

/** The induction of one person: an INDUCTION class completed since the appointment, in time or late. */
export function inductionOf(
  history: ServiceHistory,
  participations: readonly Participation[],
  today: CivilDay,
  policy: InductionPolicy,
): Induction {
  const appointedOn = secretarySince(history, today);
  if (appointedOn === null || !isNew(appointedOn, today, policy)) return { kind: 'NOT_ASKED' };
  const deadline = addMonths(appointedOn, policy.withinMonths);
  const done = participations
    .filter((place) => place.purpose === 'INDUCTION' && place.state === 'COMPLETED')
    .filter((place) => place.lastDay >= appointedOn && place.lastDay <= today)
    .sort((a, b) => (a.lastDay < b.lastDay ? -1 : 1))[0];
  if (done) return { kind: 'DONE', appointedOn, classId: done.classId, doneOn: done.lastDay, deadline, isLate: done.lastDay > deadline };
  if (today > deadline) return { kind: 'OVERDUE', appointedOn, deadline };
  return { kind: 'OPEN', appointedOn, deadline, isWarned: today >= addDays(deadline, -policy.warnDays) };
}
