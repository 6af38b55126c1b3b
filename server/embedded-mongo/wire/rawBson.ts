import { refuse } from '../errors.js';

/** Bytes of one BSON document that need not be decoded to be passed on. */
export type Raw = Uint8Array;

const DOUBLE = 1;
const DOCUMENT = 3;
const ARRAY = 4;
const REGEX = 11;

/** Fixed sizes of element values by type; types with a length of their own are worked out below. */
const fixedSizes: Readonly<Record<number, number>> = { 1: 8, 6: 0, 7: 12, 8: 1, 9: 8, 10: 0, 16: 4, 17: 8, 18: 8, 19: 16, 255: 0, 127: 0 };

/** Types that begin with a length: how many bytes it does not count. Strings, documents, arrays, binaries, pointers, code. */
const aroundLength: Readonly<Record<number, number>> = { 2: 4, 3: 0, 4: 0, 5: 5, 12: 16, 13: 4, 14: 4, 15: 0 };

/** One element of a raw document: where its type byte and its value are. */
export interface RawElement {
  readonly name: string;
  readonly type: number;
  readonly start: number;
  readonly valueStart: number;
  readonly end: number;
}

/** The elements of a document's top level, without decoding their values. */
export function* elements(raw: Raw): Iterable<RawElement> {
  const bytes = asBuffer(raw);
  const last = bytes.length - 1;
  let at = 4;
  while (at < last) {
    const start = at;
    const type = bytes[at] as number;
    const nameEnd = bytes.indexOf(0, at + 1);
    if (nameEnd < 0) throw refuse.location(22, 'invalid BSON: unterminated name');
    const valueStart = nameEnd + 1;
    at = valueStart + valueSize(bytes, type, valueStart);
    if (at > last) throw refuse.location(22, 'invalid BSON: value beyond the end');
    yield { name: bytes.toString('utf8', start + 1, nameEnd), type, start, valueStart, end: at };
  }
}

function valueSize(bytes: Buffer, type: number, at: number): number {
  const fixed = fixedSizes[type];
  if (fixed !== undefined) return fixed;
  const around = aroundLength[type];
  if (around !== undefined) return around + bytes.readInt32LE(at);
  if (type === REGEX) return bytes.indexOf(0, bytes.indexOf(0, at) + 1) + 1 - at;
  throw refuse.location(22, `invalid BSON: unknown type ${String(type)}`);
}

/** A view of the same bytes as a Buffer. */
export const asBuffer = (raw: Raw): Buffer => (Buffer.isBuffer(raw) ? raw : Buffer.from(raw.buffer, raw.byteOffset, raw.length));

const OK_DOUBLE = 1;

/**
 * The reply of a cursor command, `{cursor: {firstBatch | nextBatch: […], id, ns}, ok: 1}`, put together around documents
 * that stay as they lie in the file.
 */
export function cursorReply(batch: readonly Raw[], id: bigint, ns: string, field: 'firstBatch' | 'nextBatch'): Buffer {
  const list = rawArray(batch);
  const idElement = element(18, 'id', int64(id));
  const nsElement = element(2, 'ns', string(ns));
  const cursor = document([element(ARRAY, field, list), idElement, nsElement]);
  return document([element(DOCUMENT, 'cursor', cursor), element(DOUBLE, 'ok', double(OK_DOUBLE))]);
}

function rawArray(items: readonly Raw[]): Buffer {
  const parts: Uint8Array[] = [];
  items.forEach((item, i) => {
    parts.push(Buffer.from(`\u0003${String(i)}\0`, 'latin1'), item);
  });
  return document(parts);
}

/** Wraps elements into a document. */
export function document(parts: readonly Uint8Array[]): Buffer {
  let length = 5;
  for (const part of parts) length += part.length;
  const bytes = Buffer.allocUnsafe(length);
  bytes.writeInt32LE(length, 0);
  let at = 4;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  bytes[at] = 0;
  return bytes;
}

const element = (type: number, name: string, value: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([type]), Buffer.from(`${name}\0`, 'utf8'), value]);

function int64(value: bigint): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigInt64LE(value, 0);
  return bytes;
}

function double(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeDoubleLE(value, 0);
  return bytes;
}

function string(value: string): Buffer {
  const text = Buffer.from(`${value}\0`, 'utf8');
  const bytes = Buffer.allocUnsafe(4 + text.length);
  bytes.writeInt32LE(text.length, 0);
  bytes.set(text, 4);
  return bytes;
}
