import { Decimal128, Double, Long, ObjectId } from 'bson';
import type { FilterError, FilterVector } from './queryShape.js';

/** https://www.mongodb.com/docs/manual/reference/operator/query-logical/ */
export const logic: FilterVector[] = [
  { covers: ['$and'], name: 'all of them', filter: { $and: [{ a: 1 }, { b: { $gt: 1 } }] }, hits: [{ a: 1, b: 2 }], misses: [{ a: 1 }, { b: 2 }] },
  { covers: ['$or'], name: 'any of them', filter: { $or: [{ a: 1 }, { b: 1 }] }, hits: [{ a: 1 }, { b: 1 }], misses: [{}, { a: 2, b: 2 }] },
  { covers: ['$or'], name: 'the filter of a rate limiter', filter: { key: 'k', $or: [{ expire: { $lte: 5 } }, { expire: { $eq: null } }] }, hits: [{ key: 'k' }, { key: 'k', expire: null }, { key: 'k', expire: 5 }], misses: [{ key: 'k', expire: 6 }, { key: 'x' }] },
  { covers: ['$nor'], name: 'none of them', filter: { $nor: [{ a: 1 }, { b: null }] }, hits: [{ a: 2, b: 1 }], misses: [{ a: 1, b: 1 }, { a: 2 }] },
  { covers: ['$not'], name: 'negates over all values and the missing field', filter: { a: { $not: { $gt: 5 } } }, hits: [{}, { a: 5 }, { a: 'x' }, { a: [1, 2] }], misses: [{ a: 6 }, { a: [1, 6] }] },
  { covers: ['$not'], name: 'negates the conjunction', filter: { a: { $not: { $gt: 1, $lt: 5 } } }, hits: [{ a: 1 }, { a: 5 }], misses: [{ a: 3 }] },
  { covers: ['$not', '$regex'], name: 'negates an anchored expression', filter: { a: { $not: /^x/ } }, hits: [{}, { a: 'ax' }, { a: 1 }], misses: [{ a: 'xa' }] },
  { covers: ['$comment'], name: 'has no effect', filter: { $comment: 'why', a: { $gt: 1, $comment: 'here' } }, hits: [{ a: 2 }], misses: [{ a: 1 }] },
  { covers: ['$and'], name: 'an empty filter finds everything', filter: {}, hits: [{}, { a: 1 }], misses: [] },
  { covers: ['$expr'], name: 'two fields of a document', filter: { $expr: { $gt: ['$spent', '$budget'] } }, hits: [{ spent: 2, budget: 1 }, { spent: 1 }], misses: [{ spent: 1, budget: 1 }, { budget: 1 }] },
  { covers: ['$expr'], name: 'compares across types, missing below null', filter: { $expr: { $eq: ['$a', null] } }, hits: [{ a: null }], misses: [{}, { a: 0 }] },
  { covers: ['$expr'], name: 'beside other conditions', filter: { a: 1, $expr: { $lt: ['$a', '$b'] } }, hits: [{ a: 1, b: 2 }], misses: [{ a: 1, b: 0 }, { a: 0, b: 2 }] },
];

