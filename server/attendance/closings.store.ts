import type { Connection } from 'mongoose';
import type { Tx } from '../platform/transactions.js';
import type { EnrolmentState } from '../trainings/enrolment.rules.js';
import { closingSchema } from './attendance.model.js';
import type { CompletionProblem } from './completion.rules.js';

/** What a closing decided about one person. */
export interface ClosingResult {
  readonly enrolmentId: string;
  readonly workerId: string;
  readonly state: EnrolmentState;
  readonly problems: readonly CompletionProblem['kind'][];
  readonly attendedMinutes: number;
  readonly totalMinutes: number;
}

/** One closing of a class: its results, the policy rows they stand on, and why it was opened again. */
export interface Closing {
  readonly id: string;
  readonly classId: string;
  readonly at: Date;
  readonly byName: string;
  readonly policyRowIds: readonly string[];
  readonly results: readonly ClosingResult[];
  readonly reopenedAt: Date | null;
  readonly reopenedBy: string | null;
  readonly reopenReason: string;
}

type ClosingRecord = Omit<Closing, 'id'> & { readonly _id: string };

/** The closings of classes. Whoever asks has checked the class. */
export function makeClosingsStore(db: Connection) {
  const closings = db.model<ClosingRecord>('ClassClosing', closingSchema as never, 'class_closings');
  return {
    /** All closings of a class, newest first. */
    async ofClass(classId: string): Promise<readonly Closing[]> {
      const records = await closings.find({ classId }).sort({ at: -1, _id: -1 }).lean<ClosingRecord[]>();
      return records.map(({ _id, ...rest }) => ({ id: _id, ...rest }));
    },

    async add(tx: Tx, { id, ...rest }: Closing): Promise<void> {
      await closings.insertMany([{ _id: id, ...rest }] as never[], { session: tx.session });
    },

    /** Notes on the closing in force that the class was opened again. */
    async reopen(tx: Tx, classId: string, reason: string): Promise<void> {
      const note = { reopenedAt: tx.now, reopenedBy: tx.actor.name, reopenReason: reason };
      await closings.updateOne({ classId, reopenedAt: null }, { $set: note }, { session: tx.session });
    },
  };
}

export type ClosingsStore = ReturnType<typeof makeClosingsStore>;
