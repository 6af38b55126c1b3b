import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Connection } from 'mongoose';
import { startEmbeddedMongo } from '../../server/embedded-mongo/start.js';
import { connect } from '../../server/platform/database.js';
import { newId } from '../../server/platform/ids.js';

let opened: Promise<{ uri(name: string): string; stop(): Promise<void> }> | undefined;

/** One store for the whole test process; `MONGODB_URI` runs the same tests against a real server. */
async function store(): Promise<{ uri(name: string): string }> {
  const uri = process.env['MONGODB_URI'];
  if (uri !== undefined) return { uri: () => uri };
  opened ??= openStore();
  return opened;
}

async function openStore() {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'xunzheng-test-'));
  const started = await startEmbeddedMongo({ dataDir, durability: 'memory', ttlSeconds: 0 });
  return {
    uri: (name: string) => started.uri(name),
    stop: async () => {
      await started.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A database of its own for one test file; drop it with `dropAndClose`. */
export async function openTestDatabase(): Promise<Connection> {
  const name = `t_${newId()}`;
  return connect((await store()).uri(name), name);
}

/** Removes a test database. */
export async function dropAndClose(connection: Connection): Promise<void> {
  await connection.dropDatabase();
  await connection.close();
}

/** Ends the store of this process (root hook of the suites). */
export async function stopStore(): Promise<void> {
  const running = opened;
  opened = undefined;
  await (await running)?.stop();
}
