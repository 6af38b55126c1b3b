import { Decimal128, Double, Long } from 'bson';
import type { Document } from '../../../../server/embedded-mongo/values/types.js';
import { refuses, yields } from './aggregate-kinds.js';

const numbered = (...list: unknown[]): Document[] => list.map((v, i) => (v === undefined ? { _id: i } : { _id: i, v }));
const ids = (...list: number[]): Document[] => list.map((id) => ({ _id: id }));
const onlyId = { $project: { _id: 1 } };

/** https://www.mongodb.com/docs/manual/reference/operator/aggregation/match/, `/limit/`, `/skip/`, `/count/` */
export const selectionVectors = [
  yields('$match', 'filters as find does', [numbered(1, [5, 1], undefined, null), [{ $match: { v: { $gte: 1 } } }, onlyId]], ids(0, 1)),
  yields('$match', 'after other stages', [numbered(1, 2, 3), [{ $addFields: { w: { $mod: ['$v', 2] } } }, { $match: { w: 1 } }, onlyId]], ids(0, 2)),
  yields('$match', 'the empty filter takes all', [numbered(1), [{ $match: {} }]], numbered(1)),
  yields('$match', '$expr', [numbered(1, 5), [{ $match: { $expr: { $gt: ['$v', { $add: ['$_id', 2] }] } } }, onlyId]], ids(1)),
  refuses('$match', 'no document', [{ $match: 'x' }], { code: 15959 }),
  refuses('$match', 'an unknown operator', [{ $match: { a: { $near: 1 } } }], { code: 2 }),
  refuses('$match', 'an unknown expression in $expr', [{ $match: { $expr: { $foo: 1 } } }], { code: 168 }),

  yields('$limit', 'the first', [numbered(1, 2, 3), [{ $limit: 2 }, onlyId]], ids(0, 1)),
  yields('$limit', 'a whole double or long', [numbered(1, 2, 3), [{ $limit: new Double(2) }, { $limit: Long.fromNumber(1) }, onlyId]], ids(0)),
  yields('$limit', 'more than there are', [numbered(1), [{ $limit: 5 }, onlyId]], ids(0)),
  refuses('$limit', 'zero', [{ $limit: 0 }], { code: 15958 }),
  refuses('$limit', 'a negative number', [{ $limit: -1 }], { code: 5107201 }),
  refuses('$limit', 'a fraction', [{ $limit: 1.5 }], { code: 5107201 }),
  refuses('$limit', 'no number', [{ $limit: '1' }], { code: 5107201 }),
  yields('$skip', 'all but the first', [numbered(1, 2, 3), [{ $skip: 1 }, onlyId]], ids(1, 2)),
  yields('$skip', 'none', [numbered(1, 2), [{ $skip: 0 }, onlyId]], ids(0, 1)),
  yields('$skip', 'more than there are', [numbered(1, 2), [{ $skip: 9 }]], []),
  refuses('$skip', 'a negative number', [{ $skip: -1 }], { code: 5107200 }),
  refuses('$skip', 'a fraction', [{ $skip: 0.5 }], { code: 5107200 }),
  refuses('$skip', 'no number', [{ $skip: null }], { code: 5107200 }),

  yields('$count', 'one document with an int32', [numbered(1, 2), [{ $count: 'n' }]], [{ n: 2 }]),
  yields('$count', 'no document when there is nothing', [numbered(1), [{ $match: { v: 2 } }, { $count: 'n' }]], []),
  refuses('$count', 'no text', [{ $count: 1 }], { code: 40156 }),
  refuses('$count', 'the empty text', [{ $count: '' }], { code: 40157 }),
  refuses('$count', 'a path with $', [{ $count: '$n' }], { code: 40158 }),
  refuses('$count', 'a null byte', [{ $count: 'a\0b' }], { code: 40159 }),
  refuses('$count', 'a dotted path', [{ $count: 'a.b' }], { code: 40160 }),
];

const mixed = numbered('a', 5, null, undefined, [], [9, 1], { x: 1 }, true, Decimal128.fromString('5.5'), new Date(0));

