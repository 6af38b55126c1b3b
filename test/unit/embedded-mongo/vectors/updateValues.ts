import { Binary, BSONRegExp, Decimal128, Double, EJSON, Int32, Long, ObjectId } from 'bson';
import type { UpdateError, UpdateVector } from './updateShape.js';

const int = (n: number): Int32 => new Int32(n);
const long = (n: number | string): Long => Long.fromString(String(n));
const double = (n: number): Double => new Double(n);

interface Sum {
  readonly held: Int32 | Long | Double;
  readonly by: Int32 | Long | Double;
  readonly sum: Int32 | Long | Double;
  readonly product: Int32 | Long | Double;
}

/** The type of a result is the wider one of int32, long, double; int32 goes over to long, long is refused beyond its end. */
const tower: readonly Sum[] = [
  { held: int(6), by: int(4), sum: int(10), product: int(24) },
  { held: int(6), by: long(4), sum: long(10), product: long(24) },
  { held: int(6), by: double(0.5), sum: double(6.5), product: double(3) },
  { held: int(6), by: double(4), sum: double(10), product: double(24) },
  { held: long(6), by: int(4), sum: long(10), product: long(24) },
  { held: long(6), by: long(4), sum: long(10), product: long(24) },
  { held: long(6), by: double(4), sum: double(10), product: double(24) },
  { held: double(6), by: int(4), sum: double(10), product: double(24) },
  { held: double(6), by: long(4), sum: double(10), product: double(24) },
  { held: double(1.5), by: double(1.5), sum: double(3), product: double(2.25) },
  { held: int(2147483647), by: int(2), sum: long(2147483649), product: long(4294967294) },
  { held: int(-2147483648), by: int(-2), sum: long(-2147483650), product: long(4294967296) },
  { held: long('4611686018427387904'), by: int(1), sum: long('4611686018427387905'), product: long('4611686018427387904') },
  { held: double(Infinity), by: int(1), sum: double(Infinity), product: double(Infinity) },
  { held: double(NaN), by: int(2), sum: double(NaN), product: double(NaN) },
];

const exact = (value: unknown): string => EJSON.stringify(value, { relaxed: false });

function applied(name: '$inc' | '$mul', { held, by }: Sum, result: unknown): UpdateVector {
  const before = { _id: 1, a: held };
  const vector = { covers: [name], name: `${held._bsontype} ${String(held)} by ${by._bsontype} ${String(by)}`, before, update: { [name]: { a: by } } };
  return exact(held) === exact(result) ? vector : { ...vector, after: { _id: 1, a: result } };
}

/** https://www.mongodb.com/docs/manual/reference/operator/update/inc/ and `/mul/` */
export const numberTower: UpdateVector[] = tower.flatMap((one) => [applied('$inc', one, one.sum), applied('$mul', one, one.product)]);

export const numberErrors: UpdateError[] = [
  { covers: ['$inc'], name: 'a long beyond its end', before: { _id: 1, a: Long.MAX_VALUE }, update: { $inc: { a: long(1) } }, code: 2 },
  { covers: ['$inc'], name: 'a long beyond its beginning', before: { _id: 1, a: Long.MIN_VALUE }, update: { $inc: { a: int(-1) } }, code: 2 },
  { covers: ['$mul'], name: 'a long beyond its end', before: { _id: 1, a: Long.MAX_VALUE }, update: { $mul: { a: int(2) } }, code: 2 },
  { covers: ['$mul'], name: 'by decimal128, which is not served', update: { $mul: { a: Decimal128.fromString('1') } }, code: 2 },
  { covers: ['$mul'], name: 'of decimal128, which is not served', before: { _id: 1, a: Decimal128.fromString('1') }, update: { $mul: { a: int(1) } }, code: 2 },
];

/** One value of every type, from the lowest to the highest. */
const ladder: readonly unknown[] = [
  null,
  int(5),
  'x',
  { x: 1 },
  [1],
  new Binary(Buffer.from('x')),
  new ObjectId('000000000000000000000001'),
  false,
  true,
  new Date(0),
  new BSONRegExp('x'),
];

