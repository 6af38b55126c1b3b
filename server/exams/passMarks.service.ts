import { newId } from '../platform/ids.js';
import { systemScope } from '../platform/scope.js';
import type { Tx } from '../platform/transactions.js';
import { decisionOf, type ExamAttempt } from './attempt.rules.js';
import { changeOf } from './attemptEvents.service.js';
import type { AttemptsStore } from './attempts.store.js';
import type { CalendarOutcome, CalendarService, MarkInput } from './calendar.service.js';
import type { Settlement } from './settlement.service.js';

interface PassMarksDeps {
  readonly store: AttemptsStore;
  readonly calendar: CalendarService;
  readonly settle: Settlement;
}

const named = systemScope('attempts that a pass mark moves, wherever their people are');

/** Pass marks: announcing one, and what it does to results that wait for it. */
export function makePassMarksService({ store, calendar, settle }: PassMarksDeps) {
  /** Decides the attempts that a mark can move again; the ids of the people whose result changed. */
  async function decideAgain(tx: Tx, mark: MarkInput): Promise<readonly string[]> {
    const marks = await calendar.marks(mark.year, tx);
    const open = await store.openToMark(tx, named, mark);
    const moved = open.flatMap((attempt): { attempt: ExamAttempt; successor: ExamAttempt }[] => {
      const after = decisionOf(attempt, marks, { year: attempt.year, divisionPath: attempt.divisionPath, today: tx.today, now: tx.now });
      if (after.passed === attempt.passed && after.mark === attempt.mark) return [];
      return [
        {
          attempt,
          successor: {
            ...attempt,
            ...after,
            id: newId(),
            source: mark.source,
            reason: '',
            recordedBy: tx.actor.name,
            supersedes: attempt.id,
          },
        },
      ];
    });
    await store.supersede(
      tx,
      moved.map(({ attempt }) => attempt.id),
    );
    await store.add(
      tx,
      moved.map(({ successor }) => successor),
    );
    const turned = moved.filter(({ attempt, successor }) => attempt.passed !== successor.passed);
    for (const { attempt, successor } of turned) tx.audit(changeOf(attempt, successor, mark.source));
    const workerIds = [...new Set(turned.map(({ attempt }) => attempt.workerId))];
    for (const workerId of workerIds) await settle(tx, workerId);
    if (workerIds.length > 0) tx.emit({ name: 'exam.recorded', workerIds, years: [mark.year] });
    return workerIds;
  }

  return {
    /** Announces a pass mark and decides again what it moves: a fail may become a pass months later (decision 22). */
    async announce(tx: Tx, input: MarkInput): Promise<CalendarOutcome & { readonly turned?: number }> {
      const outcome = await calendar.addMark(tx, input);
      if (!outcome.ok) return outcome;
      const turned = await decideAgain(tx, input);
      const changes = [{ field: input.subject, from: null, to: String(input.mark) }];
      tx.audit({
        action: 'passMark.announced',
        object: { kind: 'passMark', id: outcome.id },
        changes,
        reason: input.source,
        count: turned.length,
      });
      return { ...outcome, turned: turned.length };
    },
  };
}

export type PassMarksService = ReturnType<typeof makePassMarksService>;
