import type { CivilDay } from '../platform/civilDays.js';
import { NotFound } from '../platform/errors.js';
import type { Problem } from '../platform/http/forms.js';
import { newId } from '../platform/ids.js';
import { systemScope, type Scope } from '../platform/scope.js';
import type { Tx } from '../platform/transactions.js';
import type { ClassesService } from '../trainings/classes.service.js';
import { isActive } from '../trainings/enrolment.rules.js';
import type { EnrolmentsService } from '../trainings/enrolments.service.js';
import { slotDay } from '../trainings/slots.rules.js';
import type { Enrolment, TimetableSession, TrainingClass } from '../trainings/trainingClass.rules.js';
import { isSameMark, type MarkValue } from './marks.rules.js';
import type { MarkRow, MarksStore, RollCall } from './marks.store.js';

/** Which session of which class. */
export interface At {
  readonly classId: string;
  readonly sessionId: string;
}

export interface RollDeps {
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

/** For reading everybody with a place in the class. */
export const everyPlace = systemScope('the roll names everybody with a place, whoever may mark');
/** A refusal in the words of the roll. */
export const problem = (key: string, values: Record<string, string | number> = {}): RollOutcome => ({
  ok: false,
  problems: [{ field: '', key: `attendance.roll.${key}`, values }],
});
/** What a command did. */
export const did = (changed: number, rivals: readonly Rival[] = []): RollOutcome => ({ ok: true, changed, rivals });

/** The roll of a session: reading it, opening it for a command, writing an act into it. */
export function makeRolls({ marks, classes, enrolments }: RollDeps) {
  async function roll(scope: Scope, at: At, tx?: Tx): Promise<Roll> {
    const trainingClass = await classes.managedById(scope, at.classId, tx);
    const session = trainingClass.sessions.find((one) => one.id === at.sessionId);
    if (session === undefined || trainingClass.external || trainingClass.state === 'DRAFT') throw new NotFound('classSession');
    const all = await enrolments.ofClass(everyPlace, at.classId, undefined, tx);
    const inForce = await marks.ofSession(at.sessionId, tx);
    const rollCall = (await marks.rollCallsOf([at.classId], tx)).get(at.sessionId) ?? null;
    return {
      trainingClass,
      session,
      places: all.filter((one) => isActive(one.state)),
      marks: new Map(inForce.map((row) => [row.enrolmentId, row])),
      rollCall,
    };
  }

  /** Writes one act; whoever already has exactly this mark is left alone. */
  async function write(tx: Tx, of: Roll, inputs: readonly (MarkInput & { madeUp?: boolean })[], reason: string): Promise<number> {
    const actId = newId();
    const places = new Map(of.places.map((place) => [place.id, place]));
    const changed = inputs.filter((input) => places.has(input.enrolmentId) && !isSameMark(of.marks.get(input.enrolmentId), input));
    await marks.supersede(
      tx,
      changed.flatMap((input) => of.marks.get(input.enrolmentId)?.id ?? []),
      actId,
    );
    await marks.add(
      tx,
      changed.map((input): MarkRow => ({
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
      })),
    );
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

  return { roll, write, open };
}

/** What stands against marking: the class is not on, the half-day is still to come, or the roll is in the other state. */
export function refusalOf(of: Roll, wants: 'open' | 'submitted', today: CivilDay): RollOutcome | null {
  const { state } = of.trainingClass;
  if (state !== 'PUBLISHED' && state !== 'IN_PROGRESS') return problem('classOver');
  if (slotDay(of.session.slot) > today) return problem('tooEarly', { day: slotDay(of.session.slot) });
  if (wants === 'open' && of.rollCall !== null) return problem('handedIn', { by: of.rollCall.submittedBy });
  return wants === 'submitted' && of.rollCall === null ? problem('notHandedIn') : null;
}
