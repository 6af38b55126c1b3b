import { accessSync, chmodSync, constants, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Makes the data folder, and in it the store's own, which only this user can enter; gives the latter.
 * @throws Error that names the folder and what to do when it cannot be made or written to
 */
export function makeStoreFolder(dataDir: string): string {
  const own = path.join(dataDir, 'store');
  try {
    mkdirSync(own, { recursive: true, mode: 0o700 });
    chmodSync(own, 0o700);
    for (const folder of [dataDir, own]) accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new Error(unusable(dataDir, error as NodeJS.ErrnoException), { cause: error });
  }
  const file = path.join(own, 'store.mdb');
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw new Error(`${file} is a folder, the store's file belongs there: move it away`);
  }
  return own;
}

function unusable(dataDir: string, { code = '', message }: NodeJS.ErrnoException): string {
  if (code === 'ENOTDIR' || code === 'EEXIST')
    return `the data folder ${dataDir} is not a folder: move what is there away, or name another folder`;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return `the data folder ${dataDir} cannot be made, its disk is full: make room, or name another folder`;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return `the data folder ${dataDir} cannot be written to (${code}): give it to the user that runs this, or name another folder`;
  }
  return `the data folder ${dataDir} cannot be used: ${message}`;
}
