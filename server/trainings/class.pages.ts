import type { Ctx } from '../platform/http/context.js';
import { reaches } from '../platform/scope.js';
import { kept } from '../workers/words.pages.js';
import { classHead, manages, placedOf, type HeadFacts } from './classHead.pages.js';
import type { ClassStat, SessionTally } from './classParts.pages.js';
import { countedSessions } from './classes.rules.js';
import { isActive } from './enrolment.rules.js';
import type { PeopleTab } from './people.pages.js';
import type { Enrolment, TimetableSession, TrainingClass } from './trainingClass.rules.js';
import { datesWords, hoursWords, slotWords } from './words.pages.js';

/** What the class page shows beside its head. */
export interface ClassPageFacts extends HeadFacts {
  /** Places that the account sees. */
  readonly places: readonly Enrolment[];
  /** Names of the divisions with seats, in the order of their codes. */
  readonly divisions: readonly { readonly id: string; readonly name: string; readonly path: readonly string[] }[];
  /** Why somebody waits where they wait, in words, by enrolment id. */
  readonly reasons: ReadonlyMap<string, string>;
  /** 本班最多可请假 n 个半天; null for a class held elsewhere. */
  readonly leaveHalfDays: number | null;
}

const nothingSeated: ReturnType<typeof seatsModel> = { rows: [], total: { seats: 0, nominated: 0, confirmed: 0, waiting: 0 } };

/** The class page: sessions, seats per division, who waits and why, facts. */
export function classPage(ctx: Ctx, at: ClassPageFacts) {
  const { of, parts } = at;
  const tallies = parts.findLast((part) => part.tallies !== undefined)?.tallies ?? null;
  const rollCalls = parts.findLast((part) => part.rollCalls !== undefined)?.rollCalls ?? new Map<string, string>();
  const waiting = waitingModel(ctx, at);
  return {
    ...classHead(ctx, at),
    cancelled: whyOff(ctx, of),
    stats: statsOf(ctx, at),
    sessionsNote: sessionsNote(ctx, at),
    editHref: editHref(ctx, of),
    hasTallies: tallies !== null,
    sessions: of.external ? [] : sessionRows(ctx, of, { tallies, rollCalls, now: at.now, placed: placedOf(at.counts) }),
    seats: of.state === 'CANCELLED' ? nothingSeated : seatsModel(ctx, at),
    waiting,
    waitingTitle: ctx.t('trainings.waiting.title', { n: waiting.length }),
    nominationsHref: ctx.can('training.nominate') ? kept(ctx, `/classes/${of.id}/nominations`) : null,
    deadline: deadlineWords(ctx, at),
    todos: parts.flatMap((part) => part.todos ?? []),
    classFacts: factsOf(ctx, at),
  };
}

/** Why a class that is called off or put off is so. */
function whyOff(ctx: Ctx, of: TrainingClass): string {
  const isOff = of.state === 'CANCELLED' || of.state === 'POSTPONED';
  return isOff && of.stateReason !== '' ? ctx.t(`trainings.class.why.${of.state}`, { reason: of.stateReason }) : '';
}

function editHref(ctx: Ctx, of: TrainingClass): string | null {
  const isOpen = of.state !== 'CLOSED' && of.state !== 'CANCELLED';
  return isOpen && manages(ctx, of, 'training.plan') ? kept(ctx, `/classes/${of.id}/edit`) : null;
}

function deadlineWords(ctx: Ctx, at: ClassPageFacts): string {
  const { nominateBy } = at.of;
  if (nominateBy === null || at.of.state === 'POSTPONED') return '';
  return ctx.t(at.today > nominateBy ? 'trainings.seats.closed' : 'trainings.seats.until', { day: nominateBy.slice(5) });
}

function statsOf(ctx: Ctx, at: ClassPageFacts): ClassStat[] {
  const { of, counts } = at;
  if (of.state === 'CANCELLED') return [statOf(ctx, of, 'released', { n: counts.WITHDRAWN ?? 0, note: 'releasedNote', list: 'gone' })];
  if (of.external) return [statOf(ctx, of, 'completed', { n: counts.COMPLETED ?? 0, note: 'externalNote', list: 'all' })];
  const own = ownStats(ctx, at);
  const more = at.parts.flatMap((part) => part.stats ?? []);
  return [...(more.length > 1 ? own.filter((_, index) => index !== 2) : own), ...more].slice(0, 5);
}

