import { BSONRegExp, Decimal128, Double, Long } from 'bson';
import type { UpdateError, UpdateVector, UpsertError, UpsertVector } from './updateShape.js';

/** https://www.mongodb.com/docs/manual/reference/operator/update/push/ : `$sort` compares fields as they are, arrays as a whole */
export const pushes: UpdateVector[] = [
  { covers: ['$push', '$sort'], name: 'an array in a sort field counts as an array', before: { _id: 1, a: [{ x: [9, 1] }] }, update: { $push: { a: { $each: [{ x: 5 }], $sort: { x: 1 } } } }, after: { _id: 1, a: [{ x: 5 }, { x: [9, 1] }] } },
  { covers: ['$push', '$sort'], name: 'two arrays in sort fields', before: { _id: 1, a: [] }, update: { $push: { a: { $each: [{ x: [2], y: [1] }, { x: [1], y: [9] }], $sort: { x: 1, y: 1 } } } }, after: { _id: 1, a: [{ x: [1], y: [9] }, { x: [2], y: [1] }] } },
  { covers: ['$push', '$sort'], name: 'what is no document has no fields', before: { _id: 1, a: [] }, update: { $push: { a: { $each: [{ x: 1 }, 7, { x: null }, 'y'], $sort: { x: -1 } } } }, after: { _id: 1, a: [{ x: 1 }, 7, { x: null }, 'y'] } },
  { covers: ['$push', '$sort'], name: 'through an array only by position', before: { _id: 1, a: [] }, update: { $push: { a: { $each: [{ x: [{ y: 2 }] }, { x: { y: 1 } }, { x: [{ y: 0 }] }], $sort: { 'x.y': -1 } } } }, after: { _id: 1, a: [{ x: { y: 1 } }, { x: [{ y: 2 }] }, { x: [{ y: 0 }] }] } },
  { covers: ['$push', '$sort'], name: 'descending by the whole element', before: { _id: 1, a: [1, 3] }, update: { $push: { a: { $each: [2, [0], null], $sort: -1 } } }, after: { _id: 1, a: [[0], 3, 2, 1, null] } },
  { covers: ['$push', '$sort'], name: 'equal ones as they came', before: { _id: 1, a: [{ x: 1, n: 1 }] }, update: { $push: { a: { $each: [{ x: 1, n: 2 }, { x: 0, n: 3 }], $sort: { x: 1 } } } }, after: { _id: 1, a: [{ x: 0, n: 3 }, { x: 1, n: 1 }, { x: 1, n: 2 }] } },
  { covers: ['$push', '$sort', '$slice'], name: 'with nothing to push, only sorts and cuts', before: { _id: 1, a: [3, 1, 2] }, update: { $push: { a: { $each: [], $sort: 1, $slice: -2 } } }, after: { _id: 1, a: [2, 3] } },
  { covers: ['$push', '$slice'], name: 'a slice beyond the length keeps all', before: { _id: 1, a: [1] }, update: { $push: { a: { $each: [2], $slice: -9 } } }, after: { _id: 1, a: [1, 2] } },
  { covers: ['$push', '$slice'], name: 'a whole number of any type', before: { _id: 1, a: [1] }, update: { $push: { a: { $each: [2], $slice: new Double(1), $position: Long.fromNumber(0) } } }, after: { _id: 1, a: [2] } },
  { covers: ['$push', '$position'], name: 'a negative one beyond the beginning', before: { _id: 1, a: [1, 2] }, update: { $push: { a: { $each: [9], $position: -7 } } }, after: { _id: 1, a: [9, 1, 2] } },
  { covers: ['$push', '$position'], name: 'into a missing field', before: { _id: 1 }, update: { $push: { a: { $each: [1, 2], $position: 5 } } }, after: { _id: 1, a: [1, 2] } },
  { covers: ['$push'], name: 'null, a document, an array', before: { _id: 1, a: [] }, update: { $push: { a: { $each: [null, {}, []] } } }, after: { _id: 1, a: [null, {}, []] } },
  { covers: ['$addToSet'], name: 'null once', before: { _id: 1, a: [null] }, update: { $addToSet: { a: null } } },
  { covers: ['$addToSet'], name: 'a decimal that a number equals', before: { _id: 1, a: [new Double(1.5)] }, update: { $addToSet: { a: Decimal128.fromString('1.50') } } },
  { covers: ['$addToSet'], name: 'arrays in their order', before: { _id: 1, a: [[1, 2]] }, update: { $addToSet: { a: { $each: [[2, 1], [1, 2]] } } }, after: { _id: 1, a: [[1, 2], [2, 1]] } },
  { covers: ['$addToSet', '$each'], name: 'nothing makes an empty array', before: { _id: 1 }, update: { $addToSet: { a: { $each: [] } } }, after: { _id: 1, a: [] } },
  { covers: ['$pop'], name: 'the only one', before: { _id: 1, a: [1] }, update: { $pop: { a: new Double(-1) } }, after: { _id: 1, a: [] } },
  { covers: ['$pop'], name: 'of an element', before: { _id: 1, a: [[1, 2], 3] }, update: { $pop: { 'a.0': Long.fromNumber(1) } }, after: { _id: 1, a: [[1], 3] } },
];

