import { Binary, Decimal128, Double, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import type { FilterError, FilterVector } from './queryShape.js';

const id = new ObjectId('6530f3a1c2d4e5f60718293a');
const day = new Date('2026-11-24T00:00:00Z');

/** https://www.mongodb.com/docs/manual/reference/operator/query-comparison/ and …/bson-type-comparison-order/ */
export const equality: FilterVector[] = [
  { covers: ['$eq'], name: 'a plain value', filter: { a: 1 }, hits: [{ a: 1 }, { a: [0, 1] }], misses: [{ a: 2 }, { a: '1' }, {}, { a: [[1]] }] },
  { covers: ['$eq'], name: 'numbers of every type', filter: { a: { $eq: 5 } }, hits: [{ a: new Double(5) }, { a: Long.fromNumber(5) }, { a: Decimal128.fromString('5.00') }], misses: [{ a: '5' }, { a: true }, { a: new Double(5.5) }] },
  { covers: ['$eq'], name: 'an int64 beyond 2^53 is exact', filter: { a: Long.fromString('9007199254740993') }, hits: [{ a: Long.fromString('9007199254740993') }], misses: [{ a: new Double(9007199254740992) }, { a: Long.fromString('9007199254740992') }] },
  { covers: ['$eq'], name: 'a double is no decimal of the same digits', filter: { a: Decimal128.fromString('0.1') }, hits: [{ a: Decimal128.fromString('0.10') }], misses: [{ a: new Double(0.1) }] },
  { covers: ['$eq'], name: 'zero and minus zero', filter: { a: 0 }, hits: [{ a: new Double(-0) }, { a: Decimal128.fromString('-0') }], misses: [{ a: null }, { a: false }] },
  { covers: ['$eq'], name: 'NaN equals NaN', filter: { a: new Double(NaN) }, hits: [{ a: new Double(NaN) }, { a: Decimal128.fromString('NaN') }], misses: [{ a: 0 }, {}] },
  { covers: ['$eq'], name: 'null finds null and missing', filter: { a: null }, hits: [{}, { a: null }, { a: [1, null] }], misses: [{ a: [] }, { a: 0 }, { a: '' }, { a: {} }, { a: [[]] }] },
  { covers: ['$eq'], name: 'null below a dotted path', filter: { 'a.b': null }, hits: [{}, { a: {} }, { a: null }, { a: 4 }, { a: { b: null } }, { a: [{ b: 1 }, {}] }, { a: [{ b: null }] }], misses: [{ a: { b: 1 } }, { a: [] }, { a: [[]] }, { a: [null, 1] }, { a: [{ b: 1 }] }] },
  { covers: ['$eq'], name: 'sub-documents with their key order', filter: { a: { x: 1, y: 2 } }, hits: [{ a: { x: 1, y: new Double(2) } }, { a: [0, { x: 1, y: 2 }] }], misses: [{ a: { y: 2, x: 1 } }, { a: { x: 1 } }, { a: { x: 1, y: 2, z: 3 } }] },
  { covers: ['$eq'], name: 'whole arrays in their order', filter: { a: [1, 2] }, hits: [{ a: [1, 2] }, { a: [[1, 2], 3] }], misses: [{ a: [2, 1] }, { a: [1] }, { a: [1, 2, 3] }, { a: 1 }] },
  { covers: ['$eq'], name: 'the empty array', filter: { a: [] }, hits: [{ a: [] }, { a: [[]] }], misses: [{}, { a: null }, { a: [1] }] },
  { covers: ['$eq'], name: 'an ObjectId, a date, a boolean, bytes', filter: { i: id, d: day, t: true, b: new Binary(Buffer.from('ab')) }, hits: [{ i: new ObjectId(id.toHexString()), d: new Date(day), t: true, b: new Binary(Buffer.from('ab')) }], misses: [{ i: id.toHexString(), d: day, t: true, b: new Binary(Buffer.from('ab')) }, { i: id, d: day, t: 1, b: new Binary(Buffer.from('ab')) }, { i: id, d: day, t: true, b: new Binary(Buffer.from('ab'), 5) }] },
  { covers: ['$eq'], name: 'a path through an array of documents', filter: { 'a.b': 2 }, hits: [{ a: [{ b: 1 }, { b: 2 }] }, { a: { b: [2] } }, { a: [{ b: [1, 2] }] }], misses: [{ a: [[{ b: 2 }]] }, { a: [2] }] },
  { covers: ['$eq'], name: 'a position in an array', filter: { 'a.1': 2 }, hits: [{ a: [1, 2] }, { a: { 1: 2 } }, { a: [{ 1: 2 }] }], misses: [{ a: [2, 1] }, { a: [0, [2]] }, { a: 2 }] },
  { covers: ['$eq'], name: 'a field below a position', filter: { 'a.0.b': 1 }, hits: [{ a: [{ b: 1 }] }, { a: [[{ b: 1 }]] }], misses: [{ a: [{ b: 2 }, { b: 1 }] }] },
  { covers: ['$eq'], name: 'a name that JS objects inherit', filter: { constructor: null }, hits: [{}], misses: [{ constructor: 1 }] },
  { covers: ['$ne'], name: 'no value of the path may be equal', filter: { a: { $ne: 1 } }, hits: [{}, { a: 2 }, { a: null }, { a: [2, 3] }], misses: [{ a: 1 }, { a: new Double(1) }, { a: [2, 1] }] },
  { covers: ['$ne'], name: 'not null means there and not null', filter: { a: { $ne: null } }, hits: [{ a: 0 }, { a: [] }, { a: {} }], misses: [{}, { a: null }, { a: [1, null] }] },
  { covers: ['$ne'], name: 'not null below a dotted path', filter: { 'a.b': { $ne: null } }, hits: [{ a: { b: 'hi' } }, { a: [[]] }, { a: [] }, { a: [null] }, { a: [1, 'x'] }, { a: [{ b: 1 }] }], misses: [{}, { a: 4 }, { a: [{ b: 1 }, {}] }] },
  { covers: ['$in'], name: 'one of a list', filter: { a: { $in: [1, 'x', null] } }, hits: [{ a: new Double(1) }, { a: 'x' }, {}, { a: null }, { a: [5, 'x'] }], misses: [{ a: 2 }, { a: 'y' }, { a: [] }] },
  { covers: ['$in'], name: 'whole arrays and documents', filter: { a: { $in: [[1, 2], { b: 1 }] } }, hits: [{ a: [1, 2] }, { a: { b: 1 } }, { a: [[1, 2]] }], misses: [{ a: 1 }, { a: { b: 1, c: 1 } }] },
  { covers: ['$in', '$regex'], name: 'anchored expressions in the list', filter: { a: { $in: [/^ab/, 7] } }, hits: [{ a: 'abc' }, { a: 7 }, { a: ['zz', 'ab'] }], misses: [{ a: 'xab' }, { a: 8 }] },
  { covers: ['$in'], name: 'an empty list finds nothing', filter: { a: { $in: [] } }, hits: [], misses: [{}, { a: null }, { a: [] }] },
  { covers: ['$nin'], name: 'none of a list', filter: { a: { $nin: [1, null] } }, hits: [{ a: 2 }, { a: [] }, { a: [[1]] }], misses: [{}, { a: null }, { a: 1 }, { a: [2, 1] }] },
  { covers: ['$nin', '$regex'], name: 'none of an anchored expression', filter: { a: { $nin: [/^a/i] } }, hits: [{}, { a: 'ba' }, { a: 1 }], misses: [{ a: 'Ab' }] },
];

/** Comparison holds within the type of the operand ("type bracketing"). */
export const order: FilterVector[] = [
  { covers: ['$gt'], name: 'numbers of every type', filter: { a: { $gt: 5 } }, hits: [{ a: 6 }, { a: new Double(5.1) }, { a: Long.fromNumber(6) }, { a: Decimal128.fromString('5.0000001') }, { a: [1, 6] }], misses: [{ a: 5 }, { a: '6' }, { a: null }, {}, { a: new Double(NaN) }, { a: [1, 5] }, { a: day }] },
  { covers: ['$gt'], name: 'a string with bytes beyond the basic plane', filter: { a: { $gt: '\uffee' } }, hits: [{ a: '\u{1f600}' }], misses: [{ a: '\uff00' }] },
  { covers: ['$gt'], name: 'arrays among arrays', filter: { a: { $gt: [1, 2] } }, hits: [{ a: [1, 3] }, { a: [1, 2, 0] }, { a: [[2]] }], misses: [{ a: [1, 2] }, { a: [1] }, { a: 5 }] },
  { covers: ['$gt'], name: 'booleans and ids', filter: { t: { $gt: false }, i: { $gt: new ObjectId('000000000000000000000001') } }, hits: [{ t: true, i: id }], misses: [{ t: 1, i: id }, { t: true, i: 'f' }] },
  { covers: ['$gt', '$lt'], name: 'null has no order', filter: { $or: [{ a: { $gt: null } }, { a: { $lt: null } }] }, hits: [], misses: [{}, { a: null }, { a: 1 }] },
  { covers: ['$gt'], name: 'MinKey is below every type', filter: { a: { $gt: new MinKey() } }, hits: [{ a: 1 }, { a: 'x' }, { a: null }], misses: [{ a: new MinKey() }] },
  { covers: ['$gte'], name: 'a date, inclusive', filter: { a: { $gte: day } }, hits: [{ a: day }, { a: new Date(day.getTime() + 1) }], misses: [{ a: new Date(day.getTime() - 1) }, { a: day.getTime() }, { a: new Timestamp({ t: 9, i: 1 }) }] },
  { covers: ['$gte', '$lte'], name: 'null with equality finds null and missing', filter: { a: { $gte: null, $lte: null } }, hits: [{}, { a: null }], misses: [{ a: 0 }, { a: [] }] },
  { covers: ['$gte', '$lte'], name: 'NaN is only equal to itself', filter: { a: { $gte: new Double(NaN), $lte: new Double(NaN) } }, hits: [{ a: new Double(NaN) }], misses: [{ a: 1 }, { a: new Double(-Infinity) }] },
  { covers: ['$lt'], name: 'NaN is below no number', filter: { a: { $lt: 5 } }, hits: [{ a: 4 }, { a: new Double(-Infinity) }], misses: [{ a: new Double(NaN) }, { a: 5 }, {}] },
  { covers: ['$lt'], name: 'MaxKey is above every type', filter: { a: { $lt: new MaxKey() } }, hits: [{ a: 'x' }, { a: day }], misses: [{ a: new MaxKey() }] },
  { covers: ['$lt'], name: 'documents field by field: type, name, value', filter: { a: { $lt: { x: 2 } } }, hits: [{ a: { x: 1 } }, { a: {} }, { a: { w: 9 } }], misses: [{ a: { x: 2 } }, { a: { x: 'a' } }, { a: 1 }] },
  { covers: ['$lte'], name: 'bytes by length first', filter: { a: { $lte: new Binary(Buffer.from('b')) } }, hits: [{ a: new Binary(Buffer.from('a')) }, { a: new Binary(Buffer.from('b')) }], misses: [{ a: new Binary(Buffer.from('aa')) }] },
  { covers: ['$gt', '$lt'], name: 'two elements may meet two conditions', filter: { a: { $gt: 5, $lt: 2 } }, hits: [{ a: [1, 9] }], misses: [{ a: [3] }, { a: 1 }] },
  { covers: ['$gte', '$lt'], name: 'a day of the year as string', filter: { d: { $gte: '2026-01-01', $lt: '2027-01-01' } }, hits: [{ d: '2026-11-24' }], misses: [{ d: '2027-01-01' }, { d: '2025-12-31' }] },
];

export const comparisonErrors: FilterError[] = [
  { covers: ['$in'], name: '$in needs an array', filter: { a: { $in: 5 } }, code: 2, message: '$in needs an array' },
  { covers: ['$nin'], name: '$nin needs an array', filter: { a: { $nin: { b: 1 } } }, code: 2, message: '$nin needs an array' },
  { covers: ['$in'], name: 'no operators below $in', filter: { a: { $in: [{ $gt: 1 }] } }, code: 2, message: 'cannot nest $ under $in' },
  { covers: ['$in', '$regex'], name: 'an unanchored expression in a list', filter: { a: { $in: [/b/] } }, code: 2 },
  { covers: ['$ne'], name: 'no expression for $ne', filter: { a: { $ne: /^a/ } }, code: 2, message: "Can't have regex as arg to $ne." },
  { covers: ['$gt'], name: 'no expression for $gt', filter: { a: { $gt: /^a/ } }, code: 2, message: "Can't have RegEx as arg to predicate over field 'a'." },
  { covers: ['$eq'], name: 'an unknown operator', filter: { a: { $near: 1 } }, code: 2, message: 'unknown operator: $near' },
  { covers: ['$eq'], name: 'a field beside operators', filter: { a: { $gt: 1, b: 2 } }, code: 2, message: 'unknown operator: b' },
  { covers: ['$lt'], name: 'refused below $or as well', filter: { $or: [{ a: 1 }, { b: { $lt: 2, $mod: [2, 0] } }] }, code: 2, message: 'unknown operator: $mod' },
];