/** https://www.mongodb.com/docs/manual/reference/operator/aggregation/sort/ */
export const sortVectors = [
  yields('$sort', 'across types, missing as null, an empty array before null, arrays by their least element', [mixed, [{ $sort: { v: 1 } }, onlyId]], ids(4, 2, 3, 5, 1, 8, 0, 6, 7, 9)),
  yields('$sort', 'descending, arrays by their greatest element', [mixed, [{ $sort: { v: -1 } }, onlyId]], ids(9, 7, 6, 0, 5, 8, 1, 2, 3, 4)),
  yields('$sort', 'equal documents stay as they came', [numbered(1, 0, 1, 0), [{ $sort: { v: 1 } }, onlyId]], ids(1, 3, 0, 2)),
  yields('$sort', 'by several keys', [numbered(1, 0, 1, 0), [{ $sort: { v: -1, _id: -1 } }, onlyId]], ids(2, 0, 3, 1)),
  yields('$sort', 'inside documents', [numbered({ a: 2 }, { a: 1 }), [{ $sort: { 'v.a': 1 } }, onlyId]], ids(1, 0)),
  yields(['$sort', '$limit'], 'with a limit', [numbered(3, 1, 2, 1), [{ $sort: { v: 1 } }, { $limit: 3 }, onlyId]], ids(1, 3, 2)),
  yields(['$sort', '$skip', '$limit'], 'with skip and limit', [numbered(3, 1, 2, 1), [{ $sort: { v: -1 } }, { $skip: 1 }, { $limit: 2 }, onlyId]], ids(2, 1)),
  refuses('$sort', 'no document', [{ $sort: 'v' }], { code: 15973 }),
  refuses('$sort', 'no key', [{ $sort: {} }], { code: 15976 }),
  refuses('$sort', 'no number', [{ $sort: { v: 'up' } }], { code: 15974 }),
  refuses('$sort', 'another number', [{ $sort: { v: 2 } }], { code: 15975 }),
];

/** The other collection of the lookups: `k` as documented in each vector. */
export const foreignDocuments: readonly Document[] = [
  { _id: 'a', k: 1 },
  { _id: 'b', k: [1, 2] },
  { _id: 'c', k: null },
  { _id: 'd' },
  { _id: 'e', k: 'x' },
];

const lookup = { from: 'other', localField: 'v', foreignField: 'k', as: 'found' };
const [a, b, c, d, e] = foreignDocuments as [Document, Document, Document, Document, Document];

/** https://www.mongodb.com/docs/manual/reference/operator/aggregation/lookup/ */
export const lookupVectors = [
  yields('$lookup', 'by equality, also into arrays', [[{ v: 1 }, { v: new Double(2) }], [{ $lookup: lookup }]], [{ v: 1, found: [a, b] }, { v: new Double(2), found: [b] }]),
  yields('$lookup', 'null and missing find null and missing', [[{ v: null }, {}], [{ $lookup: lookup }]], [{ v: null, found: [c, d] }, { found: [c, d] }]),
  yields('$lookup', 'an array finds what its elements find, each document once', [[{ v: [2, 1, 'x'] }], [{ $lookup: lookup }]], [{ v: [2, 1, 'x'], found: [a, b, e] }]),
  yields('$lookup', 'a stranger finds nothing', [[{ v: 7 }], [{ $lookup: lookup }]], [{ v: 7, found: [] }]),
  yields('$lookup', 'through arrays of documents into a nested field', [[{ v: [{ w: 'x' }, { w: 2 }] }], [{ $lookup: { ...lookup, localField: 'v.w', as: 'r.found' } }]], [{ v: [{ w: 'x' }, { w: 2 }], r: { found: [b, e] } }]),
  yields('$lookup', 'replaces a field of that name', [[{ v: 7, found: 1 }], [{ $lookup: lookup }]], [{ v: 7, found: [] }]),
  refuses('$lookup', 'no document', [{ $lookup: 'other' }], { code: 9 }),
  refuses('$lookup', 'a pipeline', [{ $lookup: { from: 'other', pipeline: [], as: 'found' } }], { code: 9 }),
  refuses('$lookup', 'no from', [{ $lookup: { localField: 'a', foreignField: 'b', as: 'c' } }], { code: 9 }),
  refuses('$lookup', 'no as', [{ $lookup: { from: 'x', localField: 'a', foreignField: 'b' } }], { code: 9 }),
  refuses('$lookup', 'no foreignField', [{ $lookup: { from: 'x', localField: 'a', as: 'c' } }], { code: 9 }),
  refuses('$lookup', 'no text', [{ $lookup: { ...lookup, from: 1 } }], { code: 9 }),
  refuses('$lookup', 'a path with $', [{ $lookup: { ...lookup, as: '$found' } }], { code: 16410 }),
];

/** https://www.mongodb.com/docs/manual/reference/operator/aggregation-pipeline/ */
export const pipelineVectors = [
  yields([], 'the empty pipeline gives what came in', [numbered(1), []], numbered(1)),
  refuses([], 'an unknown stage', [{ $foo: 1 }], { code: 40324 }),
  refuses([], 'a stage that is not served', [{ $match: {} }, { $facet: {} }], { code: 40324 }),
  refuses([], 'a name that every object has', [{ constructor: 1 }], { code: 40324 }),
  refuses([], 'no stage name', [{}], { code: 40323 }),
  refuses([], 'two stage names', [{ $match: {}, $limit: 1 }], { code: 40323 }),
  refuses([], 'no document', ['$match'], { code: 14 }),
];
