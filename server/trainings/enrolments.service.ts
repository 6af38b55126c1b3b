import type { Problem } from '../platform/http/forms.js';
import { NotFound } from '../platform/errors.js';
import { systemScope, type Scope } from '../platform/scope.js';
import type { Tx } from '../platform/transactions.js';
import type { WorkersService } from '../workers/workers.service.js';
import type { ClassesStore } from './classes.store.js';
import { actOnEnrolment, isActive, type EnrolmentAction, type EnrolmentState } from './enrolment.rules.js';
import type { EnrolmentsStore } from './enrolments.store.js';
import { announce } from './nominations.service.js';
import type { Places } from './places.service.js';
import { slotsHeld } from './rows.rules.js';
import type { AssessmentResult, Enrolment, TrainingClass } from './trainingClass.rules.js';

interface EnrolmentsDeps {
  readonly classes: ClassesStore;
  readonly enrolments: EnrolmentsStore;
  readonly places: Places;
  readonly workers: WorkersService;
}

/** A changed place, or why it stayed as it was. */
export type PlaceOutcome = { readonly ok: true; readonly enrolment: Enrolment } | { readonly ok: false; readonly problem: Problem };

/** Several places: those that changed, and why the others did not. */
export interface PlacesOutcome {
  readonly changed: readonly Enrolment[];
  readonly problems: readonly Problem[];
}

/** One place of a person as coverage and gaps need it (`Participation` of coverage has this shape). */
export type PlaceFacts = Pick<
  Enrolment,
  'workerId' | 'classId' | 'tier' | 'purpose' | 'classState' | 'firstDay' | 'lastDay' | 'state' | 'divisionId'
>;

const everyPlace = systemScope('a person has one place in a half-day, whoever gave it');
const facts = systemScope('places of named persons for the floors above');

