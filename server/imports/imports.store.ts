import type { Connection } from 'mongoose';
import type { Sealed } from '../platform/crypto.js';
import { NotFound } from '../platform/errors.js';
import type { Paging, Slice } from '../platform/http/paging.js';
import { within, type Scope } from '../platform/scope.js';
import { inTx, type Tx } from '../platform/transactions.js';
import type { ImportBatch, ImportState } from './batch.rules.js';
import { importChunkSchema, importSchema } from './imports.model.js';
import type { CheckedRow, SheetRow } from './kinds.js';

/** A row as stored: sensitive cells sealed. */
export interface StoredRow extends Omit<SheetRow, 'cells'> {
  readonly cells: Readonly<Record<string, string | Sealed>>;
}

/** Some hundred rows of a file. */
export interface Chunk {
  readonly id: string;
  readonly index: number;
  readonly rows: readonly StoredRow[];
  readonly checked: readonly CheckedRow[] | null;
}

type BatchRecord = Omit<ImportBatch, 'id'> & { readonly _id: string };
type ChunkRecord = Omit<Chunk, 'id'> & { readonly _id: string; readonly importId: string };
type Fields = Partial<Omit<ImportBatch, 'id'>>;

const place = { division: 'divisionPath' } as const;
const toBatch = ({ _id, ...rest }: BatchRecord): ImportBatch => ({ id: _id, ...rest });
const toChunk = ({ _id, importId: _importId, ...rest }: ChunkRecord): Chunk => ({ id: _id, ...rest });

/** Uploaded files and their rows. */
export function makeImportsStore(db: Connection) {
  const batches = db.model<BatchRecord>('Import', importSchema as never, 'imports');
  const chunks = db.model<ChunkRecord>('ImportChunk', importChunkSchema as never, 'import_chunks');
  const scoped = (scope: Scope, query: object): Record<string, unknown> => ({ $and: [within(scope, place), query] });

  return {
    /** @throws NotFound */
    async byId(scope: Scope, id: string, tx?: Tx): Promise<ImportBatch> {
      const record = await batches.findOne(scoped(scope, { _id: id }), null, inTx(tx)).lean<BatchRecord>();
      if (record === null) throw new NotFound('import');
      return toBatch(record);
    },

    /** Newest first. */
    async list(scope: Scope, divisionId: string, paging: Paging): Promise<Slice<ImportBatch>> {
      const query = scoped(scope, { divisionPath: divisionId });
      const [records, total] = await Promise.all([
        batches.find(query).sort({ uploadedAt: -1, _id: -1 }).skip(paging.skip).limit(paging.size).lean<BatchRecord[]>(),
        batches.countDocuments(query),
      ]);
      return { rows: records.map(toBatch), total };
    },

    /** How many files an area has uploaded since an instant. */
    async countSince(tx: Tx, areaId: string, since: Date): Promise<number> {
      return batches.countDocuments({ areaId, uploadedAt: { $gte: since } }, { session: tx.session });
    },

    async add(tx: Tx, batch: ImportBatch, rows: readonly Chunk[]): Promise<void> {
      const { id, ...rest } = batch;
      await batches.insertMany([{ _id: id, ...rest }] as never[], { session: tx.session });
      for (const { id: chunkId, ...chunk } of rows) {
        await chunks.insertMany([{ _id: chunkId, importId: id, ...chunk }] as never[], { session: tx.session });
      }
    },

    /** The chunks of a file in order, one at a time. */
    async *chunks(importId: string, tx?: Tx): AsyncGenerator<Chunk, void, undefined> {
      for (let index = 0; ; index += 1) {
        const record = await chunks.findOne({ importId, index }, null, inTx(tx)).lean<ChunkRecord>();
        if (record === null) return;
        yield toChunk(record);
      }
    },

    async storeChecked(chunk: Pick<Chunk, 'id'>, checked: readonly CheckedRow[]): Promise<void> {
      await chunks.updateOne({ _id: chunk.id }, { $set: { checked } });
    },

    /** Changes a file that is still in the named state (and run by the named run); false when it is not. */
    async move(
      id: string,
      from: { readonly state: ImportState; readonly runId?: string | null },
      fields: Fields,
      tx?: Tx,
    ): Promise<boolean> {
      const result = await batches.updateOne({ _id: id, ...from } as never, { $set: fields }, inTx(tx));
      return result.matchedCount === 1;
    },

    /** Takes work under way that nobody holds; false when somebody does. */
    async claim(
      id: string,
      run: { readonly state: ImportState; readonly runId: string; readonly now: Date; readonly leaseUntil: Date },
    ): Promise<boolean> {
      const free = { _id: id, state: run.state, $or: [{ leaseUntil: null }, { leaseUntil: { $lt: run.now } }] };
      const result = await batches.updateOne(free as never, { $set: { runId: run.runId, leaseUntil: run.leaseUntil, startedAt: run.now } });
      return result.matchedCount === 1;
    },

    /** The rows of a file are of no more use: the personal data in them goes. */
    async dropRows(importId: string, tx?: Tx): Promise<void> {
      await chunks.deleteMany({ importId }, inTx(tx));
    },
  };
}

export type ImportsStore = ReturnType<typeof makeImportsStore>;
