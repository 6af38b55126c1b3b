import type { Ctx } from '../platform/http/context.js';
import type { Problem } from '../platform/http/forms.js';
import { searchKeys, searchPrefix } from '../platform/text/pinyin.js';
import { problemWords, slotWords } from '../trainings/words.pages.js';
import type { Enrolment } from '../trainings/trainingClass.rules.js';
import { attendanceProblems, marks as markKinds, type AttendanceSummary, type CompletionPolicy } from './completion.rules.js';
import type { MarkRow } from './marks.store.js';
import { standingText } from './rollCall.forms.js';
import type { Roll } from './rollCall.service.js';

/** The counters on top of a roll call are its filters. */
export const rollFilters = ['all', 'present', 'leave', 'absent', 'blank'] as const;
export type RollFilter = (typeof rollFilters)[number];

/** What a roll call page is made from. */
export interface RollCallFacts {
  readonly roll: Roll;
  readonly last: MarkRow | null;
  readonly problems: readonly Problem[];
  /** Attendance so far in the whole class, by enrolment id, and the rule it is held against. */
  readonly summaries: ReadonlyMap<string, AttendanceSummary>;
  readonly policy: CompletionPolicy;
}

/** The model of `attendance/rollCall`. */
export function rollCallPage(ctx: Ctx, facts: RollCallFacts) {
  const { t } = ctx;
  const { roll } = facts;
  const here = `/classes/${roll.trainingClass.id}/sessions/${roll.session.id}`;
  const number = roll.trainingClass.sessions.findIndex((session) => session.id === roll.session.id) + 1;
  const filter = rollFilters.find((one) => one === ctx.query['show']) ?? 'all';
  const query = ctx.query['q'] ?? '';
  const shown = roll.places.filter((place) => isShown(roll.marks.get(place.id), filter) && isFound(place, query));
  const count = (mark: MarkRow['mark']): number => roll.places.filter((place) => roll.marks.get(place.id)?.mark === mark).length;
  const blank = roll.places.length - roll.marks.size;
  return {
    title: t('attendance.roll.title', { number, slot: slotWords(t, roll.session.slot) }),
    crumbs: [{ href: `/classes/${roll.trainingClass.id}`, label: roll.trainingClass.name }, { href: null, label: '' }],
    phone: true,
    here,
    course: [roll.session.title, roll.session.lecturer].filter((part) => part !== '').join(' · '),
    counts: [
      counter(ctx, 'present', count('PRESENT'), filter),
      counter(ctx, 'leave', count('APPROVED_LEAVE'), filter),
      counter(ctx, 'absent', count('ABSENT'), filter),
      counter(ctx, 'blank', blank, filter),
    ],
    bar: barOf(roll.places.length, { present: count('PRESENT'), leave: count('APPROVED_LEAVE') }),
    total: roll.places.length,
    blank,
    query,
    filter,
    people: shown.map((place) => person(ctx, facts, place)),
    editable: roll.rollCall === null && isOpen(roll),
    correctable: roll.rollCall !== null && isOpen(roll) && ctx.can('attendance.correct'),
    submitted: roll.rollCall === null ? '' : t('attendance.roll.handedInBy', { name: roll.rollCall.submittedBy }),
    last: facts.last === null ? null : t('attendance.roll.last', { name: nameOf(roll, facts.last), mark: t(`attendance.mark.${facts.last.mark}`) }),
    problems: facts.problems.map((problem) => problemWords(t, problem)),
    submitLabel: blank === 0 ? t('attendance.roll.submit') : t('attendance.roll.submitBlank', { n: blank }),
  };
}

function isOpen(roll: Roll): boolean {
  return roll.trainingClass.state === 'PUBLISHED' || roll.trainingClass.state === 'IN_PROGRESS';
}

function counter(ctx: Ctx, key: RollFilter, n: number, filter: RollFilter) {
  const query = new URLSearchParams({ ...(filter === key ? {} : { show: key }), ...(ctx.query['q'] === undefined ? {} : { q: ctx.query['q'] }) }).toString();
  return { label: ctx.t(`attendance.roll.${key}`), n, href: `${ctx.req.path}${query === '' ? '' : `?${query}`}`, current: filter === key, open: key === 'blank' && n > 0 };
}

/** Widths of the bar: the second rectangle lies under the first. */
function barOf(total: number, at: { present: number; leave: number }): { marked: string; present: string } {
  const share = (n: number): string => `${total === 0 ? '0' : ((n / total) * 100).toFixed(1)}%`;
  return { marked: share(at.present + at.leave), present: share(at.present) };
}

function isShown(mark: MarkRow | undefined, filter: RollFilter): boolean {
  if (filter === 'all') return true;
  if (filter === 'blank') return mark === undefined;
  return mark?.mark === { present: 'PRESENT', leave: 'APPROVED_LEAVE', absent: 'ABSENT' }[filter];
}

function isFound(place: Enrolment, query: string): boolean {
  const prefix = searchPrefix(query);
  return prefix === '' || searchKeys(place.name).some((key) => key.startsWith(prefix));
}

function person(ctx: Ctx, facts: RollCallFacts, place: Enrolment) {
  const row = facts.roll.marks.get(place.id);
  return {
    id: place.id,
    name: place.name,
    unit: place.unitText,
    was: standingText(row),
    marks: markKinds.map((value) => ({ value, label: ctx.t(`attendance.short.${value}`), checked: row?.mark === value, kind: { PRESENT: '', APPROVED_LEAVE: 'leave', ABSENT: 'away' }[value] })),
    present: row?.mark === 'PRESENT',
    late: row?.late ?? false,
    leftEarly: row?.leftEarly ?? false,
    marked: row === undefined ? '' : markWords(ctx, row),
    warning: warningOf(ctx, facts, place),
    walkIn: place.walkIn,
  };
}

/** 到（迟到）; what a handed-in roll shows. */
function markWords(ctx: Ctx, row: MarkRow): string {
  const extra = [row.late ? ctx.t('attendance.late') : '', row.leftEarly ? ctx.t('attendance.leftEarly') : '', row.madeUp ? ctx.t('attendance.madeUp') : ''].filter((part) => part !== '');
  const word = ctx.t(`attendance.mark.${row.mark}`);
  return extra.length === 0 ? word : `${word}（${extra.join('、')}）`;
}

/** Whether one more half-day of absence would end completion: said before it happens. */
function warningOf(ctx: Ctx, facts: RollCallFacts, place: Enrolment): string {
  const summary = facts.summaries.get(place.id);
  if (summary === undefined) return '';
  if (attendanceProblems(summary, facts.policy).length > 0) return ctx.t('attendance.roll.over');
  const { creditMinutes } = facts.roll.session;
  const missed = { ...summary, leaveHalfDays: summary.leaveHalfDays + 1, leaveMinutes: summary.leaveMinutes + creditMinutes };
  return summary.leaveHalfDays + summary.absentHalfDays > 0 && attendanceProblems(missed, facts.policy).length > 0 ? ctx.t('attendance.roll.nearly') : '';
}

function nameOf(roll: Roll, row: MarkRow): string {
  return roll.places.find((place) => place.id === row.enrolmentId)?.name ?? '';
}
