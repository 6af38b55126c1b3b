import { NotFound } from '../platform/errors.js';
import type { Problem } from '../platform/http/forms.js';
import { newId } from '../platform/ids.js';
import { systemScope, type Scope } from '../platform/scope.js';
import type { Tx } from '../platform/transactions.js';
import type { PoliciesService } from '../policies/policies.service.js';
import type { ClassesService } from '../trainings/classes.service.js';
import { isActive, type EnrolmentState } from '../trainings/enrolment.rules.js';
import type { EnrolmentsService } from '../trainings/enrolments.service.js';
import type { AssessmentResult, Enrolment, TrainingClass } from '../trainings/trainingClass.rules.js';
import { completionPolicy, hoursPolicy } from './attendance.policies.js';
import { completionOf, type Assessment, type Completion, type CompletionPolicy, type SessionMark } from './completion.rules.js';
import { creditsOf, reversalsOf } from './hours.rules.js';
import type { ClosingResult, ClosingsStore } from './closings.store.js';
import type { LedgerRow, LedgerStore } from './ledger.store.js';
import type { MarksStore } from './marks.store.js';

interface ClosingDeps {
  readonly marks: MarksStore;
  readonly ledger: LedgerStore;
  readonly closings: ClosingsStore;
  readonly classes: ClassesService;
  readonly enrolments: EnrolmentsService;
  readonly policies: PoliciesService;
}

/** One person before the class closes: the marks so far and what the rule says of them. */
export interface Judged {
  readonly place: Enrolment;
  readonly marks: readonly SessionMark[];
  readonly completion: Completion;
}

/** A class as its completion page shows it. */
export interface ClosingView {
  readonly trainingClass: TrainingClass;
  readonly people: readonly Judged[];
  /** Sessions whose roll is not handed in yet, in order of time. */
  readonly openSessionIds: readonly string[];
  readonly policy: CompletionPolicy;
  /** Whether hours are credited only to who completed (ruling 30). */
  readonly requireCompletion: boolean;
  /** The rows of the completion and the hours policy that hold. */
  readonly policyRowIds: readonly string[];
}

/** What closing did, or why it could not. */
export type ClosingOutcome =
  | { readonly ok: true; readonly completed: number; readonly notCompleted: number }
  | { readonly ok: false; readonly problems: readonly Problem[] };

interface Versioned {
  readonly id: string;
  readonly version: number;
}

const everyPlace = systemScope('closing judges everybody with a place in the class');
const standing = (key: string, values: Record<string, string | number>): Problem => ({
  field: '',
  key: `attendance.closing.${key}`,
  values,
});

