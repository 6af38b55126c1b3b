import { expect } from 'chai';
import { Cursor } from '../../server/embedded-mongo/commands/cursors.js';
import type { Operation } from '../../server/embedded-mongo/commands/operation.js';
import type { Engine } from '../../server/embedded-mongo/engine.js';
import type { Collection } from '../../server/embedded-mongo/storage/catalogue.js';
import { idKey } from '../../server/embedded-mongo/storage/entries.js';
import { documentKey, documentPrefix, prefixRange } from '../../server/embedded-mongo/storage/keyspace.js';
import { encode } from '../../server/embedded-mongo/values/codec.js';
import { codeOf } from './client.js';
import { insert, session, useEngine } from './engineSupport.js';

describe('what a client has forgotten', () => {
  const { engine: opened, make } = useEngine();
  let engine: Engine;

  beforeEach(() => {
    engine = opened();
  });

  const big = Buffer.alloc(1000).toString('hex');
  /** Writes the same documents over and over: without a snapshot in the way, freed pages are used again. */
  const churn = async (collection: Collection): Promise<number> => {
    for (let n = 0; n < 30; n += 1) {
      await engine.writes.once((batch) => {
        for (let id = 0; id < 20; id += 1) {
          const key = documentKey(collection.id, idKey(id));
          batch.put(key, encode({ _id: id, n, big }));
        }
      });
    }
    return engine.env.size().bytes;
  };

  it('ends by its time limit: a transaction frees its snapshot and what it holds, and the file stops growing', async () => {
    const collection = await make('c');
    const transaction = engine.sessions.transaction(session);
    insert(transaction, collection, { _id: 999, big });
    const grown = await churn(collection);
    engine.sessions.abortOlder(Date.now() - 60_000);
    expect(engine.env.oldestSnapshot).to.not.equal(undefined);
    engine.sessions.abortOlder(Date.now() + 1);
    expect([engine.env.oldestSnapshot, engine.sessions.transactions()]).to.deep.equal([undefined, []]);
    const settled = await churn(collection);
    expect([await churn(collection), await churn(collection)]).to.deep.equal([settled, settled]);
    expect(settled).to.be.at.most(grown);
    // Nobody waits for it any more, and what is left of it does nothing.
    await engine.writes.once((batch) => {
      insert(batch, collection, { _id: 999, big });
    });
    expect(
      await codeOf(
        Promise.resolve().then(() => {
          insert(transaction, collection, { _id: 1000 });
        }),
      ),
    ).to.equal(251);
    await engine.writes.once((batch) => {
      insert(batch, collection, { _id: 1000, big });
    });
    expect(await codeOf(engine.sessions.commit(session))).to.equal(251);
  });

  it('ends by its time limit: a cursor frees its snapshot, and the file stops growing', async () => {
    const collection = await make('c');
    const snapshot = engine.env.snapshot();
    const release = (): void => {
      snapshot.release();
    };
    const rows = snapshot.pairs(prefixRange(documentPrefix(collection.id)));
    engine.cursors.keep(
      new Cursor('app.c', (rows as Iterable<never>)[Symbol.iterator](), release, { session: undefined, operation: {} as Operation }),
    );
    const grown = await churn(collection);
    engine.cursors.closeIdle(Date.now() - 600_000);
    expect([engine.env.oldestSnapshot === undefined, engine.cursors.size]).to.deep.equal([false, 1]);
    engine.cursors.closeIdle(Date.now() + 1);
    expect([engine.env.oldestSnapshot, engine.cursors.size]).to.deep.equal([undefined, 0]);
    const settled = await churn(collection);
    expect([await churn(collection), await churn(collection)]).to.deep.equal([settled, settled]);
    expect(settled).to.be.at.most(grown);
  });
});
