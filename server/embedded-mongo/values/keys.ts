import type { Code, Int32, Long, ObjectId } from 'bson';
import { refuse } from '../errors.js';
import { binaryParts, regexParts } from './compare.js';
import { KeyWriter } from './key-writer.js';
import { compilePath, fieldOf, type Path } from './paths.js';
import { isDocument, typeInfo, type Document } from './types.js';

/** One component of an index key or of a sort. */
export interface KeyField {
  readonly path: string;
  readonly direction: 1 | -1;
}

type WriteBody = (writer: KeyWriter, value: unknown) => void;

// A list or document ends with a byte below every type byte.
const END = 0;
const typeByte = (rank: number): number => rank + 4;

function writeNumber(writer: KeyWriter, value: unknown): void {
  const plain = typeof value === 'number' ? value : (value as Int32).value;
  if (typeof plain !== 'number') {
    writer.number(value);
    return;
  }
  writer.double(plain);
  writer.byte(0);
}

function writeDocument(writer: KeyWriter, value: Document): void {
  for (const [name, item] of Object.entries(value)) {
    const { rank } = typeInfo(item);
    writer.byte(typeByte(rank));
    writer.text(name);
    bodies[rank]?.(writer, item);
  }
  writer.byte(END);
}

function writeBinary(writer: KeyWriter, value: unknown): void {
  const { bytes, subtype } = binaryParts(value);
  writer.unsigned32(bytes.length);
  writer.byte(subtype);
  writer.bytes(bytes);
}

function writeRegex(writer: KeyWriter, value: unknown): void {
  const { pattern, options } = regexParts(value);
  writer.text(pattern);
  writer.text(options);
}

const bodies: Readonly<Record<number, WriteBody>> = {
  10: writeNumber,
  15: (writer, value) => { writer.text(String(value)); },
  20: (writer, value) => { writeDocument(writer, value as Document); },
  25: (writer, value) => {
    for (const item of value as unknown[]) writeValue(writer, item);
    writer.byte(END);
  },
  30: writeBinary,
  35: (writer, value) => { writer.bytes((value as ObjectId).id); },
  40: (writer, value) => { writer.byte(value === true ? 1 : 0); },
  45: (writer, value) => { writer.signed64(BigInt((value as Date).getTime())); },
  47: (writer, value) => { writer.unsigned64(BigInt.asUintN(64, (value as Long).toBigInt())); },
  50: writeRegex,
  60: (writer, value) => { writer.text((value as Code).code); },
};

function writeValue(writer: KeyWriter, value: unknown): void {
  const { rank } = typeInfo(value);
  writer.byte(typeByte(rank));
  bodies[rank]?.(writer, value);
}

/**
 * Bytes whose memcmp order is the order of `compareValues`, component by component, turned round for direction -1.
 * No component is a prefix of another, so a prefix of components is a prefix of the bytes.
 */
export function encodeKey(values: readonly unknown[], directions: readonly (1 | -1)[]): Buffer {
  const writer = new KeyWriter();
  values.forEach((value, i) => {
    const start = writer.size;
    writeValue(writer, value);
    if (directions[i] === -1) writer.invert(start);
  });
  return writer.finish();
}

/** Where a field stands on its way down: `done` with a value, or stopped before an array. */
interface Cursor {
  readonly path: Path;
  depth: number;
  value: unknown;
}

/** Goes down through documents (and array positions named by a number) until the leaf or an array that spreads. */
function descend(cursor: Cursor): void {
  while (cursor.depth < cursor.path.parts.length) {
    const part = cursor.path.parts[cursor.depth] as string;
    const { value } = cursor;
    if (Array.isArray(value)) {
      if (!isPosition(value, cursor, part)) return;
      cursor.value = (value as unknown[])[cursor.path.indexes[cursor.depth] as number];
    } else {
      cursor.value = isDocument(value) ? fieldOf(value, part) : undefined;
    }
    cursor.depth += 1;
  }
}

function isPosition(items: readonly unknown[], cursor: Cursor, part: string): boolean {
  const index = cursor.path.indexes[cursor.depth] as number;
  if (index < 0 || index >= items.length) return false;
  if (items.some((item) => isDocument(item) && Object.hasOwn(item, part))) {
    throw refuse.location(16746, `Ambiguous field name found in array (do not use numeric field names in embedded elements in an array), field: '${part}' for array: ${cursor.path.text}`);
  }
  return true;
}

const isLeaf = (cursor: Cursor): boolean => cursor.depth === cursor.path.parts.length;

/** A missing field counts as null, an empty array at the leaf as "undefined", which sorts below null. */
function finished(cursor: Cursor): unknown {
  return cursor.value === undefined ? null : cursor.value;
}

/** The element of the spread array as each cursor on it sees it. */
function enter(cursor: Cursor, spread: readonly unknown[], item: unknown): Cursor {
  if (cursor.value !== spread) return { ...cursor };
  if (isLeaf(cursor)) return { ...cursor, value: item };
  return { ...cursor, value: isDocument(item) ? item : undefined };
}

function expand(cursors: readonly Cursor[], settled: ReadonlySet<Path>): unknown[][] {
  for (const cursor of cursors) if (!settled.has(cursor.path)) descend(cursor);
  const spreading = cursors.filter((cursor) => Array.isArray(cursor.value) && !settled.has(cursor.path));
  const spread = spreading[0]?.value as unknown[] | undefined;
  if (spread === undefined) return [cursors.map(finished)];
  const rival = spreading.find((cursor) => cursor.value !== spread);
  if (rival !== undefined) throw parallel(spreading[0] as Cursor, rival);
  // An element that the leaf reached is final, even when it is itself an array.
  const leaves = new Set([...settled, ...spreading.filter(isLeaf).map((cursor) => cursor.path)]);
  if (spread.length === 0) return [cursors.map((c) => (c.value === spread ? (isLeaf(c) ? undefined : null) : finished(c)))];
  return spread.flatMap((item) => expand(cursors.map((cursor) => enter(cursor, spread, item)), leaves));
}

function parallel(a: Cursor, b: Cursor): Error {
  const name = (cursor: Cursor): string => cursor.path.parts[Math.max(0, cursor.depth - 1)] as string;
  return refuse.parallelArrays(`cannot index parallel arrays [${name(b)}] [${name(a)}]`);
}

/** Compiles the fields of an index once; the result gives all keys of a document (several if an array is indexed, possibly equal ones). */
export function compileIndexKeys(fields: readonly KeyField[]): (doc: Document) => unknown[][] {
  const paths = fields.map((field) => compilePath(field.path));
  return (doc) => expand(paths.map((path) => ({ path, depth: 0, value: doc })), new Set());
}

/** All index keys of a document; throws code 171 where two of the fields are different arrays. */
export function indexKeys(doc: Document, fields: readonly KeyField[]): unknown[][] {
  return compileIndexKeys(fields)(doc);
}
