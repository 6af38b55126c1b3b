import type { CivilDay } from '../platform/civilDays.js';
import type { Problem } from '../platform/http/forms.js';
import { newId } from '../platform/ids.js';
import type { Tx } from '../platform/transactions.js';
import { calendarProblems, comingYear, type CalendarYear, type RegistrationWindow } from './calendar.rules.js';
import type { CalendarStore, StoredPassMark } from './calendar.store.js';
import { levelOfSubject, subjects, type Subject } from './passes.rules.js';
import { shippedMark, shippedMarkSource, shippedYears, shippedYearSource } from './shippedYears.js';

/** Done, or refused by a rule. */
export type CalendarOutcome = { readonly ok: true; readonly id: string } | { readonly ok: false; readonly problems: readonly Problem[] };

/** A line of the calendar as the form gives it; the window is that of one division. */
export interface YearInput {
  readonly year: number;
  readonly firstDay: CivilDay | null;
  readonly lastDay: CivilDay | null;
  readonly resultsOn: CivilDay | null;
  readonly window: RegistrationWindow | null;
  /** The division whose window the form shows: an empty one removes it. */
  readonly windowDivisionId: string;
  readonly source: string;
}

/** A pass mark as the form gives it. */
export interface MarkInput {
  readonly year: number;
  readonly subject: Subject;
  readonly divisionId: string;
  readonly mark: number;
  readonly announcedOn: CivilDay;
  readonly source: string;
}

const fieldOf = {
  WRONG_YEAR: 'firstDay',
  DAYS_ORDER: 'lastDay',
  RESULTS_BEFORE_EXAM: 'resultsOn',
  WINDOW_ORDER: 'registrationTo',
  WINDOW_AFTER_EXAM: 'registrationTo',
} as const;

