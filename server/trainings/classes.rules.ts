import { yearOf } from '../platform/civilDays.js';
import type { CivilDay } from '../platform/civilDays.js';
import { slotBetween, slotDay } from './slots.rules.js';
import type { Slot } from './slots.rules.js';

/** Who organises a class, highest first (decision 11). */
export const tiers = ['NATIONAL', 'PROVINCE', 'CITY', 'COUNTY', 'TOWNSHIP'] as const;
export type Tier = (typeof tiers)[number];

/** Whether a class of this tier is of the other tier or a higher one: a city class is "county or above". */
export function isTierAtLeast(tier: Tier, least: Tier): boolean {
  return tiers.indexOf(tier) <= tiers.indexOf(least);
}

/** Why a class is held: 示范, 兜底, 岗位(岗前), 任职, 专项, 考前辅导 (decision 11). */
export const purposes = ['DEMONSTRATION', 'CATCH_ALL', 'ONBOARDING', 'INDUCTION', 'SPECIAL', 'EXAM_COACHING'] as const;
export type Purpose = (typeof purposes)[number];

/** The form of one class session (domain.md §2.6). */
export const sessionForms = [
  'LECTURE',
  'SPECIAL_TOPIC',
  'FIELD_TEACHING',
  'CASE_STUDY',
  'DISCUSSION',
  'LIVE_BROADCAST',
  'ONLINE_STUDY',
  'JOB_SHADOWING',
  'SECONDMENT_PRACTICE',
  'OUTWARD_BOUND',
  'EXAM_COACHING',
] as const;
export type SessionForm = (typeof sessionForms)[number];

/** One class session (课次), usually a half-day. `counted` is false for 报到, 开班式, 返程 and the like. */
export interface ClassSession {
  readonly id: string;
  readonly slot: Slot;
  readonly form: SessionForm;
  /** 60 per 学时 by definition, whatever the clock says (decision 16); 0 when not counted. */
  readonly creditMinutes: number;
  readonly counted: boolean;
}

/** 学时 to credit minutes: a definition, not a threshold (decision 16). Half hours are allowed. */
export const minutesPerCreditHour = 60;

/** Where a class stands. */
export const classStates = ['DRAFT', 'PUBLISHED', 'POSTPONED', 'IN_PROGRESS', 'CLOSED', 'CANCELLED'] as const;
export type ClassState = (typeof classStates)[number];

/** What is done to a class. An external class goes from published to closed without a roll call. */
export const classActions = ['PUBLISH', 'POSTPONE', 'RESCHEDULE', 'START', 'CLOSE', 'REOPEN', 'CANCEL'] as const;
export type ClassAction = (typeof classActions)[number];

const transitions: Readonly<Record<ClassAction, Partial<Readonly<Record<ClassState, ClassState>>>>> = {
  PUBLISH: { DRAFT: 'PUBLISHED' },
  POSTPONE: { PUBLISHED: 'POSTPONED' },
  // new dates for a class that people already know of; a postponed one is on again
  RESCHEDULE: { DRAFT: 'DRAFT', PUBLISHED: 'PUBLISHED', POSTPONED: 'PUBLISHED' },
  START: { PUBLISHED: 'IN_PROGRESS' },
  CLOSE: { PUBLISHED: 'CLOSED', IN_PROGRESS: 'CLOSED' },
  REOPEN: { CLOSED: 'IN_PROGRESS' },
  CANCEL: { DRAFT: 'CANCELLED', PUBLISHED: 'CANCELLED', POSTPONED: 'CANCELLED', IN_PROGRESS: 'CANCELLED' },
};

export type ClassTransition =
  | { readonly ok: true; readonly state: ClassState }
  | { readonly ok: false; readonly reason: { readonly kind: 'NOT_FROM_HERE'; readonly action: ClassAction; readonly state: ClassState } };

/** The state after an action, or the refusal that names both. */
export function actOnClass(state: ClassState, action: ClassAction): ClassTransition {
  const next = transitions[action][state];
  return next === undefined ? { ok: false, reason: { kind: 'NOT_FROM_HERE', action, state } } : { ok: true, state: next };
}

/** What may be done to a class in this state, in the order of {@link classActions}. */
export function actionsFrom(state: ClassState): ClassAction[] {
  return classActions.filter((action) => transitions[action][state] !== undefined);
}

/** Whether people can be nominated to it. */
export function takesNominations(state: ClassState): boolean {
  return state === 'PUBLISHED';
}

