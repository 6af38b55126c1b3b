import { Long, type Document } from 'bson';

/** A command and the code of its refusal, the same for a collection that does not exist, an empty one and one with documents. */
export type Refusal = readonly [what: string, command: Document, code: number];

/** Stands for the name of the collection. */
const C = '<collection>';

const find = (options: Document): Document => ({ find: C, ...options });
const aggregate = (options: Document): Document => ({ aggregate: C, pipeline: [], cursor: {}, ...options });
const update = (statement: Document): Document => ({ update: C, updates: [statement] });
const remove = (statement: Document): Document => ({ delete: C, deletes: [statement] });
const modify = (options: Document): Document => ({ findAndModify: C, query: {}, ...options });
const index = (spec: Document): Document => ({ createIndexes: C, indexes: [{ key: { z: 1 }, name: 'z', ...spec }] });

/** https://www.mongodb.com/docs/manual/reference/command/find/ , `/count/`, `/distinct/`, `/aggregate/`, `/getMore/` */
const reads: readonly Refusal[] = [
  ['a filter of another type', find({ filter: 5 }), 14],
  ['an unknown operator', find({ filter: { a: { $none: 1 } } }), 2],
  ['an unknown operator at the top', find({ filter: { $none: 1 } }), 2],
  ['an unknown expression', find({ filter: { $expr: { $none: 1 } } }), 168],
  ['an expression below an element', find({ filter: { a: { $elemMatch: { b: 1, $expr: true } } } }), 2],
  ['a sort of another type', find({ sort: 'a' }), 14],
  ['a sort in another direction', find({ sort: { a: 2 } }), 15975],
  ['a sort by a word', find({ sort: { a: 'asc' } }), 15974],
  ['a sort by an empty name', find({ sort: { '': 1 } }), 40352],
  ['a sort by a name with a dollar', find({ sort: { $a: 1 } }), 16410],
  ['a projection of another type', find({ projection: ['a'] }), 14],
  ['a projection of both kinds', find({ projection: { a: 1, b: 0 } }), 31254],
  ['a projection that collides', find({ projection: { a: 1, 'a.b': 1 } }), 31249],
  ['an operator in a projection', find({ projection: { a: { $slice: 1 } } }), 2],
  ['a negative skip', find({ skip: -1 }), 51024],
  ['a negative limit', find({ limit: -1 }), 51024],
  ['half a limit', find({ limit: 0.5 }), 2],
  ['a limit of another type', find({ limit: 'x' }), 14],
  ['a negative batch', find({ batchSize: -1 }), 51024],
  ['a switch of another type', find({ singleBatch: 'x' }), 14],
  ['a hint of another type', find({ hint: 5 }), 9],
  ['an option that is not served', find({ collation: { locale: 'zh' } }), 40415],
  ['a time limit below zero', find({ maxTimeMS: -1 }), 2],
  ['a read concern that is not served', find({ readConcern: { level: 'linearizable' } }), 72],
  ['a count with an unknown operator', { count: C, query: { a: { $none: 1 } } }, 2],
  ['a count of another type', { count: C, query: 5 }, 14],
  ['a count with a hint of another type', { count: C, hint: 5 }, 9],
  ['distinct without a key', { distinct: C }, 14],
  ['distinct by another type', { distinct: C, key: 5 }, 14],
  ['distinct with an unknown operator', { distinct: C, key: 'a', query: { $none: 1 } }, 2],
  ['a pipeline of another type', aggregate({ pipeline: {} }), 14],
  ['no pipeline', { aggregate: C, cursor: {} }, 40414],
  ['a stage that is no document', aggregate({ pipeline: [5] }), 14],
  ['an unknown stage', aggregate({ pipeline: [{ $none: 1 }] }), 40324],
  ['an unknown stage behind a limit', aggregate({ pipeline: [{ $limit: 1 }, { $facet: {} }] }), 40324],
  ['a stage that fails on constants', aggregate({ pipeline: [{ $project: { a: { $divide: [1, 0] } } }] }), 2],
  ['no cursor', { aggregate: C, pipeline: [] }, 9],
  ['a cursor of another type', aggregate({ cursor: 5 }), 14],
  ['an unknown option of the cursor', aggregate({ cursor: { none: 1 } }), 40415],
  ['a negative batch of the cursor', aggregate({ cursor: { batchSize: -1 } }), 51024],
  ['a cursor that is not there', { getMore: Long.fromNumber(12345), collection: C }, 43],
  ['a cursor of another type', { getMore: 'x', collection: C }, 14],
  ['cursors that are no list', { killCursors: C }, 40414],
];

