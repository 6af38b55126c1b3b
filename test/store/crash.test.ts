import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MongoClient, MongoError } from 'mongodb';
import { randomFrom } from '../../server/demo/random.js';
import { seed } from '../support/property.js';
import { DATABASE, Dropper, IndexBuilder, prepare, RowWriter, Transferrer, type Worker } from './crashWork.js';
import { kill, openStore, spawnOwner, turns } from './ownerProcess.js';
import { expectWhole } from './whole.js';

/** Ten in the suite, a hundred by `npm run crash`. */
const ROUNDS = Number(process.env['CRASH_ROUNDS'] ?? 10);
const WRITERS = 8;

/** How the system says that the other end of a socket is gone; the driver passes it on as it is while it shakes hands. */
const goneCodes = new Set<unknown>(['EPIPE', 'ECONNRESET', 'ECONNREFUSED', 'ENOENT']);

/** A worker may end because the store is gone, for nothing else. */
function mustBeLost(error: unknown): void {
  const isGone = error instanceof Error && 'code' in error && goneCodes.has(error.code);
  if (!isGone && (!(error instanceof MongoError) || error.code !== undefined)) throw error;
}

describe(`kill -9 of a store under ${String(WRITERS)} writers, transactions, index builds and drops`, () => {
  const random = randomFrom(String(seed));
  const workers: readonly Worker[] = [
    ...[...Array(WRITERS).keys()].map((writer) => new RowWriter(writer, random.branch(`writer ${String(writer)}`))),
    ...[0, 1].map((by) => new Transferrer(by, random.branch(`transferrer ${String(by)}`))),
    new IndexBuilder(),
    new Dropper(),
  ];
  let dataDir: string;

  before(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'store-crash-'));
  });
  after(() => rm(dataDir, { recursive: true, force: true }));

  async function check(client: MongoClient): Promise<void> {
    await expectWhole(client);
    for (const worker of workers) await worker.check(client.db(DATABASE));
  }

  /** All of them work until the process is killed in the middle of it. */
  async function round(child: ChildProcess, first: boolean): Promise<void> {
    const client = await new MongoClient(await openStore(child), { serverSelectionTimeoutMS: 2000 }).connect();
    await (first ? prepare(client.db(DATABASE)) : check(client));
    let left = random.between(1, 300);
    let enough: () => void;
    const reached = new Promise<void>((resolve) => (enough = resolve));
    const acknowledged = (): void => {
      left -= 1;
      if (left === 0) enough();
    };
    const ended = Promise.all(workers.map((worker) => worker.run(client, acknowledged).catch(mustBeLost)));
    await Promise.race([reached, ended]);
    await turns(random.between(0, 40));
    await kill(child);
    await client.close();
    await ended;
  }

  it(`loses nothing that was acknowledged, tears nothing and is whole after each of ${String(ROUNDS)} rounds (SEED=${String(seed)})`, async () => {
    let next = spawnOwner(dataDir);
    const take = (): ChildProcess => {
      const child = next;
      next = spawnOwner(dataDir);
      return child;
    };
    for (let number = 0; number < ROUNDS; number += 1) {
      // Now and then it does not even come to its first answer.
      if (number > 0 && random.chance(0.2)) {
        const child = take();
        child.stdin!.write('open\n');
        await turns(random.between(0, 3000));
        await kill(child);
      }
      await round(take(), number === 0);
    }
    const client = await new MongoClient(await openStore(next)).connect();
    await check(client);
    await client.close();
    next.kill('SIGTERM');
    await once(next, 'exit');
  });
});
