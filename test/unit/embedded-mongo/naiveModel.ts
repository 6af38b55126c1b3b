import { EJSON } from 'bson';

/**
 * A second, slow and plain reading of MongoDB's rules for small documents of null, numbers, strings, booleans, dates, arrays
 * and documents. It shares nothing with the store, so that the two can be held against each other.
 */
export type Value = unknown;
export type Doc = Record<string, Value>;

/** What MongoDB would refuse, by its code. */
export class NaiveRefusal extends Error {
  constructor(readonly code: number) {
    super(String(code));
  }
}

export const isDoc = (v: Value): v is Doc =>
  typeof v === 'object' && v !== null && !Array.isArray(v) && !(v instanceof Date) && !('_bsontype' in v);
const isNumber = (v: Value): boolean => typeof v === 'object' && v !== null && '_bsontype' in v;
const isNaNumber = (v: Value): boolean => isNumber(v) && Number.isNaN(Number(v));

/** Canonical text: equal texts are equal values, numbers by value. */
export function canon(v: Value): string {
  if (v === undefined) return 'missing';
  if (isNumber(v)) return `n${String(Number(v))}`;
  if (v instanceof Date) return `d${String(v.getTime())}`;
  if (Array.isArray(v)) return `[${v.map(canon).join(',')}]`;
  if (isDoc(v))
    return `{${Object.entries(v)
      .map(([k, x]) => `${k}:${canon(x)}`)
      .join(',')}}`;
  return JSON.stringify(v);
}

const typeOrder = ['missing', 'null', 'number', 'string', 'doc', 'array', 'boolean', 'date'];

function kind(v: Value): string {
  if (v === undefined) return 'missing';
  if (v === null) return 'null';
  if (isNumber(v)) return 'number';
  if (Array.isArray(v)) return 'array';
  if (v instanceof Date) return 'date';
  return isDoc(v) ? 'doc' : typeof v;
}

/** The order of values, written as comparison of lists of small steps. */
export function naiveCompare(a: Value, b: Value): number {
  const types = typeOrder.indexOf(kind(a)) - typeOrder.indexOf(kind(b));
  if (types !== 0) return Math.sign(types);
  switch (kind(a)) {
    case 'number':
      return compareNumbers(Number(a), Number(b));
    case 'string':
      return (a as string) < (b as string) ? -1 : Number(a !== b);
    case 'boolean':
    case 'date':
      return Math.sign(Number(a) - Number(b));
    case 'array':
      return compareLists(a as Value[], b as Value[], naiveCompare);
    case 'doc':
      return compareLists(Object.entries(a as Doc), Object.entries(b as Doc), compareEntries);
    default:
      return 0;
  }
}

/** NaN comes before all other numbers. */
function compareNumbers(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
  return a < b ? -1 : Number(a > b);
}

function compareLists<T>(a: readonly T[], b: readonly T[], each: (x: T, y: T) => number): number {
  const differing = a
    .slice(0, b.length)
    .map((x, i) => each(x, b[i] as T))
    .find((order) => order !== 0);
  return differing ?? Math.sign(a.length - b.length);
}

function compareEntries(a: [string, Value], b: [string, Value]): number {
  const types = Math.sign(typeOrder.indexOf(kind(a[1])) - typeOrder.indexOf(kind(b[1])));
  if (types !== 0) return types;
  if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1;
  return naiveCompare(a[1], b[1]);
}

/** All leaves that a path reaches, with the mark whether an array there is to be spread. */
function leaves(v: Value, parts: readonly string[]): { value: Value; spread: boolean }[] {
  const [part, ...rest] = parts;
  if (part === undefined) return [{ value: v, spread: true }];
  if (isDoc(v)) return leaves(v[part], rest);
  if (!Array.isArray(v)) return [{ value: undefined, spread: true }];
  const found = v.filter(isDoc).flatMap((item) => leaves(item[part], rest));
  if (!/^\d+$/.test(part) || Number(part) >= v.length) return found;
  const chosen: Value = v[Number(part)];
  if (rest.length === 0) return [...found, { value: chosen, spread: false }];
  return isDoc(chosen) || Array.isArray(chosen) ? [...found, ...leaves(chosen, rest)] : found;
}

const spreadOf = ({ value, spread }: { value: Value; spread: boolean }): Value[] =>
  spread && Array.isArray(value) ? [...(value as Value[]), value] : [value];

const nullish = (v: Value): boolean => v === null || v === undefined;