/** Whether the class can still bring its people to completion: an open place in it is an arrangement (decision 21). */
export function isStillToCome(state: ClassState): boolean {
  return state === 'PUBLISHED' || state === 'IN_PROGRESS';
}

/** The sessions that count, in order of time. */
export function countedSessions<Session extends ClassSession>(sessions: readonly Session[]): Session[] {
  return sessions.filter((session) => session.counted).sort((a, b) => (a.slot < b.slot ? -1 : 1));
}

/** Credit minutes of a whole class. */
export function totalCreditMinutes(sessions: readonly ClassSession[]): number {
  return countedSessions(sessions).reduce((sum, session) => sum + session.creditMinutes, 0);
}

/** Length of a class in days: counted half-days ÷ 2 (ruling 28). */
export function lengthInDays(sessions: readonly ClassSession[]): number {
  return countedSessions(sessions).length / 2;
}

/** First and last day of all sessions; null when there is none. */
export function spanOf(sessions: readonly { readonly slot: Slot }[]): { readonly firstDay: CivilDay; readonly lastDay: CivilDay } | null {
  const slots = sessions.map((session) => session.slot).sort();
  const [first, last] = [slots[0], slots.at(-1)];
  return first === undefined || last === undefined ? null : { firstDay: slotDay(first), lastDay: slotDay(last) };
}

/** The year a class counts for coverage: that of its last session, also for a class over New Year (decision 16, ruling 29). */
export function coverageYearOf(lastDay: CivilDay): number {
  return yearOf(lastDay);
}

/** Limits of a timetable; policy values. */
export interface TimetablePolicy {
  /** Most credit minutes in one half-day (documents.md §1.7: four 学时). */
  readonly maxMinutesPerHalfDay: number;
}

/** What is wrong with a class's timetable. */
export type TimetableProblem =
  | { readonly kind: 'NO_COUNTED_SESSION' }
  | { readonly kind: 'ENDS_BEFORE_BEGIN'; readonly firstDay: CivilDay; readonly lastDay: CivilDay }
  | { readonly kind: 'OUTSIDE_DATES'; readonly slot: Slot }
  | { readonly kind: 'TWICE'; readonly slot: Slot }
  | { readonly kind: 'NO_CREDIT'; readonly slot: Slot }
  | { readonly kind: 'TOO_MUCH_CREDIT'; readonly slot: Slot; readonly minutes: number; readonly max: number }
  /** Dates lie in this year or the next (decision 16). */
  | { readonly kind: 'YEAR'; readonly year: number };

/** The dates a class is announced for and its sessions. */
export interface Timetable {
  readonly firstDay: CivilDay;
  readonly lastDay: CivilDay;
  readonly sessions: readonly ClassSession[];
}

/** Everything wrong with a timetable, dates first; empty when it can be saved. External and past classes pass `today` null. */
export function timetableProblems(timetable: Timetable, today: CivilDay | null, policy: TimetablePolicy): TimetableProblem[] {
  const { firstDay, lastDay } = timetable;
  if (lastDay < firstDay) return [{ kind: 'ENDS_BEFORE_BEGIN', firstDay, lastDay }];
  const problems: TimetableProblem[] = [];
  for (const year of new Set([yearOf(firstDay), yearOf(lastDay)])) {
    if (today !== null && year !== yearOf(today) && year !== yearOf(today) + 1) problems.push({ kind: 'YEAR', year });
  }
  if (countedSessions(timetable.sessions).length === 0) problems.push({ kind: 'NO_COUNTED_SESSION' });
  const seen = new Set<Slot>();
  for (const session of timetable.sessions) {
    problems.push(...sessionProblems(session, timetable, policy));
    if (seen.has(session.slot)) problems.push({ kind: 'TWICE', slot: session.slot });
    seen.add(session.slot);
  }
  return problems;
}

function sessionProblems(session: ClassSession, timetable: Timetable, policy: TimetablePolicy): TimetableProblem[] {
  const { slot, creditMinutes } = session;
  const max = policy.maxMinutesPerHalfDay;
  if (!slotBetween(slot, timetable.firstDay, timetable.lastDay)) return [{ kind: 'OUTSIDE_DATES', slot }];
  if (session.counted && creditMinutes <= 0) return [{ kind: 'NO_CREDIT', slot }];
  return creditMinutes > max ? [{ kind: 'TOO_MUCH_CREDIT', slot, minutes: creditMinutes, max }] : [];
}
