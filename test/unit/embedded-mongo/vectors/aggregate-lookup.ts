import { BSONRegExp, Decimal128, Double } from 'bson';
import type { Document } from '../../../../server/embedded-mongo/values/types.js';
import { yields, type PipelineVector } from './aggregate-kinds.js';

/** Foreign documents whose `_id` says what they hold in `k`. */
export const foreignDocuments: readonly Document[] = [
  { _id: 'missing' },
  { _id: 'null', k: null },
  { _id: 'one', k: 1 },
  { _id: 'two', k: [2, 1] },
  { _id: 'empty', k: [] },
  { _id: 'emptyWithin', k: [[]] },
  { _id: 'pair', k: [[1, 2], 7] },
  { _id: 'text', k: 'x' },
  { _id: 'pattern', k: new BSONRegExp('x') },
  { _id: 'document', k: { x: 1 } },
  { _id: 'operator', k: { $gt: 1 } },
  { _id: 'inner', k: { w: 1 } },
  { _id: 'inners', k: [{ w: 1 }, { u: 1 }] },
];

const lookup = (localField: string, foreignField: string): unknown[] => [
  { $lookup: { from: 'other', localField, foreignField, as: 'r' } },
  { $project: { _id: 0, found: '$r._id' } },
];

const meets = (name: string, local: Document, [localField, foreignField]: [string, string], found: string[]): PipelineVector =>
  yields('$lookup', name, [[local], lookup(localField, foreignField)], [{ found }]);

const ofK: [string, string] = ['v', 'k'];
const deep: [string, string] = ['v.w', 'k'];
const nullish = ['missing', 'null'];

/** https://www.mongodb.com/docs/manual/reference/operator/aggregation/lookup/#equality-match-with-a-single-join-condition */
export const lookupValueVectors: readonly PipelineVector[] = [
  meets('a number of another type', { v: Decimal128.fromString('1.0') }, ofK, ['one', 'two']),
  meets('a missing field', {}, ofK, nullish),
  meets('null', { v: null }, ofK, nullish),
  meets('an empty array counts as missing', { v: [] }, ofK, nullish),
  meets('null within an array', { v: [null, 'x'] }, ofK, ['missing', 'null', 'text']),
  meets('an array by its elements', { v: [1, new Double(2)] }, ofK, ['one', 'two']),
  meets('an array within an array as a value', { v: [[1, 2]] }, ofK, ['pair']),
  meets('an empty array within an array', { v: [[]] }, ofK, ['empty', 'emptyWithin']),
  meets('a pattern as a value, not as a search', { v: new BSONRegExp('x') }, ofK, ['pattern']),
  meets('a pattern within an array', { v: [new BSONRegExp('x'), 1] }, ofK, ['one', 'two', 'pattern']),
  meets('a document', { v: { x: 1 } }, ofK, ['document']),
  meets('a document whose names begin with $', { v: [{ $gt: 1 }, 'x'] }, ofK, ['text', 'operator']),
  meets('a value that nobody has', { v: 99 }, ofK, []),
  meets('a field of a document', { v: { w: 1 } }, deep, ['one', 'two']),
  meets('a field of documents in an array', { v: [{ w: 1 }, { w: 'x' }] }, deep, ['one', 'two', 'text']),
  meets('documents without the field beside one that has it', { v: [{ u: 2 }, { w: 1 }] }, deep, ['one', 'two']),
  meets('only documents without the field', { v: [{ u: 2 }, { u: 3 }] }, deep, nullish),
  meets('a field below a scalar', { v: 5 }, deep, nullish),
  meets('a field below scalars in an array', { v: [1] }, deep, nullish),
  meets('a field below an empty array', { v: [] }, deep, nullish),
  meets('arrays within arrays are not gone through', { v: [[{ w: 1 }]] }, deep, nullish),
  meets('empty arrays at the end', { v: [{ w: [] }, { w: [] }] }, deep, nullish),
  meets('a position in an array', { v: [{ w: 1 }, { w: 'x' }] }, ['v.0.w', 'k'], ['one', 'two']),
  meets('a position at the end', { v: ['x', 1] }, ['v.0', 'k'], ['text']),
  meets('a position that is not there', { v: ['x'] }, ['v.3', 'k'], nullish),
  meets('a number as name of a field', { v: { 0: 'x' } }, ['v.0', 'k'], ['text']),
  meets('into a foreign path', { v: 1 }, ['v', 'k.w'], ['inner', 'inners']),
  meets('null into a foreign path', {}, ['v', 'k.w'], ['missing', 'null', 'one', 'text', 'pattern', 'document', 'operator', 'inners']),
];
