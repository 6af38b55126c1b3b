import { existsSync } from 'node:fs';
import { PageDamage } from './layout.js';
import { walkPages, type Depth } from './walk.js';

/**
 * Looks through a file before lmdb maps it; one that is not there yet will be made.
 * @throws Error that names the file, the page and what to do; nothing is changed
 */
export function mustBeSound(file: string, depth: Depth = 'branches'): void {
  if (!existsSync(file)) return;
  try {
    const walk = walkPages(file, depth)[Symbol.iterator]();
    while (walk.next().done !== true);
  } catch (error) {
    if (!(error instanceof PageDamage)) throw error;
    throw new Error(
      `the store's file ${file} is damaged (${error.message}): put a backup in its place and keep the file for whoever looks into it; nothing was changed`,
      { cause: error },
    );
  }
}
