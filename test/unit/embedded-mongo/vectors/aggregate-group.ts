import { Decimal128, Double, Long, ObjectId } from 'bson';
import type { Document } from '../../../../server/embedded-mongo/values/types.js';
import { refuses, yields } from './aggregate-kinds.js';

const id = new ObjectId('65f000000000000000000001');
const maxLong = Long.fromString('9223372036854775807');

const values = (...list: unknown[]): Document[] => list.map((v) => (v === undefined ? {} : { v }));
const all = (accumulator: Document): Document[] => [{ $group: { _id: null, r: accumulator } }];
const result = (r: unknown): Document[] => [{ _id: null, r }];
const by = (key: unknown): Document[] => [{ $group: { _id: key, n: { $sum: 1 } } }];

/** https://www.mongodb.com/docs/manual/reference/operator/aggregation/sum/ */
const sums = [
  yields('$sum', 'int32 stay int32', [values(1, 2, 3), all({ $sum: '$v' })], result(6)),
  yields('$sum', 'int32 overflow to long', [values(2147483647, 1), all({ $sum: '$v' })], result(Long.fromNumber(2147483648))),
  yields('$sum', 'a long makes a long', [values(1, Long.fromNumber(2)), all({ $sum: '$v' })], result(Long.fromNumber(3))),
  yields('$sum', 'longs overflow to double', [values(maxLong, 1), all({ $sum: '$v' })], result(new Double(9223372036854775808))),
  yields('$sum', 'longs may pass through an overflow', [values(maxLong, 1, -1), all({ $sum: '$v' })], result(maxLong)),
  yields('$sum', 'a double makes a double', [values(1, new Double(2)), all({ $sum: '$v' })], result(new Double(3))),
  yields('$sum', 'doubles carry their rounding error along', [values(...Array<number>(10).fill(0.1)), all({ $sum: '$v' })], result(new Double(1))),
  yields('$sum', 'a long and a double keep the digits they can', [values(Long.fromString('9007199254740993'), 0.5), all({ $sum: '$v' })], result(new Double(9007199254740994))),
  yields('$sum', 'infinity and NaN', [values(1, Infinity), all({ $sum: '$v' })], result(Infinity)),
  yields('$sum', 'opposite infinities give NaN', [values(-Infinity, Infinity), all({ $sum: '$v' })], result(NaN)),
  yields('$sum', 'what is no number does not count', [values('a', null, undefined, [5], { a: 1 }, true, 2), all({ $sum: '$v' })], result(2)),
  yields('$sum', 'nothing gives the int32 zero', [values(null), all({ $sum: '$v' })], result(0)),
  yields('$sum', 'of a constant', [values(1, 2), all({ $sum: 2.5 })], result(new Double(5))),
  yields('$sum', 'of an expression', [values(1, 2), all({ $sum: { $multiply: ['$v', 10] } })], result(30)),
  refuses('$sum', 'decimal128', all({ $sum: '$v' }), { code: 2, docs: values(Decimal128.fromString('1')) }),
  refuses('$sum', 'a list of operands', all({ $sum: ['$a', '$b'] }), { code: 40237 }),
  refuses('$sum', 'an unknown expression inside', all({ $sum: { $foo: 1 } }), { code: 168 }),
];

/** https://www.mongodb.com/docs/manual/reference/operator/aggregation/#accumulators---group---bucket---bucketauto---setwindowfields- */
const accumulators = [
  yields('$avg', 'is a double', [values(1, 2), all({ $avg: '$v' })], result(1.5)),
  yields('$avg', 'of whole numbers is a double too', [values(2, 4), all({ $avg: '$v' })], result(new Double(3))),
  yields('$avg', 'numbers only', [values(1, 'a', null, undefined, 3), all({ $avg: '$v' })], result(new Double(2))),
  yields('$avg', 'of nothing is null', [values('a', null), all({ $avg: '$v' })], result(null)),
  yields('$avg', 'of longs and doubles', [values(Long.fromNumber(1), 0.5, 0), all({ $avg: '$v' })], result(0.5)),
  refuses('$avg', 'decimal128', all({ $avg: '$v' }), { code: 2, docs: values(Decimal128.fromString('1')) }),
  refuses('$avg', 'a list of operands', all({ $avg: [1] }), { code: 40237 }),

  yields('$min', 'across types', [values('a', 5, id), all({ $min: '$v' })], result(5)),
  yields('$min', 'without null and missing', [values(null, undefined, 'a'), all({ $min: '$v' })], result('a')),
  yields('$min', 'keeps the type it met first', [values(new Double(1), 1), all({ $min: '$v' })], result(new Double(1))),
  yields('$min', 'of nothing is null', [values(null, undefined), all({ $min: '$v' })], result(null)),
  yields('$min', 'arrays are values', [values([1, 9], [2]), all({ $min: '$v' })], result([1, 9])),
  yields('$max', 'across types', [values('a', 5, true), all({ $max: '$v' })], result(true)),
  yields('$max', 'of decimals', [values(Decimal128.fromString('1.5'), 1, 1.25), all({ $max: '$v' })], result(Decimal128.fromString('1.5'))),
  yields('$max', 'of nothing is null', [values(undefined), all({ $max: '$v' })], result(null)),
  refuses('$min', 'a list of operands', all({ $min: ['$a'] }), { code: 40237 }),
  refuses('$max', 'a list of operands', all({ $max: ['$a'] }), { code: 40237 }),

  yields('$first', 'in order of arrival', [values('b', 'a'), all({ $first: '$v' })], result('b')),
  yields('$first', 'missing becomes null', [values(undefined, 'a'), all({ $first: '$v' })], result(null)),
  yields('$first', 'after a sort', [values(2, 1), [{ $sort: { v: 1 } }, ...all({ $first: '$v' })]], result(1)),
  yields('$last', 'in order of arrival', [values('b', 'a'), all({ $last: '$v' })], result('a')),
  yields('$last', 'missing becomes null', [values('a', undefined), all({ $last: '$v' })], result(null)),
  refuses('$first', 'a list of operands', all({ $first: ['$a', '$b'] }), { code: 40237 }),
  refuses('$last', 'a list of operands', all({ $last: ['$a', '$b'] }), { code: 40237 }),

  yields('$push', 'keeps null, leaves missing out', [values(1, undefined, null, [2]), all({ $push: '$v' })], result([1, null, [2]])),
  yields('$push', 'documents', [values(1, undefined), all({ $push: { x: '$v' } })], result([{ x: 1 }, {}])),
  refuses('$push', 'a list of operands', all({ $push: ['$a', '$b'] }), { code: 40237 }),
  yields('$addToSet', 'once each, equal across number types', [values(1, new Double(1), Long.fromNumber(1), 2, undefined, null, null), all({ $addToSet: '$v' })], result([1, 2, null])),
  yields('$addToSet', 'documents by key order', [values({ a: 1, b: 2 }, { b: 2, a: 1 }, { a: 1, b: 2 }), all({ $addToSet: '$v' })], result([{ a: 1, b: 2 }, { b: 2, a: 1 }])),
  refuses('$addToSet', 'a list of operands', all({ $addToSet: ['$a'] }), { code: 40237 }),
  yields('$count', 'counts documents', [values(undefined, 1), all({ $count: {} })], result(2)),
  refuses('$count', 'an operand', all({ $count: '$v' }), { code: 14 }),
  refuses('$count', 'a field', all({ $count: { a: 1 } }), { code: 14 }),
];

