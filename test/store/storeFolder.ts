import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MongoClient, type Db } from 'mongodb';
import { startEmbeddedMongo } from '../../server/embedded-mongo/start.js';

/** A data folder under the temp directory that is gone after the test. */
export function useFolder(): () => string {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'store-folder-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  return () => folder;
}

/** Opens the store of a folder, runs work on its database `app` and closes it again. */
export async function inStore<T>(dataDir: string, work: (db: Db) => Promise<T>): Promise<T> {
  const store = await startEmbeddedMongo({ dataDir, durability: 'memory', ttlSeconds: 0 });
  const client = await new MongoClient(store.uri('app')).connect();
  try {
    return await work(client.db('app'));
  } finally {
    await client.close();
    await store.stop();
  }
}
