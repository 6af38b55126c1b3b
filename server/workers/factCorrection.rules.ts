import type { CivilDay } from '../platform/civilDays.js';
import { newId } from '../platform/ids.js';
import { project, without, type CareerProjection, type NewPost, type Stamp, type Standing } from './careers.rules.js';
import type { ServiceStatus } from './posts.rules.js';
import type { Interval } from './service.rules.js';
import type { AppointmentFact, StatusFact } from './worker.rules.js';

/** What a recorded fact should have said. */
export interface FactCorrection {
  readonly factId: string;
  readonly from: CivilDay;
  readonly reason: string;
  /** For an appointment. */
  readonly post?: NewPost;
  /** For a service status. */
  readonly status?: ServiceStatus;
}

/** Why a fact cannot be corrected so: its days would be gone, or would reach over its neighbours'. */
export type CorrectionProblem =
  | { readonly kind: 'NOT_THERE' }
  | { readonly kind: 'EMPTY'; readonly to: CivilDay }
  | { readonly kind: 'BEFORE'; readonly earlier: CivilDay };

export type CorrectionPlan =
  | {
      readonly ok: true;
      readonly superseded: { readonly appointmentIds: readonly string[]; readonly statusIds: readonly string[] };
      readonly added: { readonly appointments: readonly AppointmentFact[]; readonly statuses: readonly StatusFact[] };
      readonly projection: CareerProjection;
      /** The first day whose truth has changed. */
      readonly since: CivilDay;
    }
  | { readonly ok: false; readonly problem: CorrectionProblem };

interface Row extends Interval {
  readonly id: string;
}

type Replacement<R extends Row> =
  | { readonly ok: true; readonly superseded: readonly R[]; readonly added: readonly R[] }
  | { readonly ok: false; readonly problem: CorrectionProblem };

/**
 * Puts `next` in the place of a row of a list that does not overlap. When its first day moves, the row that ended there ends
 * on the new day: a correction moves the seam, it never opens a gap or an overlap.
 */
function replaceRow<R extends Row>(rows: readonly R[], old: R, next: R): Replacement<R> {
  if (old.to !== null && next.from >= old.to) return { ok: false, problem: { kind: 'EMPTY', to: old.to } };
  const earlier = rows.filter((row) => row.from < old.from).sort((a, b) => (a.from < b.from ? 1 : -1))[0];
  if (earlier === undefined) return { ok: true, superseded: [old], added: [next] };
  const joined = earlier.to === old.from;
  const bound = joined ? earlier.from : (earlier.to ?? earlier.from);
  if (joined ? next.from <= bound : next.from < bound) return { ok: false, problem: { kind: 'BEFORE', earlier: bound } };
  if (!joined || next.from === old.from) return { ok: true, superseded: [old], added: [next] };
  return { ok: true, superseded: [old, earlier], added: [{ ...earlier, id: newId(), to: next.from }, next] };
}

/** The writes of a correction (decision 7): the wrong row is superseded and stays readable, the right one is known from now on. */
export function planCorrection(standing: Standing, correction: FactCorrection, stamp: Stamp): CorrectionPlan {
  const known = { recordedAt: stamp.now, supersededAt: null, recordedBy: stamp.by, reason: correction.reason };
  const appointment = standing.appointments.find((row) => row.id === correction.factId && row.primary);
  const status = standing.statuses.find((row) => row.id === correction.factId);
  if (appointment !== undefined && correction.post !== undefined) {
    const { divisionCode: _code, ...post } = correction.post;
    const next: AppointmentFact = { ...appointment, ...post, ...known, id: newId(), from: correction.from };
    const replaced = replaceRow(
      standing.appointments.filter((row) => row.primary),
      appointment,
      next,
    );
    return replaced.ok
      ? whole(
          standing,
          { appointments: fresh(replaced, known.recordedAt), statuses: nothing },
          { stamp, place: correction.post, since: earlierOf(appointment.from, correction.from) },
        )
      : replaced;
  }
  if (status !== undefined && correction.status !== undefined) {
    const next: StatusFact = { ...status, ...known, id: newId(), status: correction.status, from: correction.from };
    const replaced = replaceRow(standing.statuses, status, next);
    return replaced.ok
      ? whole(
          standing,
          { appointments: nothing, statuses: fresh(replaced, known.recordedAt) },
          { stamp, place: null, since: earlierOf(status.from, correction.from) },
        )
      : replaced;
  }
  return { ok: false, problem: { kind: 'NOT_THERE' } };
}

const nothing = { superseded: [], added: [] } as const;
const earlierOf = (one: CivilDay, other: CivilDay): CivilDay => (one < other ? one : other);

interface Step<R> {
  readonly superseded: readonly R[];
  readonly added: readonly R[];
}

/** The neighbour that was shortened or lengthened is known so from now on too. */
function fresh<R extends { readonly recordedAt: Date }>(step: Step<R>, now: Date): Step<R> {
  return { superseded: step.superseded, added: step.added.map((row) => ({ ...row, recordedAt: now })) };
}

function whole(
  standing: Standing,
  steps: { readonly appointments: Step<AppointmentFact>; readonly statuses: Step<StatusFact> },
  at: { readonly stamp: Stamp; readonly place: NewPost | null; readonly since: CivilDay },
): CorrectionPlan {
  const { appointments, statuses } = steps;
  const after = {
    appointments: [...without(standing.appointments, appointments.superseded), ...appointments.added],
    statuses: [...without(standing.statuses, statuses.superseded), ...statuses.added],
  };
  return {
    ok: true,
    superseded: { appointmentIds: appointments.superseded.map((row) => row.id), statusIds: statuses.superseded.map((row) => row.id) },
    added: { appointments: appointments.added, statuses: statuses.added },
    projection: project(standing.worker, after, { today: at.stamp.today, place: at.place }),
    since: at.since,
  };
}
