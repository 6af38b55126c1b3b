import path from 'node:path';
import { MongoClient } from 'mongodb';
import { startStore } from '../../../embedded-mongo/start.js';

/** One end of a copy. */
export interface Place {
  readonly client: MongoClient;
  /** How it is called in what is printed: an address without its password, or a folder. */
  readonly name: string;
  close(): Promise<void>;
}

/**
 * Opens the store of a folder for this process alone: whoever starts on the folder meanwhile waits, nothing expires in it.
 * @throws FolderInUse
 */
export async function openFolder(dataDir: string): Promise<Place> {
  const store = await startStore({ dataDir, announced: false, ttlSeconds: 0 }, undefined);
  const client = new MongoClient(store.uri('admin'));
  const close = async (): Promise<void> => {
    await client.close();
    await store.stop();
  };
  return { client, name: `the store in ${path.resolve(dataDir)}`, close };
}

/**
 * Connects to a MongoDB.
 * @throws Error when it is no replica set, without which the product has no transactions
 */
export async function openAddress(uri: string): Promise<Place> {
  const client = new MongoClient(uri, { writeConcern: { w: 'majority' }, readConcern: { level: 'majority' } });
  const name = uri.replace(/\/\/[^/]*@/, '//');
  try {
    const { setName, msg } = await client.db('admin').command({ hello: 1 });
    if (setName === undefined && msg !== 'isdbgrid') {
      throw new Error(`${name} is a single server; the product needs transactions, so start it as a replica set (rs.initiate())`);
    }
  } catch (error) {
    await client.close();
    throw error;
  }
  return { client, name, close: () => client.close() };
}
