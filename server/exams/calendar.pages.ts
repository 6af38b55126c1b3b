import type { CivilDay } from '../platform/civilDays.js';
import { Conflict } from '../platform/errors.js';
import type { Ctx } from '../platform/http/context.js';
import { choices, formModel, type Problem } from '../platform/http/forms.js';
import { levels } from '../certificates/level.rules.js';
import { crumbsOf, kept } from '../workers/words.pages.js';
import { comingYear, type CalendarYear } from './calendar.rules.js';
import type { YearInput } from './calendar.service.js';
import type { StoredPassMark } from './calendar.store.js';
import { passMarkFor } from './passMarks.rules.js';
import { subjects, subjectsOf } from './passes.rules.js';

/** What the calendar prints. */
export interface CalendarGround {
  readonly years: readonly CalendarYear[];
  readonly marks: readonly StoredPassMark[];
  readonly divisions: ReadonlyMap<string, string>;
  readonly today: CivilDay;
}

type Named = readonly { readonly value: string; readonly label: string }[];

function crumbs(ctx: Ctx, label: string | null) {
  const title = ctx.t('exams.calendar.title');
  if (label === null) return crumbsOf(ctx, { href: null, label: title });
  return crumbsOf(ctx, { href: kept(ctx, '/exam-years'), label: title }, { href: null, label });
}

/** The exam calendar, newest first, with the marks that hold in the area. */
export function calendarPage(ctx: Ctx, of: CalendarGround) {
  const { t } = ctx;
  const next = comingYear(of.years, of.today);
  const change = ctx.can('policy.change');
  const national = of.years.length === 0 ? null : ctx.area.path[0];
  return {
    title: t('exams.calendar.title'),
    crumbs: crumbs(ctx, null),
    facts: t('exams.calendar.facts'),
    newHref: change ? kept(ctx, '/exam-years/new') : null,
    markHref: change ? kept(ctx, '/exam-years/marks/new') : null,
    rows: [...of.years].reverse().map((line) => ({
      href: change ? kept(ctx, `/exam-years/${line.id}`) : null,
      year: t('exams.yearOf', { year: line.year }),
      isNext: line.year === next,
      days: daysText(ctx, line),
      windows: line.windows.map((window) =>
        t('exams.calendar.windowOf', {
          from: window.from.slice(5),
          to: window.to.slice(5),
          division: of.divisions.get(window.divisionId) ?? '',
        }),
      ),
      results: line.resultsOn ?? t('exams.calendar.unknown'),
      marks: marksText(ctx, of, line.year),
      source: line.source,
    })),
    special: of.marks
      .filter((mark) => mark.divisionId !== national || mark.mark !== 60)
      .map((mark) => ({
        label: t('exams.mark.column', {
          year: mark.year,
          subject: t(`exams.subject.${mark.subject}`),
          division: of.divisions.get(mark.divisionId) ?? '',
        }),
        text: t('exams.mark.line', { mark: mark.mark, day: mark.announcedOn }),
        source: mark.source,
      })),
  };
}

function daysText(ctx: Ctx, line: CalendarYear): string {
  if (line.firstDay === null) return ctx.t('exams.calendar.unknown');
  return line.lastDay === null || line.lastDay === line.firstDay ? line.firstDay : `${line.firstDay} – ${line.lastDay.slice(5)}`;
}

/** The marks of a year in the area: one sentence when every subject has the same. */
function marksText(ctx: Ctx, of: CalendarGround, year: number): string {
  const { t } = ctx;
  const found = subjects.map((subject) => ({
    subject,
    mark: passMarkFor(of.marks, { year, subject, divisionPath: ctx.area.path, asOf: of.today })?.mark ?? null,
  }));
  const known = found.flatMap((one) => (one.mark === null ? [] : [{ subject: one.subject, mark: one.mark }]));
  const [first] = known;
  if (first === undefined) return t('exams.calendar.noMarks');
  if (known.length === subjects.length && known.every((one) => one.mark === first.mark))
    return t('exams.calendar.allSame', { mark: first.mark });
  return known.map((one) => `${t(`exams.subject.${one.subject}`)} ${String(one.mark)}`).join(t('exams.and'));
}

