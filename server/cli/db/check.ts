import type { Document, MongoClient } from 'mongodb';
import { storeFile } from '../../embedded-mongo/offline/closedStore.js';
import { findRunningStore } from '../../embedded-mongo/start.js';
import { mustBeSound } from '../../embedded-mongo/storage/pages/sound.js';
import { dataOption, parsed, type DbCommand } from './command.js';
import { mustHaveStore, withStore } from './openStore.js';

/** Compares every collection with itself, prints a line for each and what differs; the process ends with 1 when anything does. */
async function run(args: string[]): Promise<void> {
  const { values } = parsed(args, dataOption, 0);
  await mustHaveStore(values.data);
  // Of a running store its owner looks through the pages, as of one commit.
  if ((await findRunningStore(values.data)) === null) mustBeSound(storeFile(values.data), 'all');
  const differences = await withStore(values.data, checkAll);
  if (differences === 0) {
    console.log('clean');
    return;
  }
  console.error(`${String(differences)} difference(s). Stop the product and put a backup in place of the store (see docs/operations.md)`);
  process.exitCode = 1;
}

/** The number of differences in the whole store. */
async function checkAll(client: MongoClient): Promise<number> {
  const store = await client.db('admin').command({ validateStore: 1 });
  print('the store itself', `${String(store['nPages'])} pages, ${String(store['nReplies'])} kept replies`, store);
  let differences = Number(store['nErrors']);
  if (store['pagesValid'] !== true) return differences;
  const { databases } = await client.db('admin').admin().listDatabases();
  for (const { name } of databases) {
    for (const collection of await client.db(name).listCollections({}, { nameOnly: true }).toArray()) {
      const report = await client.db(name).command({ validate: collection.name });
      const { nrecords, nIndexes, keysPerIndex } = report as { nrecords: number; nIndexes: number; keysPerIndex: Record<string, number> };
      const keys = Object.values(keysPerIndex).reduce((sum, n) => sum + n, 0);
      print(`${name}.${collection.name}`, `${String(nrecords)} documents, ${String(nIndexes)} indexes, ${String(keys)} entries`, report);
      differences += Number(report['nErrors']);
    }
  }
  return differences;
}

function print(what: string, counts: string, { valid, errors }: Document): void {
  console.log(`${valid === true ? 'ok      ' : 'DIFFERS '} ${what}: ${counts}`);
  for (const error of errors as string[]) console.log(`         ${error}`);
}

export const check: DbCommand = {
  usage: 'check [--data DIR]',
  what: 'looks through the file and compares every document with every index entry and back, also while the product runs; changes nothing',
  run,
};