/** https://www.mongodb.com/docs/manual/reference/operator/query-element/ */
export const element: FilterVector[] = [
  { covers: ['$exists'], name: 'is there, also with null', filter: { a: { $exists: true } }, hits: [{ a: null }, { a: [] }, { a: 0 }], misses: [{}, { b: 1 }] },
  { covers: ['$exists'], name: 'is not there', filter: { 'a.b': { $exists: false } }, hits: [{}, { a: {} }, { a: 4 }, { a: null }, { a: [] }, { a: [{ c: 1 }] }], misses: [{ a: { b: null } }, { a: [{ c: 1 }, { b: 1 }] }] },
  { covers: ['$exists'], name: 'a number, a null and an empty string as argument', filter: { a: { $exists: 1 }, b: { $exists: 0 }, c: { $exists: null }, d: { $exists: '' } }, hits: [{ a: 1, d: 1 }], misses: [{ a: 1, b: 1, d: 1 }, { a: 1, c: 1, d: 1 }, { a: 1 }] },
  { covers: ['$exists'], name: 'a position in an array', filter: { 'a.1': { $exists: true } }, hits: [{ a: [1, 2] }], misses: [{ a: [1] }, { a: [[1, 2]] }] },
  { covers: ['$type'], name: 'by alias', filter: { a: { $type: 'string' } }, hits: [{ a: 'x' }, { a: [1, 'x'] }], misses: [{ a: 1 }, {}, { a: null }] },
  { covers: ['$type'], name: 'by number', filter: { a: { $type: 10 } }, hits: [{ a: null }, { a: [null] }], misses: [{}, { a: 0 }] },
  { covers: ['$type'], name: 'any number', filter: { a: { $type: 'number' } }, hits: [{ a: 1 }, { a: new Double(1) }, { a: Long.ONE }, { a: Decimal128.fromString('1') }], misses: [{ a: '1' }, { a: true }] },
  { covers: ['$type'], name: 'the number types apart', filter: { a: { $type: 'double' } }, hits: [{ a: new Double(1) }], misses: [{ a: 1 }, { a: Long.ONE }, { a: Decimal128.fromString('1') }] },
  { covers: ['$type'], name: 'an array itself', filter: { a: { $type: 'array' } }, hits: [{ a: [] }, { a: [1] }], misses: [{ a: 1 }, { a: {} }] },
  { covers: ['$type'], name: 'objectId, date, bool, object', filter: { i: { $type: 'objectId' }, d: { $type: 'date' }, t: { $type: 'bool' }, o: { $type: 'object' } }, hits: [{ i: new ObjectId(), d: new Date(0), t: false, o: {} }], misses: [{ i: 'x', d: new Date(0), t: false, o: {} }] },
  { covers: ['$type'], name: 'a list of types', filter: { a: { $type: ['string', 16] } }, hits: [{ a: 'x' }, { a: 3 }], misses: [{ a: new Double(3.5) }, {}] },
];