interface StatFacts {
  readonly n: number;
  /** Key of the words beneath, and what they name. */
  readonly note: string;
  readonly values?: Readonly<Record<string, number>>;
  /** The people that the number opens. */
  readonly list: PeopleTab;
}

function statOf(ctx: Ctx, of: TrainingClass, key: string, { n, note, values, list }: StatFacts): ClassStat {
  const { t } = ctx;
  const href = kept(ctx, `/classes/${of.id}/people`);
  return {
    label: t(`trainings.stat.${key}`),
    value: String(n),
    unit: t(`trainings.stat.unit.${key}`),
    note: t(`trainings.stat.${note}`, values),
    href: `${href}${href.includes('?') ? '&' : '?'}state=${list}`,
    tone: null,
  };
}

/** Seats, who has one, who is to be confirmed and who waits. */
function ownStats(ctx: Ctx, { of, counts }: ClassPageFacts): ClassStat[] {
  const isWhole = ctx.scope.kind === 'classes' || reaches(ctx.scope, of.ownerPath);
  const free = Math.max(0, of.capacity - of.takenSeats);
  const split = of.quotas.length;
  return [
    statOf(ctx, of, 'capacity', { n: of.capacity, note: split === 0 ? 'noQuotas' : 'quotas', values: { n: split }, list: 'placed' }),
    statOf(ctx, of, 'confirmed', {
      n: placedOf(counts) - (counts.NOMINATED ?? 0),
      note: isWhole ? 'confirmedNote' : 'ownNote',
      values: { n: free },
      list: 'placed',
    }),
    statOf(ctx, of, 'nominated', { n: counts.NOMINATED ?? 0, note: 'nominatedNote', list: 'nominated' }),
    statOf(ctx, of, 'waiting', { n: counts.WAITLISTED ?? 0, note: 'waitingNote', list: 'waiting' }),
  ];
}

function sessionsNote(ctx: Ctx, at: ClassPageFacts): string {
  const note = ctx.t('trainings.sessions.note');
  return at.leaveHalfDays === null ? note : `${note}${ctx.t('trainings.sessions.leave', { n: at.leaveHalfDays })}`;
}

interface SessionFacts {
  readonly tallies: ReadonlyMap<string, SessionTally> | null;
  readonly rollCalls: ReadonlyMap<string, string>;
  readonly now: string;
  readonly placed: number;
}

function sessionRows(ctx: Ctx, of: TrainingClass, at: SessionFacts) {
  const counted = countedSessions(of.sessions);
  return of.sessions.map((session) => {
    const number = counted.findIndex((one) => one.id === session.id) + 1;
    const tally = at.tallies?.get(session.id) ?? null;
    const state = sessionState(session, tally, at.now);
    return {
      number: number === 0 ? '—' : String(number),
      time: of.state === 'POSTPONED' ? ctx.t('trainings.undated') : slotWords(ctx.t, session.slot),
      title: session.title,
      note: sessionNote(ctx, session),
      credit: session.counted ? hoursWords(session.creditMinutes) : '—',
      now: state === 'CALLING',
      href: at.rollCalls.get(session.id) ?? null,
      placed: at.placed,
      ...tallyCells(tally, state),
      badge: { ...sessionBadges[state], label: ctx.t(`trainings.sessions.state.${state}`) },
    };
  });
}

