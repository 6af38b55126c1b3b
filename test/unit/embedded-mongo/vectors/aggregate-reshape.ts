import { Long } from 'bson';
import type { Document } from '../../../../server/embedded-mongo/values/types.js';
import { refuses, yields } from './aggregate-kinds.js';

const nested = (): Document => ({ _id: 1, a: { b: 1, c: 2 }, d: [{ b: 1, c: 2 }, { c: 3 }, 4], e: 5 });

/** https://www.mongodb.com/docs/manual/reference/operator/aggregation/project/ */
export const projectVectors = [
  yields('$project', 'inclusion keeps _id and the order of the document', [[nested()], [{ $project: { e: 1, a: 1 } }]], [{ _id: 1, a: { b: 1, c: 2 }, e: 5 }]),
  yields('$project', 'inclusion without _id', [[nested()], [{ $project: { e: true, _id: 0 } }]], [{ e: 5 }]),
  yields('$project', '_id alone', [[nested()], [{ $project: { _id: 1 } }]], [{ _id: 1 }]),
  yields('$project', 'inclusion goes into documents and arrays and drops scalars there', [[nested()], [{ $project: { 'a.b': 1, 'd.b': 1, 'e.b': 1 } }]], [{ _id: 1, a: { b: 1 }, d: [{ b: 1 }, {}] }]),
  yields('$project', 'nested form', [[nested()], [{ $project: { a: { c: 1 }, _id: 0 } }]], [{ a: { c: 2 } }]),
  yields('$project', 'exclusion', [[nested()], [{ $project: { d: 0, 'a.c': 0 } }]], [{ _id: 1, a: { b: 1 }, e: 5 }]),
  yields('$project', 'exclusion in arrays keeps scalars', [[nested()], [{ $project: { 'd.c': 0, a: 0, e: 0 } }]], [{ _id: 1, d: [{ b: 1 }, {}, 4] }]),
  yields('$project', '_id alone excluded', [[nested()], [{ $project: { _id: 0, d: 0 } }, { $project: { _id: 0 } }]], [{ a: { b: 1, c: 2 }, e: 5 }]),
  yields('$project', '_id kept in an exclusion', [[nested()], [{ $project: { _id: 1, d: 0, a: 0 } }]], [{ _id: 1, e: 5 }]),
  yields('$project', 'computed fields follow', [[nested()], [{ $project: { x: '$e', e: 1 } }]], [{ _id: 1, e: 5, x: 5 }]),
  yields('$project', 'computed missing fields stay out', [[nested()], [{ $project: { x: '$none', y: { $literal: 1 } } }]], [{ _id: 1, y: 1 }]),
  yields('$project', 'strings and arrays are expressions', [[nested()], [{ $project: { x: 'text', y: ['$e', '$none'], _id: 0 } }]], [{ x: 'text', y: [5, null] }]),
  yields('$project', 'only computed, without _id', [[nested()], [{ $project: { _id: 0, x: '$e' } }]], [{ x: 5 }]),
  yields('$project', 'computed inside replaces what is there', [[nested()], [{ $project: { 'a.x': '$e', 'd.x': '$e', 'e.x': '$e', _id: 0 } }]], [{ a: { x: 5 }, d: [{ x: 5 }, { x: 5 }, { x: 5 }], e: { x: 5 } }]),
  yields('$project', 'computed beside kept', [[nested()], [{ $project: { a: { b: 1, x: '$e' }, _id: 0 } }]], [{ a: { b: 1, x: 5 } }]),
  yields('$project', 'a computed missing field inside leaves the document', [[nested()], [{ $project: { 'z.x': '$none', _id: 0 } }]], [{ z: {} }]),
  yields('$project', '_id computed', [[nested()], [{ $project: { _id: '$e' } }]], [{ _id: 5 }]),
  yields('$project', 'conditionally removed', [[nested(), { _id: 2, e: 0 }], [{ $project: { e: { $cond: [{ $eq: ['$e', 0] }, '$$REMOVE', '$e'] } } }]], [{ _id: 1, e: 5 }, { _id: 2 }]),
  refuses('$project', 'no document', [{ $project: 'a' }], { code: 15969 }),
  refuses('$project', 'nothing', [{ $project: {} }], { code: 51272 }),
  refuses('$project', 'an empty sub-projection', [{ $project: { a: {} } }], { code: 51270 }),
  refuses('$project', 'exclusion in an inclusion', [{ $project: { a: 1, b: 0 } }], { code: 31254 }),
  refuses('$project', 'inclusion in an exclusion', [{ $project: { a: 0, b: 1 } }], { code: 31253 }),
  refuses('$project', 'an expression in an exclusion', [{ $project: { a: 0, b: '$c' } }], { code: 31252 }),
  refuses('$project', 'exclusion beside an expression', [{ $project: { b: '$c', a: 0 } }], { code: 31254 }),
  refuses('$project', 'a path twice', [{ $project: { 'a.b': 1, a: { b: 1 } } }], { code: 31250 }),
  refuses('$project', 'a path inside another', [{ $project: { a: 1, 'a.b': 1 } }], { code: 31249 }),
  refuses('$project', 'an operator as a name', [{ $project: { $a: 1 } }], { code: 16410 }),
  refuses('$project', 'an empty name', [{ $project: { 'a..b': 1 } }], { code: 15998 }),
  refuses('$project', 'a positional path', [{ $project: { 'a.$': 1 } }], { code: 31324 }),
  refuses('$project', 'an unknown expression', [{ $project: { a: { $foo: 1 } } }], { code: 168 }),
];

