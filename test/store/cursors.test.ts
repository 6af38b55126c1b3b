import { expect } from 'chai';
import type { Collection, Db } from 'mongodb';
import type { Connection } from 'mongoose';
import { dropAndClose, openTestDatabase } from '../support/database.js';
import { codeOf, plainDb } from './client.js';

describe('cursors of the store', () => {
  let connection: Connection;
  let db: Db;
  let rows: Collection<{ _id: number; text: string }>;
  const openCursors = async (): Promise<number> =>
    ((await db.admin().command({ serverStatus: 1 }))['metrics'] as { cursor: { open: { total: number } } }).cursor.open.total;

  before(async () => {
    connection = await openTestDatabase();
    db = plainDb(connection);
    rows = db.collection('rows');
    await rows.insertMany(Array.from({ length: 12_000 }, (_, i) => ({ _id: i, text: 'x'.repeat(i % 7) })));
  });
  after(() => dropAndClose(connection));

  it('hand out a result in batches, as it was when they began', async () => {
    const cursor = rows.find().sort({ _id: 1 }).batchSize(2000);
    const seen: number[] = [];
    for await (const row of cursor) {
      if (seen.length === 0) await rows.insertMany([{ _id: 50_000, text: '' }]);
      if (seen.length === 1) await rows.deleteOne({ _id: 11_999 });
      seen.push(row._id);
    }
    expect(seen).to.deep.equal(Array.from({ length: 12_000 }, (_, i) => i));
    await rows.deleteOne({ _id: 50_000 });
    await rows.insertOne({ _id: 11_999, text: '' });
  });

  it('end with the last document, without another round', async () => {
    const reply = await db.command({ find: 'rows', limit: 101 });
    expect((reply['cursor'] as { id: unknown }).id?.toString()).to.equal('0');
    const whole = await db.command({ find: 'rows', filter: { _id: { $lt: 101 } } });
    expect((whole['cursor'] as { id: unknown }).id?.toString()).to.equal('0');
  });

  it('give an empty first batch for size 0, and everything after it', async () => {
    const reply = await db.command({ find: 'rows', batchSize: 0 });
    expect((reply['cursor'] as { firstBatch: unknown[] }).firstBatch).to.deep.equal([]);
    const cursor = db.collection('rows').aggregate([{ $match: {} }], { batchSize: 700 });
    expect(await cursor.toArray()).to.have.length(12_000);
  });

  it('are forgotten when they are closed before the end', async () => {
    await db.command({ killCursors: 'rows', cursors: [] });
    const before = await openCursors();
    const cursor = rows.find().batchSize(10);
    await cursor.next();
    expect(await openCursors()).to.equal(before + 1);
    await cursor.close();
    expect(await openCursors()).to.equal(before);
  });

  it('belong to their collection', async () => {
    const reply = await db.command({ find: 'rows', batchSize: 1 });
    const { id } = reply['cursor'] as { id: unknown };
    expect(await codeOf(db.command({ getMore: id, collection: 'other' }))).to.equal(13);
    expect(await codeOf(db.command({ killCursors: 'rows', cursors: [id] }))).to.equal(undefined);
    expect(await codeOf(db.command({ getMore: id, collection: 'rows' }))).to.equal(43);
  });

  it('let point reads through while a long search runs', async () => {
    const order: string[] = [];
    const long = rows
      .find({ $expr: { $eq: [{ $concat: ['$text', '!'] }, 'never'] } })
      .toArray()
      .then(() => order.push('search'));
    const point = rows.findOne({ _id: 5 }).then(() => order.push('point'));
    await Promise.all([long, point]);
    expect(order).to.deep.equal(['point', 'search']);
  });
});
