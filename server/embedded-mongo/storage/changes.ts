import { StoreError } from '../errors.js';
import type { Document } from '../values/types.js';
import type { Collection, Index } from './catalogue.js';
import { duplicateKey, entriesOf, entryKey, partsBeyond, type Entries } from './entries.js';
import { documentKey } from './keyspace.js';
import type { Target } from './target.js';

/** One document before and after a statement; `undefined` stands for "not there". */
export interface Change {
  readonly id: Buffer;
  readonly before: Document | undefined;
  readonly after: Document | undefined;
  /** The bytes of `after`. */
  readonly raw: Uint8Array | undefined;
}

/** The entries of one index that a change takes away and adds. */
interface IndexChange {
  readonly index: Index;
  readonly removed: readonly Buffer[];
  readonly added: readonly Buffer[];
  readonly entries: Entries;
}

/**
 * Makes one change with all its index entries. Everything is checked before the first byte is written, so a refusal leaves nothing behind.
 * @throws StoreError 11000 when a unique index has the value already
 */
export function applyChange(target: Target, collection: Collection, change: Change): void {
  refuseDropped(collection);
  const key = documentKey(collection.id, change.id);
  target.claim(key);
  if (change.before === undefined && target.get(key) !== undefined) {
    throw duplicateKey(collection, { name: '_id_', fields: [{ path: '_id', direction: 1 }] }, change.after as Document);
  }
  const plans = collection.indexes.map((index) => compare(index, change));
  for (const plan of plans) claimUnique(target, collection, plan, change);
  for (const plan of plans) writeEntries(target, collection, plan, change.id);
  if (change.raw === undefined) target.remove(key);
  else target.put(key, change.raw);
  target.addCount(collection, Number(change.after !== undefined) - Number(change.before !== undefined));
}

/** @throws StoreError 175 when the collection was dropped while the statement was under way */
export function refuseDropped({ dropped, db, name }: Collection): void {
  if (dropped) throw new StoreError(`collection dropped. UUID lookup failed: ${db}.${name}`, 175, 'QueryPlanKilled');
}

function compare(index: Index, change: Change): IndexChange {
  const old = entriesOf(index, change.before).parts;
  const entries = entriesOf(index, change.after);
  return { index, removed: partsBeyond(old, entries.parts), added: partsBeyond(entries.parts, old), entries };
}

function claimUnique(target: Target, collection: Collection, plan: IndexChange, change: Change): void {
  const { index, removed, added } = plan;
  if (!index.unique) return;
  for (const part of added) {
    const key = entryKey(index, part, change.id);
    if (target.get(key) !== undefined) throw duplicateKey(collection, index, change.after as Document);
    target.claim(key);
  }
  for (const part of removed) target.claim(entryKey(index, part, change.id));
}

function writeEntries(target: Target, collection: Collection, plan: IndexChange, id: Buffer): void {
  const { index, removed, added, entries } = plan;
  for (const part of removed) target.remove(entryKey(index, part, id));
  // The value is the id: a scan goes from the entry to its document without taking the key apart.
  for (const part of added) target.put(entryKey(index, part, id), id);
  learn(target, collection, index, entries);
}

/** Remembers what the planner must know of an index: arrays on its paths, values too long to be ordered. */
function learn(target: Target, collection: Collection, index: Index, entries: Entries): void {
  if (entries.multikey === undefined && (!entries.long || index.saved.longKeys)) return;
  entries.multikey?.forEach((seen, i) => {
    index.multikey[i] = seen;
  });
  index.longKeys ||= entries.long;
  target.learned(collection);
}

/**
 * Enters an existing document into an index that is being built. Entering it twice is harmless.
 * @throws StoreError 11000 when a unique index has the value already; Held when a transaction is about to write it
 */
export function enter(target: Target, collection: Collection, index: Index, change: Change): void {
  const entries = entriesOf(index, change.after);
  for (const part of entries.parts) {
    const key = entryKey(index, part, change.id);
    const there = index.unique ? target.get(key) : undefined;
    if (there !== undefined && !change.id.equals(there)) throw duplicateKey(collection, index, change.after as Document);
    if (index.unique) target.claim(key);
    target.put(key, change.id);
  }
  learn(target, collection, index, entries);
}