/** https://www.mongodb.com/docs/manual/reference/operator/update/pull/ */
export const pulls: UpdateVector[] = [
  { covers: ['$pull'], name: 'null only by null', before: { _id: 1, a: [null, 0, '', [], {}] }, update: { $pull: { a: null } }, after: { _id: 1, a: [0, '', [], {}] } },
  { covers: ['$pull'], name: 'an empty document is a filter that every document passes', before: { _id: 1, a: [{}, { x: 1 }, 1, [1]] }, update: { $pull: { a: {} } }, after: { _id: 1, a: [1, [1]] } },
  { covers: ['$pull'], name: 'a field that is null or missing', before: { _id: 1, a: [{ x: null }, { y: 1 }, { x: 1 }] }, update: { $pull: { a: { x: null } } }, after: { _id: 1, a: [{ x: 1 }] } },
  { covers: ['$pull'], name: 'a dotted path', before: { _id: 1, a: [{ x: { y: 1 } }, { x: [{ y: 1 }] }, { x: 1 }] }, update: { $pull: { a: { 'x.y': 1 } } }, after: { _id: 1, a: [{ x: 1 }] } },
  { covers: ['$pull', '$elemMatch'], name: 'an array inside an element', before: { _id: 1, a: [{ x: [{ y: 1, z: 1 }] }, { x: [{ y: 1 }, { z: 1 }] }] }, update: { $pull: { a: { x: { $elemMatch: { y: 1, z: 1 } } } } }, after: { _id: 1, a: [{ x: [{ y: 1 }, { z: 1 }] }] } },
  { covers: ['$pull', '$eq'], name: 'an equal value by operator looks into nested arrays', before: { _id: 1, a: [1, [1], 2] }, update: { $pull: { a: { $eq: 1 } } }, after: { _id: 1, a: [2] } },
  { covers: ['$pull', '$ne'], name: 'all but one value', before: { _id: 1, a: [1, 2, 1] }, update: { $pull: { a: { $ne: 1 } } }, after: { _id: 1, a: [1, 1] } },
  { covers: ['$pull', '$nin'], name: 'all but a list', before: { _id: 1, a: [1, 2, 'x'] }, update: { $pull: { a: { $nin: [1, 'x'] } } }, after: { _id: 1, a: [1, 'x'] } },
  { covers: ['$pull', '$exists'], name: 'documents without a field', before: { _id: 1, a: [{ x: 1 }, { y: 1 }] }, update: { $pull: { a: { x: { $exists: false } } } }, after: { _id: 1, a: [{ x: 1 }] } },
  { covers: ['$pull', '$not'], name: 'a negated range', before: { _id: 1, a: [1, 5, 9] }, update: { $pull: { a: { $not: { $gt: 4 } } } }, after: { _id: 1, a: [5, 9] } },
  { covers: ['$pull'], name: 'a decimal by a number', before: { _id: 1, a: [Decimal128.fromString('2.0'), 3] }, update: { $pull: { a: 2 } }, after: { _id: 1, a: [3] } },
  { covers: ['$pull'], name: 'of an element', before: { _id: 1, a: [{ b: [1, 2] }] }, update: { $pull: { 'a.0.b': 2 } }, after: { _id: 1, a: [{ b: [1] }] } },
  { covers: ['$pull', '$regex'], name: 'texts and the pattern itself', before: { _id: 1, a: ['ab', new BSONRegExp('^a'), 'b'] }, update: { $pull: { a: new BSONRegExp('^a') } }, after: { _id: 1, a: ['b'] } },
  { covers: ['$pullAll'], name: 'null, documents with their key order, nested arrays', before: { _id: 1, a: [null, { x: 1, y: 2 }, { y: 2, x: 1 }, [1], 1] }, update: { $pullAll: { a: [null, { y: 2, x: 1 }, [1]] } }, after: { _id: 1, a: [{ x: 1, y: 2 }, 1] } },
  { covers: ['$pullAll'], name: 'an empty list', before: { _id: 1, a: [1] }, update: { $pullAll: { a: [] } } },
];

