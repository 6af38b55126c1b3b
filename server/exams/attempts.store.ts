import type { Connection } from 'mongoose';
import { NotFound } from '../platform/errors.js';
import { within, type Scope } from '../platform/scope.js';
import { inTx, type Tx } from '../platform/transactions.js';
import type { ExamAttempt, ExamEntry } from './attempt.rules.js';
import { examAttemptSchema, examEntrySchema } from './exams.model.js';
import type { Subject } from './passes.rules.js';

type Stored<T> = Omit<T, 'id'> & { readonly _id: string };

const place = { division: 'divisionPath', worker: 'workerId' } as const;

function fromStored<T extends { readonly id: string }>({ _id, ...rest }: Stored<T>): T {
  return { id: _id, ...rest } as unknown as T;
}

function toStored<T extends { readonly id: string }>({ id, ...rest }: T): Stored<T> {
  return { _id: id, ...rest };
}

function grouped<T extends { readonly workerId: string }>(rows: readonly T[]): Map<string, T[]> {
  const byWorker = new Map<string, T[]>();
  for (const row of rows) byWorker.set(row.workerId, [...(byWorker.get(row.workerId) ?? []), row]);
  return byWorker;
}

/** Queries and writes of exam attempts and registrations. Attempts are added and superseded, never changed. */
export function makeAttemptsStore(db: Connection) {
  const attempts = db.model<Stored<ExamAttempt>>('ExamAttempt', examAttemptSchema as never, 'exam_attempts');
  const entries = db.model<Stored<ExamEntry>>('ExamEntry', examEntrySchema as never, 'exam_entries');
  const scoped = (scope: Scope, query: Record<string, unknown>): Record<string, unknown> => ({ $and: [within(scope, place), query] });

  async function find(query: Record<string, unknown>, tx?: Tx): Promise<ExamAttempt[]> {
    const records = await attempts.find(query, null, inTx(tx)).sort({ year: 1, subject: 1, _id: 1 }).lean<Stored<ExamAttempt>[]>();
    return records.map((record) => fromStored<ExamAttempt>(record));
  }

  return {
    /** @throws NotFound */
    async byId(scope: Scope, id: string, tx?: Tx): Promise<ExamAttempt> {
      const record = await attempts.findOne(scoped(scope, { _id: id }), null, inTx(tx)).lean<Stored<ExamAttempt>>();
      if (record === null) throw new NotFound('examAttempt');
      return fromStored<ExamAttempt>(record);
    },

    /** Those of some ids that lie inside the scope, corrected ones too. */
    byIds: (scope: Scope, ids: readonly string[]): Promise<readonly ExamAttempt[]> => find(scoped(scope, { _id: { $in: [...ids] } })),

    /** What stands of some people, by year. */
    async standing(scope: Scope, workerIds: readonly string[], tx?: Tx): Promise<ReadonlyMap<string, readonly ExamAttempt[]>> {
      return grouped(await find(scoped(scope, { workerId: { $in: [...new Set(workerIds)] }, supersededAt: null }), tx));
    },

    /** Everything ever recorded of one person, corrections too. */
    historyOf: (scope: Scope, workerId: string): Promise<readonly ExamAttempt[]> => find(scoped(scope, { workerId })),

    /** The standing attempts of a subject and year in a division, decided by mark or not decided: what a new mark can move. */
    async openToMark(tx: Tx, scope: Scope, of: { year: number; subject: Subject; divisionId: string }): Promise<readonly ExamAttempt[]> {
      const { year, subject, divisionId } = of;
      return find(scoped(scope, { year, subject, divisionPath: divisionId, supersededAt: null, official: null, sat: true }), tx);
    },

    async add(tx: Tx, rows: readonly ExamAttempt[]): Promise<void> {
      if (rows.length === 0) return;
      await attempts.insertMany(rows.map((row) => toStored(row)) as never[], { session: tx.session });
    },

    /** Takes attempts out of force; to be called before their successors are added. How many still stood. */
    async supersede(tx: Tx, ids: readonly string[]): Promise<number> {
      const result = await attempts.updateMany(
        { _id: { $in: [...ids] }, supersededAt: null },
        { $set: { supersededAt: tx.now } },
        { session: tx.session },
      );
      return result.modifiedCount;
    },

    async entriesOf(scope: Scope, workerIds: readonly string[], tx?: Tx): Promise<ReadonlyMap<string, readonly ExamEntry[]>> {
      const query = scoped(scope, { workerId: { $in: [...new Set(workerIds)] } });
      const records = await entries.find(query, null, inTx(tx)).sort({ year: 1 }).lean<Stored<ExamEntry>[]>();
      return grouped(records.map((record) => fromStored<ExamEntry>(record)));
    },

    async addEntries(tx: Tx, rows: readonly ExamEntry[]): Promise<void> {
      if (rows.length === 0) return;
      await entries.insertMany(rows.map((row) => toStored(row)) as never[], { session: tx.session });
    },

    async removeEntry(tx: Tx, of: { workerId: string; year: number; level: string }): Promise<number> {
      return (await entries.deleteOne({ ...of } as Record<string, unknown>, { session: tx.session })).deletedCount;
    },

    /** Lets the facts of people follow to where they belong now, so that the new division sees them. */
    async move(tx: Tx, workerId: string, divisionPath: readonly string[]): Promise<void> {
      const change = { $set: { divisionPath: [...divisionPath] } };
      await attempts.updateMany({ workerId }, change, { session: tx.session });
      await entries.updateMany({ workerId }, change, { session: tx.session });
    },
  };
}

export type AttemptsStore = ReturnType<typeof makeAttemptsStore>;
