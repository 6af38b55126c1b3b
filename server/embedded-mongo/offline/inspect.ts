import { fork } from 'node:child_process';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Inspection } from './inspectWorker.js';
import type { FileReport } from './walk.js';

/** A file that is no whole store. */
export class DamagedFile extends Error {
  constructor(file: string, reason: string) {
    super(`${file} is damaged or no file of the store: ${reason}`);
  }
}

/**
 * Reads a file of the store from end to end, in a process of its own: lmdb maps the file, so that a damaged or shortened one
 * may end whoever reads it.
 * @throws DamagedFile
 */
export async function inspectFile(file: string): Promise<FileReport> {
  const worker = new URL(`./inspectWorker${path.extname(import.meta.url)}`, import.meta.url);
  const inspection = await new Promise<Inspection>((resolve, reject) => {
    const child = fork(worker, [file], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    child.once('error', reject);
    child.once('message', resolve);
    child.once('exit', (code, signal) => {
      resolve({ damage: `reading it ended the reader (${signal ?? String(code)})` });
    });
  });
  await rm(`${file}-lock`, { force: true });
  if ('damage' in inspection) throw new DamagedFile(file, inspection.damage);
  return inspection.report;
}