export const elementErrors: UpdateError[] = [
  { covers: ['$push', '$slice'], name: 'half a slice', update: { $push: { a: { $each: [], $slice: 0.5 } } }, code: 2 },
  { covers: ['$push', '$slice'], name: 'null', update: { $push: { a: { $each: [], $slice: null } } }, code: 2 },
  { covers: ['$push', '$position'], name: 'a text', update: { $push: { a: { $each: [], $position: 'x' } } }, code: 2 },
  { covers: ['$push', '$sort'], name: 'a field with another direction', update: { $push: { a: { $each: [], $sort: { x: 2 } } } }, code: 2 },
  { covers: ['$push', '$sort'], name: 'a field with an empty part', update: { $push: { a: { $each: [], $sort: { 'x..y': 1 } } } }, code: 2 },
  { covers: ['$push', '$sort'], name: 'null', update: { $push: { a: { $each: [], $sort: null } } }, code: 2 },
  { covers: ['$push', '$each'], name: 'a document as list', update: { $push: { a: { $each: { b: 1 } } } }, code: 2 },
  { covers: ['$push', '$each'], name: 'null as list', update: { $push: { a: { $each: null } } }, code: 2 },
  { covers: ['$addToSet', '$each'], name: 'null as list', update: { $addToSet: { a: { $each: null } } }, code: 14 },
  { covers: ['$pop'], name: 'null', update: { $pop: { a: null } }, code: 9 },
  { covers: ['$pop'], name: 'half an element', update: { $pop: { a: 0.5 } }, code: 9 },
  { covers: ['$pop'], name: 'none', update: { $pop: { a: 0 } }, code: 9 },
  { covers: ['$pull', '$in'], name: 'a list that is none', update: { $pull: { a: { $in: 5 } } }, code: 2 },
  { covers: ['$pull', '$expr'], name: 'a computed condition', update: { $pull: { a: { x: 1, $expr: true } } }, code: 224 },
  { covers: ['$pull', '$regex'], name: 'an expression that is not anchored', update: { $pull: { a: new BSONRegExp('b') } }, code: 2 },
  { covers: ['$pullAll'], name: 'null', update: { $pullAll: { a: null } }, code: 2 },
  { covers: ['$currentDate'], name: 'a number', update: { $currentDate: { a: 1 } }, code: 2 },
  { covers: ['$currentDate'], name: 'an empty document', update: { $currentDate: { a: {} } }, code: 2 },
  { covers: ['$currentDate'], name: 'a type that is none', update: { $currentDate: { a: { $type: 'time' } } }, code: 2 },
];

