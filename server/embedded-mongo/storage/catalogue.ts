import { Int32 } from 'bson';
import { parseFilter } from '../query/filter.js';
import { decode, encode } from '../values/codec.js';
import type { Document } from '../values/types.js';
import type { FilterNode } from '../query/node.js';
import type { Environment, Reader } from './environment.js';
import { knowsMore, takeOver } from './takeOver.js';
import { catalogueKey, countKey, documentPrefix, garbageId, garbageKey, indexBound, prefixRange, spaces } from './keyspace.js';
import { checkNames } from './names.js';

/** One field of an index. */
export interface IndexField {
  readonly path: string;
  readonly parts: readonly string[];
  readonly direction: 1 | -1;
}

/** An index as the catalogue holds it. */
export interface Index {
  readonly id: number;
  readonly name: string;
  readonly fields: readonly IndexField[];
  readonly unique: boolean;
  /** The options as given by the client, in MongoDB's form (`key`, `name`, `unique`, …). */
  readonly spec: Document;
  readonly partial: FilterNode | undefined;
  readonly expireAfterSeconds: number | undefined;
  /** Per field: an array has been seen on its path. Bounds and sorting are weaker then. May be said too early, by a transaction. */
  readonly multikey: boolean[];
  /** A value too long to be kept in full has been seen: the order within this index is only rough. */
  longKeys: boolean;
  /** What of this the catalogue's entry says: it must not say less than what is committed. */
  saved: { readonly multikey: readonly boolean[]; readonly longKeys: boolean };
  /** Still being filled: maintained by writers, not used by readers. */
  building: boolean;
}

/** A collection; its `_id` index is the order of the documents themselves. */
export interface Collection {
  readonly id: number;
  readonly db: string;
  readonly name: string;
  readonly indexes: Index[];
  count: number;
  dropped: boolean;
}

/** Databases, collections and indexes: all in memory, each change written in the commit that makes it. */
export class Catalogue {
  private collections = new Map<string, Collection>();
  private nextId = 1;
  private readonly counted = new Set<Collection>();
  /** Collections whose entry in memory knows more than the one in the file. */
  private readonly ahead = new Set<Collection>();

  constructor(private readonly env: Environment) {
    this.reload();
  }

  /**
   * Reads everything anew, at start and after a commit that failed. A collection that is still there stays the same object:
   * statements and transactions under way hold it.
   */
  reload(): void {
    const before = new Map([...this.collections.values()].map((collection) => [collection.id, collection]));
    this.collections = new Map();
    this.counted.clear();
    this.ahead.clear();
    for (const { value } of this.env.pairs(prefixRange(spaces.catalogue))) {
      const stored = storedCollection(this.env, value);
      const collection = takeOver(before.get(stored.id), stored);
      before.delete(stored.id);
      this.collections.set(namespace(collection.db, collection.name), collection);
      if (collection.indexes.some(knowsMore)) this.ahead.add(collection);
      for (const id of [collection.id, ...collection.indexes.map((i) => i.id)]) this.skipId(id);
    }
    for (const collection of before.values()) collection.dropped = true;
    for (const key of this.env.keys(prefixRange(spaces.garbage))) this.skipId(garbageId(key));
  }

  private skipId(id: number): void {
    this.nextId = Math.max(this.nextId, id + 1);
  }

  find(db: string, name: string): Collection | undefined {
    return this.collections.get(namespace(db, name));
  }

  list(db?: string): Collection[] {
    return [...this.collections.values()].filter((c) => db === undefined || c.db === db);
  }

  /** The next number for a collection or an index; no number is used again while garbage of it remains. */
  takeId(): number {
    return this.nextId++;
  }

  /** Makes a collection; call inside a commit. */
  create(db: string, name: string): Collection {
    checkNames(db, name);
    const collection: Collection = { id: this.takeId(), db, name, indexes: [], count: 0, dropped: false };
    this.collections.set(namespace(db, name), collection);
    this.save(collection);
    return collection;
  }

