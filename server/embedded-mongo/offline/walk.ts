import { Catalogue, type Collection } from '../storage/catalogue.js';
import type { Environment, Pair } from '../storage/environment.js';
import { KEY_HEAD, kindOf, numberOf } from '../storage/keyspace.js';
import { decode } from '../values/codec.js';

/** What a file of the store holds. */
export interface FileReport {
  readonly pairs: number;
  readonly documents: number;
  readonly collections: readonly CollectionReport[];
}

/** What one collection holds. */
export interface CollectionReport {
  readonly ns: string;
  readonly documents: number;
  readonly indexes: readonly { readonly name: string; readonly entries: number }[];
}

/** Numbers of documents and entries by the number of their collection or index. */
type Tally = Map<number, number>;

/** Above every key: no kind of pair begins with this byte. */
const EVERYTHING = { start: Buffer.from([0]), end: Buffer.from([0xff]) };

/**
 * Walks over every pair of a file: keys ascend and are of a known kind, documents can be decoded, there are as many pairs as
 * the file says and as many documents as each collection says.
 * @throws Error that says what is wrong
 */
export function walkFile(env: Environment): FileReport {
  const counts: Tally = new Map();
  let pairs = 0;
  let last: Buffer = Buffer.alloc(0);
  for (const pair of env.pairs(EVERYTHING)) {
    if (Buffer.compare(last, pair.key) >= 0) throw new Error(`the keys are out of order at pair ${String(pairs)}`);
    last = pair.key;
    pairs += 1;
    countPair(pair, counts);
  }
  const expected = env.size().pairs;
  if (pairs !== expected) throw new Error(`the file says ${String(expected)} pairs and holds ${String(pairs)}`);
  const collections = new Catalogue(env).list().map((collection) => reportOf(collection, counts));
  return { pairs, documents: collections.reduce((sum, { documents }) => sum + documents, 0), collections };
}

function countPair({ key, value }: Pair, counts: Tally): void {
  const kind = kindOf(key);
  if (kind === undefined) throw new Error(`a key begins with ${key.subarray(0, KEY_HEAD).toString('hex')}, which is no kind of pair`);
  if (kind !== 'document' && kind !== 'index') return;
  if (kind === 'document') decode(value);
  counts.set(numberOf(key), (counts.get(numberOf(key)) ?? 0) + 1);
}

function reportOf(collection: Collection, counts: Tally): CollectionReport {
  const ns = `${collection.db}.${collection.name}`;
  const documents = counts.get(collection.id) ?? 0;
  if (documents !== collection.count) {
    throw new Error(`${ns} says ${String(collection.count)} documents and holds ${String(documents)}`);
  }
  return { ns, documents, indexes: collection.indexes.map(({ id, name }) => ({ name, entries: counts.get(id) ?? 0 })) };
}
