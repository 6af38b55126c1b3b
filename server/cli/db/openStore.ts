import path from 'node:path';
import { MongoClient } from 'mongodb';
import { storeFile } from '../../embedded-mongo/offline/closedStore.js';
import { findRunningStore, startEmbeddedMongo } from '../../embedded-mongo/start.js';
import { exists } from './exists.js';

/** @throws Error when no store is there; opening the folder would make an empty one */
export async function mustHaveStore(dataDir: string): Promise<void> {
  if (await exists(storeFile(dataDir))) return;
  throw new Error(`there is no store in ${path.resolve(dataDir)}; name the folder with --data DIR or in DATA_DIR`);
}

/** Runs work on the store of a folder: as a client of its owner, or as its owner while nobody else is. */
export async function withStore<T>(dataDir: string, work: (client: MongoClient) => Promise<T>): Promise<T> {
  await mustHaveStore(dataDir);
  const running = await findRunningStore(dataDir);
  const own = running === null ? await startEmbeddedMongo({ dataDir }) : null;
  const client = new MongoClient((running ?? own)?.uri('admin') ?? '');
  try {
    return await work(await client.connect());
  } finally {
    await client.close();
    await own?.stop();
  }
}
