import { expect } from 'chai';
import type { Collection, Document, Filter, Sort } from 'mongodb';
import type { Connection } from 'mongoose';
import { dropAndClose, openTestDatabase } from '../support/database.js';
import { codeOf, plainDb } from './client.js';

interface Stage {
  stage: string;
  indexName?: string;
  inputStage?: Stage;
}

/** The stages of a plan from the outside in, the index by name. */
async function planOf(collection: Collection, filter: Filter<Document>, sort: Sort = {}): Promise<string> {
  const explained = await collection.find(filter).sort(sort).explain();
  const names: string[] = [];
  for (
    let stage = (explained as { queryPlanner: { winningPlan: Stage | undefined } }).queryPlanner.winningPlan;
    stage !== undefined;
    stage = stage.inputStage
  ) {
    if (stage.stage !== 'FETCH') names.push(stage.indexName ?? stage.stage);
  }
  return names.join(' ');
}

describe('indexes of the store', () => {
  let connection: Connection;
  let people: Collection;

  before(async () => {
    connection = await openTestDatabase();
  });
  beforeEach(async () => {
    people = plainDb(connection).collection('people');
    await people.drop();
    await people.createIndexes([
      { key: { path: 1, name: 1 } },
      { key: { status: 1, at: -1 } },
      { key: { code: 1 }, unique: true, partialFilterExpression: { code: { $exists: true } } },
      { key: { keys: 1 } },
    ]);
    await people.insertMany(
      Array.from({ length: 60 }, (_, i) => ({
        n: i,
        path: ['root', `c${String(i % 3)}`],
        name: `n${String(60 - i)}`,
        status: `s${String(i % 4)}`,
        at: new Date(i * 1000),
        keys: [`k${String(i)}`, `q${String(i)}`],
      })),
    );
  });
  after(() => dropAndClose(connection));

  it('serves equality, ranges, lists and prefixes', async () => {
    expect(await planOf(people, { _id: 'x' as never })).to.equal('_id_');
    expect(await planOf(people, { status: 's1' })).to.equal('status_1_at_-1');
    expect(await planOf(people, { status: 's1', at: { $gt: new Date(0) } })).to.equal('status_1_at_-1');
    expect(await planOf(people, { keys: { $regex: '^k1' } })).to.equal('keys_1');
    expect(await planOf(people, { keys: { $in: ['k1', 'k2'] } })).to.equal('keys_1');
    expect(await planOf(people, { n: 1 })).to.equal('COLLSCAN');
    expect(await people.countDocuments({ keys: { $regex: '^k1' } })).to.equal(11);
  });

  it('serves the order of a compound index, forward and backward, after an equality also on an array', async () => {
    expect(await planOf(people, { path: 'c1' }, { name: 1 })).to.equal('path_1_name_1');
    expect(await planOf(people, { path: 'c1' }, { name: -1 })).to.equal('path_1_name_1');
    expect(await planOf(people, { status: 's1' }, { at: 1 })).to.equal('status_1_at_-1');
    expect(await planOf(people, { path: 'c1' }, { n: 1 })).to.equal('SORT path_1_name_1');
    const names = (await people.find({ path: 'c1' }).sort({ name: -1 }).limit(3).toArray()).map((one) => one['name'] as string);
    expect(names).to.deep.equal(['n8', 'n59', 'n56']);
  });

  it('merges the ranges of a list into one order', async () => {
    expect(await planOf(people, { status: { $in: ['s1', 's3'] } }, { at: 1 })).to.equal('SORT_MERGE status_1_at_-1');
    const found = await people
      .find({ status: { $in: ['s1', 's3'] }, at: { $gte: new Date(7000) } })
      .sort({ at: 1 })
      .limit(4)
      .toArray();
    expect(found.map((one) => one['n'] as number)).to.deep.equal([7, 9, 11, 13]);
    const twice = await people
      .find({ path: { $in: ['root', 'c0'] } })
      .sort({ name: 1 })
      .toArray();
    expect(twice).to.have.length(60);
  });

  it('uses a partial index only where the filter lies inside it', async () => {
    expect(await planOf(people, { code: 'x' })).to.equal('code_1');
    expect(await planOf(people, { code: null })).to.equal('COLLSCAN');
    await people.insertMany([{ code: 'a' }, {}, {}]);
    expect(await codeOf(people.insertOne({ code: 'a' }))).to.equal(11000);
    expect(await people.countDocuments({ code: null })).to.equal(62);
  });

  it('fills an index from what is there, and refuses a unique one over duplicates', async () => {
    await people.createIndex({ n: 1 });
    expect(await planOf(people, { n: { $lt: 3 } })).to.equal('n_1');
    expect(await people.find({ n: { $lt: 3 } }).toArray()).to.have.length(3);
    expect(await codeOf(people.createIndex({ status: 1 }, { unique: true }))).to.equal(11000);
    expect((await people.indexes()).map((one) => one.name)).to.deep.equal([
      '_id_',
      'path_1_name_1',
      'status_1_at_-1',
      'code_1',
      'keys_1',
      'n_1',
    ]);
  });

  it('keeps unique arrays, moves entries with updates and frees them with removals', async () => {
    await people.createIndex({ slots: 1, w: 1 }, { unique: true, partialFilterExpression: { slots: { $exists: true } } });
    await people.insertOne({ w: 1, slots: ['am', 'pm'] });
    expect(await codeOf(people.insertOne({ w: 1, slots: ['pm', 'eve'] }))).to.equal(11000);
    await people.updateOne({ w: 1 }, { $pull: { slots: 'pm' } as never });
    await people.insertOne({ w: 1, slots: ['pm', 'eve'], second: true });
    await people.deleteOne({ second: true });
    await people.insertOne({ w: 1, slots: ['eve'] });
    expect(await people.countDocuments({ w: 1 })).to.equal(2);
  });

  it('compares long values whole although it keeps them cut', async () => {
    const long = (end: string): string => 'x'.repeat(3000) + end;
    await people.insertMany([{ code: long('b') }, { code: long('a') }, { code: 'y' }]);
    expect(await codeOf(people.insertOne({ code: long('a') }))).to.equal(11000);
    const found = await people.find({ code: { $gte: long('a'), $lt: long('b') } }).toArray();
    expect(found.map((one) => one['code'] as string)).to.deep.equal([long('a')]);
    const sorted = await people
      .find({ code: { $exists: true } })
      .sort({ code: -1 })
      .toArray();
    expect(sorted.map((one) => (one['code'] as string).at(-1))).to.deep.equal(['y', 'b', 'a']);
  });

  it('answers conflicts of names and options as MongoDB does', async () => {
    await people.createIndex({ status: 1, at: -1 });
    expect(await codeOf(people.createIndex({ status: 1, at: -1 }, { name: 'other' }))).to.equal(85);
    expect(await codeOf(people.createIndex({ status: 1, at: -1 }, { unique: true }))).to.equal(85);
    expect(await codeOf(people.createIndex({ n: 1 }, { name: 'keys_1' }))).to.equal(86);
    expect(await codeOf(people.createIndex({ n: 'text' } as never))).to.equal(67);
    expect(await codeOf(people.createIndex({ n: 1 }, { sparse: true }))).to.equal(197);
    expect(await codeOf(people.createIndex({ a: 1, b: 1 }, { expireAfterSeconds: 1 }))).to.equal(67);
    expect(await codeOf(people.dropIndex('none'))).to.equal(27);
    await people.dropIndex('keys_1');
    expect(await planOf(people, { keys: 'k1' })).to.equal('COLLSCAN');
  });

  it('removes what has expired, and only that', async () => {
    const tickets = plainDb(connection).collection('tickets');
    await tickets.createIndex({ at: 1 }, { expireAfterSeconds: 60 });
    const ago = (seconds: number): Date => new Date(Date.now() - seconds * 1000);
    await tickets.insertMany([
      { n: 1, at: ago(61) },
      { n: 2, at: ago(30) },
      { n: 3, at: 'text' },
      { n: 4 },
      { n: 5, at: [ago(10), ago(90)] },
    ]);
    await connection.getClient().db('admin').command({ runTtlPass: 1 });
    expect((await tickets.find().sort({ n: 1 }).toArray()).map((one) => one['n'] as number)).to.deep.equal([2, 3, 4]);
  });
});
