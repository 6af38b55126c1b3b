import type { Connection, Schema } from 'mongoose';
import { NotFound } from '../platform/errors.js';
import type { Paging, Slice } from '../platform/http/paging.js';
import { within, type Scope, type ScopeFields } from '../platform/scope.js';
import { inTx, type Tx } from '../platform/transactions.js';
import { correctionSchema, exemptionSchema, transferSchema } from './requests.model.js';
import type { Asked, Correction, Exemption, RequestState, Transfer } from './requests.rules.js';

type Stored<T> = Omit<T, 'id'> & { readonly _id: string };

/** What a list of requests is narrowed to. */
export interface RequestFilter {
  readonly state?: RequestState;
  readonly workerId?: string;
  /** A subtree. */
  readonly divisionId?: string;
}

interface Kind {
  readonly model: string;
  readonly collection: string;
  readonly schema: Schema;
  readonly fields: ScopeFields & { readonly division: string };
}

function makeRequestsStore<T extends Asked>(db: Connection, kind: Kind) {
  const model = db.model<Stored<T>>(kind.model, kind.schema as never, kind.collection);
  const scoped = (scope: Scope, query: object): Record<string, unknown> => ({ $and: [within(scope, kind.fields), query] });
  const toDomain = ({ _id, ...rest }: Stored<T>): T => ({ id: _id, ...rest }) as unknown as T;

  function queryOf(filter: RequestFilter): Record<string, unknown> {
    return {
      ...(filter.state === undefined ? {} : { state: filter.state }),
      ...(filter.workerId === undefined ? {} : { workerId: filter.workerId }),
      ...(filter.divisionId === undefined ? {} : { [kind.fields.division]: filter.divisionId }),
    };
  }

  return {
    /** @throws NotFound */
    async byId(scope: Scope, id: string, tx?: Tx): Promise<T> {
      const record = await model.findOne(scoped(scope, { _id: id }) as never, null, inTx(tx)).lean<Stored<T>>();
      if (record === null) throw new NotFound(kind.collection);
      return toDomain(record);
    },

    /** Newest first. */
    async list(scope: Scope, filter: RequestFilter, paging: Pick<Paging, 'skip' | 'size'>): Promise<Slice<T>> {
      const query = scoped(scope, queryOf(filter)) as never;
      const [records, total] = await Promise.all([
        model.find(query).sort({ askedAt: -1, _id: -1 }).skip(paging.skip).limit(paging.size).lean<Stored<T>[]>(),
        model.countDocuments(query),
      ]);
      return { rows: records.map(toDomain), total };
    },

    async count(scope: Scope, filter: RequestFilter): Promise<number> {
      return model.countDocuments(scoped(scope, queryOf(filter)) as never);
    },

    /** All requests of some people in one state. */
    async ofWorkers(scope: Scope, workerIds: readonly string[], state: RequestState, tx?: Tx): Promise<readonly T[]> {
      const query = scoped(scope, { workerId: { $in: [...workerIds] }, state }) as never;
      return (await model.find(query, null, inTx(tx)).lean<Stored<T>[]>()).map(toDomain);
    },

    async add(tx: Tx, rows: readonly T[]): Promise<void> {
      const records = rows.map(({ id, ...rest }) => ({ _id: id, ...rest }));
      if (records.length > 0) await model.insertMany(records as never[], { session: tx.session });
    },

    /** Answers an open request; false when it was answered in the meantime. */
    async settle(tx: Tx, id: string, outcome: { readonly state: RequestState; readonly answer: string }): Promise<boolean> {
      const set = { ...outcome, answeredBy: tx.actor.name, answeredAt: tx.now };
      const result = await model.updateOne({ _id: id, state: 'requested' } as never, { $set: set }, { session: tx.session });
      return result.matchedCount === 1;
    },
  };
}

/** Exemptions from coverage. */
export function makeExemptionsStore(db: Connection) {
  const fields = { division: 'divisionPath', worker: 'workerId' };
  const store = makeRequestsStore<Exemption>(db, { model: 'Exemption', collection: 'exemptions', schema: exemptionSchema, fields });

  /** Ends an approved exemption as it was seen; false when it was ended in the meantime. */
  async function end(tx: Tx, seen: Exemption, outcome: Pick<Exemption, 'state' | 'to' | 'answer'>): Promise<boolean> {
    const set = { ...outcome, answeredBy: tx.actor.name, answeredAt: tx.now };
    const query = { _id: seen.id, state: 'approved', to: seen.to };
    const result = await db.model('Exemption').updateOne(query, { $set: set }, { session: tx.session });
    return result.matchedCount === 1;
  }
  return { ...store, end };
}

/** Pending transfers; both sides see them. */
export function makeTransfersStore(db: Connection) {
  const fields = { division: 'paths' };
  const store = makeRequestsStore<Transfer & { readonly paths: readonly string[] }>(db, {
    model: 'Transfer',
    collection: 'transfers',
    schema: transferSchema,
    fields,
  });
  const add = (tx: Tx, rows: readonly Transfer[]): Promise<void> =>
    store.add(
      tx,
      rows.map((row) => ({ ...row, paths: [...new Set([...row.fromPath, ...row.toPath])] })),
    );
  return { ...store, add };
}

/** What workers say is wrong. */
export function makeCorrectionsStore(db: Connection) {
  const fields = { division: 'divisionPath', worker: 'workerId' };
  const store = makeRequestsStore<Correction>(db, { model: 'Correction', collection: 'corrections', schema: correctionSchema, fields });

  /** Notes that the worker has seen an answer; the first time counts. */
  async function markSeen(tx: Tx, id: string): Promise<void> {
    await db
      .model('Correction')
      .updateOne({ _id: id, state: 'answered', seenAt: null }, { $set: { seenAt: tx.now } }, { session: tx.session });
  }
  return { ...store, markSeen };
}

export type ExemptionsStore = ReturnType<typeof makeExemptionsStore>;
export type TransfersStore = ReturnType<typeof makeTransfersStore>;
export type CorrectionsStore = ReturnType<typeof makeCorrectionsStore>;
