import { Binary, BSONRegExp, Code, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import type { FilterVector } from './queryShape.js';

/** Two values of every type that has an order within itself, the lower one first. */
const ladder: Readonly<Record<string, readonly [low: unknown, high: unknown]>> = {
  int: [new Int32(1), new Int32(2)],
  long: [Long.fromString('9007199254740992'), Long.fromString('9007199254740993')],
  double: [new Double(0.5), new Double(0.75)],
  decimal: [Decimal128.fromString('1.10'), Decimal128.fromString('1.2')],
  string: ['a', 'b'],
  object: [{ x: 1 }, { x: 2 }],
  array: [[[1]], [[2]]],
  binData: [new Binary(Buffer.from('a')), new Binary(Buffer.from('b'))],
  objectId: [new ObjectId('000000000000000000000001'), new ObjectId('f00000000000000000000000')],
  bool: [false, true],
  date: [new Date(-1), new Date(1)],
  timestamp: [new Timestamp({ t: 1, i: 1 }), new Timestamp({ t: 1, i: 2 })],
};

const numeric = ['int', 'long', 'double', 'decimal'];

/** One field of every other type, and the field that is missing. */
function strangers(type: string): Record<string, unknown>[] {
  const others = Object.entries(ladder).filter(([other]) => other !== type && !(numeric.includes(other) && numeric.includes(type)));
  return [{}, { a: null }, { a: new BSONRegExp('b') }, ...others.map(([, [low]]) => ({ a: low }))];
}

function within(type: string, [low, high]: readonly [unknown, unknown]): FilterVector[] {
  const name = `compares ${type} with ${type} only`;
  const misses = strangers(type);
  return [
    { covers: ['$eq'], name, filter: { a: { $eq: low } }, hits: [{ a: low }, { a: [high, low] }], misses: [{ a: high }, ...misses] },
    { covers: ['$gt'], name, filter: { a: { $gt: low } }, hits: [{ a: high }, { a: [low, high] }], misses: [{ a: low }, ...misses] },
    { covers: ['$gte'], name, filter: { a: { $gte: high } }, hits: [{ a: high }, { a: [low, high] }], misses: [{ a: low }, ...misses] },
    { covers: ['$lt'], name, filter: { a: { $lt: high } }, hits: [{ a: low }, { a: [high, low] }], misses: [{ a: high }, ...misses] },
    { covers: ['$lte'], name, filter: { a: { $lte: low } }, hits: [{ a: low }, { a: [high, low] }], misses: [{ a: high }, ...misses] },
    { covers: ['$in'], name, filter: { a: { $in: [low, 'none'] } }, hits: [{ a: low }, { a: [high, low] }], misses: [{ a: high }, ...misses] },
    { covers: ['$ne'], name, filter: { a: { $ne: low } }, hits: [{ a: high }, ...misses], misses: [{ a: low }, { a: [high, low] }] },
    { covers: ['$nin'], name, filter: { a: { $nin: [low] } }, hits: [{ a: high }, ...misses], misses: [{ a: low }, { a: [high, low] }] },
  ];
}

// An array as operand meets whole arrays: [high, low] is none of its elements but a third array.
const ordered = Object.entries(ladder).filter(([type]) => type !== 'array');

/** https://www.mongodb.com/docs/manual/reference/method/db.collection.find/#type-bracketing */
export const bracketing: FilterVector[] = ordered.flatMap(([type, pair]) => within(type, pair));

/** Every type by its alias and its number: https://www.mongodb.com/docs/manual/reference/operator/query/type/ */
const samples: readonly (readonly [alias: string, number: number, value: unknown])[] = [
  ['double', 1, new Double(1)],
  ['string', 2, 'x'],
  ['object', 3, {}],
  ['array', 4, [[]]],
  ['binData', 5, new Binary(Buffer.from('x'))],
  ['objectId', 7, new ObjectId('000000000000000000000001')],
  ['bool', 8, true],
  ['date', 9, new Date(0)],
  ['null', 10, null],
  ['regex', 11, new BSONRegExp('x')],
  ['javascript', 13, new Code('x')],
  ['int', 16, new Int32(1)],
  ['timestamp', 17, new Timestamp({ t: 1, i: 1 })],
  ['long', 18, Long.fromNumber(1)],
  ['decimal', 19, Decimal128.fromString('1')],
  ['minKey', -1, new MinKey()],
  ['maxKey', 127, new MaxKey()],
];

const fieldsBut = (alias: string): Record<string, unknown>[] => [{}, ...samples.filter(([other]) => other !== alias).map(([, , a]) => ({ a }))];

export const types: FilterVector[] = samples.flatMap(([alias, number, value]): FilterVector[] => {
  // What is no array is also found among the elements of one; every array is found as an array.
  const hits = alias === 'array' ? [{ a: [] }, { a: value }] : [{ a: value }, { a: ['x', 1, value] }];
  const misses = fieldsBut(alias);
  return [
    { covers: ['$type'], name: `${alias} by name`, filter: { a: { $type: alias } }, hits, misses },
    { covers: ['$type'], name: `${alias} by number`, filter: { a: { $type: number } }, hits, misses },
    { covers: ['$type'], name: `${alias} by a number of another type, in a list`, filter: { a: { $type: [new Double(number)] } }, hits, misses },
    { covers: ['$exists'], name: `${alias} is there`, filter: { a: { $exists: true } }, hits, misses: [{}, { b: value }] },
  ];
});

/** https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/#minkey-and-maxkey-values and the matcher: they compare with every type, also with a missing field. */
export const extremes: FilterVector[] = [
  { covers: ['$gt'], name: 'above MinKey is all but MinKey', filter: { a: { $gt: new MinKey() } }, hits: [{}, { a: null }, { a: 1 }, { a: 'x' }, { a: [] }, { a: new MaxKey() }], misses: [{ a: new MinKey() }] },
  { covers: ['$gte'], name: 'from MinKey on is everything', filter: { a: { $gte: new MinKey() } }, hits: [{}, { a: null }, { a: new MinKey() }, { a: {} }, { a: new MaxKey() }], misses: [] },
  { covers: ['$lt'], name: 'below MaxKey is all but MaxKey', filter: { a: { $lt: new MaxKey() } }, hits: [{}, { a: null }, { a: 1 }, { a: new MinKey() }], misses: [{ a: new MaxKey() }] },
  { covers: ['$lte'], name: 'up to MaxKey is everything', filter: { a: { $lte: new MaxKey() } }, hits: [{}, { a: true }, { a: new MaxKey() }], misses: [] },
  { covers: ['$gt', '$lt'], name: 'nothing is above MaxKey or below MinKey', filter: { $or: [{ a: { $gt: new MaxKey() } }, { a: { $lt: new MinKey() } }] }, hits: [], misses: [{}, { a: 1 }, { a: new MinKey() }, { a: new MaxKey() }] },
  { covers: ['$gte', '$lte'], name: 'only they themselves beyond', filter: { a: { $lte: new MinKey() } }, hits: [{ a: new MinKey() }], misses: [{}, { a: null }, { a: 1 }] },
  { covers: ['$eq', '$in'], name: 'equal to themselves', filter: { a: { $in: [new MinKey(), new MaxKey()] } }, hits: [{ a: new MinKey() }, { a: [1, new MaxKey()] }], misses: [{}, { a: null }, { a: 1 }] },
];
