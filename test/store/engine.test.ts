import { expect } from 'chai';
import type { Engine } from '../../server/embedded-mongo/engine.js';
import { makeIndex, type Collection, type Index } from '../../server/embedded-mongo/storage/catalogue.js';
import { buildIndexes } from '../../server/embedded-mongo/storage/indexBuild.js';
import type { WriteWork } from '../../server/embedded-mongo/storage/writeQueue.js';
import { codeOf } from './client.js';
import { insert, session, useEngine } from './engineSupport.js';

describe('the engine, in moments that no client can choose', () => {
  const { engine: opened, make, expectWhole } = useEngine();
  let engine: Engine;

  beforeEach(() => {
    engine = opened();
  });

  /** A build that stops after its first hundred documents until `go` is called. */
  function pausedBuild(collection: Collection, index: Index) {
    let go: () => void = () => undefined;
    const gone = new Promise<void>((resolve) => (go = resolve));
    function* halfWay(): WriteWork<number> {
      const work = buildIndexes(engine, collection, () => [index]);
      // The slice is used up, so the work stops where it may.
      engine.writes.batch.startSlice(0);
      work.next();
      try {
        yield gone;
        return yield* work;
      } finally {
        work.return(0);
      }
    }
    return { halfWay, go };
  }

  it('leaves no entries behind of an index that could not be built while a transaction wrote to it', async () => {
    const collection = await make('c');
    await engine.writes.once((batch) => {
      for (let n = 0; n < 150; n += 1) insert(batch, collection, { _id: n, v: Math.min(n, 148) });
    });
    const index = makeIndex(engine.catalogue.takeId(), { key: { v: 1 }, name: 'v_1', unique: true });
    const { halfWay, go } = pausedBuild(collection, index);
    const built = codeOf(engine.writes.run(halfWay()));
    await engine.writes.drained();
    insert(engine.sessions.transaction(session), collection, { _id: 1000, v: 1000 });
    go();
    // Time enough to give the index up and to empty what is left of it.
    for (let commits = 0; commits < 5; commits += 1) await engine.writes.once(() => undefined);
    await engine.sessions.commit(session);
    expect(await built).to.equal(11000);
    await engine.writes.drained();
    expect(collection.count).to.equal(151);
    expectWhole();
  });

  it('goes on with what it knows of collections after a commit that failed', async () => {
    const collection = await make('c');
    const failed = engine.writes.once(() => {
      engine.catalogue.create('app', 'never');
      throw new Error('the disk is gone');
    });
    expect(await failed.catch((error: unknown) => (error as Error).message)).to.equal('the disk is gone');
    expect(engine.catalogue.list().map(({ name }) => name)).to.deep.equal(['c']);
    const index = makeIndex(engine.catalogue.takeId(), { key: { v: 1 }, name: 'v_1' });
    await engine.writes.run(buildIndexes(engine, engine.catalogue.find('app', 'c')!, () => [index]));
    // A command that found the collection before the failure writes after it.
    await engine.writes.once((batch) => {
      insert(batch, collection, { _id: 1, v: 1 });
    });
    await engine.writes.once((batch) => {
      insert(batch, engine.catalogue.find('app', 'c')!, { _id: 2, v: 2 });
    });
    expect(engine.catalogue.find('app', 'c')?.count).to.equal(2);
    expectWhole();
  });

  it('refuses what was begun on a collection whose making failed', async () => {
    let never: Collection | undefined;
    const failed = engine.writes.once(() => {
      never = engine.catalogue.create('app', 'never');
      throw new Error('the disk is gone');
    });
    await failed.catch(() => undefined);
    const late = engine.writes.once((batch) => {
      insert(batch, never!, { _id: 1 });
    });
    expect(await codeOf(late)).to.equal(175);
    expectWhole();
  });

  it('keeps in the file that an index holds arrays and cut values, also when a transaction said so first and was abandoned', async () => {
    const collection = await make('c');
    const index = makeIndex(engine.catalogue.takeId(), { key: { v: 1 }, name: 'v_1' });
    await engine.writes.run(buildIndexes(engine, collection, () => [index]));
    const docs = [
      { _id: 1, v: [1, 2] },
      { _id: 2, v: 'long'.repeat(500) },
    ];
    const transaction = engine.sessions.transaction(session);
    for (const doc of docs) insert(transaction, collection, doc);
    engine.sessions.abortNumbered(session);
    await engine.writes.once((batch) => {
      for (const doc of docs) insert(batch, collection, doc);
    });
    expectWhole();
  });

  it('ends a build when its index is dropped meanwhile, and leaves no entries of it', async () => {
    const collection = await make('c');
    await engine.writes.once((batch) => {
      for (let n = 0; n < 150; n += 1) insert(batch, collection, { _id: n, v: n });
    });
    const [kept, dropped] = ['kept', 'dropped'].map((name) => makeIndex(engine.catalogue.takeId(), { key: { v: 1 }, name }));
    await engine.writes.run(buildIndexes(engine, collection, () => [kept!]));
    const { halfWay, go } = pausedBuild(collection, dropped!);
    const built = codeOf(engine.writes.run(halfWay()));
    await engine.writes.once(() => {
      engine.catalogue.dropIndex(collection, dropped!);
    });
    engine.garbage.collect();
    await engine.writes.drained();
    go();
    expect(await built).to.equal(276);
    expect(collection.indexes).to.deep.equal([kept]);
    expectWhole();
  });

  it('builds an index again whose building ended with a commit that failed', async () => {
    const collection = await make('c');
    await engine.writes.once((batch) => {
      for (let n = 0; n < 150; n += 1) insert(batch, collection, { _id: n, v: n });
    });
    const [first, second] = [1, 2].map(() => makeIndex(engine.catalogue.takeId(), { key: { v: 1 }, name: 'v_1' }));
    const { halfWay, go } = pausedBuild(collection, first!);
    const built = engine.writes.run(halfWay()).catch((error: unknown) => (error as Error).message);
    await engine.writes.drained();
    go();
    const failed = engine.writes.once(() => {
      throw new Error('the disk is gone');
    });
    await failed.catch(() => undefined);
    expect(await built).to.equal('the disk is gone');
    expect(collection.indexes.map(({ building }) => building)).to.deep.equal([true]);
    await engine.writes.run(buildIndexes(engine, collection, () => [second!]));
    await engine.writes.drained();
    expect(collection.indexes.map(({ id, building }) => ({ id, building }))).to.deep.equal([{ id: second!.id, building: false }]);
    expectWhole();
  });

  it('keeps it also when a commit failed before that of the transaction', async () => {
    const collection = await make('c');
    const index = makeIndex(engine.catalogue.takeId(), { key: { v: 1 }, name: 'v_1' });
    await engine.writes.run(buildIndexes(engine, collection, () => [index]));
    insert(engine.sessions.transaction(session), collection, { _id: 1, v: [1, 2] });
    const failed = engine.writes.once(() => {
      throw new Error('the disk is gone');
    });
    await failed.catch(() => undefined);
    await engine.sessions.commit(session);
    expectWhole();
  });
});
