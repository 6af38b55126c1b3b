import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Binary, Decimal128, Double, Int32, Long, ObjectId } from 'bson';
import { expect } from 'chai';
import { MongoClient, type Db, type Document } from 'mongodb';
import { copy } from '../../server/cli/db/copy.js';
import { refuseHalfCopy } from '../../server/cli/ready.js';
import { startStore, type ServedStore } from '../../server/embedded-mongo/start.js';
import { connect } from '../../server/platform/database.js';
import { runHere, startDb } from './dbCommand.js';
import { RawClient } from './rawClient.js';
import { openStallingProxy } from './stallingProxy.js';
import { inStore, useFolder } from './storeFolder.js';

/** Every type that the product stores, `_id`s of several types, and numbers whose type must not change. */
const kinds: Document[] = [
  { _id: 'text', double: new Double(1), int: new Int32(1), long: Long.fromNumber(1), decimal: Decimal128.fromString('1.10') },
  { _id: 7, date: new Date('2026-11-24'), bytes: new Binary(Buffer.from([1, 2])), nothing: null, list: [1, [2], { a: 'b' }] },
  { _id: new ObjectId('65f000000000000000000001'), pattern: /^王/i, text: '王芳', nested: { z: 1, a: { 中文: true } } },
];

/** A database with a unique, a partial and an expiring index, an empty collection and one with every type. */
async function fill(db: Db, workers: number): Promise<void> {
  await db.collection('workers').createIndex({ number: 1 }, { unique: true });
  await db.collection('workers').createIndex({ town: -1, number: 1 }, { name: 'active', partialFilterExpression: { active: true } });
  await db.collection('sessions').createIndex({ expires: 1 }, { expireAfterSeconds: 0 });
  await db.collection('sessions').insertMany([{ expires: new Date('2099-01-01') }, { expires: new Date('2000-01-01') }]);
  await db.createCollection('empty');
  await db.collection('kinds').insertMany(kinds);
  const documents = Array.from({ length: workers }, (_, n) => ({
    _id: `w${String(n)}` as unknown as ObjectId,
    number: n,
    active: n % 3 === 0,
  }));
  await db.collection('workers').insertMany(documents);
}

/** Documents as bytes, and indexes, of every collection. */
async function contentOf(db: Db): Promise<unknown> {
  const names = (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name).sort();
  return Promise.all(
    names.map(async (name) => {
      const documents = await db
        .collection(name)
        .find({}, { raw: true, sort: { _id: 1 } })
        .toArray();
      const indexes = (await db.collection(name).listIndexes().toArray()) as Document[];
      return { name, documents: documents.map((raw) => Buffer.from(raw as unknown as Uint8Array).toString('hex')), indexes };
    }),
  );
}

const addressOf = (place: string): string => `mongodb://${place}/?directConnection=true&replicaSet=rs0`;

