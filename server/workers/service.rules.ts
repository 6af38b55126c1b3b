import { addDays, firstDayOf } from '../platform/civilDays.js';
import type { CivilDay } from '../platform/civilDays.js';
import { hasLeft } from './posts.rules.js';
import type { EntrySource, Post, PostClass, ServiceStatus } from './posts.rules.js';

/** A half-open stretch of days: `from` is the first day it holds, `to` the first day it no longer does; null runs on. */
export interface Interval {
  readonly from: CivilDay;
  readonly to: CivilDay | null;
}

/** When a fact was written down, and when a correction took its place (decision 7); null while it stands. */
export interface Recorded {
  readonly recordedAt: Date;
  readonly supersededAt: Date | null;
}

/** One appointment: this post in this division over these days. At any day at most one is primary. */
export interface Appointment extends Interval {
  readonly divisionId: string;
  readonly post: Post;
  readonly postClass: PostClass;
  readonly kind: 'REGULAR' | 'SECONDMENT';
  readonly primary: boolean;
  readonly source: EntrySource | null;
}

/** The service status a worker had over these days. */
export interface ServicePeriod extends Interval {
  readonly status: ServiceStatus;
}

/** The facts in force about one worker's posts and service, in any order. */
export interface ServiceHistory {
  readonly appointments: readonly Appointment[];
  readonly statuses: readonly ServicePeriod[];
}

/** Which statuses count as in service for coverage; a policy, ships 在岗 and 试用 (decision 7). */
export interface InServicePolicy {
  readonly statuses: readonly ServiceStatus[];
}

/** What the roster shows of a worker on a day. */
export interface ServiceProjection {
  readonly appointment: Appointment | null;
  readonly status: ServiceStatus | null;
  /** First day of the present unbroken service; null when the person does not serve on that day. */
  readonly joinedOn: CivilDay | null;
  readonly inService: boolean;
}

/** Whether an interval covers a day. */
export function holdsOn(interval: Interval, day: CivilDay): boolean {
  return interval.from <= day && (interval.to === null || day < interval.to);
}

/** The rows that stand today: not superseded by a correction. */
export function standing<Row extends Recorded>(rows: readonly Row[]): Row[] {
  return rows.filter((row) => row.supersededAt === null);
}

/** The rows as they were known at an instant, whatever was corrected later. */
export function knownAt<Row extends Recorded>(rows: readonly Row[], instant: Date): Row[] {
  return rows.filter((row) => row.recordedAt <= instant && (row.supersededAt === null || row.supersededAt > instant));
}

/** The primary appointment on a day: a person belongs to the community it names (ruling 29). */
export function primaryAppointmentOn(history: ServiceHistory, day: CivilDay): Appointment | null {
  return history.appointments.find((row) => row.primary && holdsOn(row, day)) ?? null;
}

/** The service status on a day; null before the first and in a gap. */
export function statusOn(history: ServiceHistory, day: CivilDay): ServiceStatus | null {
  return history.statuses.find((row) => holdsOn(row, day))?.status ?? null;
}

/**
 * The first day of the unbroken service that a day lies in (ruling 29, "joined"). Leave, maternity and secondment
 * do not break it; a day without any status, or with one that means the person has left, does. Null when not serving.
 */
export function joinedOn(history: ServiceHistory, day: CivilDay): CivilDay | null {
  const serving = history.statuses.filter((row) => !hasLeft(row.status));
  let from = serving.find((row) => holdsOn(row, day))?.from ?? null;
  while (from !== null) {
    const dayBefore = addDays(from, -1);
    const earlier = serving.find((row) => holdsOn(row, dayBefore));
    if (earlier === undefined) return from;
    from = earlier.from;
  }
  return null;
}

/** What the roster shows on a day, from the two interval lists. */
export function projectionOn(history: ServiceHistory, day: CivilDay, policy: InServicePolicy): ServiceProjection {
  const appointment = primaryAppointmentOn(history, day);
  const status = statusOn(history, day);
  return {
    appointment,
    status,
    joinedOn: joinedOn(history, day),
    inService: appointment !== null && status !== null && policy.statuses.includes(status),
  };
}

/**
 * Begun months of a year with at least one day in service (ruling 30), 0–12. An open interval is taken to run on,
 * so for the running year this is what the year will come to if nothing changes.
 */
export function monthsInService(history: ServiceHistory, year: number, policy: InServicePolicy): number {
  const periods = history.statuses.filter((row) => policy.statuses.includes(row.status));
  const starts = Array.from({ length: 12 }, (_, index) => `${String(year)}-${String(index + 1).padStart(2, '0')}-01`);
  const ends = [...starts.slice(1), firstDayOf(year + 1)];
  return starts.filter((start, index) => periods.some((row) => row.from < (ends[index] ?? start) && (row.to === null || row.to > start)))
    .length;
}

/** What is wrong with one list of intervals. */
export type IntervalProblem<Row> =
  { readonly kind: 'EMPTY'; readonly row: Row } | { readonly kind: 'OVERLAP'; readonly row: Row; readonly other: Row };

/** The first fault of a list that must not overlap: an interval without a day, or two that share one. */
export function findIntervalProblem<Row extends Interval>(rows: readonly Row[]): IntervalProblem<Row> | null {
  const ordered = [...rows].sort((a, b) => (a.from < b.from ? -1 : 1));
  for (const [index, row] of ordered.entries()) {
    if (row.to !== null && row.to <= row.from) return { kind: 'EMPTY', row };
    const next = ordered[index + 1];
    if (next && (row.to === null || next.from < row.to)) return { kind: 'OVERLAP', row: next, other: row };
  }
  return null;
}

/** The first fault of a history: statuses never overlap, primary appointments never overlap. */
export function findHistoryProblem(history: ServiceHistory): IntervalProblem<Appointment> | IntervalProblem<ServicePeriod> | null {
  const primary = history.appointments.filter((row) => row.primary);
  const other = history.appointments.filter((row) => !row.primary && row.to !== null && row.to <= row.from)[0];
  return findIntervalProblem(primary) ?? (other ? { kind: 'EMPTY', row: other } : findIntervalProblem(history.statuses));
}

/** The writes that make a new row hold from a day on, or why they cannot be made. */
export type Succession<Row> =
  | { readonly ok: true; readonly superseded: readonly Row[]; readonly added: readonly Row[] }
  | { readonly ok: false; readonly reason: { readonly kind: 'LATER_ROW'; readonly row: Row } };

/**
 * Ends what holds and lets `next` begin (null: nothing follows). The row in force is superseded by a copy that ends
 * that day, or by nothing if it began that very day. A row that begins later refuses: the future was already written.
 * @param rows rows that stand and must not overlap; `next.from` is the day, or `day` when nothing follows
 */
export function succeed<Row extends Interval>(rows: readonly Row[], day: CivilDay, next: Row | null): Succession<Row> {
  const later = rows.find((row) => row.from > day);
  if (later !== undefined) return { ok: false, reason: { kind: 'LATER_ROW', row: later } };
  const current = rows.filter((row) => holdsOn(row, day));
  const shortened = current.filter((row) => row.from < day).map((row) => ({ ...row, to: day }));
  return { ok: true, superseded: current, added: next === null ? shortened : [...shortened, next] };
}
