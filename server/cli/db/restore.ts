import path from 'node:path';
import { storeFile } from '../../embedded-mongo/offline/closedStore.js';
import { DamagedFile } from '../../embedded-mongo/offline/inspect.js';
import { restoreStore } from '../../embedded-mongo/offline/restore.js';
import { checksumFile, readChecksum, sha256Of } from './checksum.js';
import { dataOption, parsed, type DbCommand, type Say } from './command.js';
import { exists } from './exists.js';
import { contents } from './figures.js';

/** Puts a backup in the place of the store and says how to undo it. */
async function run(args: string[], say: Say): Promise<void> {
  const { positionals, values } = parsed(args, dataOption, 1);
  const backup = path.resolve(positionals[0] ?? '');
  if (!(await exists(backup))) throw new Error(`there is no file ${backup}`);
  if (backup === storeFile(values.data)) throw new Error(`${backup} is the store itself; name a backup`);
  const expected = await readChecksum(backup);
  const { report, kept } = await restoreStore(backup, values.data, async (copy) => {
    if (expected !== undefined && (await sha256Of(copy)) !== expected) {
      throw new DamagedFile(backup, `its SHA-256 is not the one in ${checksumFile(backup)}. Take another backup; nothing was changed`);
    }
  });
  say(`restored ${backup} to ${storeFile(values.data)}: ${contents(report)}; read from end to end`);
  if (expected === undefined) {
    say(`there is no ${path.basename(checksumFile(backup))} beside it: a value changed inside a document would not have been noticed`);
  }
  say(kept === undefined ? 'no store was there before' : undoHint(kept, values.data));
  say('the keys (KEY_RING, or DATA_DIR/keys) must be those of the day of the backup or later ones that still hold them');
}

const undoHint = (kept: string, dataDir: string): string =>
  `the store that was there is kept as ${kept}\nto undo:   npm run db -- restore ${kept} --data ${dataDir}\nto finish: remove that file when all is well`;

export const restore: DbCommand = {
  usage: 'restore FILE [--data DIR]',
  what: 'puts a backup in the place of the store, which is kept beside it; only while nothing runs on the folder',
  run,
};