/** https://www.mongodb.com/docs/manual/reference/operator/aggregation/addFields/ and `/unset/` */
export const fieldVectors = [
  yields('$addFields', 'new fields follow, known ones keep their place', [[nested()], [{ $addFields: { e: 6, x: '$a.b' } }, { $project: { a: 0, d: 0 } }]], [{ _id: 1, e: 6, x: 1 }]),
  yields('$addFields', 'documents are merged, array elements each get the field', [[nested()], [{ $addFields: { a: { x: 9 }, 'd.x': 9 } }]], [{ _id: 1, a: { b: 1, c: 2, x: 9 }, d: [{ b: 1, c: 2, x: 9 }, { c: 3, x: 9 }, { x: 9 }], e: 5 }]),
  yields('$addFields', 'a scalar on the way is replaced', [[{ e: 5 }], [{ $addFields: { 'e.f.g': 1 } }]], [{ e: { f: { g: 1 } } }]),
  yields('$addFields', 'missing takes the field away', [[{ a: 1, b: 2 }], [{ $addFields: { a: '$none', b: '$$REMOVE', c: '$none' } }]], [{}]),
  yields('$addFields', 'expressions see the document as it came in', [[{ a: 1, b: 2 }], [{ $addFields: { a: '$b', b: '$a' } }]], [{ a: 2, b: 1 }]),
  yields('$addFields', 'numbers and booleans are values', [[{}], [{ $addFields: { a: 0, b: true, c: [1] } }]], [{ a: 0, b: true, c: [1] }]),
  yields('$set', 'is another name', [[{ a: 1 }], [{ $set: { b: { $add: ['$a', 1] } } }]], [{ a: 1, b: 2 }]),
  refuses('$addFields', 'no document', [{ $addFields: 1 }], { code: 40272 }),
  refuses('$set', 'nothing', [{ $set: {} }], { code: 40177 }),
  refuses('$addFields', 'an empty document', [{ $addFields: { a: {} } }], { code: 40180 }),
  refuses('$addFields', 'a path inside another', [{ $addFields: { a: 1, 'a.b': 1 } }], { code: 40176 }),
  refuses('$addFields', 'a path around another', [{ $addFields: { 'a.b': 1, a: 1 } }], { code: 40176 }),
  refuses('$addFields', 'two operators', [{ $addFields: { a: { $add: [1], $abs: 1 } } }], { code: 40181 }),
  refuses('$addFields', 'a dotted name inside', [{ $addFields: { a: { 'b.c': 1 } } }], { code: 40183 }),
  refuses('$addFields', 'an unknown expression', [{ $addFields: { a: { $foo: 1 } } }], { code: 168 }),

  yields('$unset', 'one field', [[nested()], [{ $unset: 'd' }]], [{ _id: 1, a: { b: 1, c: 2 }, e: 5 }]),
  yields('$unset', 'several, also inside', [[nested()], [{ $unset: ['d.c', 'a.b', 'e', 'none', '_id'] }]], [{ a: { c: 2 }, d: [{ b: 1 }, {}, 4] }]),
  refuses('$unset', 'a document', [{ $unset: { a: 1 } }], { code: 31002 }),
  refuses('$unset', 'an empty list', [{ $unset: [] }], { code: 31119 }),
  refuses('$unset', 'no text', [{ $unset: ['a', 1] }], { code: 31120 }),
  refuses('$unset', 'the empty path', [{ $unset: '' }], { code: 40352 }),
  refuses('$unset', 'a path twice', [{ $unset: ['a', 'a'] }], { code: 31250 }),
];

