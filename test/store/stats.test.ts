import { expect } from 'chai';
import type { Db } from 'mongodb';
import { stats } from '../../server/cli/db/stats.js';
import { runHere } from './dbCommand.js';
import { inStore, useFolder } from './storeFolder.js';

interface Status {
  readonly metrics: { cursor: { open: { total: number } } };
  readonly transactions: { currentOpen: number };
  readonly lmdb: {
    file: { bytes: number; freeBytes: number; pairs: number };
    oldestSnapshotSeconds: number;
    commits: number;
    writesPerCommit: number;
  };
}

const statusOf = async (db: Db): Promise<Status> => (await db.admin().command({ serverStatus: 1 })) as unknown as Status;

const numbers = (count: number) => Array.from({ length: count }, (_, n) => ({ n, even: n % 2 === 0 }));

describe('npm run db -- stats', () => {
  const folder = useFolder();

  it('prints, while the store runs, what it holds and what is open', async () => {
    const [table, json] = await inStore(folder(), async (db) => {
      await db.collection('small').insertOne({ n: 1 });
      await db.collection('large').createIndex({ n: -1 });
      await db.collection('large').createIndex({ even: 1 }, { partialFilterExpression: { even: true } });
      await db.collection('large').insertMany(numbers(1500));
      const cursor = db.collection('large').find().batchSize(2);
      await cursor.next();
      const said = [await runHere(stats, '--data', folder()), await runHere(stats, '--data', folder(), '--json')];
      await cursor.close();
      return said;
    });
    expect(table).to.match(/^file {3}.*store\.mdb, .* MiB/);
    expect(table).to.match(/^open +1 cursors, 0 transactions, \d+ sessions$/m);
    expect(table)
      .to.match(/^app\.large +documents +1,500 +\d/m)
      .and.to.match(/index n_-1 +1,500 +\d/)
      .and.to.match(/index even_1 +750 +\d/);
    expect(table?.indexOf('app.large')).to.be.below(table?.indexOf('app.small') ?? 0);
    const { server, collections } = JSON.parse(json ?? '') as { server: Status; collections: { ns: string; count: number }[] };
    expect(server.metrics.cursor.open.total).to.equal(1);
    expect(collections.map(({ ns, count }) => [ns, count])).to.deep.equal([
      ['app.large', 1500],
      ['app.small', 1],
    ]);
  });
});

describe('serverStatus', () => {
  const folder = useFolder();

  it('tells the age of the oldest snapshot, as long as somebody holds one', () =>
    inStore(folder(), async (db) => {
      await db.collection('c').insertMany(numbers(10));
      expect((await statusOf(db)).lmdb.oldestSnapshotSeconds).to.equal(0);
      const cursor = db.collection('c').find().batchSize(2);
      await cursor.next();
      const first = (await statusOf(db)).lmdb.oldestSnapshotSeconds;
      expect((await statusOf(db)).lmdb.oldestSnapshotSeconds)
        .to.be.at.least(first)
        .and.above(0);
      await cursor.close();
      expect((await statusOf(db)).lmdb.oldestSnapshotSeconds).to.equal(0);
    }));

  it('counts commits, the writes in them and the pages that became free', () =>
    inStore(folder(), async (db) => {
      await db.collection('c').insertMany(numbers(3000));
      const before = (await statusOf(db)).lmdb;
      await Promise.all(numbers(40).map((one) => db.collection('c').insertOne(one)));
      const after = (await statusOf(db)).lmdb;
      expect(after.file.pairs - before.file.pairs).to.be.at.least(40);
      expect(after.commits).to.be.above(before.commits);
      expect(after.commits * after.writesPerCommit - before.commits * before.writesPerCommit).to.be.closeTo(40, 1e-6);
      await db.collection('c').deleteMany({});
      const emptied = (await statusOf(db)).lmdb.file;
      expect(emptied.freeBytes).to.be.above(emptied.bytes / 2);
    }));
});
