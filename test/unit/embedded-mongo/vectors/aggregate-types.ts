import { Binary, BSONRegExp, Code, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import type { Document } from '../../../../server/embedded-mongo/values/types.js';
import { fails, gives, refuses, yields, type ExpressionVector, type PipelineVector } from './aggregate-kinds.js';

/** One value of every type. */
const samples: Readonly<Record<string, unknown>> = {
  int: new Int32(2),
  long: Long.fromNumber(2),
  double: new Double(2),
  string: 'x',
  bool: true,
  date: new Date(0),
  objectId: new ObjectId('65f000000000000000000001'),
  timestamp: new Timestamp({ t: 1, i: 1 }),
  object: { b: 1 },
  array: [1],
  binData: new Binary(Buffer.from('x')),
  regex: new BSONRegExp('x'),
  javascript: new Code('x'),
  minKey: new MinKey(),
  maxKey: new MaxKey(),
};

const numbers = ['int', 'long', 'double'];
const instants = ['date', 'objectId', 'timestamp'];

interface Taking {
  readonly name: string;
  readonly of: (operand: string) => unknown;
  readonly types: readonly string[];
  readonly code: number;
  /** What null and a missing field give: a value, or a refusal with the same code. */
  readonly nullish: null | '' | 'refused';
}

const one = (name: string, types: readonly string[], code: number, nullish: Taking['nullish'] = null): Taking => ({ name, of: (operand) => ({ [name]: operand }), types, code, nullish });
const listed = (name: string, more: (operand: string) => unknown[], rest: Omit<Taking, 'name' | 'of'>): Taking => ({ name, of: (operand) => ({ [name]: more(operand) }), ...rest });

const datePart = (name: string): Taking => one(name, instants, 16006);
const text = { types: ['string', 'date', ...numbers], code: 16007, nullish: '' } as const;

/** Which types each operator takes, and how it refuses the rest: https://www.mongodb.com/docs/manual/reference/operator/aggregation/ */
const operators: readonly Taking[] = [
  listed('$add', (a) => [1, a], { types: [...numbers, 'date'], code: 14, nullish: null }),
  listed('$subtract', (a) => [a, 1], { types: [...numbers, 'date'], code: 14, nullish: null }),
  listed('$multiply', (a) => [1, a], { types: numbers, code: 14, nullish: null }),
  listed('$divide', (a) => [a, 1], { types: numbers, code: 14, nullish: null }),
  listed('$mod', (a) => [a, 1], { types: numbers, code: 16611, nullish: null }),
  one('$abs', numbers, 28765),
  one('$ceil', numbers, 28765),
  one('$floor', numbers, 28765),
  listed('$round', (a) => [a, 0], { types: numbers, code: 51081, nullish: null }),
  listed('$trunc', (a) => [a, 0], { types: numbers, code: 51081, nullish: null }),
  ...['$year', '$month', '$dayOfMonth', '$dayOfWeek', '$hour', '$minute', '$second'].map(datePart),
  { name: '$dateToString', of: (date) => ({ $dateToString: { date, format: '%Y' } }), types: instants, code: 16006, nullish: null },
  { name: '$dateTrunc', of: (date) => ({ $dateTrunc: { date, unit: 'day' } }), types: instants, code: 5166307, nullish: null },
  listed('$concat', (a) => [a], { types: ['string'], code: 16702, nullish: null }),
  listed('$substrCP', (a) => [a, 0, 9], text),
  one('$toUpper', text.types, text.code, ''),
  one('$toLower', text.types, text.code, ''),
  one('$strLenCP', ['string'], 34471, 'refused'),
  one('$toString', ['string', 'bool', 'date', 'objectId', ...numbers], 241),
  one('$size', ['array'], 17124, 'refused'),
  listed('$arrayElemAt', (a) => [a, 0], { types: ['array'], code: 28689, nullish: null }),
  one('$first', ['array'], 28689),
  one('$last', ['array'], 28689),
  listed('$in', (a) => [1, a], { types: ['array'], code: 40081, nullish: 'refused' }),
  listed('$concatArrays', (a) => [a], { types: ['array'], code: 28664, nullish: null }),
];

/** Every operator on one value of each type it does not take, and on null and a missing field. */
export const operandVectors: readonly ExpressionVector[] = operators.flatMap(({ name, of, types, code, nullish }) => [
  ...Object.entries(samples).flatMap(([type, a]) => (types.includes(type) ? [] : [fails(name, of('$a'), code, { a })])),
  ...[{ a: null }, {}].map((doc) => (nullish === 'refused' ? fails(name, of('$a'), code, doc) : gives(name, of('$a'), nullish, doc))),
]);

const total = (results: Readonly<Record<string, unknown>>) => (name: string, of: (operand: string) => unknown): ExpressionVector[] =>
  Object.entries(samples).map(([type, a]) => gives(name, of('$a'), type in results ? results[type] : results['others'], { a }));

const allTrue = total({ others: true });

/** What takes every type: https://www.mongodb.com/docs/manual/reference/operator/aggregation/#boolean-expression-operators */
export const anyOperandVectors: readonly ExpressionVector[] = [
  ...allTrue('$and', (a) => ({ $and: [a] })),
  ...allTrue('$or', (a) => ({ $or: [a] })),
  ...total({ others: false })('$not', (a) => ({ $not: [a] })),
  ...allTrue('$eq', (a) => ({ $eq: [a, a] })),
  ...total({ others: 0 })('$cmp', (a) => ({ $cmp: [a, a] })),
  ...total({ others: 1, minKey: -1 })('$cmp', (a) => ({ $cmp: [a, null] })),
  ...total({ others: 'yes' })('$cond', (a) => ({ $cond: [a, 'yes', 'no'] })),
  ...total({ others: false, array: true })('$isArray', (a) => ({ $isArray: a })),
  ...total(samples)('$ifNull', (a) => ({ $ifNull: [a, 'none'] })),
  ...Object.entries(samples).map(([type, a]) => gives('$type', { $type: '$a' }, type, { a })),
];

const group = (accumulator: Document): unknown[] => [{ $group: { _id: null, r: accumulator } }];
const each: readonly Document[] = Object.values(samples).map((v) => ({ v }));
const notNumbers = each.filter((_, i) => !numbers.includes(Object.keys(samples)[i] ?? ''));

/** https://www.mongodb.com/docs/manual/reference/operator/aggregation/group/#accumulator-operator */
export const accumulatedTypes: readonly PipelineVector[] = [
  yields('$sum', 'of every type, only numbers count', [each, group({ $sum: '$v' })], [{ _id: null, r: new Double(6) }]),
  yields('$sum', 'of no numbers', [notNumbers, group({ $sum: '$v' })], [{ _id: null, r: 0 }]),
  yields('$avg', 'of every type, only numbers count', [each, group({ $avg: '$v' })], [{ _id: null, r: new Double(2) }]),
  yields('$avg', 'of no numbers', [notNumbers, group({ $avg: '$v' })], [{ _id: null, r: null }]),
  yields('$min', 'of every type', [each, group({ $min: '$v' })], [{ _id: null, r: new MinKey() }]),
  yields('$max', 'of every type', [each, group({ $max: '$v' })], [{ _id: null, r: new MaxKey() }]),
  yields('$push', 'of every type', [each, group({ $push: '$v' })], [{ _id: null, r: Object.values(samples) }]),
  yields('$addToSet', 'of every type, equal numbers once', [[...each, ...each], group({ $addToSet: '$v' })], [{ _id: null, r: Object.entries(samples).flatMap(([type, v]) => (['long', 'double'].includes(type) ? [] : [v])) }]),
  yields('$count', 'of every type', [each, group({ $count: {} })], [{ _id: null, r: each.length }]),
  yields('$first', 'null is a value', [[{ v: null }, { v: 1 }], group({ $first: '$v' })], [{ _id: null, r: null }]),
  yields('$last', 'null is a value', [[{ v: 1 }, { v: null }], group({ $last: '$v' })], [{ _id: null, r: null }]),
  yields('$min', 'through an array of documents', [[{ v: [{ x: 3 }, { x: 1 }] }, { v: { x: 2 } }], group({ $min: '$v.x' })], [{ _id: null, r: 2 }]),
  yields('$sum', 'through an array of documents is no number', [[{ v: [{ x: 3 }] }, { v: { x: 2 } }], group({ $sum: '$v.x' })], [{ _id: null, r: 2 }]),
  ...['$sum', '$avg', '$min', '$max', '$first', '$last', '$push', '$addToSet'].flatMap((name) => [
    refuses(name, 'an unknown expression', group({ [name]: { $none: 1 } }), { code: 168 }),
    refuses(name, 'an undefined variable', group({ [name]: '$$none' }), { code: 17276 }),
    refuses(name, 'an empty path', group({ [name]: '$' }), { code: 16872 }),
    refuses(name, 'a failing expression', group({ [name]: { $divide: [1, '$v'] } }), { code: 2, docs: [{ v: 0 }] }),
  ]),
];