/** https://www.mongodb.com/docs/manual/reference/method/db.collection.update/#upsert-behavior */
export const seeds: UpsertVector[] = [
  { covers: ['upsert', '$eq'], name: 'a regular expression after $eq is a value', filter: { a: { $eq: new BSONRegExp('b') } }, update: { $set: { z: 1 } }, inserted: { a: new BSONRegExp('b'), z: 1 } },
  { covers: ['upsert'], name: 'parts of _id', filter: { '_id.x': 1, '_id.y': 2 }, update: { $set: { z: 1 } }, inserted: { _id: { x: 1, y: 2 }, z: 1 } },
  { covers: ['upsert', '$elemMatch', '$gt', '$nor'], name: 'ranges and elements give nothing', filter: { a: { $elemMatch: { $eq: 1 } }, b: { $gt: 1 }, c: { $lte: 1 }, d: { $nin: [1] }, e: { $type: 'int' }, f: { $size: 1 } }, update: { $set: { z: 1 } }, inserted: { z: 1 } },
  { covers: ['upsert'], name: 'null, an array and a document are values', filter: { a: null, b: [1, 2], c: { x: 1 } }, update: { $set: { z: 1 } }, inserted: { a: null, b: [1, 2], c: { x: 1 }, z: 1 } },
  { covers: ['upsert', '$or'], name: 'two branches give nothing', filter: { $or: [{ a: 1 }, { b: 1 }] }, update: { $set: { z: 1 } }, inserted: { z: 1 } },
  { covers: ['upsert', '$setOnInsert', '$inc', '$unset'], name: 'all operators run on the seed', filter: { a: 1, b: 2 }, update: { $setOnInsert: { c: 3 }, $inc: { a: 5 }, $unset: { b: '' } }, inserted: { a: 6, c: 3 } },
  { covers: ['upsert', '$currentDate'], name: 'the time of the insert', filter: {}, update: { $currentDate: { a: true } }, inserted: { a: new Date('2026-11-24T08:00:00Z') } },
  { covers: ['upsert', 'replacement'], name: 'conditions that contradict each other do not matter to a replacement', filter: { $and: [{ a: 1 }, { a: 2 }], 'b.c': 1, b: 2, d: { $all: [1, 2] } }, update: { z: 1 }, inserted: { z: 1 } },
  { covers: ['upsert', 'replacement'], name: 'except for _id, which is kept', filter: { _id: 1, x: [1, { x: 1 }], 'x.x': 1 }, update: { z: 1 }, inserted: { _id: 1, z: 1 } },
  { covers: ['upsert', 'replacement', '$all'], name: '_id of a list of one', filter: { _id: { $all: [1] } }, update: { z: 1 }, inserted: { _id: 1, z: 1 } },
];

export const seedErrors: UpsertError[] = [
  { covers: ['upsert'], name: 'a field twice', filter: { $and: [{ a: 1 }, { a: 2 }] }, update: { $set: { z: 1 } }, code: 54 },
  { covers: ['upsert'], name: 'a field twice with the same value', filter: { $and: [{ a: 1 }, { a: 1 }] }, update: { $set: { z: 1 } }, code: 54 },
  { covers: ['upsert'], name: 'a field and a part of it', filter: { a: { x: 1 }, 'a.x': 1 }, update: { $set: { z: 1 } }, code: 54 },
  { covers: ['upsert', '$all'], name: 'a list of two', filter: { a: { $all: [1, 2] } }, update: { $set: { z: 1 } }, code: 54 },
  { covers: ['upsert', '$expr'], name: 'a computed condition', filter: { $expr: { $eq: ['$a', 1] } }, update: { $set: { z: 1 } }, code: 224 },
  { covers: ['upsert', '$set'], name: 'another _id than the filter', filter: { _id: 1 }, update: { $set: { _id: 2 } }, code: 66 },
  { covers: ['upsert', 'replacement'], name: 'another _id than the filter', filter: { _id: 1 }, update: { _id: 2 }, code: 66 },
  { covers: ['upsert', 'replacement'], name: '_id twice', filter: { $and: [{ _id: 1 }, { _id: 2 }] }, update: { z: 1 }, code: 54 },
  { covers: ['upsert', 'replacement'], name: 'a part of _id only', filter: { '_id.x': 1 }, update: { z: 1 }, code: 111 },
  { covers: ['upsert', '$set'], name: 'through a value of the filter', filter: { a: 1 }, update: { $set: { 'a.b': 1 } }, code: 28 },
];
