import { slotDay, slotHalf } from '../trainings/slots.rules.js';
import { countedSessions } from '../trainings/classes.rules.js';
import type { Ctx } from '../platform/http/context.js';
import type { Problem } from '../platform/http/forms.js';
import { searchKeys, searchPrefix } from '../platform/text/pinyin.js';
import { problemWords } from '../trainings/words.pages.js';
import type { Enrolment, TimetableSession, TrainingClass } from '../trainings/trainingClass.rules.js';
import { addressWith, kept } from '../workers/words.pages.js';
import { attendanceProblems, marks as markKinds, type AttendanceSummary, type CompletionPolicy } from './completion.rules.js';
import { standingText, type MarkValue } from './marks.rules.js';
import type { MarkRow } from './marks.store.js';
import { pressed, type Body } from './rollCall.forms.js';
import type { Roll } from './rolls.service.js';

/** The counters on top of a roll call are its filters. */
const rollFilters = ['all', 'present', 'leave', 'absent', 'blank'] as const;
type RollFilter = (typeof rollFilters)[number];

/** What a roll call page is made from. */
export interface RollCallFacts {
  readonly roll: Roll;
  readonly problems: readonly Problem[];
  /** The form that was refused, so that nothing typed is lost. */
  readonly typed: Body | null;
  /** Why nobody can be marked now, '' while the roll is open. */
  readonly standing: string;
  /** Attendance so far in the whole class, by enrolment id, and the rule it is held against. */
  readonly summaries: ReadonlyMap<string, AttendanceSummary>;
  readonly policy: CompletionPolicy;
}

/** 第 4 课次 · 11-24 下午; a session that does not count has no number. */
export function sessionTitle(ctx: Pick<Ctx, 't'>, of: TrainingClass, session: TimetableSession): string {
  const number = countedSessions(of.sessions).findIndex((one) => one.id === session.id) + 1;
  const slot = `${slotDay(session.slot).slice(5)} ${ctx.t(`trainings.half.${slotHalf(session.slot)}`)}`;
  return number === 0 ? `${session.title} · ${slot}` : ctx.t('attendance.roll.title', { number, slot });
}

/** The address of a session's pages. */
export function sessionPath(of: Pick<TrainingClass, 'id'>, session: Pick<TimetableSession, 'id'>): string {
  return `/classes/${of.id}/sessions/${session.id}`;
}

/** The model of `attendance/rollCall`. */
export function rollCallPage(ctx: Ctx, facts: RollCallFacts) {
  const { t } = ctx;
  const { roll } = facts;
  const of = roll.trainingClass;
  return {
    title: sessionTitle(ctx, of, roll.session),
    crumbs: [
      { href: kept(ctx, `/classes/${of.id}`), label: of.name },
      { href: null, label: '' },
    ],
    phone: true,
    here: sessionPath(of, roll.session),
    keeps: addressWith(ctx, '', { rival: '' }),
    course: [roll.session.title, roll.session.lecturer].filter((part) => part !== '').join(' · '),
    ...listModel(ctx, facts),
    ...standingModel(ctx, facts),
    last: lastWords(ctx, lastAct(ctx, roll), roll),
    rival: rivalWords(ctx, roll),
    summary: facts.problems.map((problem) => ({
      href: problem.key === 'attendance.roll.missing' ? filterHref(ctx, 'blank') : '#roll-bar',
      text: problemWords(t, problem),
      offer: null,
    })),
  };
}

/** Whether the roll is open, handed in, or cannot be taken, and what the account may do then. */
function standingModel(ctx: Ctx, { roll, standing }: RollCallFacts) {
  const { rollCall } = roll;
  if (rollCall === null) return { editable: standing === '', correctable: false, standing, handedIn: '' };
  const handedIn = ctx.t('attendance.roll.handedInBy', { name: rollCall.submittedBy });
  return { editable: false, correctable: standing === '' && ctx.can('attendance.correct'), standing: '', handedIn };
}

/** Counters, filter and the people that pass it. */
function listModel(ctx: Ctx, facts: RollCallFacts) {
  const { t } = ctx;
  const { roll } = facts;
  const filter = rollFilters.find((one) => one === ctx.query['show']) ?? 'all';
  const query = (ctx.query['q'] ?? '').trim();
  const shown = roll.places.filter((place) => isShown(roll.marks.get(place.id), filter) && isFound(place, query));
  const blank = roll.places.filter((place) => !roll.marks.has(place.id)).length;
  const act = lastAct(ctx, roll);
  const fresh = new Set(act.length <= mostFresh ? act.map((row) => row.enrolmentId) : []);
  const isWhole = filter === 'all' && query === '';
  return {
    ...countsModel(ctx, roll, filter),
    order: isWhole
      ? t('attendance.roll.order', { n: roll.places.length })
      : t('attendance.roll.shown', { n: shown.length, total: roll.places.length }),
    blankHref: filterHref(ctx, filter === 'blank' ? '' : 'blank'),
    onlyBlank: filter === 'blank' ? t('attendance.roll.showAll') : t('attendance.roll.onlyBlank', { n: blank }),
    blank,
    search: query,
    filter,
    people: shown.map((place) => person(ctx, facts, place, { asksMore: filter === 'present', fresh })),
    submitLabel: blank === 0 ? t('attendance.roll.submit') : t('attendance.roll.submitBlank', { n: blank }),
  };
}

/** The page with another filter; also from the answer to a refused form, whose address is another. */
function filterHref(ctx: Ctx, show: string): string {
  return addressWith(ctx, ctx.req.path.replace(/[^/]+$/, 'roll-call'), { show, rival: '' });
}

