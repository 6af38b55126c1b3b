import { Int32 } from 'bson';
import { refuse, StoreError } from '../errors.js';
import { parsePlainFilter, type FilterNode } from '../query/filter.js';
import { equalValues } from '../values/compare.js';
import { toNumber } from '../values/numbers.js';
import { isDocument, isNumeric, typeName, type Document } from '../values/types.js';
import { nameOfKey, switchFrom } from './arguments.js';
import { indexOptions } from './list.js';

/** MongoDB's most for one index. */
const MOST_FIELDS = 32;

/** The longest life of a document that MongoDB takes. */
const MOST_SECONDS = 2 ** 31 - 1;

const unservedOption = (option: string, why: string): StoreError =>
  new StoreError(
    `The field '${option}' is not valid for an index specification. Specification: ${why}`,
    197,
    'InvalidIndexSpecificationOption',
  );

/** An index as asked for, in the form that is kept. */
export function checkedSpec(given: unknown): Document {
  if (!isDocument(given)) throw refuse.typeMismatch('The elements of the indexes array must be objects');
  const unknown = Object.keys(given).find((option) => !Object.hasOwn(indexOptions, option));
  if (unknown !== undefined && given[unknown] !== false) throw unservedOption(unknown, 'it is not served by this store');
  const { partialFilterExpression, expireAfterSeconds } = given;
  const key = checkedKey(given);
  if (partialFilterExpression !== undefined) checkPartial(partialFilterExpression);
  if (expireAfterSeconds !== undefined) checkExpire(expireAfterSeconds, key);
  return {
    v: new Int32(2),
    key,
    name: checkedName(given, key),
    ...(switchFrom(given['unique'], 'createIndexes.indexes.unique') === true ? { unique: true } : {}),
    ...(partialFilterExpression === undefined ? {} : { partialFilterExpression }),
    ...(expireAfterSeconds === undefined ? {} : { expireAfterSeconds }),
  };
}

function checkedName({ name }: Document, key: Document): string {
  if (name === undefined) return nameOfKey(key);
  if (typeof name !== 'string') throw refuse.typeMismatch(`The field 'name' must be a string, but got ${typeName(name)}`);
  if (name === '') throw refuse.cannotCreateIndex('index name cannot be empty');
  if (name === '*') throw refuse.badValue("The index name '*' is not valid.");
  return name;
}

function checkedKey(given: Document): Document {
  if (!Object.hasOwn(given, 'key')) throw refuse.failedToParse("The 'key' field is a required property of an index specification");
  const { key } = given;
  if (!isDocument(key)) throw refuse.typeMismatch(`The field 'key' must be an object, but got ${typeName(key)}`);
  const fields = Object.entries(key);
  if (fields.length === 0) throw refuse.cannotCreateIndex('Index keys cannot be empty.');
  if (fields.length > MOST_FIELDS) throw refuse.location(13103, `too many compound keys: ${String(fields.length)}`);
  for (const [path, direction] of fields) checkField(path, direction);
  if (fields.length === 1 && Object.hasOwn(key, '_id')) checkId(given, key);
  return key;
}

function checkField(path: string, direction: unknown): void {
  if (path === '' || path.split('.').some((part) => part === '' || part.startsWith('$'))) {
    throw refuse.cannotCreateIndex(`Index keys cannot be an empty field or start with '$': '${path}'`);
  }
  if (typeof direction === 'string') throw refuse.cannotCreateIndex(`Unknown index plugin '${direction}'`);
  const number = isNumeric(direction) ? toNumber(direction) : 0;
  if (number === 0 || Number.isNaN(number)) throw refuse.cannotCreateIndex('Values in the index key pattern must be numbers other than 0');
}

/** The order of the documents themselves is asked for, which has no options. */
function checkId(given: Document, key: Document): void {
  if (!equalValues(key, { _id: 1 })) throw refuse.badValue("The field 'key' for an _id index must be {_id: 1}");
  const option = ['unique', 'partialFilterExpression', 'expireAfterSeconds'].find((name) => given[name] !== undefined);
  if (option !== undefined) throw unservedOption(option, 'an _id index has no options');
}

function checkPartial(partial: unknown): void {
  if (!isDocument(partial)) throw refuse.typeMismatch("The field 'partialFilterExpression' must be an object");
  if (!isPartial(parsePlainFilter(partial))) throw refuse.cannotCreateIndex('Expression not supported in partial index');
}

const COMPARISONS = new Set<FilterNode['op']>(['eq', 'gt', 'gte', 'lt', 'lte', 'type']);

/** MongoDB's list: equality, order, `$exists: true`, `$type`, `$in`, `$and` and `$or` of them. */
function isPartial(node: FilterNode): boolean {
  if (node.op === 'and' || node.op === 'or') return node.nodes.every(isPartial);
  if (node.op === 'exists') return node.wanted;
  return node.op === 'in' ? node.patterns.length === 0 : COMPARISONS.has(node.op);
}

function checkExpire(expire: unknown, key: Document): void {
  const seconds = isNumeric(expire) ? toNumber(expire) : NaN;
  if (!(seconds >= 0 && seconds <= MOST_SECONDS)) {
    throw refuse.cannotCreateIndex(`TTL index 'expireAfterSeconds' option must be a number from 0 to ${String(MOST_SECONDS)}`);
  }
  if (Object.keys(key).length !== 1)
    throw refuse.cannotCreateIndex('TTL indexes are single-field indexes, compound indexes do not support TTL');
}
