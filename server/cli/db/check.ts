import type { Document, MongoClient } from 'mongodb';
import { storeFile } from '../../embedded-mongo/offline/closedStore.js';
import { findRunningStore } from '../../embedded-mongo/start.js';
import { mustBeSound } from '../../embedded-mongo/storage/pages/sound.js';
import { dataOption, parsed, type DbCommand, type Say } from './command.js';
import { mustHaveStore, withStore } from './openStore.js';

/** Compares every collection with itself, says a line for each and what differs. @throws Error when anything does */
async function run(args: string[], say: Say): Promise<void> {
  const { values } = parsed(args, dataOption, 0);
  await mustHaveStore(values.data);
  // Of a running store its owner looks through the pages, as of one commit.
  if ((await findRunningStore(values.data)) === null) mustBeSound(storeFile(values.data), 'all');
  const differences = await withStore(values.data, (client) => checkAll(client, say));
  if (differences > 0) {
    throw new Error(
      `${String(differences)} difference(s). Stop the product and put a backup in place of the store (see docs/operations.md)`,
    );
  }
  say('clean');
}

/** The number of differences in the whole store. */
async function checkAll(client: MongoClient, say: Say): Promise<number> {
  const store = await client.db('admin').command({ validateStore: 1 });
  report(say, 'the store itself', `${String(store['nPages'])} pages, ${String(store['nReplies'])} kept replies`, store);
  let differences = Number(store['nErrors']);
  if (store['pagesValid'] !== true) return differences;
  const { databases } = await client.db('admin').admin().listDatabases();
  for (const { name } of databases) {
    for (const collection of await client.db(name).listCollections({}, { nameOnly: true }).toArray()) {
      const found = await client.db(name).command({ validate: collection.name });
      const { nrecords, nIndexes, keysPerIndex } = found as { nrecords: number; nIndexes: number; keysPerIndex: Record<string, number> };
      const keys = Object.values(keysPerIndex).reduce((sum, n) => sum + n, 0);
      const counts = `${String(nrecords)} documents, ${String(nIndexes)} indexes, ${String(keys)} entries`;
      report(say, `${name}.${collection.name}`, counts, found);
      differences += Number(found['nErrors']);
    }
  }
  return differences;
}

function report(say: Say, what: string, counts: string, { valid, errors }: Document): void {
  say(`${valid === true ? 'ok      ' : 'DIFFERS '} ${what}: ${counts}`);
  for (const error of errors as string[]) say(`         ${error}`);
}

export const check: DbCommand = {
  usage: 'check [--data DIR]',
  what: 'looks through the file and compares every document with every index entry and back, also while the product runs; changes nothing',
  run,
};