/** https://www.mongodb.com/docs/manual/reference/operator/update/min/ and `/max/` */
export const extremes: UpdateVector[] = [
  ...ladder.slice(1).flatMap((high, i): UpdateVector[] => {
    const low = ladder[i];
    return [
      { covers: ['$min'], name: `step ${String(i)} down`, before: { _id: 1, a: high }, update: { $min: { a: low } }, after: { _id: 1, a: low } },
      { covers: ['$min'], name: `step ${String(i)} not up`, before: { _id: 1, a: low }, update: { $min: { a: high } } },
      { covers: ['$max'], name: `step ${String(i)} up`, before: { _id: 1, a: low }, update: { $max: { a: high } }, after: { _id: 1, a: high } },
      { covers: ['$max'], name: `step ${String(i)} not down`, before: { _id: 1, a: high }, update: { $max: { a: low } } },
    ];
  }),
  { covers: ['$max'], name: 'equal numbers keep their type', before: { _id: 1, a: int(5) }, update: { $max: { a: double(5) } } },
  { covers: ['$max'], name: 'an int32 by a greater double', before: { _id: 1, a: int(5) }, update: { $max: { a: double(5.5) } }, after: { _id: 1, a: double(5.5) } },
  { covers: ['$min'], name: 'longs beyond 2^53 exactly', before: { _id: 1, a: long('9007199254740993') }, update: { $min: { a: long('9007199254740992') } }, after: { _id: 1, a: long('9007199254740992') } },
  { covers: ['$min'], name: 'NaN is below all numbers', before: { _id: 1, a: int(1) }, update: { $min: { a: double(NaN) } }, after: { _id: 1, a: double(NaN) } },
  { covers: ['$min', '$max'], name: 'arrays as values', before: { _id: 1, a: [1, 9], b: [1, 9] }, update: { $min: { a: [1, 2] }, $max: { b: 3 } }, after: { _id: 1, a: [1, 2], b: [1, 9] } },
  { covers: ['$min'], name: 'an element by position', before: { _id: 1, a: [5, 6] }, update: { $min: { 'a.1': 2 } }, after: { _id: 1, a: [5, 2] } },
];

/** What counts as a change is what would be stored with other bytes. */
export const sameness: UpdateVector[] = [
  { covers: ['$set'], name: 'zero to minus zero', before: { _id: 1, a: double(0) }, update: { $set: { a: double(-0) } }, after: { _id: 1, a: double(-0) } },
  { covers: ['$set'], name: 'a decimal with another scale', before: { _id: 1, a: Decimal128.fromString('1.0') }, update: { $set: { a: Decimal128.fromString('1.00') } }, after: { _id: 1, a: Decimal128.fromString('1.00') } },
  { covers: ['$set'], name: 'the same decimal', before: { _id: 1, a: Decimal128.fromString('1.0') }, update: { $set: { a: Decimal128.fromString('1.0') } } },
  { covers: ['$set'], name: 'NaN to NaN', before: { _id: 1, a: double(NaN) }, update: { $set: { a: double(NaN) } } },
  { covers: ['$set'], name: 'deep inside', before: { _id: 1, a: [{ b: [int(1)] }] }, update: { $set: { a: [{ b: [long(1)] }] } }, after: { _id: 1, a: [{ b: [long(1)] }] } },
  { covers: ['$set'], name: 'null to missing inside', before: { _id: 1, a: { b: null } }, update: { $set: { a: {} } }, after: { _id: 1, a: {} } },
  { covers: ['$set'], name: 'bytes of another subtype', before: { _id: 1, a: new Binary(Buffer.from('x'), 0) }, update: { $set: { a: new Binary(Buffer.from('x'), 5) } }, after: { _id: 1, a: new Binary(Buffer.from('x'), 5) } },
  { covers: ['replacement'], name: 'with another number type', before: { _id: 1, a: int(1) }, update: { a: double(1) }, after: { _id: 1, a: double(1) } },
  { covers: ['replacement'], name: 'with the fields in another order', before: { _id: 1, a: 1, b: 2 }, update: { b: 2, a: 1 }, after: { _id: 1, b: 2, a: 1 } },
  { covers: ['$inc'], name: 'by a zero of a wider type', before: { _id: 1, a: int(1) }, update: { $inc: { a: double(0) } }, after: { _id: 1, a: double(1) } },
];
