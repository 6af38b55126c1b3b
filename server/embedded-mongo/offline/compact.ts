import { rm, stat } from 'node:fs/promises';
import { writeCopy } from '../storage/copy.js';
import { Environment } from '../storage/environment.js';
import { replaceStore, withClosedStore } from './closedStore.js';
import { inspectFile } from './inspect.js';

/** Bytes of a store's file before and after. */
export interface Compaction {
  readonly before: number;
  readonly after: number;
}

/**
 * Writes the store anew without its free pages and puts it in the place of the old file once it has been read from end to end.
 * @throws FolderInUse; DamagedFile, and then the old file stays
 */
export function compactStore(dataDir: string): Promise<Compaction> {
  return withClosedStore(dataDir, async (file) => {
    const { pairs } = await inspectFile(file);
    const fresh = `${file}.compacted`;
    await rm(fresh, { force: true });
    try {
      const env = Environment.openReadOnly(file);
      try {
        await writeCopy(env, fresh);
      } finally {
        await env.close();
      }
      const copied = await inspectFile(fresh);
      if (copied.pairs !== pairs) throw new Error(`the compact copy holds ${String(copied.pairs)} of ${String(pairs)} pairs`);
      const sizes = { before: (await stat(file)).size, after: (await stat(fresh)).size };
      await replaceStore(file, fresh);
      return sizes;
    } finally {
      await rm(fresh, { force: true });
    }
  });
}