  /** Removes a collection with its indexes; call inside a commit. What it held is emptied later. */
  drop(collection: Collection): void {
    collection.dropped = true;
    this.collections.delete(namespace(collection.db, collection.name));
    this.counted.delete(collection);
    this.ahead.delete(collection);
    this.env.remove(catalogueKey(collection.id));
    this.env.remove(countKey(collection.id));
    this.leave(documentPrefix(collection.id));
    for (const index of collection.indexes) this.leave(indexBound(index.id));
  }

  addIndex(collection: Collection, index: Index): void {
    collection.indexes.push(index);
    this.save(collection);
  }

  dropIndex(collection: Collection, index: Index): void {
    collection.indexes.splice(collection.indexes.indexOf(index), 1);
    this.save(collection);
    this.leave(indexBound(index.id));
  }

  /** Writes a collection's entry; call inside a commit, after changing it. */
  save(collection: Collection): void {
    this.env.put(catalogueKey(collection.id), encode(toStored(collection)));
    for (const index of collection.indexes) index.saved = { multikey: [...index.multikey], longKeys: index.longKeys };
  }

  /** Adds to a collection's number of documents; the sum is written at the end of the batch. */
  addCount(collection: Collection, by: number): void {
    collection.count += by;
    this.counted.add(collection);
  }

  /**
   * An index has met its first array or long value. Whoever comes next relies on it, also when it was a transaction that is undone
   * later: the next commit writes it, whoever makes it.
   */
  learned(collection: Collection): void {
    if (!collection.dropped) this.ahead.add(collection);
  }

  /** Writes what this batch changed: numbers of documents, and what was learned. */
  saveChanges(): void {
    for (const collection of this.ahead) this.save(collection);
    this.ahead.clear();
    for (const collection of this.counted) {
      const value = Buffer.alloc(8);
      value.writeDoubleBE(collection.count, 0);
      this.env.put(countKey(collection.id), value);
    }
    this.counted.clear();
  }

  private leave(prefix: Uint8Array): void {
    this.env.put(garbageKey(prefix), Buffer.from([1]));
  }
}

const namespace = (db: string, name: string): string => `${db}.${name}`;

interface StoredIndex {
  id: Int32;
  spec: Document;
  multikey: boolean[];
  longKeys: boolean;
  building: boolean;
}

function toStored(collection: Collection): Document {
  const indexes = collection.indexes.map((index) => ({
    id: new Int32(index.id),
    spec: index.spec,
    multikey: index.multikey,
    longKeys: index.longKeys,
    building: index.building,
  }));
  return { id: new Int32(collection.id), db: collection.db, name: collection.name, indexes };
}

/** A collection as a catalogue entry has it, with its number of documents. */
export function storedCollection(reader: Reader, entry: Uint8Array): Collection {
  const stored = decode(entry) as unknown as { id: Int32; db: string; name: string; indexes: StoredIndex[] };
  const indexes = stored.indexes.map((one) => ({
    ...makeIndex(one.id.value, one.spec),
    multikey: [...one.multikey],
    longKeys: one.longKeys,
    saved: one,
    building: one.building,
  }));
  const count = reader.get(countKey(stored.id.value));
  return {
    id: stored.id.value,
    db: stored.db,
    name: stored.name,
    indexes,
    count: count === undefined ? 0 : Buffer.from(count).readDoubleBE(0),
    dropped: false,
  };
}

/** An index in working form from its stored options. */
export function makeIndex(id: number, spec: Document): Index {
  const fields = Object.entries(spec['key'] as Document).map(([path, direction]): IndexField => ({
    path,
    parts: path.split('.'),
    direction: Number(direction) < 0 ? -1 : 1,
  }));
  const partial = spec['partialFilterExpression'] as Document | undefined;
  const expire = spec['expireAfterSeconds'];
  return {
    id,
    name: spec['name'] as string,
    fields,
    unique: spec['unique'] === true,
    spec,
    partial: partial === undefined ? undefined : parseFilter(partial),
    expireAfterSeconds: expire === undefined ? undefined : Number(expire),
    multikey: fields.map(() => false),
    longKeys: false,
    saved: { multikey: [], longKeys: false },
    building: false,
  };
}
