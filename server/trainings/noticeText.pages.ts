import { weekdayOf, yearOf, type CivilDay } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import { countedSessions } from './classes.rules.js';
import type { TrainingClass } from './trainingClass.rules.js';
import { daysWords, hoursWords } from './words.pages.js';

/** The papers behind the notice, in the order they are numbered; only those that there are. */
export const papers = ['quota', 'list', 'timetable'] as const;
export type Paper = (typeof papers)[number];

interface Told {
  readonly of: TrainingClass;
  readonly leaveHalfDays: number;
  readonly qualifies: boolean;
}

/** 2026 年 11 月 23 日（周一）: a weekday beside each date (documents.md §1.3 d). */
export function longDay(ctx: Ctx, day: CivilDay): string {
  return ctx.t('trainings.notice.day', { ...partsOf(day), weekday: ctx.t(`trainings.weekday.${weekdayOf(day)}`) });
}

/** The same without the weekday. */
export function plainDay(ctx: Ctx, day: CivilDay): string {
  return ctx.t('trainings.notice.plainDay', partsOf(day));
}

/** 2026 年 12 月 14 日至 12 月 16 日, or the one day. */
export function plainSpan(ctx: Ctx, of: Pick<TrainingClass, 'firstDay' | 'lastDay'>): string {
  const from = plainDay(ctx, of.firstDay);
  if (of.firstDay === of.lastDay) return from;
  const isSameYear = yearOf(of.firstDay) === yearOf(of.lastDay);
  const to = isSameYear ? ctx.t('trainings.notice.monthDay', partsOf(of.lastDay)) : plainDay(ctx, of.lastDay);
  return ctx.t('trainings.notice.plainSpan', { from, to });
}

function partsOf(day: CivilDay): { year: number; month: number; day: number } {
  return { year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)), day: Number(day.slice(8)) };
}

type Say = (key: string, values?: Record<string, unknown>) => string;

/** The sections of the notice, each a heading with its text (documents.md §1.3). */
export function noticeSections(
  ctx: Ctx,
  at: Told,
  numbers: ReadonlyMap<Paper, number>,
): readonly { readonly heading: string; readonly text: string }[] {
  const say: Say = (key, values) => ctx.t(`trainings.notice.${key}`, values);
  const reference = (paper: Paper): string | null => (numbers.has(paper) ? say('attachment', { n: numbers.get(paper) }) : null);
  const { of } = at;
  const sections: readonly (readonly string[])[] = [
    timeAndPlace(ctx, say, of),
    participants(ctx, say, of, reference('quota')),
    [say('content', { titles: distinct(of, (session) => session.title, '；'), attachment: reference('timetable') ?? '' })],
    [formAndHours(ctx, say, at)],
    [say('organiser', { name: of.organiser }), ...named(say, 'institution', of.institution), ...named(say, 'teacher', of.teacherName)],
    [registration(ctx, say, of, reference('list'))],
    [at.leaveHalfDays > 0 ? say('attendance', { n: at.leaveHalfDays }) : say('noLeave'), ...(of.assessment ? [say('assessment')] : [])],
    of.contact === '' ? [] : [say('contact', { contact: of.contact })],
  ];
  return sections
    .map((lines, index) => ({ heading: say(`h.${String(index + 1)}`), text: lines.join('') }))
    .filter((section) => section.text !== '');
}

function timeAndPlace(ctx: Ctx, say: Say, of: TrainingClass): string[] {
  const dates = { from: longDay(ctx, of.firstDay), to: longDay(ctx, of.lastDay), days: daysWords(of) };
  return [say(of.firstDay === of.lastDay ? 'whenOne' : 'when', dates), ...(of.place === '' ? [] : [say('where', { place: of.place })])];
}

function participants(ctx: Ctx, say: Say, of: TrainingClass, attachment: string | null): string[] {
  const groups = of.audienceGroups.map((group) => ctx.t(`workers.audienceGroup.${group}`)).join('、');
  const seats = attachment === null ? say('seats', { n: of.capacity }) : say('seatsSplit', { n: of.capacity, attachment });
  return [say('who', { groups: groups === '' ? ctx.t('trainings.class.everyone') : groups }), seats];
}

function formAndHours(ctx: Ctx, say: Say, at: Told): string {
  const { of } = at;
  const forms = distinct(of, (session) => ctx.t(`trainings.sessionForm.${session.form}`), '、');
  return say('form', {
    forms,
    n: countedSessions(of.sessions).length,
    hours: hoursWords(of.creditMinutes),
    counts: say(at.qualifies ? 'counts' : 'countsNot'),
  });
}

function registration(ctx: Ctx, say: Say, of: TrainingClass, attachment: string | null): string {
  const day = plainDay(ctx, of.nominateBy ?? of.firstDay);
  return attachment === null ? say('registerNoList', { day }) : say('register', { day, attachment });
}

function named(say: Say, key: string, name: string): string[] {
  return name === '' ? [] : [say(key, { name })];
}

/** What the counted sessions say, each once. */
function distinct(of: TrainingClass, value: (session: TrainingClass['sessions'][number]) => string, between: string): string {
  return [...new Set(of.sessions.filter((session) => session.counted).map(value))].join(between);
}
