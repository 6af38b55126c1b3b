import { admin, vector } from './commandKinds.js';

export const commandWrites = [
  vector(
    'inserts in order up to the first refusal',
    {
      insert: 'c',
      documents: [{ _id: 4 }, { _id: 1 }, { _id: 5 }],
      ordered: true,
      bypassDocumentValidation: true,
      writeConcern: { w: 'majority' },
    },
    { n: 1 },
  ),
  vector('inserts what it can', { insert: 'c', documents: [{ _id: 4 }, { _id: 1 }, { _id: 5 }], ordered: false }, { n: 2 }),
  vector(
    'updates one',
    {
      update: 'c',
      updates: [{ q: { a: 1 }, u: { $set: { a: 9 } }, upsert: false, multi: false, hint: 'a_1' }],
      ordered: true,
      bypassDocumentValidation: false,
    },
    { n: 1, nModified: 1 },
  ),
  vector(
    'updates many and tells which it changed',
    { update: 'c', updates: [{ q: {}, u: { $max: { a: 2 } }, multi: true }] },
    { n: 3, nModified: 1 },
  ),
  vector(
    'upserts',
    { update: 'c', updates: [{ q: { _id: 7 }, u: { $set: { a: 7 } }, upsert: true }] },
    { n: 1, nModified: 0, upserted: [{ index: 0, _id: 7 }] },
  ),
  vector('updates nothing where nothing is', { update: 'none', updates: [{ q: {}, u: { $set: { a: 1 } } }] }, { n: 0, nModified: 0 }),
  vector('deletes one', { delete: 'c', deletes: [{ q: { a: { $gt: 0 } }, limit: 1, hint: 'a_1' }], ordered: true }, { n: 1 }),
  vector('deletes all', { delete: 'c', deletes: [{ q: {}, limit: 0 }] }, { n: 3 }),
  vector(
    'finds and changes',
    {
      findAndModify: 'c',
      query: { a: { $gt: 1 } },
      sort: { a: -1 },
      update: { $inc: { a: 1 } },
      new: true,
      fields: { a: 1 },
      upsert: false,
      hint: 'a_1',
      bypassDocumentValidation: true,
    },
    { value: { _id: 3, a: 4 }, lastErrorObject: { n: 1, updatedExisting: true } },
  ),
  vector(
    'finds and upserts',
    { findAndModify: 'c', query: { _id: 8 }, update: { $set: { a: 8 } }, upsert: true },
    { value: null, lastErrorObject: { n: 1, updatedExisting: false, upserted: 8 } },
  ),
  vector(
    'finds and removes',
    { findAndModify: 'c', query: { a: 2 }, remove: true },
    { value: { _id: 2, a: 2, t: ['y'] }, lastErrorObject: { n: 1 } },
  ),
  vector('finds nothing to remove', { findAndModify: 'c', query: { a: 99 }, remove: true }, { value: null, lastErrorObject: { n: 0 } }),
  admin('removes what has expired', { runTtlPass: 1 }, { removed: 0 }),
];
