import type { Connection } from 'mongoose';
import { inTx, type Tx } from '../platform/transactions.js';
import { ledgerSchema } from './attendance.model.js';
import type { LedgerEntry } from './hours.rules.js';

/** A line of the hours ledger with whose it is. */
export interface LedgerRow extends LedgerEntry {
  readonly workerId: string;
  readonly at: Date;
}

type LedgerRecord = Omit<LedgerRow, 'id'> & { readonly _id: string };

const toRow = ({ _id, ...rest }: LedgerRecord): LedgerRow => ({ id: _id, ...rest });

/** The hours ledger: lines are added, never changed. Whoever asks has checked the person or the class. */
export function makeLedgerStore(db: Connection) {
  const ledger = db.model<LedgerRecord>('HoursLedger', ledgerSchema as never, 'hours_ledger');
  return {
    async ofWorkers(workerIds: readonly string[], years?: readonly number[], tx?: Tx): Promise<readonly LedgerRow[]> {
      const query = { workerId: { $in: [...workerIds] }, ...(years === undefined ? {} : { year: { $in: [...years] } }) };
      return (await ledger.find(query, null, inTx(tx)).sort({ at: 1, _id: 1 }).lean<LedgerRecord[]>()).map(toRow);
    },
    async ofClass(classId: string, tx?: Tx): Promise<readonly LedgerRow[]> {
      return (await ledger.find({ classId }, null, inTx(tx)).sort({ at: 1, _id: 1 }).lean<LedgerRecord[]>()).map(toRow);
    },
    async add(tx: Tx, rows: readonly LedgerRow[]): Promise<void> {
      if (rows.length === 0) return;
      await ledger.insertMany(rows.map(({ id, ...rest }) => ({ _id: id, ...rest })) as never[], { session: tx.session, lean: true });
    },
  };
}

export type LedgerStore = ReturnType<typeof makeLedgerStore>;
