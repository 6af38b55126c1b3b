import { refuse, StoreError } from '../errors.js';
import { matches } from '../query/filter.js';
import { show } from '../values/show.js';
import { encodeKey, indexKeys, type KeyField } from '../values/keys.js';
import type { Document } from '../values/types.js';
import type { Collection, Index } from './catalogue.js';
import { bounded, indexBound, indexKey, isLong } from './keyspace.js';

/** The `_id` of a document in key order. */
export const idKey = (id: unknown): Buffer => bounded(encodeKey([id], [1]));

/** The value parts under which an index lists a document, without repeats. */
export interface Entries {
  readonly parts: readonly Buffer[];
  /** What this document adds to what the catalogue's entry says of the index. */
  readonly multikey: readonly boolean[] | undefined;
  readonly long: boolean;
}

const none: Entries = { parts: [], multikey: undefined, long: false };

/** What an index holds of a document: nothing when the document is outside a partial index. */
export function entriesOf(index: Index, doc: Document | undefined): Entries {
  if (doc === undefined) return none;
  if (index.partial !== undefined && !matches(index.partial, doc)) return none;
  const directions = index.fields.map((f) => f.direction);
  const full = indexKeys(doc, index.fields).map((values) => encodeKey(values, directions));
  const parts = full.map(bounded);
  return { parts: parts.length === 1 ? parts : withoutRepeats(parts), multikey: newArrays(index, doc), long: full.some(isLong) };
}

const textOf = (part: Buffer): string => part.toString('latin1');

const withoutRepeats = (parts: readonly Buffer[]): Buffer[] => [...new Map(parts.map((part) => [textOf(part), part])).values()];

/** The parts that are not among the others. */
export function partsBeyond(parts: readonly Buffer[], others: readonly Buffer[]): readonly Buffer[] {
  if (parts.length === 0 || others.length === 0) return parts;
  const known = new Set(others.map(textOf));
  return parts.filter((part) => !known.has(textOf(part)));
}

/** Fields of the index that meet an array of which the catalogue's entry does not know, or undefined when there is none. */
function newArrays(index: Index, doc: Document): boolean[] | undefined {
  let found: boolean[] | undefined;
  index.fields.forEach((field, i) => {
    if (index.saved.multikey[i] === true || !meetsArray(doc, field.parts)) return;
    found ??= [...index.multikey];
    found[i] = true;
  });
  return found;
}

function meetsArray(doc: Document, path: readonly string[]): boolean {
  let value: unknown = doc;
  for (const name of path) {
    if (typeof value !== 'object' || value === null) return false;
    value = (value as Document)[name];
    if (Array.isArray(value)) return true;
  }
  return false;
}

/** The key of one entry in the file. Unique indexes hold one document per value, so the id is no part of it. */
export const entryKey = (index: Index, part: Uint8Array, id: Uint8Array): Buffer =>
  index.unique ? indexBound(index.id, part) : indexKey(index.id, part, id);

/** MongoDB's E11000 with the key that is there already. */
export function duplicateKey(
  collection: Collection,
  index: { readonly name: string; readonly fields: readonly KeyField[] },
  doc: Document,
): StoreError {
  const values = indexKeys(doc, index.fields)[0] ?? [];
  const keyPattern: Document = {};
  const keyValue: Document = {};
  index.fields.forEach(({ path, direction }, i) => {
    keyPattern[path] = direction;
    keyValue[path] = values[i] ?? null;
  });
  const shown = index.fields.map(({ path }) => `${path}: ${show(keyValue[path])}`).join(', ');
  const message = `E11000 duplicate key error collection: ${collection.db}.${collection.name} index: ${index.name} dup key: { ${shown} }`;
  return new StoreError(message, 11000, 'DuplicateKey', { keyPattern, keyValue });
}

/** `_id` may be anything but an array, a regular expression or missing. */
export function checkId(id: unknown): void {
  const tag = (id as { _bsontype?: unknown } | null | undefined)?._bsontype;
  if (Array.isArray(id)) throw refuse.invalidIdField("The '_id' value cannot be of type array");
  if (id === undefined) throw refuse.badValue("can't use an undefined '_id'");
  if (id instanceof RegExp || tag === 'BSONRegExp') throw refuse.invalidIdField("The '_id' value cannot be of type regex");
}
