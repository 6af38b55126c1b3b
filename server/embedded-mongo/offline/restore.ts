import { chmod, copyFile, link, rm, stat } from 'node:fs/promises';
import { syncFile } from '../storage/files.js';
import { replaceStore, withClosedStore } from './closedStore.js';
import { inspectFile } from './inspect.js';
import type { FileReport } from './walk.js';

/** What a restore has done. */
export interface Restored {
  readonly report: FileReport;
  /** Where the store that was there lies now; undefined when the folder was empty. */
  readonly kept: string | undefined;
}

/**
 * Puts a copy of a backup in the place of the store, once the copy has been read from end to end. The store that was there
 * is kept beside it.
 * @param check looks at the copied file before anything is replaced and throws when it is not what it should be
 * @throws FolderInUse; DamagedFile, and then everything stays as it was
 */
export function restoreStore(backup: string, dataDir: string, check: (copy: string) => Promise<void>): Promise<Restored> {
  return withClosedStore(dataDir, async (file) => {
    const fresh = `${file}.restored`;
    await rm(fresh, { force: true });
    try {
      await copyFile(backup, fresh);
      await chmod(fresh, 0o600);
      await syncFile(fresh);
      await check(fresh);
      const report = await inspectFile(fresh);
      const kept = await keepPresent(file);
      await replaceStore(file, fresh);
      return { report, kept };
    } finally {
      await rm(fresh, { force: true });
    }
  });
}

/** A second name for the present store, under which it survives being replaced. */
async function keepPresent(file: string): Promise<string | undefined> {
  const isThere = await stat(file).then(
    () => true,
    () => false,
  );
  if (!isThere) return undefined;
  const kept = `${file}.before-${new Date().toISOString().replaceAll(':', '-')}`;
  await link(file, kept);
  return kept;
}