/** https://www.mongodb.com/docs/manual/reference/command/insert/ , `/update/`, `/delete/`, `/findAndModify/` */
const writes: readonly Refusal[] = [
  ['no documents', { insert: C, documents: [] }, 16],
  ['documents that are none', { insert: C, documents: [5] }, 14],
  ['documents that are no list', { insert: C, documents: {} }, 14],
  ['no list of documents', { insert: C }, 40414],
  ['no updates', { update: C, updates: [] }, 16],
  ['no list of updates', { update: C }, 40414],
  ['an update that is no document', { update: C, updates: [5] }, 14],
  ['an update without a filter', update({ u: {} }), 40414],
  ['an update without a change', update({ q: {} }), 40414],
  ['an update with a filter of another type', update({ q: 5, u: {} }), 14],
  ['an update with an unknown operator in its filter', update({ q: { a: { $none: 1 } }, u: {} }), 2],
  ['an update by another type', update({ q: {}, u: 5 }), 9],
  ['an update by an unknown operator', update({ q: {}, u: { $none: { a: 1 } } }), 9],
  ['an update by a pipeline', update({ q: {}, u: [{ $set: { a: 1 } }] }), 9],
  ['an update of one path twice', update({ q: {}, u: { $set: { a: 1 }, $inc: { a: 1 } } }), 40],
  ['an update by no number', update({ q: {}, u: { $inc: { a: 'x' } } }), 14],
  ['an update of an empty path', update({ q: {}, u: { $set: { 'a..b': 1 } } }), 56],
  ['an update at a position', update({ q: {}, u: { $set: { 'a.$': 1 } } }), 2],
  ['a replacement of many', update({ q: {}, u: { a: 1 }, multi: true }), 9],
  ['a switch of another type', update({ q: {}, u: { $set: { a: 1 } }, multi: 'x' }), 14],
  ['an upsert of another type', update({ q: {}, u: { $set: { a: 1 } }, upsert: 'x' }), 14],
  ['an option that is not served', update({ q: {}, u: { $set: { a: 1 } }, arrayFilters: [] }), 40415],
  ['no deletes', { delete: C, deletes: [] }, 16],
  ['no list of deletes', { delete: C }, 40414],
  ['a delete without a filter', remove({ limit: 0 }), 40414],
  ['a delete without a limit', remove({ q: {} }), 40414],
  ['a delete with another limit', remove({ q: {}, limit: 2 }), 9],
  ['a delete with a limit of another type', remove({ q: {}, limit: 'x' }), 14],
  ['a delete with an unknown operator', remove({ q: { $none: 1 }, limit: 1 }), 2],
  ['neither update nor remove', modify({}), 9],
  ['both update and remove', modify({ update: {}, remove: true }), 9],
  ['a removed document as it is now', modify({ remove: true, new: true }), 9],
  ['an upsert that removes', modify({ remove: true, upsert: true }), 9],
  ['a modification by another type', modify({ update: 5 }), 9],
  ['a modification by an unknown operator', modify({ update: { $none: { a: 1 } } }), 9],
  ['a modification with an unknown operator in its query', modify({ query: { $none: 1 }, remove: true }), 2],
  ['a modification sorted by a word', modify({ sort: { a: 'asc' }, remove: true }), 15974],
  ['a modification with fields of both kinds', modify({ fields: { a: 1, b: 0 }, remove: true }), 31254],
];

