import type { CivilDay } from '../platform/civilDays.js';
import type { Problem } from '../platform/http/forms.js';
import { systemScope, type Scope } from '../platform/scope.js';
import type { Tx } from '../platform/transactions.js';
import type { WorkersService } from '../workers/workers.service.js';
import type { Worker } from '../workers/worker.rules.js';
import { hasLeft } from '../workers/posts.rules.js';
import { takesNominations } from './classes.rules.js';
import type { ClassesStore } from './classes.store.js';
import { actOnEnrolment, isActive, type EnrolmentState } from './enrolment.rules.js';
import type { EnrolmentsStore } from './enrolments.store.js';
import type { Places } from './places.service.js';
import { isInvited, quotaDivisionOf } from './rows.rules.js';
import type { Enrolment, TrainingClass } from './trainingClass.rules.js';

/** Somebody put forward for a class: the order and the reason are the planner's. */
export interface Nominee {
  readonly workerId: string;
  readonly rank: number;
  readonly reason: string;
}

/** Why somebody was left out; `name` for the sentence. */
export interface LeftOut {
  readonly workerId: string;
  readonly name: string;
  readonly problem: Problem;
}

/** What became of a list of nominees. */
export interface NominationResult {
  readonly nominated: readonly Enrolment[];
  readonly waitlisted: readonly Enrolment[];
  readonly leftOut: readonly LeftOut[];
}

interface NominationDeps {
  readonly classes: ClassesStore;
  readonly enrolments: EnrolmentsStore;
  readonly places: Places;
  readonly workers: WorkersService;
}

interface Standing {
  readonly of: TrainingClass;
  readonly busy: ReadonlyMap<string, Enrolment>;
  readonly earlier: ReadonlyMap<string, Enrolment>;
  readonly quotaLeft: Map<string, number>;
}

const everyPlace = systemScope('a person has one place in a half-day, whoever gave it');

/** Putting people forward for a class: seats, quotas and half-days hold whoever else is doing the same (decision 13, 14). */
export function makeNominationsService(deps: NominationDeps) {
  const { classes, enrolments, places } = deps;

  async function standing(tx: Tx, of: TrainingClass, workerIds: readonly string[]): Promise<Standing> {
    const slots = of.sessions.map((session) => session.slot);
    const [holding, own, all] = [
      await enrolments.holding(everyPlace, workerIds, slots, tx),
      await enrolments.ofPersonsInClass(everyPlace, of.id, workerIds, tx),
      await enrolments.ofClass(everyPlace, of.id, undefined, tx),
    ];
    const used = (divisionId: string): number => all.filter((one) => isActive(one.state) && one.quotaDivisionId === divisionId).length;
    return {
      of,
      busy: new Map(holding.filter((one) => one.classId !== of.id).map((one) => [one.workerId, one])),
      earlier: new Map(own.map((one) => [one.workerId, one])),
      quotaLeft: new Map(of.quotas.map((quota) => [quota.divisionId, quota.seats - used(quota.divisionId)])),
    };
  }

  async function seat(tx: Tx, at: Standing, worker: Worker, asked: EnrolmentState): Promise<EnrolmentState> {
    const quota = quotaDivisionOf(at.of, worker);
    const left = quota === null ? Infinity : (at.quotaLeft.get(quota) ?? 0);
    if (left <= 0 || !(await classes.takeSeats(tx, at.of.id, 1, at.of.capacity))) return 'WAITLISTED';
    if (quota !== null) at.quotaLeft.set(quota, left - 1);
    return asked;
  }

  /** A place of somebody who was returned or withdrew before is taken up again; everybody else gets a new one. */
  async function write(
    tx: Tx,
    at: Standing,
    worker: Worker,
    place: { state: EnrolmentState; nominee: Nominee; unitText: string },
  ): Promise<Enrolment> {
    const earlier = at.earlier.get(worker.id);
    const { state, nominee } = place;
    const row = places.row(tx, at.of, worker, { state, rank: nominee.rank, reason: nominee.reason, unitText: place.unitText });
    if (earlier === undefined) {
      await enrolments.add(tx, [row]);
      return row;
    }
    const { id: _id, classId: _classId, workerId: _workerId, version: _version, ...fields } = row;
    await enrolments.change(tx, earlier, fields);
    return { ...row, id: earlier.id, version: earlier.version + 1 };
  }

  return {
    /**
     * Puts people forward. Who manages the class confirms at once; others nominate. Without a free seat or quota the person waits.
     * Who is already in the class, busy in its half-days, has left or is not invited is left out with the reason.
     * @throws NotFound when the class or a person is outside what the caller may see
     */
    async nominate(
      tx: Tx,
      scope: Scope,
      input: { classId: string; nominees: readonly Nominee[]; confirm: boolean },
    ): Promise<NominationResult> {
      const of = await classes.byId(scope, input.classId, tx);
      const workers = await deps.workers.within(
        scope,
        input.nominees.map((one) => one.workerId),
        tx,
      );
      const at = await standing(tx, of, [...workers.keys()]);
      const units = await places.unitsOf([...workers.values()]);
      const result = { nominated: [] as Enrolment[], waitlisted: [] as Enrolment[], leftOut: [] as LeftOut[] };
      for (const nominee of [...input.nominees].sort((a, b) => a.rank - b.rank)) {
        const worker = workers.get(nominee.workerId);
        if (worker === undefined) continue;
        const problem = findProblem(at, worker, { today: tx.today, isOwner: input.confirm });
        if (problem !== null) {
          result.leftOut.push({ workerId: worker.id, name: worker.name, problem });
          continue;
        }
        const state = await seat(tx, at, worker, input.confirm ? 'CONFIRMED' : 'NOMINATED');
        const enrolment = await write(tx, at, worker, { state, nominee, unitText: units.get(worker.id) ?? '' });
        (state === 'WAITLISTED' ? result.waitlisted : result.nominated).push(enrolment);
      }
      announce(tx, of, [...result.nominated, ...result.waitlisted]);
      return result;
    },
  };
}

