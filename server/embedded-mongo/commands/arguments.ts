import { refuse } from '../errors.js';
import { parseSort } from '../query/sort.js';
import { isTruthy } from '../values/truth.js';
import { isDocument, isNumeric, typeName, type Document } from '../values/types.js';
import type { Context } from './context.js';

const wrongType = (context: Context, field: string, value: unknown, expected: string): Error =>
  refuse.typeMismatch(`BSON field '${context.name}.${field}' is the wrong type '${typeName(value)}', expected type '${expected}'`);

/** The collection that a command names as its own value. */
export function collectionName(context: Context): string {
  const value = context.command[context.name];
  if (typeof value !== 'string') throw refuse.invalidNamespace(`collection name has invalid type ${typeName(value)}`);
  if (value === '') throw refuse.invalidNamespace(`Invalid namespace specified '${context.db}.'`);
  return value;
}

/** An optional sub-document; an empty one when absent. */
export function documentArgument(context: Context, field: string): Document {
  const value = context.command[field];
  if (value === undefined || value === null) return {};
  if (!isDocument(value)) throw wrongType(context, field, value, 'object');
  return value;
}

/** An optional sort, checked also where there is nothing to sort. */
export function sortArgument(context: Context): Document {
  const sort = documentArgument(context, 'sort');
  parseSort(sort);
  return sort;
}

/** A list that must be given. */
export function listArgument(context: Context, field: string): unknown[] {
  const value = context.command[field];
  if (value === undefined) throw refuse.location(40414, `BSON field '${context.name}.${field}' is missing but a required field`);
  if (!Array.isArray(value)) throw wrongType(context, field, value, 'array');
  return value;
}

/** An optional whole number of at least 0. */
export function numberArgument(context: Context, field: string, absent: number): number {
  const value = context.command[field];
  if (value === undefined || value === null) return absent;
  if (!isNumeric(value)) throw wrongType(context, field, value, 'long');
  const number = Number(value.toString());
  if (!Number.isInteger(number)) throw refuse.badValue(`BSON field '${context.name}.${field}' must be a whole number`);
  if (number < 0) throw refuse.location(51024, `BSON field '${field}' value must be >= 0, actual value '${String(number)}'`);
  return number;
}

/** An optional switch; numbers count as in MongoDB. */
export const booleanArgument = (context: Context, field: string, absent: boolean): boolean =>
  switchFrom(context.command[field], `${context.name}.${field}`) ?? absent;

/** A switch of a command or a statement by its full name, or undefined when it is not given. */
export function switchFrom(value: unknown, field: string): boolean | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'boolean' || isNumeric(value)) return isTruthy(value);
  throw refuse.typeMismatch(`BSON field '${field}' is the wrong type '${typeName(value)}', expected type 'bool'`);
}

/** The index that a hint means: its name, found by key pattern if need be. */
export function hintName(hint: unknown): string | undefined {
  if (hint === undefined || hint === null) return undefined;
  if (typeof hint === 'string') return hint;
  if (!isDocument(hint)) throw refuse.failedToParse('hint must be a string or a document');
  return Object.keys(hint).length === 0 ? undefined : nameOfKey(hint);
}

/** The name that MongoDB gives an index of this key. */
export const nameOfKey = (key: Document): string =>
  Object.entries(key)
    .map(([path, direction]) => `${path}_${String(Number(direction))}`)
    .join('_');
