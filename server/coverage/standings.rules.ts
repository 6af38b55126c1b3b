import { firstDayOf, lastDayOf, monthOf } from '../platform/civilDays.js';
import type { CivilDay } from '../platform/civilDays.js';
import type { Post, PostClass } from '../workers/posts.rules.js';
import { isDue } from './coverage.rules.js';
import type { Coverage } from './coverage.rules.js';
import type { Onboarding } from './onboarding.rules.js';
import type { TierRow, WorkerYear } from './workerYear.rules.js';

/** The day a year is judged on: today in the running year, its last day afterwards, its first day before it has begun. */
export function asOfDay(year: number, today: CivilDay): CivilDay {
  if (today < firstDayOf(year)) return firstDayOf(year);
  return today > lastDayOf(year) ? lastDayOf(year) : today;
}

/** What lists and counts ask of a worker-year, taken out of it so that indexes can serve them. */
export interface StandingKeys {
  readonly kind: Coverage['kind'];
  readonly isArranged: boolean;
  /** Month of the first completion of a trained person, or in which the arranged class ends; else null. */
  readonly month: number | null;
  readonly hoursMet: boolean;
  readonly onboardingKind: Onboarding['kind'];
  readonly isOnboardingLate: boolean;
  readonly rows: readonly TierRow[];
  readonly post: Post | null;
  readonly postClass: PostClass | null;
}

function monthOfCoverage(coverage: Coverage): number | null {
  if (coverage.kind === 'TRAINED') return coverage.month;
  return coverage.kind === 'UNTRAINED' && coverage.arranged !== null ? monthOf(coverage.arranged.endsOn) : null;
}

/** The keys of a worker-year; they restate the roll-up's counts, and a test holds both together. */
export function standingKeys(standing: WorkerYear): StandingKeys {
  const { coverage, onboarding, hours, rows, post, postClass } = standing;
  return {
    kind: coverage.kind,
    isArranged: coverage.kind === 'UNTRAINED' && coverage.arranged !== null,
    month: monthOfCoverage(coverage),
    hoursMet: isDue(coverage) && hours !== null && hours.isMet,
    onboardingKind: onboarding.kind,
    isOnboardingLate: onboarding.kind === 'DONE' && onboarding.isLate,
    rows,
    post,
    postClass,
  };
}

/** The key of person-times booked below a division in a row of the board. */
export function bookingKey(divisionId: string, row: TierRow): string {
  return `${divisionId}:${row}`;
}

/** Divisions whose roll-up a worker-year goes into: where the person belongs and where person-times were booked. */
export function homesOf(standing: WorkerYear): string[] {
  return [...new Set([standing.divisionId ?? '', ...standing.bookings.map((booking) => booking.divisionId)])].filter((id) => id !== '');
}
