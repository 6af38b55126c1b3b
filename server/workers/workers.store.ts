import type { Connection } from 'mongoose';
import type { Sealed } from '../platform/crypto.js';
import { Conflict, NotFound } from '../platform/errors.js';
import type { Paging, Slice } from '../platform/http/paging.js';
import { systemScope, within, type Scope } from '../platform/scope.js';
import { inTx, type Tx } from '../platform/transactions.js';
import type { Worker } from './worker.rules.js';
import { workerSchema } from './workers.model.js';
import { rosterQuery, type RosterFilter } from './rosterQuery.store.js';

/** What is stored beside the visible worker. */
export interface WorkerSecrets {
  readonly idSealed: Sealed;
  readonly idIndex: string;
  readonly phoneSealed: Sealed | null;
  readonly phoneTail: string | null;
  readonly searchKeys: readonly string[];
  readonly sortPinyin: string;
  readonly sortStroke: string;
  readonly importId: string | null;
}

/** A whole row of the collection. */
export type WorkerRow = Worker & WorkerSecrets;

type WorkerRecord = Omit<WorkerRow, 'id'> & { readonly _id: string };

const hidden = { idSealed: 0, phoneSealed: 0, phoneTail: 0, searchKeys: 0, sortPinyin: 0, sortStroke: 0, importId: 0 } as const;
const sorts = {
  pinyin: ['sortPinyin'],
  stroke: ['sortStroke'],
  division: ['divisionCode', 'sortPinyin'],
  entry: ['entryDate', 'sortPinyin'],
} as const;

/** The ways a roster can be sorted; the first is the default. */
export const rosterSorts = ['pinyin', 'stroke', 'division', 'entry'] as const satisfies readonly (keyof typeof sorts)[];

const place = { division: 'divisionPath', worker: '_id' } as const;
const batchSize = 500;

function toWorker(record: WorkerRecord): Worker {
  const { _id, ...rest } = record;
  return { id: _id, ...rest };
}

/** Queries and writes of the roster. Sealed values leave only through `secretsOf`. */
export function makeWorkersStore(db: Connection) {
  const workers = db.model<WorkerRecord>('Worker', workerSchema as never, 'workers');
  const scoped = (scope: Scope, query: Record<string, unknown>): Record<string, unknown> => ({ $and: [within(scope, place), query] });

  async function find(scope: Scope, id: string, tx?: Tx): Promise<Worker | null> {
    const record = await workers.findOne(scoped(scope, { _id: id }), hidden, inTx(tx)).lean<WorkerRecord>();
    return record === null ? null : toWorker(record);
  }

  async function byIds(scope: Scope, ids: readonly string[], tx?: Tx): Promise<ReadonlyMap<string, Worker>> {
    const records = await workers.find(scoped(scope, { _id: { $in: [...new Set(ids)] } }), hidden, inTx(tx)).lean<WorkerRecord[]>();
    return new Map(records.map((record) => [record._id, toWorker(record)]));
  }

  async function* stream(scope: Scope, filter: RosterFilter): AsyncGenerator<readonly Worker[], void, undefined> {
    let after = '';
    for (;;) {
      const query = scoped(scope, { $and: [{ _id: { $gt: after } }, rosterQuery(filter)] });
      const records = await workers.find(query, hidden).sort({ _id: 1 }).limit(batchSize).lean<WorkerRecord[]>();
      const last = records.at(-1);
      if (last === undefined) return;
      yield records.map(toWorker);
      after = last._id;
    }
  }

  return {
    find,
    byIds,
    stream,

    /** @throws NotFound */
    async byId(scope: Scope, id: string, tx?: Tx): Promise<Worker> {
      const worker = await find(scope, id, tx);
      if (worker === null) throw new NotFound('worker');
      return worker;
    },

    async list(scope: Scope, filter: RosterFilter, paging: Paging): Promise<Slice<Worker>> {
      const query = scoped(scope, rosterQuery(filter));
      const keys = sorts[paging.sort as keyof typeof sorts];
      const order = Object.fromEntries([...keys.map((key) => [key, paging.direction] as const), ['_id', paging.direction]]);
      const [records, total] = await Promise.all([
        workers.find(query, hidden).sort(order).skip(paging.skip).limit(paging.size).lean<WorkerRecord[]>(),
        workers.countDocuments(query),
      ]);
      return { rows: records.map(toWorker), total };
    },

    async count(scope: Scope, filter: RosterFilter): Promise<number> {
      return workers.countDocuments(scoped(scope, rosterQuery(filter)));
    },

    /** Who has these ID numbers, wherever they are: the answer tells only what the rules allow (decision 8). */
    async byIdIndexes(indexes: readonly string[], tx?: Tx): Promise<ReadonlyMap<string, Worker>> {
      const scope = systemScope('a known ID number is found wherever it is');
      const records = await workers.find(scoped(scope, { idIndex: { $in: [...indexes] } }), hidden, inTx(tx)).lean<WorkerRecord[]>();
      const rows = records as (WorkerRecord & { idIndex: string })[];
      return new Map(rows.map((record) => [record.idIndex, toWorker(record)]));
    },

    /** @throws NotFound */
    async secretsOf(scope: Scope, id: string, tx?: Tx): Promise<WorkerSecrets> {
      const record = await workers.findOne(scoped(scope, { _id: id }), null, inTx(tx)).lean<WorkerRecord>();
      if (record === null) throw new NotFound('worker');
      return record;
    },

    async add(tx: Tx, rows: readonly WorkerRow[]): Promise<void> {
      const records = rows.map(({ id, ...rest }) => ({ _id: id, ...rest }));
      await workers.insertMany(records as never[], { session: tx.session, lean: true });
    },

    /**
     * Writes fields of one worker and raises the version.
     * @throws Conflict when the version is no longer the one that was seen
     */
    async change(tx: Tx, scope: Scope, seen: { readonly id: string; readonly version: number }, fields: Partial<WorkerRow>): Promise<void> {
      const stamp = { version: seen.version + 1, changedBy: tx.actor.name, changedAt: tx.now };
      const query = scoped(scope, { _id: seen.id, version: seen.version });
      const result = await workers.updateOne(query, { $set: { ...fields, ...stamp } }, { session: tx.session });
      if (result.matchedCount === 1) return;
      const current = await workers.findOne(scoped(scope, { _id: seen.id }), hidden, { session: tx.session }).lean<WorkerRecord>();
      if (current === null) throw new NotFound('worker');
      throw new Conflict(current.changedBy, current.changedAt);
    },
  };
}

export type WorkersStore = ReturnType<typeof makeWorkersStore>;
