import { countedSessions, lengthInDays, totalCreditMinutes } from '../trainings/classes.rules.js';
import type { ClassSession } from '../trainings/classes.rules.js';

/** 到 / 假 / 缺. Late and early are a second fact beside present, never a mark of their own (decision 15). */
export const marks = ['PRESENT', 'APPROVED_LEAVE', 'ABSENT'] as const;
export type Mark = (typeof marks)[number];

/** The mark of one person in one class session, as last corrected. */
export interface SessionMark {
  readonly sessionId: string;
  readonly mark: Mark;
  readonly late: boolean;
  readonly leftEarly: boolean;
  /** The session was made up later: it counts as attended, whatever the mark says (ruling 28). */
  readonly madeUp: boolean;
}

/** A row for classes up to a length; it replaces the ratio (ruling 28). Of several that fit, the shortest wins. */
export interface LeaveLengthRow {
  /** In days, counted half-days ÷ 2. */
  readonly upToDays: number;
  readonly maxLeaveHalfDays: number;
}

/** When a class counts as completed; a policy on the class's last day (documents.md §2.2, §11). */
export interface CompletionPolicy {
  /** Approved leave may be at most this share of the credit minutes: ships 1 of 7. Exactly the share is not over. */
  readonly leaveShare: { readonly part: number; readonly of: number };
  readonly lengthRows: readonly LeaveLengthRow[];
  /** Half-days of absence without approval that are borne: ships 0. */
  readonly maxUnapprovedHalfDays: number;
  /** Whatever the row allows, at least this share must have been attended: ships 1 of 2. */
  readonly leastAttendedShare: { readonly part: number; readonly of: number };
}

/** The result of the class's assessment for one person; `NONE` when the class has none. */
export type Assessment = 'NONE' | 'PASSED' | 'FAILED' | 'NOT_TAKEN';

/** What happened in the counted sessions. Leave and absence are two counters, never netted. */
export interface AttendanceSummary {
  readonly halfDays: number;
  readonly totalMinutes: number;
  readonly attendedHalfDays: number;
  readonly attendedMinutes: number;
  readonly leaveHalfDays: number;
  readonly leaveMinutes: number;
  readonly absentHalfDays: number;
  readonly absentMinutes: number;
  readonly lateTimes: number;
  readonly leftEarlyTimes: number;
  readonly madeUpHalfDays: number;
  /** Sessions without a mark, in order of time. */
  readonly unmarked: readonly string[];
}

/** Why a person has not completed the class. */
export type CompletionProblem =
  | {
      readonly kind: 'LEAVE_OVER_SHARE';
      readonly leaveMinutes: number;
      readonly totalMinutes: number;
      readonly part: number;
      readonly of: number;
    }
  | { readonly kind: 'LEAVE_OVER_HALF_DAYS'; readonly leaveHalfDays: number; readonly max: number }
  | { readonly kind: 'ABSENT'; readonly absentHalfDays: number; readonly max: number }
  | { readonly kind: 'TOO_LITTLE_ATTENDED'; readonly attendedMinutes: number; readonly totalMinutes: number }
  | { readonly kind: 'ASSESSMENT_FAILED' }
  | { readonly kind: 'ASSESSMENT_NOT_TAKEN' };

export type Completion =
  | { readonly kind: 'COMPLETED'; readonly summary: AttendanceSummary }
  | { readonly kind: 'NOT_COMPLETED'; readonly summary: AttendanceSummary; readonly problems: readonly CompletionProblem[] }
  /** The class cannot close while marks are missing (decision 15). */
  | { readonly kind: 'MARKS_MISSING'; readonly summary: AttendanceSummary };

/** Whether a marked session counts as attended: present (late or early too), or made up. */
export function isAttended(mark: SessionMark): boolean {
  return mark.madeUp || mark.mark === 'PRESENT';
}

/** Adds up one person's marks over the counted sessions of a class. */
export function summariseAttendance(sessions: readonly ClassSession[], sessionMarks: readonly SessionMark[]): AttendanceSummary {
  const counted = countedSessions(sessions);
  const markOf = new Map(sessionMarks.map((mark) => [mark.sessionId, mark]));
  const tally = (holds: (mark: SessionMark) => boolean) => {
    const held = counted.filter((session) => {
      const mark = markOf.get(session.id);
      return mark !== undefined && holds(mark);
    });
    return { halfDays: held.length, minutes: held.reduce((sum, session) => sum + session.creditMinutes, 0) };
  };
  const attended = tally(isAttended);
  const leave = tally((mark) => !mark.madeUp && mark.mark === 'APPROVED_LEAVE');
  const absent = tally((mark) => !mark.madeUp && mark.mark === 'ABSENT');
  return {
    halfDays: counted.length,
    totalMinutes: totalCreditMinutes(counted),
    attendedHalfDays: attended.halfDays,
    attendedMinutes: attended.minutes,
    leaveHalfDays: leave.halfDays,
    leaveMinutes: leave.minutes,
    absentHalfDays: absent.halfDays,
    absentMinutes: absent.minutes,
    lateTimes: tally((mark) => mark.mark === 'PRESENT' && mark.late).halfDays,
    leftEarlyTimes: tally((mark) => mark.mark === 'PRESENT' && mark.leftEarly).halfDays,
    madeUpHalfDays: tally((mark) => mark.madeUp && mark.mark !== 'PRESENT').halfDays,
    unmarked: counted.filter((session) => !markOf.has(session.id)).map((session) => session.id),
  };
}

/** The length row that fits a class, or null when the ratio rules. */
export function lengthRowFor(days: number, policy: CompletionPolicy): LeaveLengthRow | null {
  const fitting = policy.lengthRows.filter((row) => days <= row.upToDays).sort((a, b) => a.upToDays - b.upToDays);
  return fitting[0] ?? null;
}

