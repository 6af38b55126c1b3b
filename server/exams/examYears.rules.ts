import { yearOf } from '../platform/civilDays.js';
import type { CivilDay } from '../platform/civilDays.js';

/** One line of the exam calendar the city keeps: dates never follow from a formula (domain.md §1.3). */
export interface ExamYear {
  readonly year: number;
  readonly registrationFrom: CivilDay | null;
  readonly registrationTo: CivilDay | null;
  readonly firstDay: CivilDay | null;
  readonly lastDay: CivilDay | null;
  /** Day the results came out; null until then. */
  readonly resultsOn: CivilDay | null;
}

/** The exam a person can still change: the first whose results are not out; without such a line, the one after the last. */
export function nextExamYear(calendar: readonly ExamYear[], today: CivilDay): number {
  const known = calendar.filter((line) => line.resultsOn !== null && line.resultsOn <= today).map((line) => line.year);
  return known.length === 0 ? yearOf(today) : Math.max(...known) + 1;
}

/** Where a year's registration stands; `UNKNOWN` until the notice gives its days. */
export type RegistrationPhase = 'UNKNOWN' | 'NOT_YET' | 'OPEN' | 'OVER';

/** Whether one may register for that exam now; the last day counts as open. */
export function registrationPhase(line: ExamYear | undefined, today: CivilDay): RegistrationPhase {
  if (!line?.registrationFrom || !line.registrationTo) return 'UNKNOWN';
  if (today < line.registrationFrom) return 'NOT_YET';
  return today <= line.registrationTo ? 'OPEN' : 'OVER';
}