describe('npm run db -- copy', () => {
  const folder = useFolder();
  let otherDir: string;
  let other: ServedStore;
  let client: MongoClient;
  let uri: string;
  let dataDir: string;

  before(async () => {
    otherDir = await mkdtemp(path.join(tmpdir(), 'store-target-'));
    other = await startStore({ dataDir: otherDir, durability: 'memory', ttlSeconds: 0 }, { port: 0, signIn: undefined });
    uri = addressOf(other.loopback ?? '');
    client = await new MongoClient(uri).connect();
  });
  beforeEach(() => {
    dataDir = path.join(folder(), 'data');
  });
  afterEach(() => client.db('app').dropDatabase());
  after(async () => {
    await client.close();
    await other.stop();
    await rm(otherDir, { recursive: true, force: true });
  });

  /** What the product would say of the target when it starts. */
  async function readiness(): Promise<string> {
    const connection = await connect(uri, 'app');
    try {
      await refuseHalfCopy(connection);
      return 'ready';
    } catch (error) {
      return (error as Error).message;
    } finally {
      await connection.close();
    }
  }

  const copyTo = (): Promise<string> => runHere(copy, '--to', uri, '--data', dataDir, '--db', 'app');

  it('carries documents byte for byte, indexes with their options and empty collections, there and back', async () => {
    const before = await inStore(dataDir, async (db) => {
      await fill(db, 1100);
      return contentOf(db);
    });
    const said = await copyTo();
    expect(said).to.contain('app.workers: 1,100 documents, 2 indexes, same').and.contain('app.kinds: 3 documents, 0 indexes, same');
    expect(said).to.contain('done. Start the product with MONGODB_URI');
    expect(await contentOf(client.db('app'))).to.deep.equal(before);
    const back = path.join(folder(), 'back');
    expect(await runHere(copy, '--from', uri, '--data', back, '--db', 'app')).to.contain('done. Start the product without MONGODB_URI');
    expect(await inStore(back, contentOf)).to.deep.equal(before);
  });

  it('goes on after it was killed', async () => {
    const before = await inStore(dataDir, async (db) => {
      await fill(db, 5000);
      return contentOf(db);
    });
    const proxy = await openStallingProxy(other.loopback ?? '', 150_000);
    const child = startDb('copy', '--to', addressOf(proxy.address), '--data', dataDir, '--db', 'app');
    const ended = once(child, 'exit');
    await Promise.race([proxy.stalled, ended]);
    child.kill('SIGKILL');
    await ended;
    proxy.close();
    expect(await client.db('app').collection('workers').countDocuments({})).to.be.within(1000, 4000);
    expect(await readiness())
      .to.contain('还没有搬完')
      .and.contain('npm run db -- copy');
    const said = await copyTo();
    expect(said)
      .to.contain('goes on with the copy')
      .and.match(/app\.workers: [1-4],\d{3} of 5,000 are there already/);
    expect(said).to.contain('done.');
    expect(await readiness()).to.equal('ready');
    expect(await contentOf(client.db('app'))).to.deep.equal(before);
  });

  describe('with a copy that was begun', () => {
    /** The target as it is when a copy was cut short at its very end. */
    async function begun(): Promise<void> {
      const target = client.db('app');
      await target
        .collection<{ _id: string; source: string }>('copy_in_progress')
        .insertOne({ _id: 'copy', source: `the store in ${dataDir}` });
      await inStore(dataDir, async (db) => {
        await fill(db, 300);
        await target.collection('workers').insertMany(await db.collection('workers').find().toArray());
      });
    }

    it('names the collection of a document that was changed in the target', async () => {
      await begun();
      await client
        .db('app')
        .collection<{ _id: string }>('workers')
        .updateOne({ _id: 'w7' }, { $set: { number: 100_007 } });
      const said = await copyTo();
      expect(said).to.match(/refused: the copy differs from the source in app\.workers: .*drop that database/);
      expect(said).to.contain('app.kinds: 3 documents, 0 indexes, same');
    });

    it('does not go on behind what is no beginning of the source', async () => {
      await begun();
      await client.db('app').collection<{ _id: string }>('workers').deleteOne({ _id: 'w7' });
      expect(await copyTo()).to.match(/refused: what app\.workers holds .* no beginning of the source/);
    });

    it('of another source, names that source', async () => {
      await begun();
      await client
        .db('app')
        .collection('copy_in_progress')
        .updateOne({}, { $set: { source: 'the store in /elsewhere' } });
      expect(await copyTo()).to.match(/refused: .* the beginning of a copy of the store in \/elsewhere/);
    });
  });

  it('names a document that JavaScript cannot carry as it is, before it writes another one in its place', async () => {
    const store = await startStore({ dataDir, durability: 'memory' }, undefined);
    const raw = await RawClient.open(store.uri('app'));
    const counts = new Map<string, unknown>([
      ['total', 1],
      ['2026', 1],
    ]);
    await raw.send(raw.message({ insert: 'odd', $db: 'app' }, { name: 'documents', documents: [{ _id: 'years', counts }] }));
    raw.close();
    await store.stop();
    expect(await copyTo()).to.match(/refused: app\.odd holds a document that cannot be carried byte for byte \(_id years\)/);
    expect(await client.db('app').collection('odd').countDocuments({})).to.equal(0);
  });

  it('refuses a target that holds something else, and leaves it as it was', async () => {
    await inStore(dataDir, (db) => fill(db, 10));
    await client.db('app').collection('theirs').insertOne({ n: 1 });
    const before = await contentOf(client.db('app'));
    expect(await copyTo()).to.match(
      /refused: the target already holds 1 documents in app\.theirs: drop that database .*, or name another target/,
    );
    expect(await contentOf(client.db('app'))).to.deep.equal(before);
  });

  it('refuses while a process has the folder, and names what the folder holds when it is not what was asked for', async () => {
    const running = await inStore(dataDir, async (db) => {
      await fill(db, 1);
      return copyTo();
    });
    expect(running).to.contain(`refused: the data folder ${dataDir} is in use by process ${String(process.pid)}`);
    const said = await runHere(copy, '--to', uri, '--data', dataDir);
    expect(said).to.match(/refused: .* has no database xunzheng; it has app \(name it with --db\)/);
    expect(await runHere(copy, '--data', dataDir)).to.contain('either --to or --from');
  });
});
