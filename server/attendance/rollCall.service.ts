import { NotFound } from '../platform/errors.js';
import { newId } from '../platform/ids.js';
import type { Scope } from '../platform/scope.js';
import type { Tx } from '../platform/transactions.js';
import { isOvertaken } from './marks.rules.js';
import {
  did,
  everyPlace,
  makeRolls,
  problem,
  type At,
  type MarkInput,
  type Rival,
  type Roll,
  type RollDeps,
  type RollOutcome,
} from './rolls.service.js';

/** Taking the roll: marks in acts that can be undone, corrected with a reason once handed in (decision 15). */
export function makeRollCallService(deps: RollDeps) {
  const { marks, classes, enrolments } = deps;
  const { roll, write, open } = makeRolls(deps);

  /** A class begins with its first roll call. */
  async function begin(tx: Tx, scope: Scope, of: Roll): Promise<void> {
    const { id, version, state } = of.trainingClass;
    if (state === 'PUBLISHED') await classes.act(tx, scope, { id, version, action: 'START', reason: '' });
  }

  return {
    roll,

    /**
     * Adds somebody who is in the hall without being listed, as present; after the roll was handed in only with a reason.
     * @throws NotFound when the person is not in the scope of people
     */
    async addPresent(tx: Tx, scope: Scope, at: At & { workerId: string; peopleScope: Scope; reason: string }): Promise<RollOutcome> {
      const wants = (await roll(scope, at, tx)).rollCall === null ? 'open' : 'submitted';
      const { refused } = await open(tx, scope, { ...at, wants });
      if (refused !== null) return refused;
      if (wants === 'submitted' && at.reason === '')
        return { ok: false, problems: [{ field: 'reason', key: 'attendance.reason.missing' }] };
      const added = await enrolments.addWalkIn(tx, scope, at);
      if (!added.ok) return { ok: false, problems: [added.problem] };
      const of = await roll(scope, at, tx);
      const changed = await write(tx, of, [{ enrolmentId: added.enrolment.id, mark: 'PRESENT', late: false, leftEarly: false }], at.reason);
      if (wants === 'submitted') announce(tx, of);
      return did(changed);
    },

    /** Marks persons; a mark that is already so is no act. @throws NotFound outside the scope */
    async mark(tx: Tx, scope: Scope, at: At & { inputs: readonly MarkInput[] }): Promise<RollOutcome> {
      const { of, refused } = await open(tx, scope, { ...at, wants: 'open' });
      if (refused !== null) return refused;
      const rivals = at.inputs.filter((input) => isOvertaken(of.marks.get(input.enrolmentId), input, tx.actor.accountId));
      const own = at.inputs.filter((input) => !rivals.includes(input));
      const changed = await write(tx, of, own, '');
      const kept = rivals.map((input) => rivalOf(of, input.enrolmentId));
      return did(changed, kept);
    },

    /** 其余都到: marks whoever has no mark as present, as one act. */
    async fillRest(tx: Tx, scope: Scope, at: At): Promise<RollOutcome> {
      const { of, refused } = await open(tx, scope, { ...at, wants: 'open' });
      if (refused !== null) return refused;
      const blank = of.places.filter((place) => !of.marks.has(place.id));
      const inputs = blank.map((place): MarkInput => ({ enrolmentId: place.id, mark: 'PRESENT', late: false, leftEarly: false }));
      return did(await write(tx, of, inputs, ''));
    },

    /** Takes back the last act of the account in this session: the marks before it are in force again. */
    async undo(tx: Tx, scope: Scope, at: At): Promise<RollOutcome> {
      const { refused } = await open(tx, scope, { ...at, wants: 'open' });
      if (refused !== null) return refused;
      const last = tx.actor.accountId === null ? null : await marks.lastOf(at.sessionId, tx.actor.accountId, tx);
      if (last === null) return problem('nothingToUndo');
      const { made, replaced } = await marks.ofAct(last.actId, tx);
      await marks.supersede(
        tx,
        made.map((row) => row.id),
        null,
      );
      const stillBlank = new Set(made.map((row) => row.enrolmentId));
      const restored = replaced.filter((row) => stillBlank.has(row.enrolmentId));
      await marks.add(
        tx,
        restored.map((row) => ({ ...row, id: newId(), supersededAt: null, supersededBy: null })),
      );
      return did(made.length);
    },

    /** Hands the roll in; refused while marks are missing, naming them. Who was present has arrived. */
    async submit(tx: Tx, scope: Scope, at: At): Promise<RollOutcome> {
      const { of, refused } = await open(tx, scope, { ...at, wants: 'open' });
      if (refused !== null) return refused;
      const missing = of.places.filter((place) => !of.marks.has(place.id));
      if (missing.length > 0) {
        const names = missing.slice(0, 5).map((place) => place.name);
        return problem('missing', { n: missing.length, names: names.join('、') });
      }
      await begin(tx, scope, of);
      await marks.addRollCalls(tx, [{ sessionId: at.sessionId, classId: at.classId, submittedAt: tx.now, submittedBy: tx.actor.name }]);
      const arrived = of.places
        .filter((place) => place.state === 'CONFIRMED' || place.state === 'NOMINATED')
        .filter((place) => of.marks.get(place.id)?.mark === 'PRESENT');
      const fresh = new Map((await enrolments.ofClass(everyPlace, at.classId, undefined, tx)).map((place) => [place.id, place]));
      await enrolments.setStates(
        tx,
        arrived.map((place) => ({ place: fresh.get(place.id) ?? place, state: 'ATTENDED', reason: '' })),
      );
      announce(tx, of);
      return did(of.places.length);
    },

    /** Corrects a handed-in mark, or notes a make-up, with a reason, until the class closes. */
    async correct(tx: Tx, scope: Scope, at: At & { input: MarkInput & { madeUp: boolean }; reason: string }): Promise<RollOutcome> {
      const { of, refused } = await open(tx, scope, { ...at, wants: 'submitted' });
      if (refused !== null) return refused;
      if (!of.places.some((place) => place.id === at.input.enrolmentId)) throw new NotFound('enrolment');
      const before = of.marks.get(at.input.enrolmentId);
      const changed = await write(tx, of, [at.input], at.reason);
      if (changed === 0) return problem('sameMark');
      tx.audit({
        action: at.input.madeUp ? 'attendance.madeUp' : 'attendance.corrected',
        object: { kind: 'enrolment', id: at.input.enrolmentId },
        divisionPath: of.trainingClass.ownerPath,
        changes: [{ field: of.session.slot, from: before?.mark ?? null, to: at.input.mark }],
        reason: at.reason,
      });
      announce(tx, of);
      return did(changed);
    },
  };
}

export type RollCallService = ReturnType<typeof makeRollCallService>;

function rivalOf(of: Roll, enrolmentId: string): Rival {
  const mark = of.marks.get(enrolmentId);
  const name = of.places.find((place) => place.id === enrolmentId)?.name ?? '';
  return { enrolmentId, name, byName: mark?.byName ?? '', mark: mark ?? { mark: 'PRESENT', late: false, leftEarly: false } };
}

function announce(tx: Tx, of: Roll): void {
  const workerIds = of.places.map((place) => place.workerId);
  tx.emit({ name: 'attendance.submitted', objectId: of.trainingClass.id, workerIds, years: [of.trainingClass.year] });
}
