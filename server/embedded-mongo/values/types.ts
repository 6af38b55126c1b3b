import type { Binary, BSONRegExp, Decimal128, Double, Int32, Long, ObjectId, Timestamp } from 'bson';
import { refuse } from '../errors.js';

/** A decoded document; an absent key is "missing", `null` is BSON null. */
export interface Document {
  [key: string]: unknown;
}

/** Any of the number types; plain JS numbers count as int32 when integral and in range, else as double. */
export type NumericValue = number | bigint | Int32 | Double | Long | Decimal128;

/** Every BSON type that the engine tells apart: its number and alias of the `$type` operator and its place in the sort order. */
interface TypeInfo {
  readonly number: number;
  readonly alias: string;
  readonly rank: number;
}

const info = (number: number, alias: string, rank: number): TypeInfo => ({ number, alias, rank });

const DOUBLE = info(1, 'double', 10);
const STRING = info(2, 'string', 15);
const OBJECT = info(3, 'object', 20);
const ARRAY = info(4, 'array', 25);
const BINARY = info(5, 'binData', 30);
const UNDEFINED = info(6, 'undefined', 0);
const OBJECT_ID = info(7, 'objectId', 35);
const BOOL = info(8, 'bool', 40);
const DATE = info(9, 'date', 45);
const NULL = info(10, 'null', 5);
const REGEX = info(11, 'regex', 50);
const CODE = info(13, 'javascript', 60);
const SYMBOL = info(14, 'symbol', 15);
const INT = info(16, 'int', 10);
const TIMESTAMP = info(17, 'timestamp', 47);
const LONG = info(18, 'long', 10);
const DECIMAL = info(19, 'decimal', 10);
const MIN_KEY = info(-1, 'minKey', -1);
const MAX_KEY = info(127, 'maxKey', 127);

const byTag: Readonly<Record<string, TypeInfo>> = {
  Int32: INT,
  Double: DOUBLE,
  Long: LONG,
  Decimal128: DECIMAL,
  ObjectId: OBJECT_ID,
  Binary: BINARY,
  BSONRegExp: REGEX,
  Timestamp: TIMESTAMP,
  MinKey: MIN_KEY,
  MaxKey: MAX_KEY,
  Code: CODE,
  BSONSymbol: SYMBOL,
};

/** `$type` aliases with their numbers; `number` stands for all four numeric types. */
export const typeAliases: ReadonlyMap<string, number> = new Map(
  [
    DOUBLE,
    STRING,
    OBJECT,
    ARRAY,
    BINARY,
    UNDEFINED,
    OBJECT_ID,
    BOOL,
    DATE,
    NULL,
    REGEX,
    CODE,
    SYMBOL,
    INT,
    TIMESTAMP,
    LONG,
    DECIMAL,
    MIN_KEY,
    MAX_KEY,
  ].map((t) => [t.alias, t.number]),
);

const isInt32 = (n: number): boolean => (n | 0) === n && !Object.is(n, -0);

function objectInfo(value: object): TypeInfo {
  // Decoded documents are plain objects; this first question is nearly always the last.
  if (Object.getPrototypeOf(value) === Object.prototype) return OBJECT;
  if (Array.isArray(value)) return ARRAY;
  const tag = (value as { _bsontype?: unknown })._bsontype;
  if (typeof tag === 'string') {
    const found = byTag[tag];
    if (found !== undefined) return found;
    throw refuse.badValue(`values of type ${tag} are not supported`);
  }
  if (value instanceof Date) return DATE;
  if (value instanceof RegExp) return REGEX;
  if (value instanceof Uint8Array) return BINARY;
  return OBJECT;
}

/** The BSON type of any value, `undefined` being "missing". */
export function typeInfo(value: unknown): TypeInfo {
  switch (typeof value) {
    case 'string':
      return STRING;
    case 'number':
      return isInt32(value) ? INT : DOUBLE;
    case 'boolean':
      return BOOL;
    case 'undefined':
      return UNDEFINED;
    case 'bigint':
      return LONG;
    case 'object':
      return value === null ? NULL : objectInfo(value);
    default:
      throw refuse.badValue(`values of type ${typeof value} are not supported`);
  }
}

/** The place of a value's type in MongoDB's order of types. */
export const typeRank = (value: unknown): number => typeInfo(value).rank;

/** The alias of a value's type as MongoDB's messages spell it. */
export const typeName = (value: unknown): string => (value === undefined ? 'missing' : typeInfo(value).alias);

/** True for int32, long, double and decimal128. */
export function isNumeric(value: unknown): value is NumericValue {
  if (typeof value === 'number' || typeof value === 'bigint') return true;
  if (typeof value !== 'object' || value === null) return false;
  return typeInfo(value).rank === 10;
}

/** True for an embedded document (not an array, date, id or any other scalar that JS holds as an object). */
export function isDocument(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && objectInfo(value) === OBJECT;
}

/** Alias-checked narrowing for the scalar classes that have no own JS type. */
export interface TaggedTypes {
  int: Int32 | number;
  double: Double | number;
  long: Long | bigint;
  decimal: Decimal128;
  objectId: ObjectId;
  binData: Binary | Uint8Array;
  regex: BSONRegExp | RegExp;
  timestamp: Timestamp;
}

/** Narrows a value to one of the tagged BSON types. */
export function isType<K extends keyof TaggedTypes>(value: unknown, alias: K): value is TaggedTypes[K] {
  return value !== undefined && typeInfo(value).alias === alias;
}
