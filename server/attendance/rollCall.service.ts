import { NotFound } from '../platform/errors.js';
import type { Problem } from '../platform/http/forms.js';
import { newId } from '../platform/ids.js';
import type { Scope } from '../platform/scope.js';
import { systemScope } from '../platform/scope.js';
import type { Tx } from '../platform/transactions.js';
import type { ClassesService } from '../trainings/classes.service.js';
import { isActive } from '../trainings/enrolment.rules.js';
import type { EnrolmentsService } from '../trainings/enrolments.service.js';
import type { Enrolment, TimetableSession, TrainingClass } from '../trainings/trainingClass.rules.js';
import { slotDay } from '../trainings/slots.rules.js';
import type { CivilDay } from '../platform/civilDays.js';
import { isOvertaken, isSameMark, type MarkValue } from './marks.rules.js';
import type { MarkRow, MarksStore, RollCall } from './marks.store.js';

/** Which session of which class. */
interface At {
  readonly classId: string;
  readonly sessionId: string;
}

interface RollCallDeps {
  readonly marks: MarksStore;
  readonly classes: ClassesService;
  readonly enrolments: EnrolmentsService;
}

/** One press at roll call. `seen` is the code of the mark that the page showed; left out, nobody looked. */
export interface MarkInput extends MarkValue {
  readonly enrolmentId: string;
  readonly seen?: string;
}

/** A mark that somebody else made since the page was opened: it stands, the press did nothing. */
export interface Rival {
  readonly enrolmentId: string;
  readonly name: string;
  readonly byName: string;
  readonly mark: MarkValue;
}

/** The roll of one class session: who is expected, and the marks in force by enrolment id. */
export interface Roll {
  readonly trainingClass: TrainingClass;
  readonly session: TimetableSession;
  /** Active places, by pinyin of the name. */
  readonly places: readonly Enrolment[];
  readonly marks: ReadonlyMap<string, MarkRow>;
  readonly rollCall: RollCall | null;
}

