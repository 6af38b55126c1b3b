import { Double, Int32, Long, Timestamp, type Binary, type BSONRegExp, type Code, type ObjectId } from 'bson';
import { compareExact, toExact } from './decimal.js';
import { typeInfo, type Document } from './types.js';

/** Code-unit order differs from MongoDB's byte order only where a surrogate meets U+E000–U+FFFF. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i += 1) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return codePointRank(x) - codePointRank(y) < 0 ? -1 : 1;
  }
  return a.length < b.length ? -1 : 1;
}

const codePointRank = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);

/**
 * The exact JS number of an int32, a double or an int64 within 2^53; undefined for what needs exact comparison, and for
 * no number at all. (A Timestamp is a Long to JS, but no number to MongoDB.)
 */
export function plainNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (value instanceof Int32 || value instanceof Double) return value.value;
  if (!(value instanceof Long) || value instanceof Timestamp) return undefined;
  const number = value.toNumber();
  return Number.isSafeInteger(number) ? number : undefined;
}

/** NaN is equal to itself and below every other number. */
function compareFloats(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  if (a === b) return 0;
  return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
}

/** Numbers of which at least one is an int64 or decimal128; the others never get here. */
function compareWideNumbers(a: unknown, b: unknown): number {
  const left = toExact(a);
  const right = toExact(b);
  if (typeof left === 'object' && typeof right === 'object') return compareExact(left, right);
  return compareFloats(typeof left === 'object' ? 0 : left, typeof right === 'object' ? 0 : right);
}

/** Field by field in stored order: type, then name, then value; a prefix sorts first. */
function compareDocuments(a: Document, b: Document): number {
  const left = Object.keys(a);
  const right = Object.keys(b);
  const shared = Math.min(left.length, right.length);
  for (let i = 0; i < shared; i += 1) {
    const order = compareFields(a, left[i] as string, b, right[i] as string);
    if (order !== 0) return order;
  }
  return Math.sign(left.length - right.length);
}

function compareFields(a: Document, nameA: string, b: Document, nameB: string): number {
  const ranks = typeInfo(a[nameA]).rank - typeInfo(b[nameB]).rank;
  if (ranks !== 0) return Math.sign(ranks);
  return compareStrings(nameA, nameB) || compareValues(a[nameA], b[nameB]);
}

function compareArrays(a: readonly unknown[], b: readonly unknown[]): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i += 1) {
    const order = compareValues(a[i], b[i]);
    if (order !== 0) return order;
  }
  return Math.sign(a.length - b.length);
}

/** The bytes and subtype of a binary value in either of its JS forms. */
export function binaryParts(value: unknown): { bytes: Uint8Array; subtype: number } {
  if (value instanceof Uint8Array) return { bytes: value, subtype: 0 };
  const binary = value as Binary;
  return { bytes: binary.value(), subtype: binary.sub_type };
}

/** Length first, then subtype, then bytes. */
function compareBinary(a: unknown, b: unknown): number {
  const x = binaryParts(a);
  const y = binaryParts(b);
  return Math.sign(x.bytes.length - y.bytes.length) || Math.sign(x.subtype - y.subtype) || Buffer.compare(x.bytes, y.bytes);
}

/** Pattern and options of a regular expression in either of its JS forms. */
export function regexParts(value: unknown): { pattern: string; options: string } {
  if (value instanceof RegExp) return { pattern: value.source, options: value.flags };
  const regex = value as BSONRegExp;
  return { pattern: regex.pattern, options: regex.options };
}

function compareRegex(a: unknown, b: unknown): number {
  const x = regexParts(a);
  const y = regexParts(b);
  return compareStrings(x.pattern, y.pattern) || compareStrings(x.options, y.options);
}

function compareCode(a: unknown, b: unknown): number {
  return compareStrings((a as Code).code, (b as Code).code);
}

const byRank: Readonly<Record<number, (a: unknown, b: unknown) => number>> = {
  10: compareWideNumbers,
  15: (a, b) => compareStrings(String(a), String(b)),
  20: (a, b) => compareDocuments(a as Document, b as Document),
  25: (a, b) => compareArrays(a as unknown[], b as unknown[]),
  30: compareBinary,
  35: (a, b) => Buffer.compare((a as ObjectId).id, (b as ObjectId).id),
  40: (a, b) => Number(a) - Number(b),
  45: (a, b) => Math.sign((a as Date).getTime() - (b as Date).getTime()),
  47: (a, b) => (a as Timestamp).compare(b as Timestamp),
  50: compareRegex,
  60: compareCode,
};

/**
 * MongoDB's order over all values: MinKey, missing, null, numbers, strings, documents, arrays, binary, ObjectId, bool, date, timestamp, regex, MaxKey.
 * https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/
 */
export function compareValues(a: unknown, b: unknown): number {
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  const x = plainNumber(a);
  const y = x === undefined ? undefined : plainNumber(b);
  if (x !== undefined && y !== undefined) return compareFloats(x, y);
  const left = typeInfo(a).rank;
  const right = typeInfo(b).rank;
  if (left !== right) return left < right ? -1 : 1;
  return byRank[left]?.(a, b) ?? 0;
}

/** Equality of MongoDB: numbers across types, sub-documents with key order. */
export function equalValues(a: unknown, b: unknown): boolean {
  return a === b || compareValues(a, b) === 0;
}
