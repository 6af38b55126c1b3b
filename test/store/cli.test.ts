import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { MongoClient } from 'mongodb';
import { findRunningStore, startEmbeddedMongo, startStore } from '../../server/embedded-mongo/start.js';
import { codeOf } from './client.js';
import { runDb, startDb } from './dbCommand.js';

async function firstLine(child: ChildProcess): Promise<string> {
  const [bytes] = (await once(child.stdout!, 'data')) as [Buffer];
  return bytes.toString().split('\n')[0] ?? '';
}

async function end(child: ChildProcess): Promise<number | null> {
  child.kill('SIGTERM');
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

describe('the store on the command line', () => {
  let dataDir: string;

  beforeEach(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'store-cli-'));
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  it('serves on loopback behind a generated password: saslStart (mechanism, payload, options, autoAuthorize, db) and saslContinue (conversationId)', async () => {
    const child = startDb('serve', '--port', '0', '--data', dataDir);
    const line = await firstLine(child);
    expect(line).to.match(/^listening mongodb:\/\/store:[\w-]{32}@127\.0\.0\.1:\d+\//);
    const uri = line.slice('listening '.length);
    const client = await new MongoClient(uri).connect();
    await client.db('app').collection('c').insertOne({ n: 1 });
    expect(await client.db('app').collection('c').countDocuments({})).to.equal(1);
    await client.close();
    const wrong = new MongoClient(uri.replace(/:[^:@]+@/, ':wrong@'));
    expect(await codeOf(wrong.connect())).to.equal(18);
    const stranger = new MongoClient(uri.replace(/\/\/.*@/, '//'));
    expect(await codeOf(stranger.db('app').collection('c').findOne())).to.equal(13);
    await stranger.close();
    expect(await end(child)).to.equal(0);
  });

  it('serves without a password when told so', async () => {
    const child = startDb('serve', '--data', dataDir, '--no-auth');
    const client = await new MongoClient((await firstLine(child)).slice('listening '.length)).connect();
    expect(await client.db('app').collection('c').countDocuments({})).to.equal(0);
    await client.close();
    expect(await end(child)).to.equal(0);
  });
});

describe('npm run db', () => {
  it('lists its commands when it does not know the one asked for', async () => {
    const { code, err } = await runDb('bakcup');
    expect(code).to.equal(2);
    for (const command of ['serve', 'backup FILE', 'restore FILE', 'compact', 'docs']) expect(err).to.contain(`npm run db -- ${command}`);
  });

  it('says how a command is called when its arguments do not fit', async () => {
    const [none, unknown] = await Promise.all([runDb('backup'), runDb('backup', 'x', '--fast')]);
    expect([none.code, unknown.code]).to.deep.equal([2, 2]);
    expect(none.err).to.contain('1 argument(s) expected').and.contain('npm run db -- backup FILE');
    expect(unknown.err).to.contain('--fast').and.contain('npm run db -- backup FILE');
  });

  it('does not make a store where none is', async () => {
    const { code, err } = await runDb('backup', '/tmp/never-written.mdb', '--data', '/tmp/no-such-data-folder');
    expect(code).to.equal(1);
    expect(err).to.contain('there is no store in /tmp/no-such-data-folder').and.contain('--data DIR');
  });
});

describe('the owner of a data folder', () => {
  let dataDir: string;

  beforeEach(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'store-owner-'));
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  it('is alone: a second one is refused with its process and address, a client finds it', async () => {
    expect(await findRunningStore(dataDir)).to.equal(null);
    const store = await startEmbeddedMongo({ dataDir, durability: 'memory' });
    const refusal = await startEmbeddedMongo({ dataDir }).then(
      () => null,
      (e: unknown) => (e as Error).message,
    );
    expect(refusal).to.contain(`process ${String(process.pid)} at ${path.join(dataDir, 'store', 'store.sock')}`);
    const found = await findRunningStore(dataDir);
    expect([found?.pid, found?.uri('x')]).to.deep.equal([process.pid, store.uri('x')]);
    expect((await stat(path.join(dataDir, 'store', 'store.sock'))).mode & 0o777).to.equal(0o600);
    await store.stop();
    expect(await findRunningStore(dataDir)).to.equal(null);
  });

  it('keeps whoever starts waiting while it works unannounced', async () => {
    const store = await startStore({ dataDir, durability: 'memory', announced: false }, undefined);
    let found: unknown = 'waiting';
    const search = findRunningStore(dataDir).then((answer) => (found = answer));
    const client = await new MongoClient(store.uri('app')).connect();
    await client.db('app').collection('c').insertOne({ n: 1 });
    await client.close();
    expect(found).to.equal('waiting');
    await store.stop();
    expect(await search).to.equal(null);
  });

  it('is replaced when it died without giving the folder back', async () => {
    const dead = spawn(process.execPath, ['-e', '']);
    await once(dead, 'exit');
    await writeFile(
      path.join(dataDir, 'store.json'),
      JSON.stringify({ pid: dead.pid, began: '1', address: path.join(dataDir, 'gone.sock'), ready: true }),
    );
    expect(await findRunningStore(dataDir)).to.equal(null);
    const store = await startEmbeddedMongo({ dataDir, durability: 'memory' });
    await store.stop();
  });

  it('listens in a folder of its own where the path of the socket would be too long', async () => {
    const deep = path.join(dataDir, 'x'.repeat(90));
    const store = await startEmbeddedMongo({ dataDir: deep, durability: 'memory' });
    const { address } = JSON.parse(await readFile(path.join(deep, 'store.json'), 'utf8')) as { address: string };
    expect(address.length).to.be.at.most(100);
    expect((await stat(path.dirname(address))).mode & 0o777).to.equal(0o700);
    const client = await new MongoClient(store.uri('app')).connect();
    expect(await client.db('app').collection('c').countDocuments({})).to.equal(0);
    await client.close();
    await store.stop();
    expect(await stat(path.dirname(address)).catch(() => 'gone')).to.equal('gone');
  });

  it('is told when its file is of another format, and the file stays as it is', async () => {
    const store = await startEmbeddedMongo({ dataDir });
    await store.stop();
    const lmdb = await import('lmdb');
    const file = lmdb.open<Uint8Array, Uint8Array>({
      path: path.join(dataDir, 'store', 'store.mdb'),
      keyEncoding: 'binary',
      encoding: 'binary',
      overlappingSync: false,
    });
    await file.put(Buffer.from([0x10]), Buffer.from([99]));
    await file.close();
    const refusal = await startEmbeddedMongo({ dataDir }).then(
      () => null,
      (e: unknown) => (e as Error).message,
    );
    expect(refusal).to.contain('format 99');
    expect(await findRunningStore(dataDir)).to.equal(null);
  });
});