/** https://www.mongodb.com/docs/manual/reference/operator/query-array/ */
export const arrays: FilterVector[] = [
  { covers: ['$all'], name: 'all values in any order', filter: { a: { $all: [1, 2] } }, hits: [{ a: [2, 3, 1] }], misses: [{ a: [1] }, { a: 1 }, {}] },
  { covers: ['$all'], name: 'one value also finds a scalar', filter: { a: { $all: [1] } }, hits: [{ a: 1 }, { a: [1, 2] }], misses: [{ a: 2 }] },
  { covers: ['$all'], name: 'nested arrays', filter: { a: { $all: [[1, 2]] } }, hits: [{ a: [1, 2] }, { a: [[1, 2], 3] }], misses: [{ a: [2, 1] }] },
  { covers: ['$all'], name: 'an empty list finds nothing', filter: { a: { $all: [] } }, hits: [], misses: [{ a: [] }, {}, { a: [1] }] },
  { covers: ['$all', '$elemMatch'], name: 'several element conditions', filter: { a: { $all: [{ $elemMatch: { x: 1 } }, { $elemMatch: { y: 2 } }] } }, hits: [{ a: [{ x: 1 }, { y: 2 }] }, { a: [{ x: 1, y: 2 }] }], misses: [{ a: [{ x: 1 }] }, { a: { x: 1, y: 2 } }] },
  { covers: ['$all', '$regex'], name: 'anchored expressions', filter: { a: { $all: [/^a/, 'b'] } }, hits: [{ a: ['ab', 'b'] }], misses: [{ a: ['b'] }] },
  { covers: ['$elemMatch'], name: 'one element meets all conditions', filter: { a: { $elemMatch: { $gt: 5, $lt: 8 } } }, hits: [{ a: [1, 6] }], misses: [{ a: [1, 9] }, { a: 6 }, { a: [[6]] }, {}] },
  { covers: ['$elemMatch'], name: 'one document meets all conditions', filter: { a: { $elemMatch: { x: 1, 'y.z': 2 } } }, hits: [{ a: [{ x: 1, y: { z: 2 } }] }, { a: [0, { x: [1], y: [{ z: 2 }] }] }], misses: [{ a: [{ x: 1 }, { y: { z: 2 } }] }, { a: { x: 1, y: { z: 2 } } }] },
  { covers: ['$elemMatch'], name: 'null and missing inside', filter: { a: { $elemMatch: { b: null } } }, hits: [{ a: [{}] }, { a: [{ b: null }] }, { a: [[]] }], misses: [{ a: [] }, { a: [null] }, { a: [{ b: 1 }] }] },
  { covers: ['$elemMatch', '$ne'], name: 'an element that is not null', filter: { a: { $elemMatch: { $ne: null } } }, hits: [{ a: [[]] }, { a: [1, null] }, { a: [{}] }], misses: [{ a: [] }, { a: [null] }, { a: 1 }] },
  { covers: ['$elemMatch', '$or'], name: 'alternatives for one document', filter: { a: { $elemMatch: { $or: [{ x: 1 }, { y: 1 }] } } }, hits: [{ a: [{ y: 1 }] }], misses: [{ a: [1] }, { a: [{ z: 1 }] }] },
  { covers: ['$elemMatch'], name: 'nested', filter: { a: { $elemMatch: { $elemMatch: { $eq: 1 } } } }, hits: [{ a: [[1]] }, { a: [2, [3, 1]] }], misses: [{ a: [1] }, { a: [[[1]]] }] },
  { covers: ['$elemMatch', '$not', '$in', '$exists'], name: 'other operators on elements', filter: { a: { $elemMatch: { $in: [1, 2], $not: { $eq: 1 } } } }, hits: [{ a: [1, 2] }], misses: [{ a: [1, 3] }] },
  { covers: ['$size'], name: 'the length of an array', filter: { a: { $size: 2 } }, hits: [{ a: [1, 2] }, { a: [[], null] }], misses: [{ a: [1] }, { a: [[1, 2]] }, { a: 'ab' }, {}] },
  { covers: ['$size'], name: 'zero, below a path', filter: { 'a.b': { $size: 0 } }, hits: [{ a: { b: [] } }, { a: [{ b: [] }] }], misses: [{ a: { b: [1] } }, { a: [] }] },
];

/** https://www.mongodb.com/docs/manual/reference/operator/query/regex/ */
export const regex: FilterVector[] = [
  { covers: ['$regex'], name: 'a prefix', filter: { a: { $regex: '^王' } }, hits: [{ a: '王小' }, { a: ['x', '王'] }], misses: [{ a: '小王' }, { a: 1 }, {}] },
  { covers: ['$regex'], name: 'an expression value', filter: { a: /^a.c/ }, hits: [{ a: 'abcd' }], misses: [{ a: 'a\nc' }, { a: 'xabc' }] },
  { covers: ['$regex', '$options'], name: 'letters of either case', filter: { a: { $regex: '^ab', $options: 'i' } }, hits: [{ a: 'ABx' }], misses: [{ a: 'b' }] },
  { covers: ['$regex', '$options'], name: 'a dot for line ends', filter: { a: { $options: 's', $regex: '^a.c' } }, hits: [{ a: 'a\nc' }], misses: [{ a: 'ac' }] },
  { covers: ['$regex'], name: 'an escaped character and a class', filter: { a: { $regex: '^a\\.b[|]c' } }, hits: [{ a: 'a.b|c' }], misses: [{ a: 'axb|c' }] },
  { covers: ['$regex'], name: 'alternatives inside a group', filter: { a: { $regex: '^(?:ab|cd)$' } }, hits: [{ a: 'cd' }], misses: [{ a: 'abcd' }] },
  { covers: ['$regex'], name: 'beside other operators', filter: { a: { $regex: '^a', $ne: 'ab' } }, hits: [{ a: 'ac' }], misses: [{ a: 'ab' }] },
];

