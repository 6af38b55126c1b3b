import type { Collection, Db } from 'mongodb';
import { figure } from '../figures.js';
import type { Say } from '../command.js';
import { exactDocument, rawDocuments } from './rawDocuments.js';
import { expiryOf, type CollectionShape } from './shape.js';

/** A copy of one database. */
export interface DatabaseCopy {
  readonly source: Db;
  readonly target: Db;
  readonly say: Say;
}

const BATCH_DOCUMENTS = 1000;
const BATCH_BYTES = 8 * 1024 * 1024;
const PROGRESS_MS = 2000;

/**
 * Copies the documents of a collection in the order of `_id`, each batch in order, so that the target always holds a beginning
 * of the source; goes on behind what is there.
 * @throws Error when what is there is no such beginning
 */
export async function copyDocuments({ source, target, say }: DatabaseCopy, shape: CollectionShape): Promise<void> {
  const [from, to] = [source.collection(shape.name), target.collection(shape.name)];
  const ns = from.namespace;
  // Since the last time some may have expired, so that the two no longer begin alike.
  if (expiryOf(shape) !== undefined) await to.deleteMany({});
  const total = await from.countDocuments({});
  let done = await to.countDocuments({});
  await mustBeBeginning(from, to, done);
  if (done > 0) say(`${ns}: ${figure(done)} of ${figure(total)} are there already`);
  let saidAt = 0;
  for await (const batch of batches(rawDocuments(from, {}, done))) {
    await to.insertMany(batch.map((raw) => exactDocument(raw, ns)));
    done += batch.length;
    if (performance.now() - saidAt < PROGRESS_MS) continue;
    say(`${ns}: ${figure(done)} of ${figure(total)}`);
    saidAt = performance.now();
  }
}

/** The last one that is there must be the one that has this place in the source. */
async function mustBeBeginning(from: Collection, to: Collection, done: number): Promise<void> {
  if (done === 0) return;
  const [expected, last] = await Promise.all([from, to].map((collection) => rawDocuments(collection, {}, done - 1).next()));
  if (expected && last && Buffer.compare(expected, last) === 0) return;
  throw new Error(`what ${to.namespace} holds in the target is no beginning of the source: drop that database in the target and copy anew`);
}

/** Documents by the thousand, or fewer when they are large. */
async function* batches(documents: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array[]> {
  let batch: Uint8Array[] = [];
  let bytes = 0;
  for await (const raw of documents) {
    batch.push(raw);
    bytes += raw.length;
    if (batch.length < BATCH_DOCUMENTS && bytes < BATCH_BYTES) continue;
    yield batch;
    [batch, bytes] = [[], 0];
  }
  if (batch.length > 0) yield batch;
}

/** Makes the indexes; those by which documents expire only when told so, since what expires cannot be compared. */
export async function copyIndexes({ target }: DatabaseCopy, { name, indexes }: CollectionShape, expiring: boolean): Promise<void> {
  const wanted = indexes.filter((index) => (index['expireAfterSeconds'] !== undefined) === expiring);
  if (wanted.length > 0) await target.command({ createIndexes: name, indexes: wanted });
}
