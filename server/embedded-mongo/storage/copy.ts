import { chmod, link, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Environment } from './environment.js';
import { syncFile, syncName } from './files.js';

const underWay = new Set<string>();

/**
 * Writes a compact copy of the newest commit to a new file that only this user can read. The file appears when it is whole
 * and on the disk; until then the copy lies in a folder of its own beside it, since lmdb makes files that others can read.
 * @throws Error when the file exists or is being written
 */
export async function writeCopy(env: Environment, file: string): Promise<void> {
  const folder = `${file}.copying`;
  if (underWay.has(file)) throw new Error(`a copy to ${file} is under way`);
  underWay.add(file);
  try {
    // What a copy left behind that was cut short.
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { mode: 0o700 });
    const copy = path.join(folder, 'store.mdb');
    await env.backup(copy);
    await chmod(copy, 0o600);
    await syncFile(copy);
    await link(copy, file);
    await syncName(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
    underWay.delete(file);
  }
}
