import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { Engine } from '../../server/embedded-mongo/engine.js';
import { storedCollection, type Collection } from '../../server/embedded-mongo/storage/catalogue.js';
import { applyChange } from '../../server/embedded-mongo/storage/changes.js';
import { idKey } from '../../server/embedded-mongo/storage/entries.js';
import { prefixRange, spaces } from '../../server/embedded-mongo/storage/keyspace.js';
import type { Target } from '../../server/embedded-mongo/storage/target.js';
import { CollectionCheck } from '../../server/embedded-mongo/validate/collectionCheck.js';
import { StoreCheck } from '../../server/embedded-mongo/validate/storeCheck.js';
import { encode } from '../../server/embedded-mongo/values/codec.js';
import type { Document } from '../../server/embedded-mongo/values/types.js';

export const insert = (target: Target, collection: Collection, doc: Document): void => {
  applyChange(target, collection, { id: idKey(doc['_id']), before: undefined, after: doc, raw: encode(doc) });
};

export const session = { id: Buffer.alloc(16, 1), number: 1n, multiDocument: true, starts: true };

/** An engine of this very thread for every test, so that a test can choose the moment between two commits. */
export function useEngine() {
  let dataDir: string;
  let engine: Engine;

  beforeEach(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'store-engine-'));
    engine = new Engine({ dataDir, durability: 'memory', ttlSeconds: 0 });
  });
  afterEach(async () => {
    await engine.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  const make = (name: string): Promise<Collection> => engine.writes.once(() => engine.catalogue.create('app', name));

  /** What the file holds agrees with what it says of itself. */
  function expectWhole(): void {
    const stored = [...engine.env.pairs(prefixRange(spaces.catalogue))].map(({ value }) => storedCollection(engine.env, value));
    const checks = [new StoreCheck(engine.env), ...stored.map((c) => new CollectionCheck(engine.env, c))];
    expect(checks.flatMap((check) => [...check.run()]).flatMap((finding) => finding?.text ?? [])).to.deep.equal([]);
  }

  return { engine: () => engine, make, expectWhole };
}
