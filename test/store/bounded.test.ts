import { expect } from 'chai';
import type { Db } from 'mongodb';
import type { Connection } from 'mongoose';
import { dropAndClose, openTestDatabase } from '../support/database.js';
import { codeOf, plainDb } from './client.js';

const EMBEDDED = process.env['MONGODB_URI'] === undefined;

type Document = Record<string, unknown>;
interface Numbered extends Document {
  _id: number;
}

describe('bounds of the store', () => {
  let connection: Connection;
  let db: Db;

  before(async () => {
    connection = await openTestDatabase();
    db = plainDb(connection);
    const rows = Array.from({ length: 20_000 }, (_, i) => ({ _id: i, a: i % 7, text: 'x'.repeat(50) }));
    for (const name of ['rows', 'others']) await db.collection<Numbered>(name).insertMany(rows);
    // Fifteen documents of 8 MB: more than a blocking stage may hold.
    for (let i = 0; i < 15; i += 1)
      await db.collection<Numbered>('big').insertOne({ _id: i, a: -i, text: String(i % 10).repeat(8_000_000) });
  });
  after(() => dropAndClose(connection));

  it('statements of one command see what the one before changed, however many documents they look at', async () => {
    const ordered = db.collection<Numbered>('ordered');
    await ordered.insertMany(Array.from({ length: 5000 }, (_, i) => ({ _id: i, step: 0 })));
    const result = await ordered.bulkWrite([
      { updateMany: { filter: { step: 0 }, update: { $set: { step: 1 } } } },
      { updateMany: { filter: { step: 1 }, update: { $set: { step: 2 } } } },
      { deleteMany: { filter: { step: 2 } } },
    ]);
    expect([result.modifiedCount, result.deletedCount]).to.deep.equal([10_000, 5000]);
  });

  it('an order or a group that would hold more than 100 MB is refused', async () => {
    if (!EMBEDDED) return;
    const big = db.collection('big');
    expect(await codeOf(big.find().sort({ a: 1 }).toArray())).to.equal(292);
    expect(await codeOf(big.aggregate([{ $group: { _id: null, all: { $push: '$text' } } }]).toArray())).to.equal(292);
    expect(await codeOf(big.aggregate([{ $match: { a: { $lte: 0 } } }, { $set: { b: 1 } }, { $sort: { a: 1 } }]).toArray())).to.equal(292);
  });

  it('an order that keeps few documents holds few', async () => {
    const first = await db.collection<Numbered>('big').find().sort({ a: 1 }).limit(2).project({ _id: 1 }).toArray();
    expect(first.map((doc) => doc['_id'])).to.deep.equal([14, 13]);
  });

  it('a batch stays below the size of a message', async () => {
    const sizes: number[] = [];
    let reply: Document = await db.command({ find: 'big', batchSize: 100 });
    for (;;) {
      const { firstBatch, nextBatch, id } = reply['cursor'] as {
        firstBatch?: Document[];
        nextBatch?: Document[];
        id: { toString(): string };
      };
      sizes.push((firstBatch ?? nextBatch ?? []).length);
      if (id.toString() === '0') break;
      reply = await db.command({ getMore: id, collection: 'big', batchSize: 100 });
    }
    expect(sizes.reduce((sum, n) => sum + n, 0)).to.equal(15);
    expect(Math.max(...sizes)).to.equal(2);
  });

  it('distinct values that do not fit into a document are refused', async () => {
    expect(await codeOf(db.command({ distinct: 'big', key: 'text' }))).to.equal(17217);
  });

  for (const [name, command] of Object.entries({
    'a search': { find: 'rows', filter: { $expr: { $eq: [{ $concat: ['$text', '$text'] }, 'never'] } } },
    'an order': { find: 'rows', sort: { text: 1, a: -1 } },
    'a count': { count: 'rows', query: { text: 'never' } },
    'distinct values': { distinct: 'rows', key: 'text' },
    'a group': { aggregate: 'rows', pipeline: [{ $group: { _id: '$a', n: { $sum: 1 } } }], cursor: {} },
    'a lookup': {
      aggregate: 'rows',
      pipeline: [{ $match: { _id: { $lt: 10 } } }, { $lookup: { from: 'rows', localField: 'a', foreignField: 'a', as: 'same' } }],
      cursor: {},
    },
    'an unwinding': {
      aggregate: 'rows',
      pipeline: [{ $group: { _id: null, all: { $push: '$a' } } }, { $unwind: '$all' }, { $count: 'n' }],
      cursor: {},
    },
    'an update of many': { update: 'rows', updates: [{ q: {}, u: { $inc: { a: 1 } }, multi: true }] },
    'the building of an index': { createIndexes: 'rows', indexes: [{ key: { text: 1, a: 1 }, name: 'late' }] },
    'a removal of many': { delete: 'others', deletes: [{ q: { a: { $gte: 0 } }, limit: 0 }] },
  })) {
    it(`${name} ends with its time limit`, async () => {
      expect(await codeOf(db.command({ ...command, maxTimeMS: 1 }))).to.equal(50);
      expect(await codeOf(db.command({ ...command, maxTimeMS: 60_000 }))).to.equal(undefined);
    });
  }

  it('an index that was given up is not there', async () => {
    const other = db.collection<Numbered>('givenUp');
    await other.insertMany(Array.from({ length: 20_000 }, (_, i) => ({ _id: i, a: i })));
    expect(await codeOf(db.command({ createIndexes: 'givenUp', indexes: [{ key: { a: 1 }, name: 'a_1' }], maxTimeMS: 1 }))).to.equal(50);
    expect((await other.indexes()).map(({ name }) => name)).to.deep.equal(['_id_']);
  });

  it('many values at once are looked up, not searched for', async () => {
    const ids = Array.from({ length: 20_000 }, (_, i) => i * 3);
    const command = { find: 'rows', filter: { _id: { $in: ids } } };
    const { queryPlanner } = await db.command({ explain: command });
    expect(queryPlanner.winningPlan.stage).to.not.equal('COLLSCAN');
    expect((await db.collection<Numbered>('rows').find(command.filter).toArray()).length).to.equal(6667);
  });
});
