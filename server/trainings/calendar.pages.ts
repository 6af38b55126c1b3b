import { addMonths, civilDay, monthOf, weekdayOf, type CivilDay } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import { addressWith, kept } from '../workers/words.pages.js';
import { monthWeeks, type CalendarWeek } from './calendar.rules.js';
import { isAhead, planRowOf, planRows, type PlanRow } from './stages.rules.js';
import type { TrainingClass } from './trainingClass.rules.js';
import { datesWords, stageBadge } from './words.pages.js';

/** A division that has fewer seats still to come than people untrained. */
export interface SeatGap {
  readonly areaCode: string;
  readonly name: string;
  readonly seats: number;
  readonly untrained: number;
}

interface CalendarFacts {
  /** `YYYY-MM`. */
  readonly month: string;
  readonly today: CivilDay;
  /** Every class of the year. */
  readonly ofYear: readonly TrainingClass[];
  /** Classes with a day in the weeks of the month. */
  readonly ofMonth: readonly TrainingClass[];
  readonly gaps: readonly SeatGap[];
}

/** The month an address asks for; the running one, or January of another year, when it says none. */
export function readMonth(ctx: Ctx, today: CivilDay): string {
  const asked = ctx.query['month'] ?? '';
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(asked) && asked >= '2015-01' && asked <= '2099-12') return asked;
  return String(ctx.year) === today.slice(0, 4) ? today.slice(0, 7) : `${String(ctx.year)}-01`;
}

/** The year plan and one month of it. */
export function calendarPage(ctx: Ctx, at: CalendarFacts) {
  const { t } = ctx;
  const { today, ofYear, month } = at;
  const title = t('trainings.calendar.title', { year: ctx.year });
  const ahead = ofYear.filter(isAhead);
  const held = ofYear.filter((of) => of.state === 'CLOSED');
  const seats = ahead.reduce((sum, of) => sum + of.capacity - of.takenSeats, 0);
  return {
    title,
    crumbs: [
      { href: kept(ctx, '/'), label: t('shell.menu.desk') },
      { href: null, label: title },
    ],
    facts: t('trainings.calendar.facts', { planned: held.length + ahead.length, held: held.length, ahead: ahead.length, seats }),
    exportHref: ofYear.length > 0 ? kept(ctx, '/classes/export') : null,
    newHref: ctx.can('training.plan') ? kept(ctx, '/classes/new') : null,
    gaps: at.gaps.map((gap) => ({
      text: t('trainings.calendar.gap', { ...gap, short: gap.untrained - gap.seats }),
      href: ctx.can('gap.read') ? addressWith(ctx, '/untrained', { area: gap.areaCode, month: '' }) : null,
    })),
    months: Array.from({ length: 12 }, (_, index) => ({
      label: t('trainings.monthShort', { month: index + 1 }),
      now: isNow(ctx, today, index + 1),
    })),
    rows: planRows.map((row) => planRow(ctx, row, at)),
    monthTitle: t('trainings.calendar.month', { year: Number(month.slice(0, 4)), month: Number(month.slice(5)) }),
    ...monthLinks(ctx, month, today),
    keys: planRows.map((row) => ({ tone: tones[row], label: t(`trainings.row.${row}`) })),
    weekdays: [1, 2, 3, 4, 5, 6, 0].map((day) => t(`trainings.weekday.${String(day)}`)),
    weeks: monthWeeks(month, at.ofMonth).map((week) => weekModel(ctx, week, { month, today })),
    list: at.ofMonth
      .filter((of) => of.firstDay.slice(0, 7) <= month && of.lastDay.slice(0, 7) >= month)
      .map((of) => listRow(ctx, of, today)),
    foot: footOf(ctx, at),
  };
}

const tones: Readonly<Record<PlanRow, string>> = {
  province: 't-province',
  city: 't-city',
  county: '',
  township: 't-township',
  onboarding: 't-onboarding',
};

function isNow(ctx: Ctx, today: CivilDay, month: number): boolean {
  return String(ctx.year) === today.slice(0, 4) && monthOf(today) === month;
}

