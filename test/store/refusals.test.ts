import { expect } from 'chai';
import { DBRef, ObjectId, type Db } from 'mongodb';
import type { Connection } from 'mongoose';
import { dropAndClose, openTestDatabase } from '../support/database.js';
import { codeOf, plainDb } from './client.js';

describe('what the store refuses', () => {
  let connection: Connection;
  let db: Db;

  before(async () => {
    connection = await openTestDatabase();
    db = plainDb(connection);
  });
  after(() => dropAndClose(connection));

  const refused: [string, object, number][] = [
    ['a command that is not served, by name', { mapReduce: 'c' }, 59],
    ['an option that is not served', { find: 'none', collation: { locale: 'zh' } }, 40415],
    ['array filters of a statement', { update: 'none', updates: [{ q: {}, u: { $set: { a: 1 } }, arrayFilters: [] }] }, 40415],
    ['a capped collection', { create: 'c', capped: true, size: 100 }, 40415],
    ['an unknown query operator on an empty collection', { find: 'none', filter: { a: { $near: 1 } } }, 2],
    ['an unknown stage on an empty collection', { aggregate: 'none', pipeline: [{ $out: 'x' }], cursor: {} }, 40324],
    ['an unknown update operator without a match', { update: 'none', updates: [{ q: {}, u: { $bit: { a: 1 } } }] }, 9],
    ['an update by pipeline', { update: 'none', updates: [{ q: {}, u: [{ $set: { a: 1 } }] }] }, 9],
    ['a text index', { createIndexes: 'c', indexes: [{ key: { a: 'text' }, name: 'a' }] }, 67],
    ['a snapshot read outside a transaction', { find: 'none', readConcern: { level: 'snapshot' } }, 72],
    ['an empty list of documents', { insert: 'c', documents: [] }, 16],
    ['a collection name with a dollar', { create: 'a$b' }, 73],
    ['a collection without a name', { find: '' }, 73],
    ['a filter that is no object', { find: 'c', filter: 1 }, 14],
    ['a negative limit', { find: 'c', limit: -1 }, 51024],
    ['indexes of a collection that is not there', { listIndexes: 'none' }, 26],
    ['a cursor that is not there', { getMore: 12345n, collection: 'c' }, 43],
    ['a command of the whole store on another database', { runTtlPass: 1 }, 13],
  ];

  for (const [what, command, code] of refused) {
    it(`refuses ${what} with code ${String(code)}`, async () => {
      expect(await codeOf(db.command(command))).to.equal(code);
    });
  }

  it('refuses documents that may not be stored', async () => {
    const docs = db.collection<{ _id: unknown; big?: string }>('docs');
    expect(await codeOf(docs.insertOne({ _id: [1] }))).to.equal(53);
    expect(await codeOf(docs.insertOne({ _id: /x/ }))).to.equal(53);
    expect(await codeOf(docs.insertOne({ _id: 1, $a: 1 } as never))).to.equal(52);
    expect(await codeOf(docs.insertOne({ _id: 1, list: [{ to: new DBRef('other', new ObjectId()) }] } as never))).to.equal(2);
    await docs.insertOne({ _id: 1 });
    expect(await codeOf(docs.updateOne({}, { $set: { to: new DBRef('other', new ObjectId()) } }))).to.equal(2);
    expect(await codeOf(docs.updateOne({}, { $set: { big: 'x'.repeat(16 * 1024 * 1024) } }))).to.equal(10334);
    expect(await codeOf(docs.updateOne({}, { $set: { _id: 2 } }))).to.equal(66);
  });

  it('ends a long search by maxTimeMS', async () => {
    const many = db.collection('many');
    await many.insertMany(Array.from({ length: 20_000 }, (_, n) => ({ n, text: 'x'.repeat(50) })));
    expect(await codeOf(many.find({ text: 'none' }, { maxTimeMS: 1 }).toArray())).to.equal(50);
  });
});
