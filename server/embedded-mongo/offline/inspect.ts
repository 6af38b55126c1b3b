import { rm } from 'node:fs/promises';
import { Environment } from '../storage/environment.js';
import { walkPages } from '../storage/pages/walk.js';
import { walkFile, type FileReport } from './walk.js';

/** A file that is no whole store. */
export class DamagedFile extends Error {
  constructor(file: string, reason: string, cause?: unknown) {
    super(`${file} is damaged or no file of the store: ${reason}`, { cause });
  }
}

/**
 * Reads a file of the store from end to end: all its pages, before lmdb trusts them, then all its pairs.
 * @throws DamagedFile
 */
export async function inspectFile(file: string): Promise<FileReport> {
  try {
    for (const page of walkPages(file, 'all')) void page;
    const env = Environment.openReadOnly(file);
    try {
      return walkFile(env);
    } finally {
      await env.close();
    }
  } catch (error) {
    throw new DamagedFile(file, error instanceof Error ? error.message : String(error), error);
  } finally {
    await rm(`${file}-lock`, { force: true });
  }
}
