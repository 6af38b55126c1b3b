import { monthOf, weekdayOf, type CivilDay } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import { countedSessions } from '../trainings/classes.rules.js';
import { slotDay, slotHalf } from '../trainings/slots.rules.js';
import type { TimetableSession, TrainingClass } from '../trainings/trainingClass.rules.js';
import { slotWords } from '../trainings/words.pages.js';
import { kept, type Badge } from '../workers/words.pages.js';
import type { SessionCounts } from './attendance.service.js';
import { sessionPath } from './rollCall.pages.js';

/** A session with its class and how its roll stands. */
export interface Due {
  readonly of: TrainingClass;
  readonly session: TimetableSession;
  readonly counts: SessionCounts;
}

/** Sessions of today, earlier ones whose roll is not handed in, and those of the next day that has any. */
export interface TodayFacts {
  readonly today: CivilDay;
  readonly due: readonly Due[];
  readonly late: readonly Due[];
  readonly next: readonly Due[];
}

/** Which counted sessions of some classes are shown on a day, in order of time. */
export function sessionsAround(
  classes: readonly TrainingClass[],
  today: CivilDay,
): Record<'due' | 'earlier' | 'next', readonly Pick<Due, 'of' | 'session'>[]> {
  const all = classes
    .flatMap((of) => countedSessions(of.sessions).map((session) => ({ of, session })))
    .sort((a, b) => (a.session.slot < b.session.slot ? -1 : 1));
  const dayOf = (one: Pick<Due, 'session'>): CivilDay => slotDay(one.session.slot);
  const ahead = all.filter((one) => dayOf(one) > today);
  const [first] = ahead;
  return {
    due: all.filter((one) => dayOf(one) === today),
    earlier: all.filter((one) => dayOf(one) < today),
    next: first === undefined ? [] : ahead.filter((one) => dayOf(one) === dayOf(first)),
  };
}

/** The class teacher's first page, on a phone: whom to call today. */
export function todayPage(ctx: Ctx, { today, due, late, next }: TodayFacts) {
  const { t } = ctx;
  const [first] = next;
  return {
    title: t('attendance.today.title'),
    crumbs: [],
    phone: true,
    day: {
      number: today.slice(8).replace(/^0/, ''),
      month: t('attendance.today.month', { month: monthOf(today) }),
      weekday: t(`trainings.weekday.${String(weekdayOf(today))}`),
    },
    headline: due.length === 0 ? t('attendance.today.none') : t('attendance.today.some', { n: due.length }),
    groups: [
      { title: t('attendance.today.late'), rows: late.map((one) => row(ctx, one, true)) },
      { title: t('attendance.today.due'), rows: due.map((one) => row(ctx, one, true)) },
      {
        title: first === undefined ? '' : t('attendance.today.next', { day: slotDay(first.session.slot).slice(5) }),
        rows: next.map((one) => row(ctx, one, false)),
      },
    ].filter((group) => group.rows.length > 0),
    classesHref: kept(ctx, '/my-classes'),
  };
}

function row(ctx: Ctx, one: Due, open: boolean) {
  const { of, session, counts } = one;
  const path = sessionPath(of, session);
  return {
    time: slotWords(ctx.t, session.slot),
    half: ctx.t(`trainings.half.${slotHalf(session.slot)}`),
    name: session.title,
    note: [of.name, of.place].filter((part) => part !== '').join(' · '),
    badge: badgeOf(ctx, counts, open),
    rollHref: open ? kept(ctx, `${path}/roll-call`) : null,
    rollLabel: ctx.t(counts.submitted === null ? 'attendance.today.call' : 'attendance.today.look'),
    isDone: counts.submitted !== null,
    sheetHref: kept(ctx, `${path}/sign-in-sheet`),
  };
}

function badgeOf(ctx: Ctx, counts: SessionCounts, open: boolean): Badge {
  const blank = counts.expected - counts.present - counts.leave - counts.absent;
  if (counts.submitted !== null)
    return { kind: 'ok', icon: 'circle-check', label: ctx.t('attendance.today.handedIn', { n: counts.present, of: counts.expected }) };
  if (!open) return { kind: 'calm', icon: 'circle-dashed', label: ctx.t('attendance.today.expected', { n: counts.expected }) };
  return { kind: 'warn', icon: 'clock', label: ctx.t('attendance.today.blank', { n: blank }) };
}
