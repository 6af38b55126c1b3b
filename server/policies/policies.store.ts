import type { Connection } from 'mongoose';
import type { CivilDay } from '../platform/civilDays.js';
import { NotFound } from '../platform/errors.js';
import type { Tx } from '../platform/transactions.js';
import { policySchema } from './policies.model.js';
import type { PolicyRow } from './resolve.rules.js';

/** A row as it is kept, with its source and when it was written down. */
export interface StoredPolicy extends PolicyRow {
  readonly divisionPath: readonly string[];
  readonly sourceDoc: string;
  readonly recordedAt: Date;
  readonly recordedBy: string;
  readonly version: number;
}

interface PolicyRecord extends Omit<StoredPolicy, 'id'> {
  readonly _id: string;
}

/** Queries and writes of policy rows. They are published rules: whoever may open the page may read every row. */
export function makePoliciesStore(db: Connection) {
  const policies = db.model<PolicyRecord>('Policy', policySchema as never, 'policies');
  const toPolicy = ({ _id, ...rest }: PolicyRecord): StoredPolicy => ({ id: _id, ...rest });

  return {
    /** All rows of some kinds, oldest first. */
    async listByKinds(kinds: readonly string[]): Promise<readonly StoredPolicy[]> {
      const records = await policies
        .find({ kind: { $in: kinds } })
        .sort({ kind: 1, divisionId: 1, from: 1 })
        .lean<PolicyRecord[]>();
      return records.map(toPolicy);
    },

    /** Rows of a kind inside a transaction, for the overlap check. */
    async listOfKind(tx: Tx, kind: string): Promise<readonly StoredPolicy[]> {
      const records = await policies.find({ kind }).session(tx.session).lean<PolicyRecord[]>();
      return records.map(toPolicy);
    },

    /** @throws NotFound */
    async byId(id: string): Promise<StoredPolicy> {
      const record = await policies.findById(id).lean<PolicyRecord>();
      if (record === null) throw new NotFound('policy');
      return toPolicy(record);
    },

    async add(tx: Tx, row: StoredPolicy): Promise<void> {
      const { id, ...rest } = row;
      await policies.insertMany([{ _id: id, ...rest, divisionPath: [...rest.divisionPath] }], { session: tx.session });
    },

    /** Ends a row on a day (the first on which it no longer holds); false when somebody changed it meanwhile. */
    async end(tx: Tx, row: Pick<StoredPolicy, 'id' | 'version'>, to: CivilDay): Promise<boolean> {
      const result = await policies.updateOne(
        { _id: row.id, version: row.version },
        { $set: { to }, $inc: { version: 1 } },
        { session: tx.session },
      );
      return result.modifiedCount === 1;
    },
  };
}

export type PoliciesStore = ReturnType<typeof makePoliciesStore>;