/** https://www.mongodb.com/docs/manual/reference/operator/aggregation/group/ */
const groups = [
  yields('$group', 'missing and null are one group', [values(undefined, null, 1), by('$v')], [{ _id: null, n: 2 }, { _id: 1, n: 1 }]),
  yields('$group', 'numbers are one group across types', [values(1, new Double(1), Long.fromNumber(1), Decimal128.fromString('1.0'), 1.5, Decimal128.fromString('1.5')), by('$v')], [{ _id: 1, n: 4 }, { _id: 1.5, n: 2 }]),
  yields('$group', 'large numbers are exact', [values(Long.fromString('9007199254740993'), 9007199254740992, Decimal128.fromString('9007199254740993')), by('$v')], [{ _id: Long.fromString('9007199254740993'), n: 2 }, { _id: 9007199254740992, n: 1 }]),
  yields('$group', 'types are told apart', [values('1', 1, true, 'true', ['1']), by('$v')], values('1', 1, true, 'true', ['1']).map(({ v }) => ({ _id: v, n: 1 }))),
  yields('$group', 'by ObjectId and date', [values(id, new ObjectId(id.toHexString()), new Date(5), new Date(5)), by('$v')], [{ _id: id, n: 2 }, { _id: new Date(5), n: 2 }]),
  yields('$group', 'strings that run into each other', [[{ a: 'x', b: 'yz' }, { a: 'xy', b: 'z' }], by({ a: '$a', b: '$b' })], [{ _id: { a: 'x', b: 'yz' }, n: 1 }, { _id: { a: 'xy', b: 'z' }, n: 1 }]),
  yields('$group', 'inside a document id missing and null differ', [values(undefined, null, undefined), by({ k: '$v' })], [{ _id: {}, n: 2 }, { _id: { k: null }, n: 1 }]),
  yields('$group', 'arrays are whole keys', [values([1, 2], [1, 2], [2, 1]), by('$v')], [{ _id: [1, 2], n: 2 }, { _id: [2, 1], n: 1 }]),
  yields('$group', 'by a computed key', [values(5, 15, 16), by({ $floor: { $divide: ['$v', 10] } })], [{ _id: new Double(0), n: 1 }, { _id: new Double(1), n: 2 }]),
  yields('$group', 'a constant makes one group', [values(1, 2), by(7)], [{ _id: 7, n: 2 }]),
  yields('$group', 'nothing in, nothing out', [[], by(null)], []),
  yields('$group', 'without accumulators gives the distinct values', [values('a', 'b', 'a'), [{ $group: { _id: '$v' } }]], [{ _id: 'a' }, { _id: 'b' }]),
  refuses('$group', 'no document', [{ $group: 'x' }], { code: 15947 }),
  refuses('$group', 'no _id', [{ $group: { n: { $sum: 1 } } }], { code: 15955 }),
  refuses('$group', 'a plain value', [{ $group: { _id: null, n: 1 } }], { code: 40234 }),
  refuses('$group', 'a plain document', [{ $group: { _id: null, n: { a: 1 } } }], { code: 40234 }),
  refuses('$group', 'a dotted name', [{ $group: { _id: null, 'n.m': { $sum: 1 } } }], { code: 40235 }),
  refuses('$group', 'an operator as a name', [{ $group: { _id: null, $n: { $sum: 1 } } }], { code: 40236 }),
  refuses('$group', 'two accumulators', [{ $group: { _id: null, n: { $sum: 1, $max: 1 } } }], { code: 40238 }),
  refuses('$group', 'an unserved accumulator', [{ $group: { _id: null, n: { $stdDevPop: '$a' } } }], { code: 15952 }),
  refuses('$group', 'an unknown expression in _id', [{ $group: { _id: { $foo: 1 } } }], { code: 168 }),
];

export const accumulatorVectors = [...sums, ...accumulators];
export const groupVectors = groups;
