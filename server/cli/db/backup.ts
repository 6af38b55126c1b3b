import { rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { inspectFile } from '../../embedded-mongo/offline/inspect.js';
import { syncName } from '../../embedded-mongo/storage/files.js';
import { checksumFile, sha256Of, writeChecksum } from './checksum.js';
import { dataOption, parsed, type DbCommand, type Say } from './command.js';
import { exists } from './exists.js';
import { contents, size } from './figures.js';
import { withStore } from './openStore.js';

const options = { ...dataOption, force: { type: 'boolean', default: false } } as const;

/** Asks the owner of the folder for a copy (opens the store for it when nobody has), reads it to the end, then gives it its name. */
async function run(args: string[], say: Say): Promise<void> {
  const { positionals, values } = parsed(args, options, 1);
  const file = path.resolve(positionals[0] ?? '');
  await mustBeFree(file, values.force);
  const part = `${file}.part`;
  await rm(part, { force: true });
  try {
    await withStore(values.data, (client) => client.db('admin').command({ backup: 1, file: part }));
    const report = await inspectFile(part);
    const sha256 = await sha256Of(part);
    const { size: bytes } = await stat(part);
    // An older checksum must not stand beside the new file, not even for a moment.
    await rm(checksumFile(file), { force: true });
    await rename(part, file);
    await writeChecksum(file, sha256);
    await syncName(file);
    say(`saved ${file}: ${size(bytes)}, ${contents(report)}; read back from end to end`);
    say(`sha256 ${sha256}, also in ${path.basename(checksumFile(file))}: keep the two together`);
    say('the keys (KEY_RING, or DATA_DIR/keys) are not inside: keep a copy of them elsewhere');
  } finally {
    await rm(part, { force: true });
  }
}

async function mustBeFree(file: string, force: boolean): Promise<void> {
  if (!(await exists(path.dirname(file)))) throw new Error(`there is no folder ${path.dirname(file)}; make it, or name another`);
  if (!force && (await exists(file))) {
    throw new Error(`${file} exists already; name another file, or give --force to replace it once the new copy has been checked`);
  }
}

export const backup: DbCommand = {
  usage: 'backup FILE [--data DIR] [--force]',
  what: 'copies the store to FILE, also while the product runs, and reads the copy back',
  run,
};