const yearFields = ['year', 'firstDay', 'lastDay', 'resultsOn', 'registrationFrom', 'registrationTo', 'source'] as const;

/** The form of one year; the registration window is that of the area. */
export function yearFormPage(ctx: Ctx, of: { line: CalendarYear | null; problems: readonly Problem[] }) {
  const { t } = ctx;
  const { line, problems } = of;
  const title = line === null ? t('exams.calendar.newTitle') : t('exams.calendar.editTitle', { year: line.year });
  const typed = Object.keys(ctx.body).length > 0 ? ctx.body : line === null ? {} : typedOf(line, ctx.area.id);
  return {
    title,
    crumbs: crumbs(ctx, title),
    action: kept(ctx, line === null ? '/exam-years' : `/exam-years/${line.id}`),
    isNew: line === null,
    year: line?.year ?? 0,
    version: line?.version ?? 0,
    windowDivisionId: ctx.area.id,
    windowTitle: t('exams.calendar.windowTitle', { area: ctx.area.name }),
    form: formModel(yearFields, typed, problems, t),
    back: kept(ctx, '/exam-years'),
  };
}

function typedOf(line: CalendarYear, divisionId: string): Record<string, string> {
  const window = line.windows.find((one) => one.divisionId === divisionId);
  return {
    year: String(line.year),
    firstDay: line.firstDay ?? '',
    lastDay: line.lastDay ?? '',
    resultsOn: line.resultsOn ?? '',
    registrationFrom: window?.from ?? '',
    registrationTo: window?.to ?? '',
    source: line.source,
  };
}

/** A lost race with what the form wanted beside what is stored now (decision 10). */
export function withBothYears(ctx: Ctx, lost: Conflict, at: { readonly yours: YearInput; readonly theirs: CalendarYear }): Conflict {
  const { window, ...rest } = at.yours;
  const yours = typedOf({ ...at.theirs, ...rest, windows: window === null ? [] : [window] }, ctx.area.id);
  const theirs = typedOf(at.theirs, ctx.area.id);
  const shown = (text: string | undefined): string => (text === undefined || text === '' ? '—' : text);
  const differences = Object.keys(theirs)
    .filter((field) => yours[field] !== theirs[field])
    .map((field) => ({ field: ctx.t(`exams.calendar.${field}.label`), yours: shown(yours[field]), theirs: shown(theirs[field]) }));
  return new Conflict(lost.changedBy, lost.changedAt, differences);
}

const markFields = ['year', 'subject', 'divisionId', 'mark', 'announcedOn', 'source'] as const;

/** The form of a pass mark. */
export function markFormPage(
  ctx: Ctx,
  of: { years: readonly CalendarYear[]; regions: Named; problems: readonly Problem[]; today: CivilDay },
) {
  const { t } = ctx;
  const title = t('exams.mark.title');
  const last = of.years.filter((line) => line.firstDay !== null && line.firstDay <= of.today).at(-1);
  const typed = Object.keys(ctx.body).length > 0 ? ctx.body : { year: String(last?.year ?? ''), divisionId: of.regions[0]?.value ?? '' };
  const form = formModel(markFields, typed, of.problems, t);
  const options = levels.flatMap((level) =>
    subjectsOf[level].map((subject) => ({
      value: subject,
      label: `${t(`certificates.level.${level}`)} · ${t(`exams.subject.${subject}`)}`,
    })),
  );
  return {
    title,
    crumbs: crumbs(ctx, title),
    facts: t('exams.mark.facts'),
    action: kept(ctx, '/exam-years/marks'),
    back: kept(ctx, '/exam-years'),
    form,
    years: choices(
      [...of.years].reverse().map((line) => ({ value: String(line.year), label: t('exams.yearOf', { year: line.year }) })),
      form.fields.year.value,
    ),
    subjects: choices(options, form.fields.subject.value),
    regions: choices(of.regions, form.fields.divisionId.value),
  };
}
