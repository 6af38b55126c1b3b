import { access } from 'node:fs/promises';
import path from 'node:path';
import { MongoClient } from 'mongodb';
import { findRunningStore, startEmbeddedMongo } from '../../embedded-mongo/start.js';

/** The file of the store in a data folder. */
export const storeFile = (dataDir: string): string => path.resolve(dataDir, 'store', 'store.mdb');

/** @throws Error when no store is there; opening the folder would make an empty one */
export async function mustHaveStore(dataDir: string): Promise<void> {
  const exists = await access(storeFile(dataDir)).then(
    () => true,
    () => false,
  );
  if (!exists) throw new Error(`there is no store in ${path.resolve(dataDir)}; name the folder with --data DIR or in DATA_DIR`);
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
