import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { keepClosed, leaveFolder, takeFolder } from '../ownerLock.js';
import { syncName } from '../storage/files.js';

/** The file of the store in a data folder. */
export const storeFile = (dataDir: string): string => path.resolve(dataDir, 'store', 'store.mdb');

/**
 * Runs work on the file of a store that nobody has open. Whoever starts meanwhile waits until it is done.
 * @throws FolderInUse
 */
export async function withClosedStore<T>(dataDir: string, work: (file: string) => Promise<T>): Promise<T> {
  const folder = path.resolve(dataDir);
  await takeFolder(folder, 'no address: its file is being replaced');
  const letIn = keepClosed(folder);
  try {
    await mkdir(path.join(folder, 'store'), { recursive: true, mode: 0o700 });
    return await work(storeFile(folder));
  } finally {
    letIn();
    leaveFolder(folder);
  }
}

/** Puts a new file in the place of the store's, at once or not at all. */
export async function replaceStore(file: string, by: string): Promise<void> {
  await rename(by, file);
  // The table of readers belonged to the old file.
  await rm(`${file}-lock`, { force: true });
  await syncName(file);
}
