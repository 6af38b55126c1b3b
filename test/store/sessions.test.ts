import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Document } from 'bson';
import { expect } from 'chai';
import { startEmbeddedMongo, type EmbeddedMongo } from '../../server/embedded-mongo/start.js';
import { RawClient, RawSession } from './rawClient.js';

describe('sessions of the store', () => {
  let dataDir: string;
  let store: EmbeddedMongo;
  let client: RawClient;
  const run = (command: Document): Promise<Document> => client.run('app', command);
  const admin = (command: Document): Promise<Document> => client.run('admin', command);
  const all = async (fields: Document = {}): Promise<Document[]> =>
    ((await run({ find: 'c', sort: { _id: 1 }, ...fields }))['cursor'] as { firstBatch: Document[] }).firstBatch;

  async function reopen(): Promise<void> {
    client.close();
    await store.stop();
    store = await startEmbeddedMongo({ dataDir, durability: 'memory' });
    client = await RawClient.open(store.uri('app'));
  }

  before(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'store-sessions-'));
    store = await startEmbeddedMongo({ dataDir, durability: 'memory' });
    client = await RawClient.open(store.uri('app'));
  });
  beforeEach(async () => {
    await run({ drop: 'c' });
    await run({
      createIndexes: 'c',
      indexes: [{ key: { u: 1 }, name: 'u_1', unique: true, partialFilterExpression: { u: { $exists: true } } }],
    });
    await run({
      insert: 'c',
      documents: [
        { _id: 1, n: 0 },
        { _id: 2, n: 0 },
      ],
    });
  });
  after(async () => {
    client.close();
    await store.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  describe('retryable writes', () => {
    it('applies a write that is sent twice once, also across a restart', async () => {
      const session = new RawSession();
      const update = {
        update: 'c',
        updates: [
          { q: { _id: 1 }, u: { $inc: { n: 1 } } },
          { q: { _id: 9 }, u: { $set: { n: 5 } }, upsert: true },
        ],
      };
      const first = await run({ ...update, ...session.write() });
      expect(first).to.deep.include({ n: 2, nModified: 1, ok: 1, upserted: [{ index: 1, _id: 9 }] });
      expect(await run({ ...update, ...session.write(true) })).to.deep.equal(first);
      await reopen();
      expect(await run({ ...update, ...session.write(true) })).to.deep.equal(first);
      expect(await all()).to.deep.equal([
        { _id: 1, n: 1 },
        { _id: 2, n: 0 },
        { _id: 9, n: 5 },
      ]);
    });

    it('goes on where a long write came to, and applies no part of it twice', async () => {
      const session = new RawSession();
      const long = { update: 'c', updates: Array.from({ length: 3000 }, () => ({ q: { _id: 1 }, u: { $inc: { n: 1 } } })) };
      const first = await run({ ...long, ...session.write() });
      expect(first).to.deep.equal({ n: 3000, nModified: 3000, ok: 1 });
      expect(await run({ ...long, ...session.write(true) })).to.deep.equal(first);
      expect((await all())[0]).to.deep.equal({ _id: 1, n: 3000 });
    });

    it('gives findAndModify the same document again', async () => {
      const session = new RawSession();
      const command = { findAndModify: 'c', query: { _id: 1 }, update: { $inc: { n: 1 } }, new: true };
      const first = await run({ ...command, ...session.write() });
      expect(first).to.deep.equal({ lastErrorObject: { n: 1, updatedExisting: true }, value: { _id: 1, n: 1 }, ok: 1 });
      expect(await run({ ...command, ...session.write(true) })).to.deep.equal(first);
    });

    it('remembers refusals too, and refuses a number from the past with 225', async () => {
      const session = new RawSession();
      const insert = { insert: 'c', documents: [{ _id: 1 }, { _id: 3 }], ordered: false };
      const old = session.write();
      const first = await run({ ...insert, ...session.write() });
      expect(first).to.deep.include({ n: 1, ok: 1 });
      expect((first['writeErrors'] as Document[])[0]).to.deep.include({ index: 0, code: 11000, keyValue: { _id: 1 } });
      expect(await run({ ...insert, ...session.write(true) })).to.deep.equal(first);
      expect(await run({ ...insert, ...old })).to.deep.include({ ok: 0, code: 225, codeName: 'TransactionTooOld' });
    });
  });

  describe('transactions', () => {
    it('see a snapshot and their own writes, in documents and by index', async () => {
      const session = new RawSession();
      expect(await all({ ...session.begin() })).to.have.length(2);
      await run({ insert: 'c', documents: [{ _id: 3, u: 'other' }] });
      await run({ insert: 'c', documents: [{ _id: 4, u: 'own' }], ...session.within() });
      expect((await all(session.within())).map((d) => d['_id'] as number)).to.deep.equal([1, 2, 4]);
      expect(await all({ filter: { u: { $in: ['own', 'other'] } }, ...session.within() })).to.deep.equal([{ _id: 4, u: 'own' }]);
      expect(await all()).to.have.length(3);
      expect(await admin({ commitTransaction: 1, ...session.within() })).to.deep.equal({ ok: 1 });
      expect((await all()).map((d) => d['_id'] as number)).to.deep.equal([1, 2, 3, 4]);
      expect((await run({ count: 'c' }))['n']).to.equal(4);
    });

    it('lose at the write when another transaction or a later commit was there first', async () => {
      const [one, two] = [new RawSession(), new RawSession()];
      const change = { update: 'c', updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } } }] };
      const conflict = { ok: 0, code: 112, codeName: 'WriteConflict', errorLabels: ['TransientTransactionError'] };
      await run({ ...change, ...one.begin() });
      expect(await run({ ...change, ...two.begin() })).to.deep.include(conflict);
      expect(await admin({ commitTransaction: 1, ...two.within() })).to.deep.include({ ok: 0, code: 251, codeName: 'NoSuchTransaction' });
      await all(two.begin());
      await admin({ commitTransaction: 1, ...one.within() });
      expect(await run({ ...change, ...two.within() })).to.deep.include(conflict);
      expect((await all())[0]).to.deep.equal({ _id: 1, n: 1 });
    });

    it('lose on a unique value that another transaction takes', async () => {
      const [one, two] = [new RawSession(), new RawSession()];
      await run({ insert: 'c', documents: [{ _id: 5, u: 'x' }], ...one.begin() });
      expect(await run({ insert: 'c', documents: [{ _id: 6, u: 'x' }], ...two.begin() })).to.deep.include({ ok: 0, code: 112 });
      await admin({ abortTransaction: 1, ...one.within() });
      expect(await run({ insert: 'c', documents: [{ _id: 6, u: 'x' }], ...two.begin() })).to.deep.include({ ok: 1, n: 1 });
      await admin({ commitTransaction: 1, ...two.within() });
      expect(await run({ insert: 'c', documents: [{ _id: 7, u: 'x' }], ...one.begin() })).to.have.nested.property(
        'writeErrors[0].code',
        11000,
      );
      expect(await admin({ commitTransaction: 1, ...one.within() })).to.deep.include({ code: 251 });
    });

    it('make a write outside wait for what they hold', async () => {
      const session = new RawSession();
      const other = await RawClient.open(store.uri('app'));
      await run({ update: 'c', updates: [{ q: { _id: 1 }, u: { $set: { n: 10 } } }], ...session.begin() });
      const order: string[] = [];
      const waiting = other.run('app', { update: 'c', updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } } }] }).then((reply) => {
        order.push('outside');
        return reply;
      });
      // A point write on another document is not held up.
      await run({ update: 'c', updates: [{ q: { _id: 2 }, u: { $set: { n: 2 } } }] });
      await admin({ commitTransaction: 1, ...session.within() });
      order.push('inside');
      expect(await waiting).to.deep.include({ n: 1, nModified: 1 });
      expect(order[0]).to.equal('inside');
      expect((await all())[0]).to.deep.equal({ _id: 1, n: 11 });
      other.close();
    });

    it('answer a commit that is asked for twice the same, also across a restart', async () => {
      const session = new RawSession();
      await run({ insert: 'c', documents: [{ _id: 8 }], ...session.begin() });
      expect(await admin({ commitTransaction: 1, ...session.within() })).to.deep.equal({ ok: 1 });
      expect(await admin({ commitTransaction: 1, ...session.within() })).to.deep.equal({ ok: 1 });
      await reopen();
      expect(await admin({ commitTransaction: 1, ...session.within() })).to.deep.equal({ ok: 1 });
      expect(await all({ filter: { _id: 8 } })).to.have.length(1);
    });

    it('leave nothing when they are abandoned, nor does their session when it ends', async () => {
      const [one, two] = [new RawSession(), new RawSession()];
      await run({ delete: 'c', deletes: [{ q: {}, limit: 0 }], ...one.begin() });
      expect(await all(one.within())).to.deep.equal([]);
      expect(await admin({ abortTransaction: 1, ...one.within() })).to.deep.equal({ ok: 1 });
      expect(await admin({ abortTransaction: 1, ...one.within() })).to.deep.include({ code: 251 });
      await run({ insert: 'c', documents: [{ _id: 9 }], ...two.begin() });
      await admin({ endSessions: [two.lsid] });
      expect(await all()).to.have.length(2);
    });

    it('hold up an index that is built over what they write, and do not read one that is newer than their snapshot', async () => {
      const [writer, reader] = [new RawSession(), new RawSession()];
      const other = await RawClient.open(store.uri('app'));
      await run({ insert: 'c', documents: [{ _id: 11, z: 1 }], ...writer.begin() });
      await all(reader.begin());
      const built = other.run('app', {
        createIndexes: 'c',
        indexes: [{ key: { z: 1 }, name: 'z_1', unique: true, partialFilterExpression: { z: { $exists: true } } }],
      });
      await admin({ commitTransaction: 1, ...writer.within() });
      expect(await all({ filter: { z: 1 }, ...reader.within() })).to.deep.equal([]);
      await admin({ abortTransaction: 1, ...reader.within() });
      expect(await built).to.deep.include({ ok: 1, numIndexesAfter: 3 });
      expect(await all({ filter: { z: 1 }, hint: 'z_1' })).to.deep.equal([{ _id: 11, z: 1 }]);
      expect(await run({ insert: 'c', documents: [{ _id: 12, z: 1 }] })).to.have.nested.property('writeErrors[0].code', 11000);
      other.close();
    });

    it('make the collection of their first document, and take no commands that change the catalogue', async () => {
      const session = new RawSession();
      expect(await run({ insert: 'fresh', documents: [{ _id: 1 }], ...session.begin() })).to.deep.include({ n: 1, ok: 1 });
      await admin({ commitTransaction: 1, ...session.within() });
      expect((await run({ count: 'fresh' }))['n']).to.equal(1);
      await run({ drop: 'fresh' });
      expect(await run({ createIndexes: 'c', indexes: [{ key: { z: 1 }, name: 'z' }], ...session.begin() })).to.deep.include({
        ok: 0,
        code: 263,
      });
    });
  });
});