function sessionNote(ctx: Ctx, session: TimetableSession): string {
  const parts = [
    ctx.t(`trainings.sessionForm.${session.form}`),
    session.lecturer,
    session.counted ? '' : ctx.t('trainings.sessions.notCounted'),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** The counts of a session; null is unknown and printed as —. What is not marked shows until it is submitted. */
function tallyCells(tally: SessionTally | null, state: keyof typeof sessionBadges) {
  if (tally === null) return { present: null, leave: null, absent: null, unmarked: 0 };
  const { leave } = tally;
  // of a session to come only leave is known
  if (state === 'LATER') return { present: null, leave, absent: null, unmarked: 0 };
  return { present: tally.present, leave, absent: tally.absent, unmarked: tally.submitted ? 0 : tally.unmarked };
}

const sessionBadges = {
  SUBMITTED: { kind: 'ok', icon: 'circle-check' },
  CALLING: { kind: 'info', icon: 'circle-dashed' },
  MISSING: { kind: 'warn', icon: 'clock' },
  LATER: { kind: 'calm', icon: 'circle-dashed' },
} as const;

function sessionState(session: TimetableSession, tally: SessionTally | null, now: string): keyof typeof sessionBadges {
  if (tally?.submitted === true) return 'SUBMITTED';
  if (session.slot > now) return 'LATER';
  return session.slot === now ? 'CALLING' : 'MISSING';
}

/** Seats, nominated, confirmed and waiting of each division with seats, with their sum. */
function seatsModel(ctx: Ctx, at: ClassPageFacts) {
  const { of, places } = at;
  // counts of another division's people are not for this account: a row of zeros would be a lie
  const visible = at.divisions.filter((one) => ctx.scope.kind === 'classes' || reaches(ctx.scope, one.path));
  const rows = visible.map(({ id, name }) => {
    const own = places.filter((place) => place.quotaDivisionId === id);
    const count = (holds: (place: Enrolment) => boolean): number => own.filter(holds).length;
    const returned = count((place) => place.state === 'RETURNED');
    return {
      name,
      href: kept(ctx, `/classes/${of.id}/people`) + (kept(ctx, '').includes('?') ? '&' : '?') + `division=${id}`,
      seats: of.quotas.find((quota) => quota.divisionId === id)?.seats ?? 0,
      nominated: count((place) => place.state !== 'WITHDRAWN' && place.state !== 'RETURNED'),
      confirmed: count((place) => isActive(place.state) && place.state !== 'NOMINATED'),
      waiting: count((place) => place.state === 'WAITLISTED'),
      note: returned > 0 ? ctx.t('trainings.seats.returned', { n: returned }) : '',
    };
  });
  const sum = (of_: (row: (typeof rows)[number]) => number): number => rows.reduce((total, row) => total + of_(row), 0);
  return {
    rows,
    total: {
      seats: sum((row) => row.seats),
      nominated: sum((row) => row.nominated),
      confirmed: sum((row) => row.confirmed),
      waiting: sum((row) => row.waiting),
    },
  };
}

function waitingModel(ctx: Ctx, at: ClassPageFacts) {
  const waiting = at.places.filter((place) => place.state === 'WAITLISTED').sort((a, b) => a.rank - b.rank || (a.at < b.at ? -1 : 1));
  return waiting.map((place, index) => ({
    number: index + 1,
    name: place.name,
    unit: place.unitText,
    href: ctx.can('worker.read') ? kept(ctx, `/workers/${place.workerId}`) : null,
    reason: at.reasons.get(place.id) ?? '',
  }));
}

function factsOf(ctx: Ctx, at: ClassPageFacts) {
  const { t } = ctx;
  const { of } = at;
  const fact = (key: string, text: string) => (text === '' ? [] : [{ label: t(`trainings.fact.${key}`), text, href: null }]);
  return [
    ...fact('organiser', of.organiser),
    ...fact('institution', of.institution),
    ...fact('place', of.place),
    ...fact('dates', datesWords(t, of)),
    ...fact(
      'audience',
      of.audienceGroups.length === 0
        ? t('trainings.class.everyone')
        : of.audienceGroups.map((group) => t(`workers.audienceGroup.${group}`)).join('、'),
    ),
    ...fact('teacher', of.teacherName),
    ...fact('contact', of.contact),
    ...fact('assessment', of.external ? '' : t(of.assessment ? 'trainings.class.assessed' : 'trainings.class.notAssessed')),
    ...fact('counts', of.state === 'CANCELLED' ? '' : t(at.qualifies ? 'trainings.class.countsLong' : 'trainings.class.countsNotLong')),
    ...fact('evidence', of.evidence),
    ...fact('notice', of.noticeNo),
  ];
}
