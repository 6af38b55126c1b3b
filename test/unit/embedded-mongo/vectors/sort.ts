import { Decimal128, Double, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import type { Document } from '../../../../server/embedded-mongo/values/types.js';

/** Documents in the order in which the sort gives them. */
export interface SortVector {
  readonly covers: readonly string[];
  readonly name: string;
  readonly spec: Document;
  readonly sorted: readonly Document[];
}

export interface SortError {
  readonly covers: readonly string[];
  readonly name: string;
  readonly spec: Document;
  readonly code: number;
}

/** One value of every type in MongoDB's order. */
export const everyType: readonly unknown[] = [
  new MinKey(),
  null,
  new Double(NaN),
  new Double(-Infinity),
  Decimal128.fromString('-1E+400'),
  new Double(-1.5),
  Long.fromNumber(-1),
  0,
  Decimal128.fromString('0.1'),
  new Double(0.1),
  1,
  Long.fromString('9007199254740992'),
  Long.fromString('9007199254740993'),
  Decimal128.fromString('1E+400'),
  new Double(Infinity),
  '',
  'A',
  'a',
  'a\0',
  'a\0b',
  'ab',
  'é',
  '\uffee',
  '\u{1f600}',
  {},
  { a: 1 },
  { a: 1, b: 1 },
  { b: 1 },
  { a: 'x' },
  new ObjectId('000000000000000000000001'),
  new ObjectId('f00000000000000000000001'),
  false,
  true,
  new Date(-1),
  new Date(0),
  new Date(Date.UTC(2026, 10, 24)),
  new Timestamp({ t: 1, i: 2 }),
  new Timestamp({ t: 4_000_000_000, i: 1 }),
  new MaxKey(),
];

/** https://www.mongodb.com/docs/manual/reference/method/cursor.sort/ and …/bson-type-comparison-order/ */
export const sorts: SortVector[] = [
  { covers: ['sort'], name: 'every type', spec: { a: 1 }, sorted: everyType.map((a) => ({ a })) },
  { covers: ['sort'], name: 'every type, descending', spec: { a: -1 }, sorted: everyType.toReversed().map((a) => ({ a })) },
  { covers: ['sort'], name: 'missing counts as null, the empty array is below', spec: { a: 1, n: 1 }, sorted: [{ a: [], n: 3 }, { n: 1 }, { a: null, n: 2 }, { a: 0, n: 0 }] },
  { covers: ['sort'], name: 'an array ascending by its least element', spec: { a: 1 }, sorted: [{ a: [9, 1] }, { a: 2 }, { a: [3, 8] }] },
  { covers: ['sort'], name: 'an array descending by its greatest element', spec: { a: -1 }, sorted: [{ a: [9, 1] }, { a: [3, 8] }, { a: 2 }] },
  { covers: ['sort'], name: 'two fields of the same array by one element', spec: { 'a.x': 1, 'a.y': -1 }, sorted: [{ a: [{ x: 1, y: 2 }, { x: 5, y: 9 }] }, { a: [{ x: 1, y: 1 }, { x: 2, y: 9 }] }, { a: { x: 1 } }] },
  { covers: ['sort'], name: 'a second field', spec: { a: -1, b: 1 }, sorted: [{ a: 2, b: 1 }, { a: new Double(2), b: 2 }, { a: 1, b: 0 }] },
  { covers: ['sort'], name: 'a nested field', spec: { 'a.b': 1 }, sorted: [{ a: 5 }, { a: { b: 1 } }, { a: [{ b: 2 }] }] },
];

export const sortErrors: SortError[] = [
  { covers: ['sort'], name: 'another direction', spec: { a: 2 }, code: 15975 },
  { covers: ['sort'], name: 'a word', spec: { a: 'asc' }, code: 15974 },
  { covers: ['sort'], name: 'by text score', spec: { a: { $meta: 'textScore' } }, code: 2 },
  { covers: ['sort'], name: 'an empty part', spec: { 'a..b': 1 }, code: 40352 },
  { covers: ['sort'], name: 'a name with a dollar', spec: { $natural: 1 }, code: 16410 },
];
