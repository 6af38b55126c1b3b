import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { MongoClient, type Db } from 'mongodb';

const ROUNDS = 10;
const WRITERS = 8;
const ACCOUNTS = ['a', 'b', 'c', 'd'];

interface Row {
  _id: string;
  writer: number;
  n: number;
}
interface Account {
  _id: string;
  money: number;
}

/** What was acknowledged before the process died. */
interface Acknowledged {
  readonly rows: Set<string>;
  transfers: number;
}

/** A process that has its programs loaded and waits. */
const spawnChild = (dataDir: string): ChildProcess =>
  spawn(process.execPath, ['--import', 'tsx', path.join(import.meta.dirname, 'crashChild.ts'), dataDir], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });

/** Lets it open the store; gives the address. */
async function openStore(child: ChildProcess): Promise<string> {
  child.stdin!.write('open\n');
  const [first] = (await once(child.stdout!, 'data')) as [Buffer];
  return first.toString().trim();
}

async function insertForEver(db: Db, writer: number, round: number, acknowledged: Acknowledged): Promise<void> {
  for (let n = 0; ; n += 1) {
    const id = `${String(round)}-${String(writer)}-${String(n)}`;
    await db.collection<Row>('rows').insertOne({ _id: id, writer, n });
    acknowledged.rows.add(id);
  }
}

async function transferForEver(client: MongoClient, db: Db, acknowledged: Acknowledged): Promise<void> {
  const accounts = db.collection<Account>('accounts');
  const transfers = db.collection('transfers');
  for (let n = 0; ; n += 1) {
    const [from, to] = [ACCOUNTS[n % 4]!, ACCOUNTS[(n + 1) % 4]!];
    await client.withSession((session) =>
      session.withTransaction(async () => {
        await accounts.updateOne({ _id: from }, { $inc: { money: -1 } }, { session });
        await accounts.updateOne({ _id: to }, { $inc: { money: 1 } }, { session });
        await transfers.insertOne({ from, to }, { session });
      }),
    );
    acknowledged.transfers += 1;
  }
}

/** Eight writers and a transfer, until the process is killed in the middle of it. */
async function round(child: ChildProcess, number: number, acknowledged: Acknowledged, check: (db: Db) => Promise<void>): Promise<void> {
  const uri = await openStore(child);
  const client = await new MongoClient(uri, { serverSelectionTimeoutMS: 300, retryWrites: true }).connect();
  const db = client.db('crash');
  await check(db);
  const goal = acknowledged.rows.size + 60 + number * 20;
  const work = [...Array(WRITERS).keys()].map((writer) => insertForEver(db, writer, number, acknowledged));
  work.push(transferForEver(client, db, acknowledged));
  const ended = Promise.allSettled(work);
  while (acknowledged.rows.size < goal) await new Promise((resolve) => setImmediate(resolve));
  child.kill('SIGKILL');
  await once(child, 'exit');
  await ended;
  await client.close();
}

describe('kill -9 of a store under eight writers and a transfer', () => {
  let dataDir: string;
  const acknowledged: Acknowledged = { rows: new Set(), transfers: 0 };

  before(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'store-crash-'));
  });
  after(() => rm(dataDir, { recursive: true, force: true }));

  async function check(db: Db): Promise<void> {
    const rows = db.collection<Row>('rows');
    const kept = new Set((await rows.find({}, { projection: { _id: 1 } }).toArray()).map((row) => row._id));
    expect(
      [...acknowledged.rows].filter((id) => !kept.has(id)),
      'lost',
    ).to.deep.equal([]);
    // The index agrees with the documents, and so does the kept number of them.
    let byIndex = 0;
    for (let writer = 0; writer < WRITERS; writer += 1) byIndex += (await rows.find({ writer }).hint('writer_1_n_1').toArray()).length;
    expect([byIndex, await rows.estimatedDocumentCount()]).to.deep.equal([kept.size, kept.size]);
    const accounts = await db.collection<Account>('accounts').find().toArray();
    expect(
      accounts.reduce((sum, { money }) => sum + money, 0),
      'torn',
    ).to.equal(0);
    const done = await db.collection<{ from: string; to: string }>('transfers').find().toArray();
    expect(done.length).to.be.within(acknowledged.transfers, acknowledged.transfers + ROUNDS);
    for (const { _id: id, money } of accounts) {
      expect(money).to.equal(done.filter((t) => t.to === id).length - done.filter((t) => t.from === id).length);
    }
  }

  async function prepare(db: Db): Promise<void> {
    await db.collection('rows').createIndex({ writer: 1, n: 1 });
    await db.collection<Account>('accounts').insertMany(ACCOUNTS.map((id) => ({ _id: id, money: 0 })));
  }

  it(`loses nothing that was acknowledged and tears no transfer in ${String(ROUNDS)} rounds`, async () => {
    let next = spawnChild(dataDir);
    for (let number = 0; number < ROUNDS; number += 1) {
      const child = next;
      next = spawnChild(dataDir);
      await round(child, number, acknowledged, number === 0 ? prepare : check);
    }
    const client = await new MongoClient(await openStore(next)).connect();
    await check(client.db('crash'));
    await client.close();
    next.kill('SIGTERM');
    await once(next, 'exit');
  });
});
