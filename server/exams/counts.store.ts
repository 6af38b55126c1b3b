import type { Connection } from 'mongoose';
import { within, type Scope } from '../platform/scope.js';
import { inTx, type Tx } from '../platform/transactions.js';
import type { ExamCounts } from './counts.rules.js';
import { examCountsSchema } from './exams.model.js';

/** The roll-up of one division: its people in service by state towards the exam. */
export interface DivisionCounts {
  readonly divisionId: string;
  readonly divisionPath: readonly string[];
  readonly parentId: string | null;
  readonly counts: ExamCounts;
  readonly computedAt: Date;
}

type Stored = DivisionCounts & { readonly _id: string };

const place = { division: 'divisionPath' } as const;

/** Queries and writes of the roll-ups of exam states. */
export function makeExamCountsStore(db: Connection) {
  const divisions = db.model<Stored>('ExamCounts', examCountsSchema as never, 'exam_counts');

  async function find(scope: Scope, query: Record<string, unknown>, tx?: Tx): Promise<readonly DivisionCounts[]> {
    return divisions.find({ $and: [within(scope, place), query] }, null, inTx(tx)).lean<Stored[]>();
  }

  return {
    /** The counts of some divisions; one that was never counted is left out. */
    ofDivisions: (scope: Scope, ids: readonly string[]): Promise<readonly DivisionCounts[]> => find(scope, { _id: { $in: [...ids] } }),

    /** The counts of the children of some divisions. */
    under: (scope: Scope, parentIds: readonly string[], tx?: Tx): Promise<readonly DivisionCounts[]> =>
      find(scope, { parentId: { $in: [...parentIds] } }, tx),

    async save(tx: Tx, rows: readonly DivisionCounts[]): Promise<void> {
      if (rows.length === 0) return;
      const operations = rows.map((row) => ({
        replaceOne: { filter: { _id: row.divisionId }, replacement: { _id: row.divisionId, ...row }, upsert: true },
      }));
      await divisions.collection.bulkWrite(operations as never, { ordered: false, session: tx.session });
    },
  };
}

export type ExamCountsStore = ReturnType<typeof makeExamCountsStore>;