/** Closing a class: completion by the rule, hours into the ledger; reopening takes both back (decision 15). */
export function makeClosingService(deps: ClosingDeps) {
  const { marks, ledger, classes, enrolments } = deps;

  async function view(scope: Scope, classId: string, tx?: Tx): Promise<ClosingView> {
    const trainingClass = await classes.managedById(scope, classId, tx);
    if (trainingClass.external || trainingClass.state === 'DRAFT') throw new NotFound('class');
    const book = await deps.policies.load([completionPolicy, hoursPolicy]);
    const { value: policy, rowId } = book.on(completionPolicy, trainingClass.ownerPath, trainingClass.lastDay);
    const hours = book.on(hoursPolicy, trainingClass.ownerPath, trainingClass.lastDay);
    const places = (await enrolments.ofClass(everyPlace, classId, undefined, tx)).filter((place) => isActive(place.state));
    const rows = await marks.ofClasses([classId], tx);
    const rollCalls = await marks.rollCallsOf([classId], tx);
    const people = places.map((place) => {
      const own = rows.filter((row) => row.enrolmentId === place.id);
      return { place, marks: own, completion: completionOf(trainingClass.sessions, own, assessmentOf(trainingClass, place), policy) };
    });
    const openSessionIds = trainingClass.sessions
      .filter((session) => session.counted && !rollCalls.has(session.id))
      .map((session) => session.id);
    return {
      trainingClass,
      people,
      openSessionIds,
      policy,
      requireCompletion: hours.value.requireCompletion,
      policyRowIds: [rowId, hours.rowId],
    };
  }

  async function credit(tx: Tx, { trainingClass: of, people, requireCompletion }: ClosingView): Promise<readonly LedgerRow[]> {
    const rows = people.flatMap((one): LedgerRow[] =>
      creditsOf(of.sessions, one.marks, { completed: one.completion.kind === 'COMPLETED', requireCompletion }).map((line) => ({
        id: newId(),
        workerId: one.place.workerId,
        classId: of.id,
        reverses: null,
        at: tx.now,
        ...line,
      })),
    );
    await ledger.add(tx, rows);
    return rows;
  }

  function tellHours(tx: Tx, of: TrainingClass, rows: readonly LedgerRow[]): void {
    if (rows.length > 0)
      tx.emit({ name: 'hours.changed', objectId: of.id, workerIds: rows.map((row) => row.workerId), years: rows.map((row) => row.year) });
  }

  return {
    view,

    /** The closings of a class, newest first. The caller has checked the class. */
    closingsOf: (classId: string) => deps.closings.ofClass(classId),

    /** Notes results of the assessment, until the class closes; what stands against it. */
    async assess(
      tx: Tx,
      scope: Scope,
      at: { id: string; changes: readonly { id: string; result: AssessmentResult; score: number | null }[] },
    ): Promise<readonly Problem[]> {
      await marks.guard(tx, at.id);
      const { trainingClass } = await view(scope, at.id, tx);
      if (!trainingClass.assessment || trainingClass.state === 'CLOSED') return [standing('noAssessment', { name: trainingClass.name })];
      for (const change of at.changes) await enrolments.assess(tx, everyPlace, change);
      return [];
    },

    /** Closes a class: refused while a roll is missing or an assessment is not entered. @throws Conflict on a stale version */
    async close(tx: Tx, scope: Scope, at: Versioned): Promise<ClosingOutcome> {
      await marks.guard(tx, at.id);
      const seen = await view(scope, at.id, tx);
      const { trainingClass, people } = seen;
      const refusal = closingProblem(seen);
      if (refusal !== null) return { ok: false, problems: [refusal] };
      const closed = await classes.act(tx, scope, { ...at, action: 'CLOSE', reason: '' });
      if (!closed.ok) return { ok: false, problems: closed.problems };
      const fresh = new Map((await enrolments.ofClass(everyPlace, at.id, undefined, tx)).map((place) => [place.id, place]));
      const states = people.map((one) => ({ place: fresh.get(one.place.id) ?? one.place, state: endState(one), reason: reasonOf(one) }));
      await enrolments.setStates(tx, states);
      tellHours(tx, trainingClass, await credit(tx, seen));
      const results = people.map((one) => resultOf(one));
      await deps.closings.add(tx, {
        id: newId(),
        classId: at.id,
        at: tx.now,
        byName: tx.actor.name,
        policyRowIds: seen.policyRowIds,
        results,
        reopenedAt: null,
        reopenedBy: null,
        reopenReason: '',
      });
      const completed = states.filter((one) => one.state === 'COMPLETED').length;
      return { ok: true, completed, notCompleted: states.length - completed };
    },

    /** Opens a closed class again: results are taken back, hours by reversals. */
    async reopen(tx: Tx, scope: Scope, at: Versioned & { reason: string }): Promise<ClosingOutcome> {
      await marks.guard(tx, at.id);
      const before = await classes.managedById(scope, at.id, tx);
      if (before.external) throw new NotFound('class');
      const opened = await classes.act(tx, scope, { ...at, action: 'REOPEN' });
      if (!opened.ok) return { ok: false, problems: opened.problems };
      const places = (await enrolments.ofClass(everyPlace, at.id, undefined, tx)).filter((place) => isActive(place.state));
      const ended = places.filter((place) => place.state === 'COMPLETED' || place.state === 'FAILED');
      await enrolments.setStates(
        tx,
        ended.map((place) => ({ place, state: 'ATTENDED', reason: '' })),
      );
      const lines = await ledger.ofClass(at.id, tx);
      const owner = new Map(lines.map((line) => [line.id, line.workerId]));
      const rows = reversalsOf(lines).map((line): LedgerRow => ({
        ...line,
        id: newId(),
        workerId: owner.get(line.reverses ?? '') ?? '',
        at: tx.now,
      }));
      await ledger.add(tx, rows);
      await deps.closings.reopen(tx, at.id, at.reason);
      tellHours(tx, before, rows);
      return { ok: true, completed: 0, notCompleted: ended.length };
    },
  };
}

export type ClosingService = ReturnType<typeof makeClosingService>;

/** What stands against closing a class, the rolls first; null when it can be closed. */
export function closingProblem({ trainingClass, people, openSessionIds }: ClosingView): Problem | null {
  if (people.length === 0) return standing('nobody', {});
  if (openSessionIds.length > 0) return standing('rollsMissing', { n: openSessionIds.length });
  const unmarked = people.filter((one) => one.completion.kind === 'MARKS_MISSING');
  if (unmarked.length > 0) return standing('marksMissing', { n: unmarked.length, names: namesOf(unmarked) });
  const untested = people.filter((one) => isUntested(one, trainingClass));
  return untested.length === 0 ? null : standing('assessmentMissing', { n: untested.length, names: namesOf(untested) });
}

function assessmentOf(of: TrainingClass, place: Enrolment): Assessment {
  if (!of.assessment) return 'NONE';
  return place.assessment === 'NONE' ? 'NOT_TAKEN' : place.assessment;
}

/** Present at least once, and no result of the assessment was entered. */
function isUntested(one: Judged, of: TrainingClass): boolean {
  return of.assessment && one.place.assessment === 'NONE' && one.marks.some((mark) => mark.mark === 'PRESENT');
}

/** Who was absent from every half-day never came. */
function endState({ completion: { kind, summary } }: Judged): EnrolmentState {
  if (kind === 'COMPLETED') return 'COMPLETED';
  return summary.absentHalfDays === summary.halfDays ? 'ABSENT' : 'FAILED';
}

function resultOf(one: Judged): ClosingResult {
  const { completion, place } = one;
  const problems = completion.kind === 'NOT_COMPLETED' ? completion.problems.map((problem) => problem.kind) : [];
  const { attendedMinutes, totalMinutes } = completion.summary;
  return { enrolmentId: place.id, workerId: place.workerId, state: endState(one), problems, attendedMinutes, totalMinutes };
}

function reasonOf(one: Judged): string {
  return one.completion.kind === 'NOT_COMPLETED' ? (one.completion.problems[0]?.kind ?? '') : '';
}

function namesOf(people: readonly Judged[]): string {
  return people
    .slice(0, 5)
    .map((one) => one.place.name)
    .join('、');
}