export const logicErrors: FilterError[] = [
  { covers: ['$and'], name: 'needs a list', filter: { $and: { a: 1 } }, code: 2, message: '$and must be an array' },
  { covers: ['$or'], name: 'needs one entry', filter: { $or: [] }, code: 2, message: '$and/$or/$nor must be a nonempty array' },
  { covers: ['$nor'], name: 'needs documents', filter: { $nor: [1] }, code: 2, message: '$or/$and/$nor entries need to be full objects' },
  { covers: ['$not'], name: 'needs a document', filter: { a: { $not: 1 } }, code: 2, message: '$not needs a regex or a document' },
  { covers: ['$not'], name: 'needs an operator', filter: { a: { $not: {} } }, code: 2, message: '$not cannot be empty' },
  { covers: ['$not'], name: 'needs operators, not fields', filter: { a: { $not: { b: 1 } } }, code: 2, message: 'unknown operator: b' },
  { covers: ['$and'], name: 'an unknown name at the top', filter: { $where: 'true' }, code: 2 },
  { covers: ['$expr'], name: 'an unknown expression', filter: { $expr: { $function: {} } }, code: 168 },
  { covers: ['$type'], name: 'an unknown alias', filter: { a: { $type: 'objectid' } }, code: 2, message: 'Unknown type name alias: objectid' },
  { covers: ['$type'], name: 'an unknown number', filter: { a: { $type: 99 } }, code: 2, message: 'Invalid numerical type code: 99' },
  { covers: ['$type'], name: 'neither name nor number', filter: { a: { $type: true } }, code: 14, message: 'type must be represented as a number or a string' },
  { covers: ['$type'], name: 'an empty list', filter: { a: { $type: [] } }, code: 9 },
  { covers: ['$all'], name: 'needs a list', filter: { a: { $all: 1 } }, code: 2, message: '$all needs an array' },
  { covers: ['$all'], name: 'no operators inside', filter: { a: { $all: [{ $gt: 1 }] } }, code: 2, message: 'no $ expressions in $all' },
  { covers: ['$all'], name: 'no mixture with $elemMatch', filter: { a: { $all: [{ $elemMatch: { b: 1 } }, 1] } }, code: 2 },
  { covers: ['$elemMatch'], name: 'needs a document', filter: { a: { $elemMatch: 1 } }, code: 2, message: '$elemMatch needs an Object' },
  { covers: ['$elemMatch'], name: 'an unknown operator inside', filter: { a: { $elemMatch: { b: { $foo: 1 } } } }, code: 2, message: 'unknown operator: $foo' },
  { covers: ['$size'], name: 'needs a number', filter: { a: { $size: 'x' } }, code: 9 },
  { covers: ['$size'], name: 'needs a whole number', filter: { a: { $size: 1.5 } }, code: 9 },
  { covers: ['$size'], name: 'needs zero or more', filter: { a: { $size: -1 } }, code: 9 },
  { covers: ['$regex'], name: 'an unanchored expression', filter: { a: /b/ }, code: 2 },
  { covers: ['$regex'], name: 'an alternative without anchor', filter: { a: { $regex: '^a|b' } }, code: 2 },
  { covers: ['$regex'], name: 'needs a string', filter: { a: { $regex: 1 } }, code: 2, message: '$regex has to be a string' },
  { covers: ['$regex'], name: 'a broken pattern', filter: { a: { $regex: '^(' } }, code: 51091 },
  { covers: ['$options'], name: 'line mode is not served', filter: { a: { $regex: '^a', $options: 'm' } }, code: 51108 },
  { covers: ['$options'], name: 'needs $regex', filter: { a: { $options: 'i' } }, code: 2, message: '$options needs a $regex' },
  { covers: ['$options'], name: 'needs a string', filter: { a: { $regex: '^a', $options: 1 } }, code: 2, message: '$options has to be a string' },
];
