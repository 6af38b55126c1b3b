import { Writable } from 'node:stream';
import { expect } from 'chai';
import type { Db } from 'mongodb';
import { openDatabase } from '../../server/platform/database.js';
import { makeLog } from '../../server/platform/log.js';
import { plainDb } from './client.js';
import { useFolder } from './storeFolder.js';

interface Line {
  readonly msg: string;
  readonly ns: string;
  readonly command: Record<string, unknown>;
  readonly planSummary: string;
  readonly milliseconds: number;
}

describe('slow operations', () => {
  const folder = useFolder();

  /** Lines of the log while work runs on a store from whose operations on every one is slow that takes so long. */
  async function logged(slowMs: number, work: (db: Db) => Promise<unknown>): Promise<Line[]> {
    const lines: Line[] = [];
    const destination = new Writable({
      write: (bytes: Buffer, _encoding, done) => {
        lines.push(JSON.parse(bytes.toString()) as Line);
        done();
      },
    });
    const config = { MONGODB_URI: undefined, DATA_DIR: folder(), DATABASE_NAME: 'app' };
    const database = await openDatabase(config, makeLog('info', destination), slowMs);
    await work(plainDb(database.connection));
    // The store says all it has to say before it says that it has stopped.
    await database.close();
    return lines.filter(({ msg }) => msg === 'slow operation');
  }

  const workers = Array.from({ length: 300 }, (_, n) => ({ _id: `w${String(n)}` as never, name: `王芳${String(n)}`, town: n % 3 }));

  it('are logged with namespace, plan, figures and time, and without a value of a document', async () => {
    const lines = await logged(0, async (db) => {
      const collection = db.collection('workers');
      await collection.createIndex({ town: 1 });
      await collection.insertMany(workers);
      await collection.find({ town: 1 }).batchSize(60).toArray();
      await collection
        .find({ name: { $gt: '王芳' } })
        .sort({ name: -1 })
        .limit(5)
        .toArray();
      await collection.findOne({ _id: 'w7' as never });
      await collection.updateMany({ town: 2 }, { $set: { name: '李明' } });
      await collection.aggregate([{ $match: { town: { $in: [0, 1] } } }, { $group: { _id: '$town', n: { $sum: 1 } } }]).toArray();
      await collection.insertOne({ _id: 'w7' as never }).catch(() => undefined);
    });
    const searches = lines
      .filter(({ ns }) => ns === 'app.workers')
      .map((line): Record<string, unknown> => ({ ...line, name: Object.keys(line.command)[0] }));
    const has = (expected: Record<string, unknown>): void => {
      const found = searches.some((line) => Object.entries(expected).every(([key, value]) => line[key] === value));
      expect(found, `${JSON.stringify(expected)} in ${JSON.stringify(searches)}`).to.equal(true);
    };
    has({ name: 'insert', planSummary: '', n: 300 });
    has({ name: 'find', planSummary: 'IXSCAN town_1', keysExamined: 61, nreturned: 60 });
    has({ name: 'getMore', planSummary: 'IXSCAN town_1', keysExamined: 39, nreturned: 40 });
    has({ name: 'find', planSummary: 'COLLSCAN, SORT', keysExamined: 0, docsExamined: 300, nreturned: 5 });
    has({ name: 'find', planSummary: 'IDHACK', keysExamined: 1, docsExamined: 1, nreturned: 1 });
    has({ name: 'update', planSummary: 'IXSCAN town_1', keysExamined: 100, n: 100 });
    has({ name: 'aggregate', planSummary: 'IXSCAN town_1', keysExamined: 200, nreturned: 2 });
    has({ name: 'insert', n: 0 });
    expect(lines.every(({ milliseconds }) => milliseconds >= 0)).to.equal(true);
    expect(JSON.stringify(lines))
      .to.contain('?string')
      .and.not.match(/王芳|李明|w7/);
  });

  it('are none where nothing takes as long as the threshold', async () => {
    expect(await logged(3_600_000, (db) => db.collection('workers').insertMany(workers))).to.deep.equal([]);
  });
});