function countsModel(ctx: Ctx, roll: Roll, filter: RollFilter) {
  const count = (mark: MarkRow['mark'] | undefined): number =>
    roll.places.filter((place) => roll.marks.get(place.id)?.mark === mark).length;
  const n = { present: count('PRESENT'), leave: count('APPROVED_LEAVE'), absent: count('ABSENT'), blank: count(undefined) };
  const share = (people: number): string => (roll.places.length === 0 ? '0' : ((people / roll.places.length) * 100).toFixed(1));
  return {
    counts: (['present', 'leave', 'absent', 'blank'] as const).map((key) => ({
      key,
      label: ctx.t(`attendance.roll.${key}`),
      n: n[key],
      href: filterHref(ctx, filter === key ? '' : key),
      current: filter === key,
      open: key === 'blank' && n.blank > 0,
    })),
    bar: { present: share(n.present), leave: share(n.present + n.leave), absent: share(n.present + n.leave + n.absent) },
  };
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

/** A longer act is no press on one row. */
const mostFresh = 3;
const looks = { PRESENT: '', APPROVED_LEAVE: 'leave', ABSENT: 'away' } as const;

/**
 * Late and early are asked for under who was just marked, under who has one of them, and under everybody in the list of those
 * present; else the list would be half as long again.
 */
interface MoreAsked {
  readonly asksMore: boolean;
  readonly fresh: ReadonlySet<string>;
}

function person(ctx: Ctx, facts: RollCallFacts, place: Enrolment, at: MoreAsked) {
  const row = facts.roll.marks.get(place.id);
  const shown = facts.typed === null ? row : (pressed(facts.typed, place.id) ?? row);
  return {
    ...buttonsOf(ctx, place, shown, at),
    id: place.id,
    name: place.name,
    unit: place.unitText,
    was: standingText(row),
    marked: row === undefined ? ctx.t('attendance.roll.blank') : markWords(ctx, row),
    tone: row === undefined ? 'calm' : ({ PRESENT: 'ok', APPROVED_LEAVE: 'warn', ABSENT: 'bad' } as const)[row.mark],
    warning: warningOf(ctx, facts, place),
    walkIn: place.walkIn,
  };
}

/** The three words of a person and, where asked for, late and early. */
function buttonsOf(ctx: Ctx, place: Enrolment, shown: MarkValue | undefined, at: MoreAsked) {
  const [late, leftEarly] = [shown?.late ?? false, shown?.leftEarly ?? false];
  return {
    marks: markKinds.map((value) => ({
      value,
      label: ctx.t(`attendance.short.${value}`),
      checked: shown?.mark === value,
      kind: looks[value],
    })),
    asksMore: shown?.mark === 'PRESENT' && (late || leftEarly || at.asksMore || at.fresh.has(place.id)),
    late,
    leftEarly,
  };
}

/** 到（迟到）; what a handed-in roll shows. */
export function markWords(ctx: Pick<Ctx, 't'>, row: MarkValue & { readonly madeUp?: boolean }): string {
  const extra = [
    row.late ? ctx.t('attendance.late') : '',
    row.leftEarly ? ctx.t('attendance.leftEarly') : '',
    row.madeUp === true ? ctx.t('attendance.madeUp') : '',
  ];
  const said = extra.filter((part) => part !== '');
  const word = ctx.t(`attendance.mark.${row.mark}`);
  return said.length === 0 ? word : ctx.t('attendance.markWith', { mark: word, more: said.join('、') });
}

/** Whether the person is over the limits already, or would be with one more half-day of the kind missed before. */
function warningOf(ctx: Ctx, facts: RollCallFacts, place: Enrolment): string {
  const summary = facts.summaries.get(place.id);
  if (summary === undefined) return '';
  if (attendanceProblems(summary, facts.policy).length > 0) return ctx.t('attendance.roll.over');
  if (summary.leaveHalfDays === 0 || facts.roll.marks.has(place.id)) return '';
  const { creditMinutes } = facts.roll.session;
  const missed = { ...summary, leaveHalfDays: summary.leaveHalfDays + 1, leaveMinutes: summary.leaveMinutes + creditMinutes };
  return attendanceProblems(missed, facts.policy).length > 0 ? ctx.t('attendance.roll.nearly') : '';
}

/** The marks of the account's newest act that are in force: what 撤销 takes back. */
function lastAct(ctx: Ctx, { marks, rollCall }: Roll): readonly MarkRow[] {
  if (ctx.account === null || rollCall !== null) return [];
  const order = (row: MarkRow): string => `${row.at.toISOString()} ${row.id}`;
  const own = [...marks.values()].filter((row) => row.byAccountId === ctx.account?.id).sort((a, b) => (order(a) < order(b) ? 1 : -1));
  return own.filter((row) => row.actId === own[0]?.actId);
}

function lastWords(ctx: Ctx, act: readonly MarkRow[], roll: Roll): string {
  const [row] = act;
  if (row === undefined) return '';
  const name = roll.places.find((place) => place.id === row.enrolmentId)?.name ?? '';
  return act.length > 1
    ? ctx.t('attendance.roll.lastMany', { n: act.length })
    : ctx.t('attendance.roll.last', { name, mark: markWords(ctx, row) });
}

/** Said after a press that was left undone because somebody else had marked the person (`?rival=`). */
function rivalWords(ctx: Ctx, roll: Roll): string {
  const place = roll.places.find((one) => one.id === ctx.query['rival']);
  const mark = place === undefined ? undefined : roll.marks.get(place.id);
  return place === undefined || mark === undefined
    ? ''
    : ctx.t('attendance.roll.rival', { name: place.name, by: mark.byName, mark: markWords(ctx, mark) });
}