/** What happens to single places after nomination (decision 13). */
export function makeEnrolmentsService(deps: EnrolmentsDeps) {
  const { classes, enrolments } = deps;

  async function busyIn(tx: Tx, of: TrainingClass, workerId: string): Promise<Enrolment | null> {
    const holding = await enrolments.holding(
      everyPlace,
      [workerId],
      of.sessions.map((session) => session.slot),
      tx,
    );
    return holding.find((one) => one.classId !== of.id) ?? null;
  }

  /** Moves a place to another state; seats and half-days follow. */
  async function move(
    tx: Tx,
    of: TrainingClass,
    place: Enrolment,
    change: { action: EnrolmentAction; reason: string },
  ): Promise<PlaceOutcome> {
    const next = actOnEnrolment(place.state, change.action);
    if (!next.ok) return refused('notFromHere', { name: place.name });
    const gains = isActive(next.state) && !isActive(place.state);
    if (gains) {
      const busy = await busyIn(tx, of, place.workerId);
      if (busy !== null) return refused('busy', { name: place.name, from: busy.firstDay, to: busy.lastDay });
      if (!(await classes.takeSeats(tx, of.id, 1, of.capacity))) return refused('full', { capacity: of.capacity });
    }
    if (isActive(place.state) && !isActive(next.state)) await classes.freeSeats(tx, of.id, 1);
    const fields = { state: next.state, stateReason: change.reason, slots: slotsHeld(of, next.state) };
    await enrolments.change(tx, place, fields);
    return { ok: true, enrolment: { ...place, ...fields, version: place.version + 1 } };
  }

  /** One place of the scope's own class; withdrawing is also open to who put the person forward. */
  async function placeFor(
    tx: Tx,
    scope: Scope,
    input: { id: string; action: EnrolmentAction },
  ): Promise<{ of: TrainingClass; place: Enrolment }> {
    const place = await enrolments.byId(scope, input.id, tx);
    const of = await (input.action === 'WITHDRAW' ? classes.byId(facts, place.classId, tx) : classes.managedById(scope, place.classId, tx));
    return { of, place };
  }

  async function act(tx: Tx, scope: Scope, input: { id: string; action: EnrolmentAction; reason: string }): Promise<PlaceOutcome> {
    const { of, place } = await placeFor(tx, scope, input);
    const outcome = await move(tx, of, place, input);
    if (outcome.ok) announce(tx, of, [outcome.enrolment], `enrolment.${pastTense[input.action]}`);
    return outcome;
  }

  return {
    byId: (scope: Scope, id: string, tx?: Tx): Promise<Enrolment> => enrolments.byId(scope, id, tx),
    byIds: enrolments.byIds,
    ofClass: (scope: Scope, classId: string, states?: readonly EnrolmentState[], tx?: Tx): Promise<readonly Enrolment[]> =>
      enrolments.ofClass(scope, classId, states, tx),
    ofWorkers: (scope: Scope, workerIds: readonly string[], years?: readonly number[]): Promise<readonly Enrolment[]> =>
      enrolments.ofWorkers(scope, workerIds, years),
    countByState: (scope: Scope, classIds: readonly string[]) => enrolments.countByState(scope, classIds),
    /** Active places of each quota of some classes, whoever's people: numbers, no persons. */
    usedQuotas: (classIds: readonly string[]) => enrolments.usedQuotas(everyPlace, classIds),

    /** Every place of some persons, wherever it was; for coverage, gaps and planning. @returns by worker id, nobody left out */
    async participationsOf(workerIds: readonly string[], tx?: Tx): Promise<ReadonlyMap<string, readonly PlaceFacts[]>> {
      const found = new Map<string, Enrolment[]>(workerIds.map((id) => [id, []]));
      for (const place of await enrolments.ofWorkers(facts, workerIds, undefined, tx)) found.get(place.workerId)?.push(place);
      return found;
    },

    /** Confirms, returns, waitlists, promotes or withdraws one place; a freed seat goes to nobody by itself. */
    act,

    /** The same for several places of one class, in the order given; who cannot be moved stays and is named. */
    async actMany(
      tx: Tx,
      scope: Scope,
      input: { classId: string; ids: readonly string[]; action: EnrolmentAction; reason: string },
    ): Promise<PlacesOutcome> {
      const changed: Enrolment[] = [];
      const problems: Problem[] = [];
      let of: TrainingClass | null = null;
      for (const id of input.ids) {
        const at = await placeFor(tx, scope, { id, action: input.action });
        if (at.of.id !== input.classId) throw new NotFound('enrolment');
        of = at.of;
        const outcome = await move(tx, of, at.place, input);
        if (outcome.ok) changed.push(outcome.enrolment);
        else problems.push(outcome.problem);
      }
      if (of !== null) announce(tx, of, changed, `enrolment.${pastTense[input.action]}`);
      return { changed, problems };
    },

    /**
     * Adds somebody who is in the hall without being listed; the seat is taken even beyond the quota, never beyond another class
     * of the same half-day. @throws NotFound when the person is not in the scope of who adds
     */
    async addWalkIn(tx: Tx, scope: Scope, input: { classId: string; workerId: string; peopleScope: Scope }): Promise<PlaceOutcome> {
      const of = await classes.byId(scope, input.classId, tx);
      const worker = (await deps.workers.within(input.peopleScope, [input.workerId], tx)).get(input.workerId);
      if (worker === undefined) throw new NotFound('worker');
      const busy = await busyIn(tx, of, worker.id);
      if (busy !== null) return refused('busy', { name: worker.name, from: busy.firstDay, to: busy.lastDay });
      const earlier = (await enrolments.ofPersonsInClass(everyPlace, of.id, [worker.id], tx))[0];
      if (earlier !== undefined && isActive(earlier.state)) return refused('alreadyIn', { name: worker.name });
      await classes.addSeat(tx, of.id);
      const units = await deps.places.unitsOf([worker]);
      const row = deps.places.row(tx, of, worker, {
        state: 'CONFIRMED',
        rank: 0,
        reason: 'walkIn',
        walkIn: true,
        unitText: units.get(worker.id) ?? '',
      });
      if (earlier === undefined) await enrolments.add(tx, [row]);
      else {
        const { id: _id, version: _version, ...fields } = row;
        await enrolments.change(tx, earlier, fields);
      }
      announce(tx, of, [row], 'enrolment.walkedIn');
      return { ok: true, enrolment: earlier === undefined ? row : { ...row, id: earlier.id, version: earlier.version + 1 } };
    },

    /** Notes the assessment of one person before the class closes. */
    async assess(tx: Tx, scope: Scope, input: { id: string; result: AssessmentResult; score: number | null }): Promise<Enrolment> {
      const place = await enrolments.byId(scope, input.id, tx);
      await enrolments.change(tx, place, { assessment: input.result, score: input.score });
      tx.audit({
        action: 'enrolment.assessed',
        object: { kind: 'enrolment', id: place.id },
        divisionPath: place.divisionPath,
        changes: [{ field: 'assessment', from: place.assessment, to: input.result }],
      });
      return { ...place, assessment: input.result, score: input.score, version: place.version + 1 };
    },

    /** Writes the results of a class onto its places when attendance closes or reopens it; says nothing, for the class's event names them all. */
    async setStates(tx: Tx, places: readonly { place: Enrolment; state: EnrolmentState; reason: string }[]): Promise<void> {
      for (const { place, state, reason } of places) await enrolments.change(tx, place, { state, stateReason: reason });
    },
  };
}

export type EnrolmentsService = ReturnType<typeof makeEnrolmentsService>;

const pastTense: Readonly<Record<EnrolmentAction, string>> = {
  CONFIRM: 'confirmed',
  RETURN: 'returned',
  WAITLIST: 'waitlisted',
  RENOMINATE: 'renominated',
  PROMOTE: 'promoted',
  ARRIVE: 'arrived',
  MISS: 'missed',
  WITHDRAW: 'withdrawn',
  COMPLETE: 'completed',
  FAIL: 'failed',
  REOPEN: 'reopened',
  CANCEL_CLASS: 'classCancelled',
};

function refused(key: string, values: Record<string, string | number>): PlaceOutcome {
  return { ok: false, problem: { field: '', key: `trainings.place.${key}`, values } };
}
