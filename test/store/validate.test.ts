import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { MongoClient, type Document } from 'mongodb';
import { idKey } from '../../server/embedded-mongo/storage/entries.js';
import { indexKey } from '../../server/embedded-mongo/storage/keyspace.js';
import { Environment } from '../../server/embedded-mongo/storage/environment.js';
import { StoreCheck } from '../../server/embedded-mongo/validate/storeCheck.js';
import { startEmbeddedMongo } from '../../server/embedded-mongo/start.js';
import { damages, part, placeOf, storeDamages } from './damages.js';
import { runDb } from './dbCommand.js';
import { withRawFile } from './rawFile.js';

describe('validate and validateStore', () => {
  let dataDir: string;

  before(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'store-validate-'));
    const store = await startEmbeddedMongo({ dataDir, durability: 'memory' });
    const client = await new MongoClient(store.uri('app')).connect();
    for (const name of ['clean', ...damages.map((damage) => damage.name)]) {
      const collection = client.db('app').collection<Document & { _id: number }>(name);
      await collection.createIndex({ a: 1 });
      await collection.createIndex({ t: 1 });
      await collection.createIndex({ u: 1 }, { unique: true });
      await collection.createIndex({ p: 1 }, { partialFilterExpression: { p: { $gt: 5 } } });
      await collection.insertMany([
        { _id: 1, a: 1, t: ['x', 'y', 'x'], u: 'u1' },
        { _id: 2, a: 1, u: 'long'.repeat(500) },
        { _id: 3, a: [], p: 9, u: null },
      ]);
      if (name !== 'arrays_unknown') continue;
      // Here only `t` is to meet an array.
      await collection.updateOne({ _id: 3 }, { $set: { a: 3 } });
    }
    await client.close();
    await store.stop();
  });
  after(() => rm(dataDir, { recursive: true, force: true }));

  it('find a clean store clean, and say what they counted', async () => {
    const store = await startEmbeddedMongo({ dataDir, durability: 'memory' });
    const client = await new MongoClient(store.uri('app')).connect();
    const report = await client.db('app').command({ validate: 'clean' });
    expect(report).to.deep.include({ ns: 'app.clean', valid: true, nErrors: 0, nrecords: 3, nIndexes: 5 });
    expect(report['keysPerIndex']).to.deep.equal({ _id_: 3, a_1: 3, t_1: 4, u_1: 3, p_1: 1 });
    expect(await client.db('admin').command({ validateStore: 1 })).to.deep.include({ valid: true, nErrors: 0 });
    const during = await runDb('check', '--data', dataDir);
    await client.close();
    await store.stop();
    const alone = await runDb('check', '--data', dataDir);
    expect([during.code, alone.code]).to.deep.equal([0, 0]);
    expect(during.out).to.equal(alone.out);
    expect(alone.out)
      .to.contain('ok       app.clean: 3 documents, 5 indexes, 14 entries\n')
      .and.to.match(/\nclean\n$/);
  });

  it('name what was tampered with, and only that', async () => {
    await withRawFile(dataDir, (file) => {
      for (const { name, make } of damages) make(file, placeOf(file, name));
    });
    const store = await startEmbeddedMongo({ dataDir, durability: 'memory' });
    const client = await new MongoClient(store.uri('app')).connect();
    for (const { name, told } of damages) {
      const report = await client.db('app').command({ validate: name });
      const errors = report['errors'] as string[];
      expect(errors.length, errors.join('\n')).to.equal(told.length);
      told.forEach((text, i) => expect(errors[i]).to.contain(text));
      expect([report['valid'], report['nErrors']]).to.deep.equal([false, told.length]);
    }
    expect((await client.db('app').command({ validate: 'entry_gone' }))['missingIndexEntries']).to.have.length(1);
    expect((await client.db('app').command({ validate: 'entry_too_many' }))['extraIndexEntries']).to.have.length(1);
    expect((await client.db('app').command({ validate: 'clean' }))['valid']).to.equal(true);
    await client.close();
    await store.stop();
  });

  it('end the command line with 1 and a list; the first are named, all are counted', async () => {
    await withRawFile(dataDir, (file) => {
      const { index } = placeOf(file, 'entry_of_nobody');
      for (let n = 100; n < 150; n += 1) file.putSync(indexKey(index['a']!, part(1), idKey(n)), idKey(n));
    });
    const { code, out, err } = await runDb('check', '--data', dataDir);
    expect(code).to.equal(1);
    expect(out).to.contain('ok       app.clean').and.to.contain('DIFFERS  app.entry_gone: 3 documents, 5 indexes, 13 entries');
    expect(out).to.contain('… and 31 more');
    expect(err).to.match(/^\d\d difference\(s\)\. .* backup/);
  });

  it('look at what belongs to no collection', async () => {
    await withRawFile(dataDir, (file) => {
      for (const { make } of storeDamages) make(file);
    });
    // A running store would begin to empty what is noted as dropped.
    const env = Environment.open(path.join(dataDir, 'store'), 'memory');
    const findings = [...new StoreCheck(env).run()].flatMap((finding) => finding?.text ?? []);
    await env.close();
    expect(findings).to.have.members(storeDamages.map(({ told }) => told));
  });
});
