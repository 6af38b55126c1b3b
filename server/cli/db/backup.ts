import { chmod } from 'node:fs/promises';
import path from 'node:path';
import { dataOption, parsed, type DbCommand } from './command.js';
import { withStore } from './openStore.js';

/** Asks the owner of the folder for a copy; opens the store for it when nobody has. */
async function run(args: string[]): Promise<void> {
  const { positionals, values } = parsed(args, dataOption, 1);
  const file = path.resolve(positionals[0] ?? '');
  await withStore(values.data, async (client) => {
    await client.db('admin').command({ backup: 1, file });
    await chmod(file, 0o600);
  });
  console.log(`saved ${file}; the keys of DATA_DIR/keys are not inside, keep a copy of them elsewhere`);
}

export const backup: DbCommand = {
  usage: 'backup FILE [--data DIR]',
  what: 'copies the store to FILE, also while the product runs',
  run,
};
