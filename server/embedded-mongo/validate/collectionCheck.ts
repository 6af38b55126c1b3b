import type { Collection, Index } from '../storage/catalogue.js';
import { entriesOf, entryKey, idKey, type Entries } from '../storage/entries.js';
import type { Reader } from '../storage/environment.js';
import { documentKey, documentPrefix, idKeyOf, indexBound, prefixRange } from '../storage/keyspace.js';
import { decode } from '../values/codec.js';
import { show } from '../values/show.js';
import type { Document } from '../values/types.js';
import { other, type Finding } from './finding.js';

/** What the documents say of one index, and what was found in it. */
class IndexTally {
  /** Entries that stand in the file as the documents want them. */
  right = 0;
  /** Entries that stand in the file. */
  there = 0;
  private readonly told = new Set<string>();

  constructor(readonly index: Index) {}

  /** A flaw of the index as a whole, told once. */
  *once(text: string): Iterable<Finding> {
    if (this.told.has(text)) return;
    this.told.add(text);
    yield other(`index ${this.index.name}: ${text}`);
  }
}

/**
 * Compares one collection with itself as of a snapshot: every document with the entries it should have, every entry with its
 * document, the kept number and the notes for the planner with what is there. Holds one document at a time.
 */
export class CollectionCheck {
  /** Documents met so far. */
  records = 0;
  private readonly tallies: IndexTally[];

  /** `collection` as the snapshot itself has it. */
  constructor(
    private readonly reader: Reader,
    private readonly collection: Collection,
  ) {
    // An index that is being built lacks entries by nature; readers do not use it yet.
    this.tallies = collection.indexes.filter((index) => !index.building).map((index) => new IndexTally(index));
  }

  /** Entries by index; known when `run` is at its end. */
  keysPerIndex(): Record<string, number> {
    return Object.fromEntries([['_id_', this.records], ...this.tallies.map(({ index, there }) => [index.name, there] as const)]);
  }

  /** What is wrong; `undefined` for every pair that was looked at. */
  *run(): Iterable<Finding | undefined> {
    for (const { key, value } of this.reader.pairs(prefixRange(documentPrefix(this.collection.id)))) {
      this.records += 1;
      yield* this.checkDocument(idKeyOf(key), value);
      yield undefined;
    }
    if (this.records !== this.collection.count) {
      yield other(`the kept number of documents is ${String(this.collection.count)}, there are ${String(this.records)}`);
    }
    for (const tally of this.tallies) yield* this.checkIndex(tally);
  }

  private *checkDocument(id: Buffer, raw: Uint8Array): Iterable<Finding> {
    const doc = readable(raw);
    if (doc === undefined) {
      yield { kind: 'corrupt', text: `the document under ${shownKey(id)} cannot be read` };
      return;
    }
    if (!idKey(doc['_id']).equals(id)) yield { kind: 'corrupt', text: `the document with _id ${show(doc['_id'])} lies under another _id` };
    for (const tally of this.tallies) yield* this.checkEntries(tally, id, doc);
  }

  private *checkEntries(tally: IndexTally, id: Buffer, doc: Document): Iterable<Finding> {
    const { index } = tally;
    const entries = wanted(index, doc);
    if (entries === undefined) {
      yield { kind: 'corrupt', text: `the document with _id ${show(doc['_id'])} cannot be in the index ${index.name}, and is there` };
      return;
    }
    const { parts, multikey, long } = entries;
    for (const part of parts.values()) {
      const entry = this.reader.get(entryKey(index, part, id));
      if (entry !== undefined && id.equals(entry)) tally.right += 1;
      else yield missing(index, doc, entry === undefined ? 'is missing' : 'leads to another document');
    }
    if (multikey !== undefined) yield* tally.once('holds arrays that the catalogue does not know of');
    if (long && !index.saved.longKeys) yield* tally.once('holds cut values that the catalogue does not know of');
  }

  /** Every entry that a document wants was looked up, so the rest are those that no document wants: only then each is tried. */
  private *checkIndex(tally: IndexTally): Iterable<Finding | undefined> {
    const range = prefixRange(indexBound(tally.index.id));
    let last: Buffer = Buffer.alloc(0);
    for (const key of this.reader.keys(range)) {
      if (Buffer.compare(last, key) >= 0) yield* tally.once('its entries are out of order');
      last = key;
      tally.there += 1;
      yield undefined;
    }
    if (tally.there === tally.right) return;
    for (const { key, value } of this.reader.pairs(range)) yield this.strayEntry(tally.index, key, Buffer.from(value));
  }

  private strayEntry(index: Index, key: Buffer, id: Buffer): Finding | undefined {
    const raw = this.reader.get(documentKey(this.collection.id, id));
    const doc = raw === undefined ? undefined : readable(raw);
    if (doc === undefined) return extra(index, `leads to no document: ${shownKey(key)}`);
    for (const part of wanted(index, doc)?.parts ?? []) if (entryKey(index, part, id).equals(key)) return undefined;
    return extra(index, `leads to the document with _id ${show(doc['_id'])}, which has other values: ${shownKey(key)}`);
  }
}

/** The entries of a document; undefined when it is such that no index could have taken it. */
function wanted(index: Index, doc: Document): Entries | undefined {
  try {
    return entriesOf(index, doc);
  } catch {
    return undefined;
  }
}

const missing = ({ name }: Index, doc: Document, what: string): Finding => ({
  kind: 'missing',
  index: name,
  text: `index ${name}: an entry of the document with _id ${show(doc['_id'])} ${what}`,
});

const extra = ({ name }: Index, what: string): Finding => ({ kind: 'extra', index: name, text: `index ${name}: an entry ${what}` });

const shownKey = (key: Buffer): string => `key ${key.toString('hex').slice(0, 80)}`;

function readable(raw: Uint8Array): Document | undefined {
  try {
    return decode(raw);
  } catch {
    return undefined;
  }
}