/** https://www.mongodb.com/docs/manual/reference/command/createIndexes/ and `/core/index-partial/` */
const indexes: readonly Refusal[] = [
  ['no indexes', { createIndexes: C, indexes: [] }, 2],
  ['no list of indexes', { createIndexes: C }, 40414],
  ['indexes that are none', { createIndexes: C, indexes: [5] }, 14],
  ['an index without a key', { createIndexes: C, indexes: [{ name: 'z' }] }, 9],
  ['a key of another type', index({ key: 'z' }), 14],
  ['an empty key', index({ key: {} }), 67],
  ['no direction', index({ key: { z: 0 } }), 67],
  ['a direction that is no number', index({ key: { z: NaN } }), 67],
  ['a direction of another type', index({ key: { z: true } }), 67],
  ['a kind that is not served', index({ key: { z: 'hashed' } }), 67],
  ['every field', index({ key: { '$**': 1 } }), 67],
  ['an empty field', index({ key: { 'a..b': 1 } }), 67],
  ['too many fields', index({ key: Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`f${String(i)}`, 1])) }), 13103],
  ['a name of another type', index({ name: 5 }), 14],
  ['an empty name', index({ name: '' }), 67],
  ['a name that means all', index({ name: '*' }), 2],
  ['a unique that is no switch', index({ unique: 'x' }), 14],
  ['an option that is not served', index({ sparse: true }), 197],
  ['an option that there is not', index({ none: 1 }), 197],
  ['_id downwards', index({ key: { _id: -1 } }), 2],
  ['_id with an option', index({ key: { _id: 1 }, name: '_id_', unique: true }), 197],
  ['a partial filter of another type', index({ partialFilterExpression: 5 }), 14],
  ['a partial filter with an unknown operator', index({ partialFilterExpression: { a: { $none: 1 } } }), 2],
  ['a partial filter that computes', index({ partialFilterExpression: { $expr: true } }), 224],
  ...[{ a: { $ne: 1 } }, { a: { $exists: false } }, { a: { $nin: [1] } }, { a: { $not: { $gt: 1 } } }, { $nor: [{ a: 1 }] }, { a: { $regex: '^x' } }, { a: { $size: 1 } }, { a: { $elemMatch: { b: 1 } } }, { $or: [{ a: 1 }, { b: { $ne: 1 } }] }].map(
    (partialFilterExpression): Refusal => [`a partial filter ${JSON.stringify(partialFilterExpression)}`, index({ partialFilterExpression }), 67],
  ),
  ['an end of another type', index({ expireAfterSeconds: 'x' }), 67],
  ['an end in the past', index({ expireAfterSeconds: -1 }), 67],
  ['an end of a compound index', index({ key: { y: 1, z: 1 }, expireAfterSeconds: 1 }), 67],
  ['dropping nothing', { dropIndexes: C }, 40414],
  ['dropping by another type', { dropIndexes: C, index: 5 }, 14],
];

/** https://www.mongodb.com/docs/manual/reference/limits/#mongodb-limit-Restriction-on-Collection-Names and `/command/` */
const names: readonly Refusal[] = [
  ['an unknown command', { none: 1 }, 59],
  ['a collection without a name', { find: '' }, 73],
  ['a collection whose name is none', { find: 5 }, 73],
  ['a name with a dollar', { create: 'a$b' }, 73],
  ['a name of the system', { create: 'system.a' }, 73],
  ['a name that begins with a dot', { create: '.a' }, 73],
  ['a name with a null', { create: 'a\0b' }, 73],
  ['a name too long', { create: 'x'.repeat(252) }, 73],
  ['an option that is not served', { create: C, capped: true }, 40415],
  ['listing by an unknown operator', { listCollections: 1, filter: { $none: 1 } }, 2],
  ['explaining nothing', { explain: 5 }, 14],
  ['explaining an unknown command', { explain: { none: 1 } }, 59],
  ['explaining an unknown operator', { explain: { find: C, filter: { $none: 1 } } }, 2],
];

export const commandRefusals: readonly Refusal[] = [...reads, ...writes, ...indexes, ...names];

/** The command for a collection of this name. */
export const onCollection = (command: Document, name: string): Document =>
  Object.fromEntries(Object.entries(command).map(([key, value]) => [key, value === C ? name : key === 'explain' && typeof value === 'object' ? onCollection(value as Document, name) : (value as unknown)]));

/** What is refused only where there is something. */
export const refusedWithIndex: readonly Refusal[] = [
  ['a hint that names no index', find({ hint: 'none_1' }), 2],
  ['a hint that spells no index', find({ hint: { none: 1 } }), 2],
  ['a hint in the other direction', find({ hint: { a: -1 } }), 2],
  ['a hint of a count', { count: C, query: { a: 1 }, hint: 'none_1' }, 2],
  ['a hint of a pipeline', aggregate({ hint: 'none_1' }), 2],
  ['a hint of an _id', find({ filter: { _id: 1 }, hint: 'none_1' }), 2],
  ['dropping an index that is not there', { dropIndexes: C, index: 'none_1' }, 27],
  ['dropping the order of the documents', { dropIndexes: C, index: '_id_' }, 72],
  ['dropping it by its key', { dropIndexes: C, index: { _id: 1 } }, 72],
  ['an index under a name that is taken', index({ name: 'a_1' }), 86],
  ['an index with other options', index({ key: { a: 1 }, name: 'a_1', unique: true }), 85],
  ['an index with another name', index({ key: { a: 1 }, name: 'other' }), 85],
];
