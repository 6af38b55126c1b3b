import type { Connection } from 'mongoose';
import { NotFound } from '../platform/errors.js';
import type { CivilDay } from '../platform/civilDays.js';
import type { Tx } from '../platform/transactions.js';
import type { RateTarget } from './path.rules.js';
import { targetSchema } from './targets.model.js';

/** A target as it is kept. `to` is the first day it no longer holds. */
export interface StoredTarget extends RateTarget {
  readonly id: string;
  readonly divisionId: string;
  readonly divisionPath: readonly string[];
  readonly from: CivilDay;
  readonly to: CivilDay | null;
  readonly sourceDoc: string;
  readonly recordedAt: Date;
  readonly recordedBy: string;
  readonly version: number;
}

type Stored = Omit<StoredTarget, 'id'> & { readonly _id: string };

/** Queries and writes of targets. They are published figures: whoever may open the page may read every row. */
export function makeTargetsStore(db: Connection) {
  const targets = db.model<Stored>('Target', targetSchema as never, 'targets');
  const toTarget = ({ _id, ...rest }: Stored): StoredTarget => ({ id: _id, ...rest });

  return {
    /** Every row, oldest first. */
    async all(tx?: Tx): Promise<readonly StoredTarget[]> {
      const records = await targets
        .find({}, null, tx === undefined ? {} : { session: tx.session })
        .sort({ divisionId: 1, from: 1 })
        .lean<Stored[]>();
      return records.map(toTarget);
    },

    /** @throws NotFound */
    async byId(id: string): Promise<StoredTarget> {
      const record = await targets.findById(id).lean<Stored>();
      if (record === null) throw new NotFound('target');
      return toTarget(record);
    },

    async add(tx: Tx, { id, ...rest }: StoredTarget): Promise<void> {
      await targets.insertMany([{ _id: id, ...rest }] as never[], { session: tx.session });
    },

    /** Ends a row on a day; false when somebody changed it meanwhile. */
    async end(tx: Tx, row: Pick<StoredTarget, 'id' | 'version'>, to: CivilDay | null): Promise<boolean> {
      const result = await targets.updateOne(
        { _id: row.id, version: row.version },
        { $set: { to }, $inc: { version: 1 } },
        { session: tx.session },
      );
      return result.modifiedCount === 1;
    },
  };
}

export type TargetsStore = ReturnType<typeof makeTargetsStore>;