function leaveProblem(summary: AttendanceSummary, policy: CompletionPolicy): CompletionProblem | null {
  const row = lengthRowFor(summary.halfDays / 2, policy);
  if (row !== null) {
    const { leaveHalfDays } = summary;
    return leaveHalfDays > row.maxLeaveHalfDays ? { kind: 'LEAVE_OVER_HALF_DAYS', leaveHalfDays, max: row.maxLeaveHalfDays } : null;
  }
  const { part, of } = policy.leaveShare;
  const { leaveMinutes, totalMinutes } = summary;
  return leaveMinutes * of > totalMinutes * part ? { kind: 'LEAVE_OVER_SHARE', leaveMinutes, totalMinutes, part, of } : null;
}

/**
 * What already stands against completion, marks still missing or not: the leave and absence limits are those of the
 * whole class, so a problem found half-way (flag T-ATT) is there to stay unless something is made up or corrected.
 */
export function attendanceProblems(summary: AttendanceSummary, policy: CompletionPolicy): CompletionProblem[] {
  const problems: CompletionProblem[] = [];
  const leave = leaveProblem(summary, policy);
  if (leave !== null) problems.push(leave);
  const { absentHalfDays, totalMinutes } = summary;
  const max = policy.maxUnapprovedHalfDays;
  if (absentHalfDays > max) problems.push({ kind: 'ABSENT', absentHalfDays, max });
  const lost = summary.leaveMinutes + summary.absentMinutes;
  const { part, of } = policy.leastAttendedShare;
  if ((totalMinutes - lost) * of < totalMinutes * part) {
    problems.push({ kind: 'TOO_LITTLE_ATTENDED', attendedMinutes: summary.attendedMinutes, totalMinutes });
  }
  return problems;
}

/**
 * Whether one person completed a class (decision 15, ruling 28): approved leave within the ratio or the length row,
 * unapproved absence within the policy, at least half attended, and the assessment passed if there is one.
 */
export function completionOf(
  sessions: readonly ClassSession[],
  sessionMarks: readonly SessionMark[],
  assessment: Assessment,
  policy: CompletionPolicy,
): Completion {
  const summary = summariseAttendance(sessions, sessionMarks);
  if (summary.unmarked.length > 0) return { kind: 'MARKS_MISSING', summary };
  const problems = attendanceProblems(summary, policy);
  if (assessment === 'FAILED') problems.push({ kind: 'ASSESSMENT_FAILED' });
  if (assessment === 'NOT_TAKEN') problems.push({ kind: 'ASSESSMENT_NOT_TAKEN' });
  return problems.length === 0 ? { kind: 'COMPLETED', summary } : { kind: 'NOT_COMPLETED', summary, problems };
}

/**
 * 本班最多可请假 n 个半天, printed in the notice and on the leave form: how many half-days of leave are safe whichever
 * ones they are, from the longest session down.
 */
export function allowedLeaveHalfDays(sessions: readonly ClassSession[], policy: CompletionPolicy): number {
  const longestFirst = countedSessions(sessions).sort((a, b) => b.creditMinutes - a.creditMinutes);
  const total = totalCreditMinutes(sessions);
  const row = lengthRowFor(lengthInDays(sessions), policy);
  let minutes = 0;
  for (const [index, session] of longestFirst.entries()) {
    minutes += session.creditMinutes;
    const isWithinRule = row === null ? minutes * policy.leaveShare.of <= total * policy.leaveShare.part : index < row.maxLeaveHalfDays;
    const isHalfAttended = (total - minutes) * policy.leastAttendedShare.of >= total * policy.leastAttendedShare.part;
    if (!isWithinRule || !isHalfAttended) return index;
  }
  return longestFirst.length;
}

/** The missed session whose make-up helps most: one of a kind that is over its limit, the longer before the shorter. */
function nextToMakeUp(sessions: readonly ClassSession[], sessionMarks: readonly SessionMark[], problems: readonly CompletionProblem[]) {
  const isNeeded: Partial<Record<CompletionProblem['kind'], Mark>> = {
    ABSENT: 'ABSENT',
    LEAVE_OVER_SHARE: 'APPROVED_LEAVE',
    LEAVE_OVER_HALF_DAYS: 'APPROVED_LEAVE',
  };
  const wanted = problems.map((problem) => isNeeded[problem.kind]);
  const minutesOf = new Map(countedSessions(sessions).map((session) => [session.id, session.creditMinutes]));
  const missed = sessionMarks.filter((mark) => !isAttended(mark) && minutesOf.has(mark.sessionId));
  const helping = missed.filter((mark) => wanted.includes(mark.mark));
  const longestFirst = (helping.length > 0 ? helping : missed).sort(
    (a, b) => (minutesOf.get(b.sessionId) ?? 0) - (minutesOf.get(a.sessionId) ?? 0),
  );
  return longestFirst[0] ?? null;
}

/** 补课 n 个课次即可结业: how many half-days made up would clear every attendance problem; 0 when there is none. */
export function makeUpHalfDaysNeeded(
  sessions: readonly ClassSession[],
  sessionMarks: readonly SessionMark[],
  policy: CompletionPolicy,
): number {
  let current = [...sessionMarks];
  for (let count = 0; ; count += 1) {
    const problems = attendanceProblems(summariseAttendance(sessions, current), policy);
    const next = problems.length === 0 ? null : nextToMakeUp(sessions, current, problems);
    if (next === null) return count;
    current = current.map((mark) => (mark === next ? { ...mark, madeUp: true } : mark));
  }
}