/** The exam calendar and pass marks. A new mark moves results: `exams.service` announces it. */
export function makeCalendarService(deps: { store: CalendarStore }) {
  const { store } = deps;

  function problemsOf(input: YearInput): Problem[] {
    const values = { year: input.year, first: input.firstDay ?? '', last: input.lastDay ?? input.firstDay ?? '' };
    return calendarProblems(input, input.window).map((kind) => ({ field: fieldOf[kind], key: `exams.calendar.${kind}`, values }));
  }

  function windowsOf(input: YearInput, before: readonly RegistrationWindow[]): RegistrationWindow[] {
    const others = before.filter((window) => window.divisionId !== input.windowDivisionId);
    return input.window === null ? others : [...others, input.window];
  }

  function changesOf(line: CalendarYear | null, input: YearInput) {
    const before = line?.windows.find((window) => window.divisionId === input.windowDivisionId);
    const text = (window: RegistrationWindow | null | undefined): string | null => (window ? `${window.from}/${window.to}` : null);
    const rows = (['firstDay', 'lastDay', 'resultsOn'] as const).map((field) => ({
      field: field,
      from: line?.[field] ?? null,
      to: input[field],
    }));
    return [...rows, { field: 'registration', from: text(before), to: text(input.window) }].filter((row) => row.from !== row.to);
  }

  function announce(tx: Tx, id: string, input: YearInput, changes: ReturnType<typeof changesOf>): void {
    tx.audit({ action: 'examYear.changed', object: { kind: 'examYear', id }, changes, reason: input.source });
    tx.emit({ name: 'examYear.changed', years: [input.year], objectId: id });
  }

  return {
    years: (tx?: Tx): Promise<readonly CalendarYear[]> => store.years(tx),
    yearById: (id: string): Promise<CalendarYear> => store.yearById(id),
    marks: (year?: number, tx?: Tx): Promise<readonly StoredPassMark[]> => store.marks(year, tx),

    /** The exam that can still be changed (the first whose results are not out). */
    async coming(today: CivilDay, tx?: Tx): Promise<number> {
      return comingYear(await store.years(tx), today);
    },

    /** Writes the calendar and the national marks as they ship, whatever is missing; how many rows. */
    async ship(tx: Tx, root: { readonly id: string }): Promise<number> {
      const known = new Set((await store.years(tx)).map((line) => line.year));
      const missing = shippedYears.filter((line) => !known.has(line.year));
      const years = missing.map(({ year, firstDay, lastDay, resultsOn, registration }): CalendarYear => ({
        id: newId(),
        year,
        firstDay,
        lastDay,
        resultsOn,
        windows: registration === null ? [] : [{ divisionId: root.id, ...registration }],
        source: shippedYearSource,
        version: 1,
        changedBy: tx.actor.name,
        changedAt: tx.now,
      }));
      const marks = missing.flatMap(({ year, firstDay }) =>
        subjects.map((subject): StoredPassMark => ({
          id: newId(),
          year,
          level: levelOfSubject(subject),
          subject,
          divisionId: root.id,
          mark: shippedMark,
          announcedOn: firstDay,
          source: shippedMarkSource,
          recordedBy: tx.actor.name,
        })),
      );
      await store.addYears(tx, years);
      await store.addMarks(tx, marks);
      if (years.length > 0) tx.audit({ action: 'examYears.shipped', object: { kind: 'division', id: root.id }, count: years.length });
      return years.length + marks.length;
    },

    /** Enters the line of a year that is not in the calendar. */
    async addYear(tx: Tx, input: YearInput): Promise<CalendarOutcome> {
      const years = await store.years(tx);
      const problems = problemsOf(input);
      if (years.some((line) => line.year === input.year))
        problems.unshift({ field: 'year', key: 'exams.year.known', values: { year: input.year } });
      if (problems.length > 0) return { ok: false, problems };
      const { year, firstDay, lastDay, resultsOn, source } = input;
      const id = newId();
      await store.addYears(tx, [
        {
          id,
          year,
          firstDay,
          lastDay,
          resultsOn,
          windows: windowsOf(input, []),
          source,
          version: 1,
          changedBy: tx.actor.name,
          changedAt: tx.now,
        },
      ]);
      announce(tx, id, input, changesOf(null, input));
      return { ok: true, id };
    },

    /** Changes a line. @throws Conflict */
    async changeYear(tx: Tx, input: YearInput & { readonly id: string; readonly version: number }): Promise<CalendarOutcome> {
      const line = await store.yearById(input.id, tx);
      const problems = problemsOf({ ...input, year: line.year });
      if (problems.length > 0) return { ok: false, problems };
      const { firstDay, lastDay, resultsOn, source } = input;
      await store.changeYear(
        tx,
        { id: line.id, version: input.version },
        { firstDay, lastDay, resultsOn, windows: windowsOf(input, line.windows), source },
      );
      announce(tx, line.id, { ...input, year: line.year }, changesOf(line, input));
      return { ok: true, id: line.id };
    },

    /** Writes a mark down; refuses one of the future, and a second of the same day. */
    async addMark(tx: Tx, input: MarkInput): Promise<CalendarOutcome> {
      const line = (await store.years(tx)).find((one) => one.year === input.year);
      if (line === undefined) return refused('year', 'exams.mark.year.unknown', { year: input.year });
      if (input.announcedOn > tx.today) return refused('announcedOn', 'exams.mark.announcedOn.future', { day: input.announcedOn });
      const marks = await store.marks(input.year, tx);
      const same = marks.some(
        (one) => one.subject === input.subject && one.divisionId === input.divisionId && one.announcedOn === input.announcedOn,
      );
      if (same) return refused('announcedOn', 'exams.mark.announcedOn.taken', { day: input.announcedOn });
      const id = newId();
      await store.addMarks(tx, [{ id, level: levelOfSubject(input.subject), ...input, recordedBy: tx.actor.name }]);
      return { ok: true, id };
    },
  };
}

function refused(field: string, key: string, values: Problem['values']): CalendarOutcome {
  return { ok: false, problems: [{ field, key, ...(values === undefined ? {} : { values }) }] };
}

export type CalendarService = ReturnType<typeof makeCalendarService>;
