import { calculateObjectSize } from 'bson';
import { open, type RootDatabase } from 'lmdb';
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pickFields } from './pickFields.js';

/** A bare lmdb file, opened as the store opens its own. */
export type Raw = RootDatabase<Uint8Array, Uint8Array>;

export const openRaw = (file: string): Raw =>
  open<Uint8Array, Uint8Array>({ path: file, keyEncoding: 'binary', encoding: 'binary', overlappingSync: false });

/** One pair as it is to be written. */
export interface Pair {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

/** Writes pairs in synced commits of so many pairs; gives the milliseconds. */
export async function rawPuts(folder: string, pairs: readonly Pair[], perCommit: number): Promise<number> {
  const own = mkdtempSync(path.join(folder, 'raw-'));
  const db = openRaw(path.join(own, 'raw.mdb'));
  const started = performance.now();
  for (let from = 0; from < pairs.length; from += perCommit) {
    const some = pairs.slice(from, from + perCommit);
    db.transactionSync(() => {
      for (const { key, value } of some) db.putSync(key, value);
    });
  }
  const taken = performance.now() - started;
  await db.close();
  rmSync(own, { recursive: true, force: true });
  return taken;
}

/** Reads a range of documents and decodes some of their fields once; gives their number. */
export function readFields(db: Raw, range: { start: Uint8Array; end: Uint8Array }, fields: readonly string[]): number {
  const pick = pickFields(fields);
  let n = 0;
  for (const { value } of db.getRange(range)) {
    pick(value);
    n += 1;
  }
  return n;
}

/** Walks a range of an index, fetches every document it points to, and decodes some fields of it once. */
export function readThroughIndex(
  db: Raw,
  range: { start: Uint8Array; end: Uint8Array; reverse?: boolean; limit?: number },
  documentPrefix: Uint8Array,
  fields: readonly string[],
): number {
  const pick = pickFields(fields);
  let n = 0;
  for (const { value } of db.getRange(range)) {
    const raw = db.getBinary(Buffer.concat([documentPrefix, value]));
    if (raw !== undefined) pick(raw);
    n += 1;
  }
  return n;
}

/** Bytes of a document, for telling what a figure means. */
export const sizeOf = (doc: object): number => calculateObjectSize(doc);
