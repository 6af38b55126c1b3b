import type { Long } from 'bson';
import { storedCollection, type Collection } from '../storage/catalogue.js';
import type { Reader } from '../storage/environment.js';
import { after, catalogueKey, garbagePrefix, KEY_HEAD, kindOf, numberOf, prefixRange, spaces } from '../storage/keyspace.js';
import { decode } from '../values/codec.js';
import { other, type Finding } from './finding.js';

const SESSION_ID_BYTES = 16;

/** Looks at everything that belongs to no single collection: the catalogue, what is to be emptied, kept replies, and that nothing else is there. */
export class StoreCheck {
  /** Replies that are kept for retries. */
  replies = 0;
  private readonly collections = new Map<number, Collection>();
  /** By the number of an index, its name. */
  private readonly indexes = new Map<number, string>();
  private readonly garbage = new Set<string>();

  constructor(private readonly reader: Reader) {}

  /** What is wrong; `undefined` for every pair that was looked at. */
  *run(): Iterable<Finding | undefined> {
    yield* this.catalogue();
    yield* this.counts();
    yield* this.garbageNotes();
    yield* this.keptReplies();
    yield* this.ranges();
  }

  private *catalogue(): Iterable<Finding> {
    const names = new Set<string>();
    for (const { key, value } of this.reader.pairs(prefixRange(spaces.catalogue))) {
      const collection = this.collectionOf(value);
      if (collection === undefined || !catalogueKey(collection.id).equals(key)) {
        yield other(`the catalogue entry ${key.toString('hex')} cannot be read`);
        continue;
      }
      const name = `${collection.db}.${collection.name}`;
      if (names.has(name)) yield other(`there are two collections ${name}`);
      names.add(name);
      this.collections.set(collection.id, collection);
      for (const index of collection.indexes) {
        if (this.indexes.has(index.id)) yield other(`${name}: index ${index.name} has the number of another index`);
        this.indexes.set(index.id, `${name} ${index.name}`);
      }
    }
  }

  private collectionOf(entry: Uint8Array): Collection | undefined {
    try {
      return storedCollection(this.reader, entry);
    } catch {
      return undefined;
    }
  }

  private *counts(): Iterable<Finding> {
    for (const key of this.reader.keys(prefixRange(spaces.counts))) {
      if (!this.collections.has(numberOf(key))) yield other(`a number of documents is kept for no collection: ${key.toString('hex')}`);
    }
  }

  /** A note on something that is in use would have it emptied. */
  private *garbageNotes(): Iterable<Finding> {
    for (const key of this.reader.keys(prefixRange(spaces.garbage))) {
      const prefix = garbagePrefix(key);
      this.garbage.add(prefix.toString('hex'));
      if (this.isInUse(prefix)) yield other(`${this.nameOf(prefix)} is noted as dropped and would be emptied`);
    }
  }

  private *keptReplies(): Iterable<Finding | undefined> {
    for (const { key, value } of this.reader.pairs(prefixRange(spaces.retries))) {
      this.replies += 1;
      yield key.length === SESSION_ID_BYTES + 1 && isReply(value)
        ? undefined
        : other(`the kept reply ${key.toString('hex')} cannot be read`);
    }
  }

  /** Goes from one collection or index to the next, and says which of them nobody owns. */
  private *ranges(): Iterable<Finding | undefined> {
    const end = Buffer.from([0xff]);
    for (let from: Uint8Array = Buffer.alloc(1); ;) {
      const [key] = this.reader.keys({ start: from, end });
      if (key === undefined) return;
      const kind = kindOf(key);
      if (kind === undefined) yield other(`a key of no known kind: ${key.toString('hex').slice(0, 80)}`);
      const numbered = kind === 'document' || kind === 'index';
      const prefix = numbered ? key.subarray(0, KEY_HEAD) : key.subarray(0, 1);
      if (numbered && !this.isInUse(prefix) && !this.garbage.has(prefix.toString('hex'))) {
        yield other(`there is a range of kind ${kind} with the number ${String(numberOf(key))}, which the catalogue does not have`);
      }
      from = after(prefix);
      yield undefined;
    }
  }

  private isInUse(prefix: Buffer): boolean {
    return (kindOf(prefix) === 'document' ? this.collections : this.indexes).has(numberOf(prefix));
  }

  private nameOf(prefix: Buffer): string {
    const collection = this.collections.get(numberOf(prefix));
    return kindOf(prefix) === 'document' ? `${collection?.db ?? ''}.${collection?.name ?? ''}` : (this.indexes.get(numberOf(prefix)) ?? '');
  }
}

function isReply(value: Uint8Array): boolean {
  try {
    const { number, at, reply } = decode(value) as { number?: Long; at?: unknown; reply?: unknown };
    return number?._bsontype === 'Long' && at instanceof Date && typeof reply === 'object';
  } catch {
    return false;
  }
}
