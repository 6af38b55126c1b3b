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
  return nextExamYear(
    calendar.map((line) => lineFor(line, [])),
    today,
  );
}

/** Why the days of a line cannot stand. */
export type CalendarProblem = 'DAYS_ORDER' | 'WRONG_YEAR' | 'RESULTS_BEFORE_EXAM' | 'WINDOW_ORDER' | 'WINDOW_AFTER_EXAM';

type Days = Pick<CalendarYear, 'year' | 'firstDay' | 'lastDay' | 'resultsOn'>;
type Window = Pick<RegistrationWindow, 'from' | 'to'>;

const faults: Readonly<Record<CalendarProblem, (line: Days, window: Window | null) => boolean>> = {
  WRONG_YEAR: ({ firstDay, year }) => firstDay !== null && Number(firstDay.slice(0, 4)) !== year,
  DAYS_ORDER: ({ firstDay, lastDay }) => firstDay !== null && lastDay !== null && lastDay < firstDay,
  RESULTS_BEFORE_EXAM: ({ firstDay, lastDay, resultsOn }) =>
    resultsOn !== null && (firstDay === null || resultsOn <= (lastDay ?? firstDay)),
  WINDOW_ORDER: (_line, window) => window !== null && window.to < window.from,
  WINDOW_AFTER_EXAM: ({ firstDay }, window) => window !== null && firstDay !== null && window.to >= firstDay,
};

/** Every fault of a line: an exam lies in its year, begins before it ends, after registration and before its results. */
export function calendarProblems(line: Days, window: Window | null): CalendarProblem[] {
  return (Object.keys(faults) as CalendarProblem[]).filter((problem) => faults[problem](line, window));
}