function planRow(ctx: Ctx, row: PlanRow, at: CalendarFacts) {
  const own = at.ofYear.filter((of) => planRowOf(of) === row && of.state !== 'CANCELLED');
  const cells = Array.from({ length: 12 }, (_, index) => {
    const month = index + 1;
    const inMonth = own.filter((of) => monthOf(of.lastDay) === month);
    return {
      count: inMonth.length,
      heat: heatOf(inMonth.length),
      todo: inMonth.length > 0 && inMonth.every(isAhead),
      now: isNow(ctx, at.today, month),
      href: addressWith(ctx, '/classes', { month: String(month), row }),
      label: ctx.t('trainings.calendar.cell', { row: ctx.t(`trainings.row.${row}`), month, n: inMonth.length }),
    };
  });
  return { label: ctx.t(`trainings.row.${row}`), cells, held: own.filter((of) => of.state === 'CLOSED').length, planned: own.length };
}

/** Four steps of tint: 1, 2–3, 4–6, more. */
function heatOf(count: number): number {
  return count <= 1 ? 1 : count <= 3 ? 2 : count <= 6 ? 3 : 4;
}

function monthLinks(ctx: Ctx, month: string, today: CivilDay) {
  const first = civilDay(`${month}-01`);
  const href = (to: string): string => addressWith(ctx, '/calendar', { month: to });
  return {
    previousHref: href(addMonths(first, -1).slice(0, 7)),
    nextHref: href(addMonths(first, 1).slice(0, 7)),
    todayHref: href(today.slice(0, 7)),
  };
}

function weekModel(ctx: Ctx, week: CalendarWeek<TrainingClass>, at: { month: string; today: CivilDay }) {
  const isOff = (day: CivilDay): boolean => !day.startsWith(at.month) || weekdayOf(day) === 0 || weekdayOf(day) === 6;
  return {
    days: week.days.map((day) => ({
      label: day.endsWith('-01') ? ctx.t('trainings.calendar.firstOfMonth', { month: monthOf(day) }) : String(Number(day.slice(8))),
      today: day === at.today,
      off: isOff(day),
    })),
    lanes: week.lanes.map((lane) => {
      let column = 0;
      return lane.map((cell) => {
        const day = week.days[column];
        column += cell.days;
        return {
          span: cell.days,
          off: cell.event === null && day !== undefined && isOff(day),
          event: cell.event === null ? null : eventModel(ctx, cell.event),
        };
      });
    }),
    fill: week.days.map((day) => ({ off: isOff(day) })),
  };
}

function eventModel(ctx: Ctx, of: TrainingClass) {
  const isDraft = of.state === 'DRAFT' || of.state === 'POSTPONED';
  const parts = [of.name, of.place, ctx.t('trainings.calendar.people', { n: of.capacity })].filter((part) => part !== '');
  const label = isDraft
    ? ctx.t(of.state === 'DRAFT' ? 'trainings.calendar.draft' : 'trainings.calendar.postponed', { name: of.name })
    : parts.join(' · ');
  return { href: kept(ctx, `/classes/${of.id}`), tone: isDraft ? 'draft' : tones[planRowOf(of)], label };
}

function listRow(ctx: Ctx, of: TrainingClass, today: CivilDay) {
  return {
    href: kept(ctx, `/classes/${of.id}`),
    name: of.name,
    span: datesWords(ctx.t, of),
    note: [of.place, ctx.t('trainings.calendar.seats', { taken: of.takenSeats, capacity: of.capacity })]
      .filter((part) => part !== '')
      .join(' · '),
    badge: stageBadge(ctx.t, of, today),
  };
}

/** How many classes and places the month has, and whether two classes want one place on one day. */
function footOf(ctx: Ctx, at: CalendarFacts): string {
  const inMonth = at.ofMonth.filter(
    (of) => of.firstDay.slice(0, 7) <= at.month && of.lastDay.slice(0, 7) >= at.month && isAhead(of) && of.state !== 'POSTPONED',
  );
  const places = new Set(inMonth.map((of) => of.place).filter((place) => place !== ''));
  const clash = inMonth.find((of) =>
    inMonth.some((other) => other.id !== of.id && other.place !== '' && other.place === of.place && sharesSlot(of, other)),
  );
  if (inMonth.length === 0) return ctx.t('trainings.calendar.footNone');
  const values = { n: inMonth.length, places: places.size };
  return clash === undefined
    ? ctx.t('trainings.calendar.foot', values)
    : ctx.t('trainings.calendar.footClash', { ...values, place: clash.place, name: clash.name });
}

function sharesSlot(one: TrainingClass, other: TrainingClass): boolean {
  const slots = new Set(one.sessions.map((session) => session.slot));
  return other.sessions.some((session) => slots.has(session.slot));
}
