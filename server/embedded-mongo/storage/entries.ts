import { refuse, StoreError } from '../errors.js';
import { matches } from '../query/filter.js';
import { show } from '../values/show.js';
import { encodeKey, indexKeys } from '../values/keys.js';
import type { Document } from '../values/types.js';
import type { Collection, Index } from './catalogue.js';
import { bounded, indexBound, indexKey, isLong } from './keyspace.js';

/** The `_id` of a document in key order. */
export const idKey = (id: unknown): Buffer => bounded(encodeKey([id], [1]));

/** The value parts under which an index lists a document, without repeats. */
export interface Entries {
  /** By their bytes as latin1 text, so that two documents' entries can be compared. */
  readonly parts: ReadonlyMap<string, Buffer>;
  /** What this document adds to what the catalogue's entry says of the index. */
  readonly multikey: readonly boolean[] | undefined;
  readonly long: boolean;
}

const none: Entries = { parts: new Map(), multikey: undefined, long: false };

/** What an index holds of a document: nothing when the document is outside a partial index. */
export function entriesOf(index: Index, doc: Document | undefined): Entries {
  if (doc === undefined) return none;
  if (index.partial !== undefined && !matches(index.partial, doc)) return none;
  const directions = index.fields.map((f) => f.direction);
  const parts = new Map<string, Buffer>();
  let long = false;
  for (const values of indexKeys(doc, index.fields)) {
    const full = encodeKey(values, directions);
    long ||= isLong(full);
    const part = bounded(full);
    parts.set(part.toString('latin1'), part);
  }
  return { parts, multikey: newArrays(index, doc), long };
}

/** Fields of the index that meet an array of which the catalogue's entry does not know, or undefined when there is none. */
function newArrays(index: Index, doc: Document): boolean[] | undefined {
  let found: boolean[] | undefined;
  index.fields.forEach((field, i) => {
    if (index.saved.multikey[i] === true || !meetsArray(doc, field.path)) return;
    found ??= [...index.multikey];
    found[i] = true;
  });
  return found;
}

function meetsArray(doc: Document, path: string): boolean {
  let value: unknown = doc;
  for (const name of path.split('.')) {
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
export function duplicateKey(collection: Collection, index: Pick<Index, 'name' | 'fields'>, doc: Document): StoreError {
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
