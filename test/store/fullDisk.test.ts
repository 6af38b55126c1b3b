import { spawnSync, type ChildProcess } from 'node:child_process';
import { expect } from 'chai';
import { MongoClient, type Collection } from 'mongodb';
import { codeOf } from './client.js';
import { kill, openStore, spawnOwner } from './ownerProcess.js';
import { useFolder } from './storeFolder.js';
import { expectWhole } from './whole.js';

interface Row {
  _id: number;
  text: string;
}

/** A limit on the size of files cuts a write short exactly as a full disk does; the shell sets it, in blocks of half a KB or one. */
const LIMIT = ['/bin/sh', '-c', 'ulimit -S -f 8000; exec "$@"', 'sh'];

const rowOf = (n: number): Row => ({ _id: n, text: `${String(n)} `.repeat(300) });

async function fillUp(rows: Collection<Row>): Promise<number> {
  for (let n = 0; ; n += 100) {
    const batch = Array.from({ length: 100 }, (_, i) => rowOf(n + i));
    const code = await codeOf(rows.insertMany(batch));
    if (code === undefined) continue;
    expect(code).to.equal(14031);
    return n;
  }
}

describe('a full disk', () => {
  const folder = useFolder();

  it('refuses writes by name and keeps serving; when there is room they go on, and nothing that was acknowledged is lost', async () => {
    const owner = spawnOwner(folder(), LIMIT);
    const next = spawnOwner(folder());
    try {
      const uri = await openStore(owner);
      const client = await new MongoClient(uri).connect();
      const rows = client.db('app').collection<Row>('rows');
      await rows.createIndex({ text: 1 });
      await rows.insertMany([1, 2, 3].map((n) => rowOf(-n)));
      const cursor = rows.find({}, { sort: { _id: 1 }, batchSize: 2 });
      expect((await cursor.next())?._id).to.equal(-3);
      const filled = await fillUp(rows);
      expect(filled).to.be.greaterThan(500);
      // What was begun before goes on, new readers are served, and a build that has no room leaves nothing in the way.
      expect((await cursor.toArray()).map(({ _id }) => _id)).to.deep.equal([-2, -1]);
      expect(await rows.findOne({ text: rowOf(7).text })).to.deep.equal(rowOf(7));
      expect(await codeOf(rows.createIndex({ text: -1, _id: 1 }, { name: 'more' }))).to.equal(14031);
      await expectWhole(client);

      const roomy = await new MongoClient(await makeRoom(owner, next, uri)).connect();
      const again = roomy.db('app').collection<Row>('rows');
      expect((await again.find().sort({ _id: 1 }).toArray()).map(({ _id }) => _id).filter((id) => id >= 0 && id < filled)).to.have.length(
        filled,
      );
      await again.createIndex({ text: -1, _id: 1 }, { name: 'more' });
      await again.insertMany(Array.from({ length: 1000 }, (_, i) => rowOf(100_000 + i)));
      expect(await again.countDocuments({ _id: { $gte: 100_000 } })).to.equal(1000);
      await expectWhole(roomy);
      await Promise.all([client.close(), roomy.close()]);
    } finally {
      await Promise.all([owner, next].filter((one) => one.exitCode === null && one.signalCode === null).map(kill));
    }
  });

  /** Lifts the limit of the running process where that can be done; elsewhere the next process has none. Gives the address. */
  async function makeRoom(owner: ChildProcess, next: ChildProcess, uri: string): Promise<string> {
    if (spawnSync('prlimit', ['--pid', String(owner.pid), '--fsize=unlimited']).status === 0) return uri;
    await kill(owner);
    return openStore(next);
  }
});
