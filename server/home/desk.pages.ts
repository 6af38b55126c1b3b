import type { Board } from '../coverage/coverage.service.js';
import { showRate } from '../coverage/coverage.rules.js';
import { listHref, placeOf, queryOf } from '../coverage/links.pages.js';
import type { RollUp } from '../coverage/rollup.rules.js';
import type { Division } from '../divisions/divisions.store.js';
import { daysBetween, lastDayOf, monthOf, weekdayOf, yearOf, type CivilDay } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import type { TrainingClass } from '../trainings/trainingClass.rules.js';
import { datesWords, stageBadge } from '../trainings/words.pages.js';
import { kept } from '../workers/words.pages.js';
import type { DeskPerson } from './deskPeople.pages.js';
import type { Todo } from './deskTodos.pages.js';

/** What an office's first page is made of, all of it from roll-ups, flags and short lists. */
export interface Desk {
  readonly today: CivilDay;
  readonly board: Board;
  /** The divisions below, down to which somebody else is in charge; empty at a county and below. */
  readonly children: readonly Division[];
  readonly people: readonly DeskPerson[];
  readonly classes: readonly TrainingClass[];
  readonly todos: readonly Todo[];
  /** Late, and somebody else's to do. */
  readonly others: readonly Todo[];
}

const mostNamed = 3;

/** 工作台: 还差谁、差多少、哪天到期、谁去办. */
export function deskPage(ctx: Ctx, desk: Desk) {
  const { t } = ctx;
  const { rollUp } = desk.board;
  const byDivision = desk.children.length > 0;
  const title = t('home.desk.title');
  return {
    title,
    crumbs: [],
    heading: t('home.desk.heading', {
      area: ctx.area.name,
      month: monthOf(desk.today),
      day: Number(desk.today.slice(8)),
      weekday: t(`home.weekday.${String(weekdayOf(desk.today))}`),
    }),
    facts: factsLine(ctx, desk),
    outlook: outlookOf(ctx, desk),
    stats: statsOf(ctx, rollUp),
    byDivision,
    divisions: divisionLines(ctx, desk),
    people: desk.people,
    untrained: { count: rollUp.untrained, href: `/untrained${queryOf(placeOf(ctx))}` },
    classes: desk.classes.map((one) => classLine(ctx, one, desk.today)),
    classesHref: kept(ctx, '/classes'),
    newClassHref: ctx.can('training.plan') ? kept(ctx, '/classes/new') : null,
    coverageHref: kept(ctx, '/coverage'),
    todos: desk.todos,
    others: desk.others,
  };
}

function factsLine(ctx: Ctx, { today }: Desk): string {
  const left = daysBetween(today, lastDayOf(ctx.year));
  return yearOf(today) === ctx.year
    ? ctx.t('home.desk.daysLeft', { year: ctx.year, n: left })
    : ctx.t('home.desk.otherYear', { year: ctx.year });
}

/** The sentence of the day: who is missing, and where. */
function outlookOf(ctx: Ctx, { board, children }: Desk) {
  const { rollUp } = board;
  const open = (id: string): number => board.children.get(id)?.unarranged ?? 0;
  const worst = [...children].filter((one) => open(one.id) > 0).sort((a, b) => open(b.id) - open(a.id));
  const kind = rollUp.due === 0 ? 'info' : rollUp.untrained === 0 ? 'ok' : rollUp.unarranged === 0 ? 'info' : 'warn';
  return {
    kind,
    icon: kind === 'warn' ? 'alert-triangle' : kind === 'ok' ? 'circle-check' : 'info-circle',
    hasNumbers: rollUp.due > 0,
    untrained: { value: rollUp.untrained, href: listHref(ctx, 'untrained') },
    unarranged: { value: rollUp.unarranged, href: listHref(ctx, 'unarranged') },
    mostly:
      worst.length === 0 || worst.length === children.length
        ? ''
        : worst
            .slice(0, mostNamed)
            .map((one) => one.name)
            .join(ctx.t('home.and')),
    end: showRate(rollUp.trained + rollUp.arranged, rollUp.due) ?? '—',
  };
}

function statsOf(ctx: Ctx, rollUp: RollUp) {
  const { t } = ctx;
  const person = t('home.desk.person');
  const count = (name: 'untrained' | 'arranged' | 'unarranged') => ({
    label: t(`home.desk.stat.${name}`),
    value: grouped(rollUp[name]),
    unit: person,
    note: t(`home.desk.stat.${name}Note`),
    href: listHref(ctx, name),
    tone: name === 'unarranged' && rollUp.unarranged > 0 ? 'bad' : '',
  });
  const { open, overdue } = rollUp.onboarding;
  return [
    {
      label: t('home.desk.stat.rate'),
      value: showRate(rollUp.trained, rollUp.due) ?? '—',
      unit: rollUp.due === 0 ? '' : '%',
      note: t('home.desk.stat.rateNote', { trained: grouped(rollUp.trained), due: grouped(rollUp.due) }),
      href: kept(ctx, '/coverage'),
      tone: '',
    },
    count('untrained'),
    count('arranged'),
    count('unarranged'),
    {
      label: t('home.desk.stat.onboarding'),
      value: grouped(open + overdue),
      unit: person,
      note: overdue > 0 ? t('home.desk.stat.onboardingLate', { n: overdue }) : t('home.desk.stat.onboardingNote'),
      href: `/onboarding${queryOf(placeOf(ctx))}`,
      tone: overdue > 0 ? 'bad' : '',
    },
  ];
}

const grouped = (count: number): string => count.toLocaleString('en-US');

/** Divisions that still have somebody to train, those with most people without arrangement first. */
function divisionLines(ctx: Ctx, { board, children }: Desk) {
  const counted = children.flatMap((division) => {
    const rollUp = board.children.get(division.id);
    return rollUp === undefined || rollUp.untrained === 0 ? [] : [{ division, rollUp }];
  });
  counted.sort((a, b) => b.rollUp.unarranged - a.rollUp.unarranged || b.rollUp.untrained - a.rollUp.untrained);
  return counted.map(({ division, rollUp }) => ({
    name: division.name,
    href: `/${queryOf(placeOf(ctx, division.areaCode))}`,
    untrained: { value: rollUp.untrained, href: listHref(ctx, 'untrained', {}, division.areaCode) },
    arranged: { value: rollUp.arranged, href: listHref(ctx, 'arranged', {}, division.areaCode) },
    unarranged: { value: rollUp.unarranged, href: listHref(ctx, 'unarranged', {}, division.areaCode) },
    rate: showRate(rollUp.trained, rollUp.due) ?? '—',
    done: share(rollUp.trained, rollUp.due),
    more: share(rollUp.trained + rollUp.arranged, rollUp.due),
  }));
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 1000) / 10;
}

function classLine(ctx: Ctx, of: TrainingClass, today: CivilDay) {
  return {
    name: of.name,
    href: kept(ctx, `/classes/${of.id}`),
    when: datesWords(ctx.t, of),
    place: of.place,
    badge: stageBadge(ctx.t, of, today),
    seats: `${String(of.takenSeats)} / ${String(of.capacity)}`,
  };
}
