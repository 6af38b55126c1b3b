import { open } from 'lmdb';
import path from 'node:path';
import { Engine } from '../../../server/embedded-mongo/engine.js';
import { dropUnfinished } from '../../../server/embedded-mongo/storage/indexBuild.js';
import { documentKey } from '../../../server/embedded-mongo/storage/keyspace.js';
import { idKey } from '../../../server/embedded-mongo/storage/entries.js';
import { attendanceAt } from './data.js';

/**
 * Opens the data folder in a fresh process, as the store or as a bare lmdb file, reads one document and sends how many
 * milliseconds that took. Loading the program is not counted.
 */
const [, , how = '', folder = '', collectionId = '0'] = process.argv;
const key = documentKey(Number(collectionId), idKey(attendanceAt(0)['_id']));

async function asStore(): Promise<number> {
  const started = performance.now();
  const engine = new Engine({ dataDir: folder, durability: 'disk', ttlSeconds: 0 });
  dropUnfinished(engine);
  if (engine.env.get(key) === undefined) throw new Error('the document is not there');
  const taken = performance.now() - started;
  await engine.close();
  return taken;
}

async function asLmdb(): Promise<number> {
  const started = performance.now();
  const db = open<Uint8Array, Uint8Array>({ path: path.join(folder, 'store/store.mdb'), keyEncoding: 'binary', encoding: 'binary' });
  if (db.getBinary(key) === undefined) throw new Error('the document is not there');
  const taken = performance.now() - started;
  await db.close();
  return taken;
}

process.send?.({ milliseconds: await (how === 'store' ? asStore() : asLmdb()) });
process.disconnect();