const at = (i: number): Long => Long.fromNumber(i);

/** https://www.mongodb.com/docs/manual/reference/operator/aggregation/unwind/ */
export const unwindVectors = [
  yields('$unwind', 'one document for each element', [[{ _id: 1, a: [1, { b: 2 }, null] }], [{ $unwind: '$a' }]], [{ _id: 1, a: 1 }, { _id: 1, a: { b: 2 } }, { _id: 1, a: null }]),
  yields('$unwind', 'what is no array stands for itself; null, missing and empty drop out', [[{ a: 'x' }, { a: null }, {}, { a: [] }, { a: { b: 1 } }], [{ $unwind: { path: '$a' } }]], [{ a: 'x' }, { a: { b: 1 } }]),
  yields('$unwind', 'preserved', [[{ k: 1, a: null }, { k: 2 }, { k: 3, a: [] }], [{ $unwind: { path: '$a', preserveNullAndEmptyArrays: true } }]], [{ k: 1, a: null }, { k: 2 }, { k: 3 }]),
  yields('$unwind', 'with the position as a long', [[{ a: ['x', 'y'] }, { a: 'z' }], [{ $unwind: { path: '$a', includeArrayIndex: 'i' } }]], [{ a: 'x', i: at(0) }, { a: 'y', i: at(1) }, { a: 'z', i: null }]),
  yields('$unwind', 'preserved with the position null', [[{ a: [] }], [{ $unwind: { path: '$a', preserveNullAndEmptyArrays: true, includeArrayIndex: 'i.n' } }]], [{ i: { n: null } }]),
  yields('$unwind', 'inside documents', [[{ a: { b: [1, 2], c: 3 } }], [{ $unwind: '$a.b' }]], [{ a: { b: 1, c: 3 } }, { a: { b: 2, c: 3 } }]),
  yields('$unwind', 'an array on the way is no path', [[{ a: [{ b: [1] }] }], [{ $unwind: '$a.b' }]], []),
  yields('$unwind', 'nested arrays by one level', [[{ a: [[1, 2], [3]] }], [{ $unwind: '$a' }]], [{ a: [1, 2] }, { a: [3] }]),
  refuses('$unwind', 'no text or document', [{ $unwind: 1 }], { code: 15981 }),
  refuses('$unwind', 'a path that is no text', [{ $unwind: { path: 1 } }], { code: 28808 }),
  refuses('$unwind', 'a preserve that is no boolean', [{ $unwind: { path: '$a', preserveNullAndEmptyArrays: 1 } }], { code: 28809 }),
  refuses('$unwind', 'an empty index', [{ $unwind: { path: '$a', includeArrayIndex: '' } }], { code: 28810 }),
  refuses('$unwind', 'an unknown option', [{ $unwind: { path: '$a', other: 1 } }], { code: 28811 }),
  refuses('$unwind', 'no path', [{ $unwind: {} }], { code: 28812 }),
  refuses('$unwind', 'a path without $', [{ $unwind: 'a' }], { code: 28818 }),
  refuses('$unwind', 'an index with $', [{ $unwind: { path: '$a', includeArrayIndex: '$i' } }], { code: 28822 }),
];
