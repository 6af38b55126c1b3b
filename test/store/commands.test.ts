import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Document } from 'bson';
import { expect } from 'chai';
import { startEmbeddedMongo, type EmbeddedMongo } from '../../server/embedded-mongo/start.js';
import { seed } from '../unit/embedded-mongo/vectors/commandKinds.js';
import { commandVectors } from '../unit/embedded-mongo/vectors/commands.js';
import { RawClient } from './rawClient.js';

/** Every key of the expectation, in whatever order the reply has them. */
function expectWithin(actual: Document, expected: Document): void {
  for (const [key, value] of Object.entries(expected)) expect(actual[key], `${key} of ${JSON.stringify(actual)}`).to.deep.equal(value);
}

describe('commands of the store', () => {
  let dataDir: string;
  let store: EmbeddedMongo;
  let client: RawClient;

  before(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'store-commands-'));
    store = await startEmbeddedMongo({ dataDir, durability: 'memory', ttlSeconds: 0 });
    client = await RawClient.open(store.uri('app'));
  });
  beforeEach(async () => {
    await client.run('app', { dropDatabase: 1 });
    await client.run('app', { createIndexes: 'c', indexes: [{ key: { a: 1 }, name: 'a_1' }] });
    await client.run('app', { insert: 'c', documents: seed });
  });
  after(async () => {
    client.close();
    await store.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  for (const { name, db, command, reply } of commandVectors) {
    it(`${Object.keys(command)[0] ?? ''} ${name}`, async () => {
      expectWithin(await client.run(db ?? 'app', command), reply);
    });
  }

  it('are taken from the old form of a message, for the first greeting', async () => {
    expectWithin(await client.send(client.query('admin', { ismaster: 1, helloOk: true })), { ismaster: true, ok: 1 });
  });

  it('are taken in pieces, and several at once', async () => {
    const bytes = client.message({ ping: 1, $db: 'admin' });
    const whole = client.reply();
    for (const byte of bytes) client.socket.write(Buffer.from([byte]));
    expectWithin(await whole, { ok: 1 });
    const replies = [client.reply(), client.reply()];
    client.socket.write(Buffer.concat([client.message({ count: 'c', $db: 'app' }), client.message({ count: 'none', $db: 'app' })]));
    expect((await Promise.all(replies)).map((reply) => reply['n'] as number)).to.deep.equal([3, 0]);
  });

  it('take documents from a section of their own and keep their bytes', async () => {
    const documents = [{ _id: 10, z: 1, a: { y: 1, b: 2 } }];
    expectWithin(await client.send(client.message({ insert: 'c', $db: 'app' }, { name: 'documents', documents })), { n: 1, ok: 1 });
    const found = await client.run('app', { find: 'c', filter: { _id: 10 } });
    expect(JSON.stringify((found['cursor'] as Document)['firstBatch'])).to.equal(JSON.stringify(documents));
  });

  it('are refused when they are nested too deep, and so are documents', async () => {
    const nested = (levels: number): Document => (levels === 1 ? {} : { a: nested(levels - 1) });
    await client.run('app', { createIndexes: 'deep', indexes: [{ key: { a: 1 }, name: 'a' }] });
    expectWithin(await client.run('app', { insert: 'deep', documents: [nested(300)] }), { ok: 0, code: 15 });
    expectWithin(await client.send(client.message({ insert: 'deep', $db: 'app' }, { name: 'documents', documents: [nested(300)] })), {
      ok: 0,
      code: 15,
    });
    const tooDeep = {
      n: 0,
      writeErrors: [{ index: 0, code: 15, errmsg: 'cannot insert document because it exceeds 180 levels of nesting' }],
    };
    expectWithin(await client.run('app', { insert: 'deep', documents: [nested(181)] }), tooDeep);
    expectWithin(await client.run('app', { insert: 'deep', documents: [nested(180)] }), { n: 1 });
    expectWithin(await client.run('app', { update: 'deep', updates: [{ q: {}, u: { $set: { 'b.c': nested(179) } } }] }), { n: 0 });
    expectWithin(await client.run('app', { count: 'deep' }), { n: 1 });
  });

  it('end a connection that does not speak the protocol, and only that', async () => {
    const stranger = await RawClient.open(store.uri('app'));
    const closed = new Promise((resolve) => stranger.socket.once('close', resolve));
    stranger.socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await closed;
    expectWithin(await client.run('admin', { ping: 1 }), { ok: 1 });
  });
});
