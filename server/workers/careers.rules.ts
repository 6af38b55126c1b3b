import type { CivilDay } from '../platform/civilDays.js';
import { newId } from '../platform/ids.js';
import type { EntrySource, Post, PostClass, ServiceStatus } from './posts.rules.js';
import { hasLeft } from './posts.rules.js';
import { joinedOn, primaryAppointmentOn, statusOn, succeed, type Interval } from './service.rules.js';
import type { AppointmentFact, StatusFact, Worker } from './worker.rules.js';

/** Where a post is: the community with its line of ancestors and its twelve-digit code. */
export interface PostPlace {
  readonly divisionId: string;
  readonly divisionPath: readonly string[];
  readonly divisionCode: string;
}

/** The post that begins with a change. */
export interface NewPost extends PostPlace {
  readonly post: Post;
  readonly postClass: PostClass;
  readonly kind: 'REGULAR' | 'SECONDMENT';
  readonly source: EntrySource | null;
}

/** One change of a person's career, holding from a day on. What is left out stays as it is. */
export interface CareerChange {
  readonly day: CivilDay;
  /** The new primary appointment; null ends the present one. */
  readonly post?: NewPost | null;
  readonly status?: ServiceStatus;
  readonly reason: string;
  readonly importId: string | null;
}

/** Who writes a fact, and when. */
export interface Stamp {
  readonly now: Date;
  readonly today: CivilDay;
  readonly by: string;
}

/** The fields of the projection that a career decides. */
export type CareerProjection = Pick<
  Worker,
  | 'divisionId'
  | 'divisionPath'
  | 'divisionCode'
  | 'post'
  | 'postClass'
  | 'isDualPost'
  | 'postSince'
  | 'status'
  | 'entryDate'
  | 'inServiceSince'
>;

/** The writes of a change, or the day of the later fact that stands in its way. */
export type CareerPlan =
  | {
      readonly ok: true;
      readonly superseded: { readonly appointmentIds: readonly string[]; readonly statusIds: readonly string[] };
      readonly added: { readonly appointments: readonly AppointmentFact[]; readonly statuses: readonly StatusFact[] };
      readonly projection: CareerProjection;
    }
  | { readonly ok: false; readonly laterFact: CivilDay };

/** A person with the facts that stand. */
export interface Standing {
  readonly worker: Pick<Worker, 'id' | keyof CareerProjection>;
  readonly appointments: readonly AppointmentFact[];
  readonly statuses: readonly StatusFact[];
}

interface Step<Row> {
  readonly superseded: readonly Row[];
  readonly added: readonly Row[];
}

const noStep = { superseded: [], added: [] } as const;

/** A status row ready to be stored. */
export function statusFact(
  workerId: string,
  of: { status: ServiceStatus; day: CivilDay } & Pick<CareerChange, 'reason' | 'importId'>,
  stamp: Stamp,
): StatusFact {
  return { id: newId(), workerId, status: of.status, from: of.day, to: null, ...evidence(of, stamp) };
}

/** An appointment row ready to be stored. */
export function appointmentFact(
  workerId: string,
  of: { post: NewPost; day: CivilDay } & Pick<CareerChange, 'reason' | 'importId'>,
  stamp: Stamp,
): AppointmentFact {
  const { divisionCode, ...post } = of.post;
  return { id: newId(), workerId, ...post, primary: true, from: of.day, to: null, ...evidence(of, stamp) };
}

function evidence(of: Pick<CareerChange, 'reason' | 'importId'>, stamp: Stamp) {
  return { recordedAt: stamp.now, supersededAt: null, reason: of.reason, recordedBy: stamp.by, importId: of.importId };
}

/** What the change writes and what the roster then shows (decision 7): rows in force are superseded by shortened copies. */
export function planCareer(standing: Standing, change: CareerChange, stamp: Stamp): CareerPlan {
  const { worker } = standing;
  const primary = standing.appointments.filter((row) => row.primary);
  const next = change.post ? appointmentFact(worker.id, { ...change, post: change.post }, stamp) : null;
  const posts = change.post === undefined ? { ok: true as const, ...noStep } : succeed(primary, change.day, next);
  if (!posts.ok) return { ok: false, laterFact: posts.reason.row.from };
  const status = change.status;
  const periods =
    status === undefined
      ? { ok: true as const, ...noStep }
      : succeed(standing.statuses, change.day, statusFact(worker.id, { ...change, status }, stamp));
  if (!periods.ok) return { ok: false, laterFact: periods.reason.row.from };
  const added = { appointments: restamped(posts, stamp), statuses: restamped(periods, stamp) };
  const after = {
    appointments: [...without(standing.appointments, posts.superseded), ...added.appointments],
    statuses: [...without(standing.statuses, periods.superseded), ...added.statuses],
  };
  return {
    ok: true,
    superseded: { appointmentIds: posts.superseded.map((row) => row.id), statusIds: periods.superseded.map((row) => row.id) },
    added,
    projection: project(worker, after, { today: stamp.today, place: change.post ?? null }),
  };
}

/** A shortened copy is a new row, known from now on; a row that begins keeps its own id. */
function restamped<Row extends Interval & { readonly id: string; readonly recordedAt: Date }>(step: Step<Row>, stamp: Stamp): Row[] {
  const old = new Set(step.superseded.map((row) => row.id));
  return step.added.map((row) => (old.has(row.id) ? { ...row, id: newId(), recordedAt: stamp.now } : row));
}

/** The rows that stay when some go. */
export function without<Row extends { readonly id: string }>(rows: readonly Row[], gone: readonly Row[]): Row[] {
  const ids = new Set(gone.map((row) => row.id));
  return rows.filter((row) => !ids.has(row.id));
}

/** A person who left stays in the roster with the last post and community. */
export function project(
  worker: Standing['worker'],
  facts: { readonly appointments: readonly AppointmentFact[]; readonly statuses: readonly StatusFact[] },
  at: { readonly today: CivilDay; readonly place: PostPlace | null },
): CareerProjection {
  const appointment = primaryAppointmentOn(facts, at.today) as AppointmentFact | null;
  const status = statusOn(facts, at.today) ?? worker.status;
  const joined = hasLeft(status) ? null : joinedOn(facts, at.today);
  const post = appointment ?? { ...worker, from: worker.postSince };
  const divisionCode = at.place !== null && at.place.divisionId === post.divisionId ? at.place.divisionCode : worker.divisionCode;
  return {
    divisionId: post.divisionId,
    divisionPath: post.divisionPath,
    divisionCode,
    post: post.post,
    postClass: post.postClass,
    isDualPost: post.post === 'DUAL_POST',
    postSince: post.from,
    status,
    entryDate: joined ?? worker.entryDate,
    inServiceSince: joined,
  };
}
