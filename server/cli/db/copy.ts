import { databaseName } from '../../platform/config.js';
import { dataOption, parsed, UsageError, type DbCommand, type Say } from './command.js';
import { copyDatabase } from './copy/copyDatabase.js';
import { openAddress, openFolder, type Place } from './copy/place.js';
import { mustHaveStore } from './openStore.js';

const options = { ...dataOption, to: { type: 'string' }, from: { type: 'string' }, db: { type: 'string', multiple: true } } as const;

/** Moves the product's database from the store to a MongoDB, or back. */
async function run(args: string[], say: Say): Promise<void> {
  const { values } = parsed(args, options, 0);
  const { to, from, data } = values;
  const names = values.db ?? [databaseName()];
  if ((to === undefined) === (from === undefined)) throw new UsageError('either --to or --from must be given');
  if (to !== undefined) await mustHaveStore(data);
  const folder = await openFolder(data);
  try {
    const other = await openAddress(to ?? from ?? '');
    try {
      await (to === undefined ? copyAll(other, folder, names, say) : copyAll(folder, other, names, say));
    } finally {
      await other.close();
    }
  } finally {
    await folder.close();
  }
  say(
    to === undefined
      ? 'done. Start the product without MONGODB_URI'
      : 'done. Start the product with MONGODB_URI set to that address; the store in the folder is as it was',
  );
}

async function copyAll(source: Place, target: Place, names: readonly string[], say: Say): Promise<void> {
  say(`copies ${names.join(', ')} from ${source.name} to ${target.name}; nobody may write to either until it is done`);
  await mustHold(source, names, say);
  for (const name of names) await copyDatabase({ source: source.client.db(name), target: target.client.db(name), say }, source.name);
}

/** @throws Error when a database is not in the source */
async function mustHold(source: Place, names: readonly string[], say: Say): Promise<void> {
  const { databases } = await source.client.db('admin').admin().listDatabases();
  const held = databases.map(({ name }) => name).filter((name) => !['admin', 'config', 'local'].includes(name));
  const missing = names.filter((name) => !held.includes(name));
  if (missing.length > 0) {
    throw new Error(`${source.name} has no database ${missing.join(', ')}; it has ${held.join(', ') || 'none'} (name it with --db)`);
  }
  const left = held.filter((name) => !names.includes(name));
  if (left.length > 0) say(`not copied: ${left.join(', ')} (name it with --db as well)`);
}

export const copy: DbCommand = {
  usage: 'copy --to|--from mongodb://… [--data DIR] [--db NAME]…',
  what: 'moves the database to a MongoDB replica set or back, and compares every document; stop the product first; goes on when cut short',
  run,
};
