/** Bytes of one BSON document that need not be decoded to be passed on. */
export type Raw = Uint8Array;

const DOUBLE = 1;
const DOCUMENT = 3;
const ARRAY = 4;
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
