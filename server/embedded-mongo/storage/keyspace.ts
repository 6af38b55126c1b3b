import { createHash } from 'node:crypto';

// First byte of a key: what kind of pair it is. Documents and index entries of one collection lie together.
const FORMAT = 0x10;
const CATALOGUE = 0x20;
const COUNT = 0x21;
const GARBAGE = 0x22;
const RETRY = 0x30;
const DOCUMENT = 0x40;
const INDEX = 0x50;

/** lmdb takes keys of up to 1,978 bytes; an index entry holds a value part and an id part. */
const LONGEST_PART = 900;
const HASH_BYTES = 32;

/** The parts of the file. */
export const spaces = {
  format: Buffer.from([FORMAT]),
  catalogue: Buffer.from([CATALOGUE]),
  counts: Buffer.from([COUNT]),
  retries: Buffer.from([RETRY]),
  garbage: Buffer.from([GARBAGE]),
} as const;

const kinds: Readonly<Record<number, string>> = {
  [FORMAT]: 'format',
  [CATALOGUE]: 'catalogue',
  [COUNT]: 'count',
  [GARBAGE]: 'garbage',
  [RETRY]: 'retry',
  [DOCUMENT]: 'document',
  [INDEX]: 'index',
};

/** What a key is of, or undefined when it is none of this program's. */
export const kindOf = (key: Uint8Array): string | undefined => kinds[key[0] ?? 0];

/** Bytes in front of the values of a key: the kind, and the number of the collection or index. */
export const KEY_HEAD = 5;

/** The number of the collection or index that a key belongs to. */
export const numberOf = (key: Buffer): number => key.readUInt32BE(1);

function numbered(space: number, id: number, rest: Uint8Array): Buffer {
  const key = Buffer.allocUnsafe(KEY_HEAD + rest.length);
  key[0] = space;
  key.writeUInt32BE(id, 1);
  key.set(rest, KEY_HEAD);
  return key;
}

const nothing = Buffer.alloc(0);

export const catalogueKey = (collectionId: number): Buffer => numbered(CATALOGUE, collectionId, nothing);
export const countKey = (collectionId: number): Buffer => numbered(COUNT, collectionId, nothing);
export const retryKey = (session: Uint8Array): Buffer => Buffer.concat([spaces.retries, session]);

/** Everything a dropped collection or index left behind: a range still to be emptied. */
export const garbageKey = (prefix: Uint8Array): Buffer => Buffer.concat([spaces.garbage, prefix]);
export const garbagePrefix = (key: Buffer): Buffer => key.subarray(1);

/** The number of the collection or index that the garbage is of. */
export const garbageId = (key: Buffer): number => numberOf(garbagePrefix(key));

/** The documents of a collection. */
export const documentPrefix = (collectionId: number): Buffer => numbered(DOCUMENT, collectionId, nothing);

/** Where a document lies: its collection and its `_id` in key order. */
export const documentKey = (collectionId: number, idKey: Uint8Array): Buffer => numbered(DOCUMENT, collectionId, idKey);

/** The `_id` part of a document's key. */
export const idKeyOf = (key: Buffer): Buffer => key.subarray(KEY_HEAD);

/** Start of, or a bound within, an index. */
export const indexBound = (indexId: number, part: Uint8Array = nothing): Buffer => numbered(INDEX, indexId, part);

/** An entry of an index that may hold equal values many times: the id makes it unique. */
export function indexKey(indexId: number, part: Uint8Array, idKey: Uint8Array): Buffer {
  const key = Buffer.allocUnsafe(KEY_HEAD + part.length + idKey.length);
  key[0] = INDEX;
  key.writeUInt32BE(indexId, 1);
  key.set(part, KEY_HEAD);
  key.set(idKey, KEY_HEAD + part.length);
  return key;
}

/** All keys that start with a prefix. */
export const prefixRange = (prefix: Uint8Array): { start: Uint8Array; end: Uint8Array } => ({ start: prefix, end: after(prefix) });

/** The least key above everything that starts with `prefix`. */
export function after(prefix: Uint8Array): Buffer {
  const end = Buffer.from(prefix);
  for (let i = end.length - 1; i >= 0; i -= 1) {
    const byte = end[i] as number;
    if (byte < 0xff) {
      end[i] = byte + 1;
      return end.subarray(0, i + 1);
    }
  }
  return Buffer.concat([prefix, Buffer.alloc(8, 0xff)]);
}

/** True when a part is too long to be kept in full. */
export const isLong = (part: Uint8Array): boolean => part.length > LONGEST_PART;

/** A part of bounded length: long ones keep their start, for rough order, and a hash, for equality. */
export function bounded(part: Buffer): Buffer {
  if (!isLong(part)) return part;
  const hash = createHash('sha256').update(part).digest();
  return Buffer.concat([part.subarray(0, LONGEST_PART - HASH_BYTES), hash]);
}

/** True when a bound reaches beyond what is kept of a long value. */
export const isCut = (part: Uint8Array): boolean => part.length > LONGEST_PART - HASH_BYTES;

/** The start of a bound that is cut so that it lies at or below every bounded key it should let in. */
export const cutBound = (part: Uint8Array): Uint8Array => (isCut(part) ? part.subarray(0, LONGEST_PART - HASH_BYTES) : part);
