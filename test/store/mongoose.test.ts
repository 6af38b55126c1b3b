import { expect } from 'chai';
import mongoose, { type Connection } from 'mongoose';
import { dropAndClose, openTestDatabase } from '../support/database.js';

const schema = new mongoose.Schema({ _id: String, name: String, n: Number, tags: [String], group: String, at: Date });

describe('mongoose on the store', () => {
  let connection: Connection;
  const people = () => connection.model('Person', schema, 'people');

  before(async () => {
    connection = await openTestDatabase();
    await people().collection.createIndex({ name: 1 }, { unique: true });
  });
  beforeEach(async () => {
    await people().deleteMany({});
    await people().insertMany([
      { _id: 'a', name: '王芳', n: 1, tags: ['x', 'y'], group: 'g' },
      { _id: 'b', name: '李强', n: 2, tags: ['y'], group: 'g' },
      { _id: 'c', name: '赵敏', n: 3, tags: [], group: 'h' },
    ]);
  });
  after(() => dropAndClose(connection));

  it('creates, reads, changes and removes', async () => {
    const made = await people().create({ _id: 'd', name: '钱伟', n: 4, at: new Date('2026-11-24') });
    made.n = 5;
    await made.save();
    const read = await people().findById('d').lean();
    expect(read).to.deep.include({ _id: 'd', name: '钱伟', n: 5, at: new Date('2026-11-24'), tags: [] });
    expect((await people().deleteOne({ _id: 'd' })).deletedCount).to.equal(1);
    expect(await people().findById('d')).to.equal(null);
  });

  it('sorts, cuts and projects', async () => {
    const found = await people()
      .find({ n: { $gte: 1 } })
      .sort({ n: -1 })
      .skip(1)
      .limit(1)
      .select('name')
      .lean();
    expect(found).to.deep.equal([{ _id: 'b', name: '李强' }]);
  });

  it('counts, lists distinct values and groups', async () => {
    expect(await people().countDocuments({ tags: 'y' })).to.equal(2);
    expect(await people().estimatedDocumentCount()).to.equal(3);
    expect(await people().distinct('tags')).to.deep.equal(['x', 'y']);
    const groups = await people().aggregate<{ _id: string; n: number }>([
      { $group: { _id: '$group', n: { $sum: '$n' } } },
      { $sort: { _id: 1 } },
    ]);
    expect(groups).to.deep.equal([
      { _id: 'g', n: 3 },
      { _id: 'h', n: 3 },
    ]);
  });

  it('upserts and gives back what it made', async () => {
    const made = await people()
      .findOneAndUpdate({ name: '新人' }, { $set: { n: 9 }, $setOnInsert: { _id: 'new' } }, { upsert: true, returnDocument: 'after' })
      .lean();
    expect(made).to.deep.include({ _id: 'new', name: '新人', n: 9 });
    const again = await people().updateOne({ name: '新人' }, { $inc: { n: 1 } }, { upsert: true });
    expect(again).to.deep.include({ matchedCount: 1, modifiedCount: 1, upsertedCount: 0 });
  });

  it('names the key of a duplicate, also in the middle of an unordered insert', async () => {
    const error = await people()
      .insertMany(
        [
          { _id: 'e', name: '王芳' },
          { _id: 'f', name: '孙丽' },
        ],
        { ordered: false },
      )
      .then(
        () => null,
        (e: unknown) => e,
      );
    expect(error).to.deep.include({ code: 11000, insertedCount: 1 });
    expect((error as Error).message).to.contain('index: name_1 dup key: { name: "王芳" }');
    expect(await people().exists({ _id: 'f' })).not.to.equal(null);
  });

  it('commits all of a transaction or nothing, and shows it only to itself before', async () => {
    await connection.transaction(async (session) => {
      await people().create([{ _id: 't', name: '事务' }], { session });
      expect(await people().countDocuments({}).session(session)).to.equal(4);
      expect(await people().countDocuments({})).to.equal(3);
    });
    expect(await people().countDocuments({})).to.equal(4);
    const stop = new Error('stop');
    const thrown = await connection
      .transaction(async (session) => {
        await people().updateMany({}, { $set: { n: 0 } }, { session });
        throw stop;
      })
      .catch((e: unknown) => e);
    expect(thrown).to.equal(stop);
    expect(await people().countDocuments({ n: 0 })).to.equal(0);
  });

  it('tells of a duplicate inside a transaction', async () => {
    const error = await connection
      .transaction((session) => people().create([{ _id: 'z', name: '王芳' }], { session }))
      .catch((e: unknown) => e);
    expect(error).to.deep.include({ code: 11000, keyValue: { name: '王芳' } });
  });

  it('lets ten rivals read, add and write in transactions: exactly ten', async () => {
    await people().create({ _id: 'counter', name: 'counter', n: 0 });
    const add = () =>
      connection.transaction(async (session) => {
        const doc = await people().findById('counter').session(session).orFail();
        await people().updateOne({ _id: 'counter' }, { $set: { n: (doc.n ?? 0) + 1 } }, { session });
      });
    await Promise.all(Array.from({ length: 10 }, add));
    expect((await people().findById('counter').orFail()).n).to.equal(10);
  });
});