function compareOp(op: string, v: Value, wanted: Value): boolean {
  if (wanted === null) return op.endsWith('te') && nullish(v);
  if (v === undefined || kind(v) !== kind(wanted)) return false;
  if (isNaNumber(v) || isNaNumber(wanted)) return op.endsWith('te') && canon(v) === canon(wanted);
  const order = naiveCompare(v, wanted);
  return { $gt: order > 0, $gte: order >= 0, $lt: order < 0, $lte: order <= 0 }[op] ?? false;
}

const equals = (v: Value, wanted: Value): boolean => (wanted === null ? nullish(v) : canon(v) === canon(wanted));

type Leaves = { value: Value; spread: boolean }[];

/** The test of each operator on all leaves of a path; the order operators are all one. */
const operators: Record<string, (arg: Value, found: Leaves) => boolean> = {
  $eq: (arg, found) => found.flatMap(spreadOf).some((v) => equals(v, arg)),
  $in: (arg, found) => (arg as Value[]).some((one) => operator('$eq', one, found)),
  $ne: (arg, found) => !operator('$eq', arg, found),
  $nin: (arg, found) => !operator('$in', arg, found),
  $all: (arg, found) => (arg as Value[]).length > 0 && (arg as Value[]).every((one) => operator('$eq', one, found)),
  $exists: (arg, found) => found.some(({ value }) => value !== undefined) === arg,
  $size: (arg, found) => found.some(({ value }) => Array.isArray(value) && value.length === Number(arg)),
  $not: (arg, found) => !Object.entries(arg as Doc).every(([name, inner]) => operator(name, inner, found)),
  $type: (arg, found) => found.flatMap(spreadOf).some((v) => v !== undefined && typeNames(v).includes(arg as string)),
  $regex: (arg, found) => found.flatMap(spreadOf).some((v) => typeof v === 'string' && v.startsWith((arg as string).slice(1))),
  $elemMatch: (arg, found) => found.some(({ value }) => Array.isArray(value) && value.some((item) => elementPasses(item, arg as Doc))),
};

const numberNames: Record<string, string> = { Int32: 'int', Double: 'double', Long: 'long', Decimal128: 'decimal' };
const otherNames: Record<string, string> = { doc: 'object', boolean: 'bool' };

function typeNames(v: Value): string[] {
  if (isNumber(v)) return ['number', numberNames[(v as { _bsontype: string })._bsontype] ?? ''];
  return [otherNames[kind(v)] ?? kind(v)];
}

function operator(op: string, arg: Value, found: Leaves): boolean {
  return operators[op]?.(arg, found) ?? found.flatMap(spreadOf).some((v) => compareOp(op, v, arg));
}

function elementPasses(item: Value, arg: Doc): boolean {
  if (Object.keys(arg)[0]?.startsWith('$') === true) {
    return Object.entries(arg).every(([name, inner]) => operator(name, inner, [{ value: item, spread: false }]));
  }
  if (Array.isArray(item)) return naiveMatches(Object.fromEntries(item.map((v, i) => [String(i), v as Value])), arg);
  return isDoc(item) && naiveMatches(item, arg);
}

const expressions: Record<string, (order: number) => boolean> = {
  $eq: (order) => order === 0,
  $ne: (order) => order !== 0,
  $gt: (order) => order > 0,
  $lte: (order) => order <= 0,
};

/** `{ op: ['$field', '$field'] }` over all types, missing below null. */
function naiveExpression(doc: Doc, arg: Doc): boolean {
  return Object.entries(arg).every(([op, operands]) => {
    const [a, b] = (operands as string[]).map((name) => doc[name.slice(1)]);
    return expressions[op]?.(naiveCompare(a, b)) ?? false;
  });
}

const hasOperators = (arg: Value): arg is Doc => isDoc(arg) && (Object.keys(arg)[0]?.startsWith('$') ?? false);

/** Whether a document passes a filter of values or operators by path, `$and`, `$or`, `$nor` and a comparing `$expr`. */
export function naiveMatches(doc: Doc, filter: Doc): boolean {
  return Object.entries(filter).every(([name, arg]) => {
    if (name === '$and') return (arg as Doc[]).every((one) => naiveMatches(doc, one));
    if (name === '$or') return (arg as Doc[]).some((one) => naiveMatches(doc, one));
    if (name === '$nor') return !(arg as Doc[]).some((one) => naiveMatches(doc, one));
    if (name === '$expr') return naiveExpression(doc, arg as Doc);
    const found = leaves(doc, name.split('.'));
    return Object.entries(hasOperators(arg) ? arg : { $eq: arg }).every(([op, inner]) => operator(op, inner, found));
  });
}

/** Text in which field order and number types count. */
export const exactText = (v: Value): string => EJSON.stringify(v, { relaxed: false });
