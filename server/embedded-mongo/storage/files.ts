import { open } from 'node:fs/promises';
import path from 'node:path';

/** Waits until a file's bytes are on the disk. */
export async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Waits until the name of a file in its folder is on the disk: after making, renaming or removing it. */
export const syncName = (file: string): Promise<void> => syncFile(path.dirname(file));
