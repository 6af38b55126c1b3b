import type { Code, Long, ObjectId } from 'bson';
import { refuse } from '../errors.js';
import { binaryParts, plainNumber, regexParts } from './compare.js';
import { KeyWriter } from './keyWriter.js';
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
  const plain = plainNumber(value);
  if (plain === undefined) {
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
  15: (writer, value) => {
    writer.text(String(value));
  },
  20: (writer, value) => {
    writeDocument(writer, value as Document);
  },
  25: (writer, value) => {
    for (const item of value as unknown[]) writeValue(writer, item);
    writer.byte(END);
  },
  30: writeBinary,
  35: (writer, value) => {
    writer.bytes((value as ObjectId).id);
  },
  40: (writer, value) => {
    writer.byte(value === true ? 1 : 0);
  },
  45: (writer, value) => {
    writer.milliseconds((value as Date).getTime());
  },
  47: (writer, value) => {
    writer.unsigned64(BigInt.asUintN(64, (value as Long).toBigInt()));
  },
  50: writeRegex,
  60: (writer, value) => {
    writer.text((value as Code).code);
  },
};

function writeValue(writer: KeyWriter, value: unknown): void {
  const { rank } = typeInfo(value);
  writer.byte(typeByte(rank));
  bodies[rank]?.(writer, value);
}

// Keys are written without a pause, so one writer serves all.
const shared = new KeyWriter();

/**
 * Bytes whose memcmp order is the order of `compareValues`, component by component, turned round for direction -1.
 * No component is a prefix of another, so a prefix of components is a prefix of the bytes.
 */
export function encodeKey(values: readonly unknown[], directions: readonly (1 | -1)[]): Buffer {
  shared.clear();
  for (let i = 0; i < values.length; i += 1) {
    const start = shared.size;
    writeValue(shared, values[i]);
    if (directions[i] === -1) shared.invert(start);
  }
  return shared.finish();
}

/** Where a field stands on its way down a document; `settled` once its value is final. */
interface Cursor {
  readonly path: Path;
  readonly depth: number;
  readonly value: unknown;
  readonly settled: boolean;
}

const isLeaf = (cursor: Cursor): boolean => cursor.depth === cursor.path.parts.length;

/** Goes down through documents (and array positions named by a number) until the leaf or an array that spreads. */
function descend(start: Cursor): Cursor {
  let cursor = start;
  while (!cursor.settled && !isLeaf(cursor)) {
    const next = Array.isArray(cursor.value) ? atPosition(cursor.value, cursor) : inField(cursor);
    if (next === undefined) return cursor;
    cursor = next;
  }
  return cursor;
}

function inField({ path, depth, value }: Cursor): Cursor {
  const item = isDocument(value) ? fieldOf(value, path.parts[depth] as string) : undefined;
  // A field that is not there counts as null.
  return { path, depth: depth + 1, value: item ?? null, settled: item === undefined };
}

/** An element that the last part of the path names is indexed whole, even when it is itself an array. */
function atPosition(items: readonly unknown[], { path, depth }: Cursor): Cursor | undefined {
  const index = path.indexes[depth] as number;
  if (index < 0 || index >= items.length) return undefined;
  const part = path.parts[depth] as string;
  if (items.some((item) => isDocument(item) && Object.hasOwn(item, part))) {
    throw refuse.location(
      16746,
      `Ambiguous field name found in array (do not use numeric field names in embedded elements in an array), field: '${part}' for array: ${path.text}`,
    );
  }
  return { path, depth: depth + 1, value: items[index], settled: depth + 1 === path.parts.length };
}

/** The element of the spread array as each cursor on it sees it; an empty array is entered with "undefined", which sorts below null. */
function enter(cursor: Cursor, spread: readonly unknown[], item: unknown): Cursor {
  if (cursor.settled || cursor.value !== spread) return cursor;
  if (isLeaf(cursor)) return { ...cursor, value: item, settled: true };
  return isDocument(item) ? { ...cursor, value: item } : { ...cursor, value: null, settled: true };
}

function expand(start: readonly Cursor[]): unknown[][] {
  const cursors = start.map(descend);
  const spreading = cursors.filter((cursor) => !cursor.settled && Array.isArray(cursor.value));
  const [first] = spreading;
  if (first === undefined) return [cursors.map((cursor) => cursor.value)];
  const rival = spreading.find((cursor) => cursor.value !== first.value);
  if (rival !== undefined) throw parallel(first, rival);
  const spread = first.value as unknown[];
  const items = spread.length === 0 ? [undefined] : spread;
  return items.flatMap((item) => expand(cursors.map((cursor) => enter(cursor, spread, item))));
}

function parallel(a: Cursor, b: Cursor): Error {
  const name = (cursor: Cursor): string => cursor.path.parts[Math.max(0, cursor.depth - 1)] as string;
  return refuse.parallelArrays(`cannot index parallel arrays [${name(b)}] [${name(a)}]`);
}

/** The one value of a path without arrays (missing as null), or FOUND_ARRAY. */
function plainValue(doc: Document, path: Path): unknown {
  let value: unknown = doc;
  for (const part of path.parts) {
    if (!isDocument(value)) return Array.isArray(value) ? FOUND_ARRAY : null;
    value = fieldOf(value, part);
  }
  if (Array.isArray(value)) return FOUND_ARRAY;
  return value === undefined ? null : value;
}

const FOUND_ARRAY = Symbol('array on the path');

/** Compiles the fields of an index once; the result gives all keys of a document (several if an array is indexed, possibly equal ones). */
export function compileIndexKeys(fields: readonly KeyField[]): (doc: Document) => unknown[][] {
  const paths = fields.map((field) => compilePath(field.path));
  return (doc) => {
    const plain = paths.map((path) => plainValue(doc, path));
    if (!plain.includes(FOUND_ARRAY)) return [plain];
    return expand(paths.map((path) => ({ path, depth: 0, value: doc, settled: false })));
  };
}

const compiled = new WeakMap<readonly KeyField[], (doc: Document) => unknown[][]>();

/** All index keys of a document; throws code 171 where two of the fields are different arrays. */
export function indexKeys(doc: Document, fields: readonly KeyField[]): unknown[][] {
  let keysOf = compiled.get(fields);
  if (keysOf === undefined) {
    keysOf = compileIndexKeys(fields);
    compiled.set(fields, keysOf);
  }
  return keysOf(doc);
}