/** How many marks a command made and which it left to a rival, or why it made none. */
export type RollOutcome =
  | { readonly ok: true; readonly changed: number; readonly rivals: readonly Rival[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const everyPlace = systemScope('the roll names everybody with a place, whoever may mark');
const problem = (key: string, values: Record<string, string | number> = {}): RollOutcome => ({ ok: false, problems: [{ field: '', key: `attendance.roll.${key}`, values }] });
const did = (changed: number, rivals: readonly Rival[] = []): RollOutcome => ({ ok: true, changed, rivals });

/** Taking the roll: marks in acts that can be undone, corrected with a reason once handed in (decision 15). */
export function makeRollCallService(deps: RollCallDeps) {
  const { marks, classes, enrolments } = deps;

  async function roll(scope: Scope, at: At, tx?: Tx): Promise<Roll> {
    const trainingClass = await classes.managedById(scope, at.classId, tx);
    const session = trainingClass.sessions.find((one) => one.id === at.sessionId);
    if (session === undefined || trainingClass.external || trainingClass.state === 'DRAFT') throw new NotFound('classSession');
    const all = await enrolments.ofClass(everyPlace, at.classId, undefined, tx);
    const inForce = await marks.ofSession(at.sessionId, tx);
    const rollCall = (await marks.rollCallsOf([at.classId], tx)).get(at.sessionId) ?? null;
    return { trainingClass, session, places: all.filter((one) => isActive(one.state)), marks: new Map(inForce.map((row) => [row.enrolmentId, row])), rollCall };
  }

  /** Writes one act; whoever already has exactly this mark is left alone. */
  async function write(tx: Tx, of: Roll, inputs: readonly (MarkInput & { madeUp?: boolean })[], reason: string): Promise<number> {
    const actId = newId();
    const places = new Map(of.places.map((place) => [place.id, place]));
    const changed = inputs.filter((input) => places.has(input.enrolmentId) && !isSameMark(of.marks.get(input.enrolmentId), input));
    await marks.supersede(tx, changed.flatMap((input) => of.marks.get(input.enrolmentId)?.id ?? []), actId);
    await marks.add(tx, changed.map((input): MarkRow => ({
      id: newId(),
      classId: of.trainingClass.id,
      sessionId: of.session.id,
      enrolmentId: input.enrolmentId,
      workerId: places.get(input.enrolmentId)?.workerId ?? '',
      mark: input.mark,
      late: input.mark === 'PRESENT' && input.late,
      leftEarly: input.mark === 'PRESENT' && input.leftEarly,
      madeUp: input.madeUp ?? false,
      reason,
      actId,
      byAccountId: tx.actor.accountId,
      byName: tx.actor.name,
      at: tx.now,
      supersededAt: null,
      supersededBy: null,
    })));
    return changed.length;
  }

  /**
   * The roll for a command, with what stands against it. The guard makes commands on one session wait for each other, so that
   * no mark slips in beside a submission; a correction also waits for the closing of the class.
   */
  async function open(tx: Tx, scope: Scope, at: At & { wants: 'open' | 'submitted' }): Promise<{ of: Roll; refused: RollOutcome | null }> {
    await marks.guard(tx, at.wants === 'open' ? at.sessionId : at.classId);
    const of = await roll(scope, at, tx);
    return { of, refused: refusalOf(of, at.wants, tx.today) };
  }

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
      if (wants === 'submitted' && at.reason === '') return { ok: false, problems: [{ field: 'reason', key: 'attendance.reason.missing' }] };
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
      const changed = await write(tx, of, at.inputs.filter((input) => !rivals.includes(input)), '');
      return did(changed, rivals.map((input) => rivalOf(of, input.enrolmentId)));
    },

    /** 其余都到: marks whoever has no mark as present, as one act. */
    async fillRest(tx: Tx, scope: Scope, at: At): Promise<RollOutcome> {
      const { of, refused } = await open(tx, scope, { ...at, wants: 'open' });
      if (refused !== null) return refused;
      const blank = of.places.filter((place) => !of.marks.has(place.id));
      return did(await write(tx, of, blank.map((place) => ({ enrolmentId: place.id, mark: 'PRESENT', late: false, leftEarly: false })), ''));
    },

    /** Takes back the last act of the account in this session: the marks before it are in force again. */
    async undo(tx: Tx, scope: Scope, at: At): Promise<RollOutcome> {
      const { refused } = await open(tx, scope, { ...at, wants: 'open' });
      if (refused !== null) return refused;
      const last = tx.actor.accountId === null ? null : await marks.lastOf(at.sessionId, tx.actor.accountId, tx);
      if (last === null) return problem('nothingToUndo');
      const { made, replaced } = await marks.ofAct(last.actId, tx);
      await marks.supersede(tx, made.map((row) => row.id), null);
      const stillBlank = new Set(made.map((row) => row.enrolmentId));
      const restored = replaced.filter((row) => stillBlank.has(row.enrolmentId));
      await marks.add(tx, restored.map((row) => ({ ...row, id: newId(), supersededAt: null, supersededBy: null })));
      return did(made.length);
    },

    /** Hands the roll in; refused while marks are missing, naming them. Who was present has arrived. */
    async submit(tx: Tx, scope: Scope, at: At): Promise<RollOutcome> {
      const { of, refused } = await open(tx, scope, { ...at, wants: 'open' });
      if (refused !== null) return refused;
      const missing = of.places.filter((place) => !of.marks.has(place.id));
      if (missing.length > 0) return problem('missing', { n: missing.length, names: missing.slice(0, 5).map((place) => place.name).join('、') });
      await begin(tx, scope, of);
      await marks.addRollCalls(tx, [{ sessionId: at.sessionId, classId: at.classId, submittedAt: tx.now, submittedBy: tx.actor.name }]);
      const arrived = of.places.filter((place) => place.state === 'CONFIRMED' || place.state === 'NOMINATED').filter((place) => of.marks.get(place.id)?.mark === 'PRESENT');
      const fresh = new Map((await enrolments.ofClass(everyPlace, at.classId, undefined, tx)).map((place) => [place.id, place]));
      await enrolments.setStates(tx, arrived.map((place) => ({ place: fresh.get(place.id) ?? place, state: 'ATTENDED', reason: '' })));
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

/** What stands against marking: the class is not on, the half-day is still to come, or the roll is in the other state. */
export function refusalOf(of: Roll, wants: 'open' | 'submitted', today: CivilDay): RollOutcome | null {
  const { state } = of.trainingClass;
  if (state !== 'PUBLISHED' && state !== 'IN_PROGRESS') return problem('classOver');
  if (slotDay(of.session.slot) > today) return problem('tooEarly', { day: slotDay(of.session.slot) });
  if (wants === 'open' && of.rollCall !== null) return problem('handedIn', { by: of.rollCall.submittedBy });
  return wants === 'submitted' && of.rollCall === null ? problem('notHandedIn') : null;
}

function rivalOf(of: Roll, enrolmentId: string): Rival {
  const mark = of.marks.get(enrolmentId);
  const name = of.places.find((place) => place.id === enrolmentId)?.name ?? '';
  return { enrolmentId, name, byName: mark?.byName ?? '', mark: mark ?? { mark: 'PRESENT', late: false, leftEarly: false } };
}

function announce(tx: Tx, of: Roll): void {
  const workerIds = of.places.map((place) => place.workerId);
  tx.emit({ name: 'attendance.submitted', objectId: of.trainingClass.id, workerIds, years: [of.trainingClass.year] });
}