export type NominationsService = ReturnType<typeof makeNominationsService>;

function findProblem(at: Standing, worker: Worker, by: { readonly today: CivilDay; readonly isOwner: boolean }): Problem | null {
  const { of } = at;
  const busy = at.busy.get(worker.id);
  const earlier = at.earlier.get(worker.id);
  const say = (key: string, values: Record<string, string> = {}): Problem => ({
    field: 'workerIds',
    key: `trainings.nominate.${key}`,
    values: { name: worker.name, ...values },
  });
  const closed = closedFor(of, by);
  if (closed !== null) return say(closed.key, closed.values);
  if (hasLeft(worker.status)) return say('hasLeft');
  if (!isInvited(of, worker)) return say('notInvited');
  if (earlier !== undefined && !actOnEnrolment(earlier.state, 'RENOMINATE').ok) return say('alreadyIn');
  if (busy !== undefined) return say('busy', { from: busy.firstDay, to: busy.lastDay });
  return null;
}

/** Why a class takes nobody any more; the owner may still fill it after the last day for nominations. */
export function closedFor(
  of: TrainingClass,
  by: { readonly today: CivilDay; readonly isOwner: boolean },
): { key: string; values: Record<string, string> } | null {
  if (!takesNominations(of.state)) return { key: 'notOpen', values: {} };
  if (by.today > of.firstDay) return { key: 'begun', values: { day: of.firstDay } };
  if (!by.isOwner && of.nominateBy !== null && by.today > of.nominateBy) return { key: 'tooLate', values: { day: of.nominateBy } };
  return null;
}

/** Tells the floors above whose year may look different now, and the trail who did it to how many. */
export function announce(tx: Tx, of: TrainingClass, touched: readonly Enrolment[], action = 'enrolment.nominated'): void {
  if (touched.length === 0) return;
  tx.audit({ action, object: { kind: 'class', id: of.id }, divisionPath: of.ownerPath, count: touched.length });
  tx.emit({
    name: 'enrolment.changed',
    objectId: of.id,
    workerIds: touched.map((one) => one.workerId),
    years: [of.year, ...of.sessions.map((session) => Number(session.slot.slice(0, 4)))],
  });
}
