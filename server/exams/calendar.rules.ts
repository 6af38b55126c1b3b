import type { CivilDay } from '../platform/civilDays.js';
import { nextExamYear, type ExamYear } from './examYears.rules.js';

/** The registration window of a division; the nearest on a person's path holds. */
export interface RegistrationWindow {
  readonly divisionId: string;
  readonly from: CivilDay;
  readonly to: CivilDay;
}

/** A line of the exam calendar as it is kept. */
export interface CalendarYear {
  readonly id: string;
  readonly year: number;
  readonly firstDay: CivilDay | null;
  readonly lastDay: CivilDay | null;
  readonly resultsOn: CivilDay | null;
  readonly windows: readonly RegistrationWindow[];
  readonly source: string;
  readonly version: number;
  readonly changedBy: string;
  readonly changedAt: Date;
}

/** The line as somebody of a division sees it. */
export function lineFor(line: CalendarYear, divisionPath: readonly string[]): ExamYear {
  const windows = line.windows.filter((window) => divisionPath.includes(window.divisionId));
  windows.sort((a, b) => divisionPath.indexOf(b.divisionId) - divisionPath.indexOf(a.divisionId));
  const { year, firstDay, lastDay, resultsOn } = line;
  return { year, firstDay, lastDay, resultsOn, registrationFrom: windows[0]?.from ?? null, registrationTo: windows[0]?.to ?? null };
}

/** The exam a person can still change, by the calendar as it is kept. */
export function comingYear(calendar: readonly CalendarYear[], today: CivilDay): number {
  return nextExamYear(calendar.map((line) => lineFor(line, [])), today);
}

/** Why the days of a line cannot stand. */
export type CalendarProblem = 'DAYS_ORDER' | 'WRONG_YEAR' | 'RESULTS_BEFORE_EXAM' | 'WINDOW_ORDER' | 'WINDOW_AFTER_EXAM';

/** The first fault of each kind: an exam lies in its year, begins before it ends, after registration and before its results. */
export function calendarProblems(line: Pick<CalendarYear, 'year' | 'firstDay' | 'lastDay' | 'resultsOn'>, window: Pick<RegistrationWindow, 'from' | 'to'> | null): CalendarProblem[] {
  const { year, firstDay, lastDay, resultsOn } = line;
  const found: CalendarProblem[] = [];
  if (firstDay !== null && Number(firstDay.slice(0, 4)) !== year) found.push('WRONG_YEAR');
  if (firstDay !== null && lastDay !== null && lastDay < firstDay) found.push('DAYS_ORDER');
  if (resultsOn !== null && (firstDay === null || resultsOn <= (lastDay ?? firstDay))) found.push('RESULTS_BEFORE_EXAM');
  if (window !== null && window.to < window.from) found.push('WINDOW_ORDER');
  if (window !== null && firstDay !== null && window.to >= firstDay) found.push('WINDOW_AFTER_EXAM');
  return found;
}
