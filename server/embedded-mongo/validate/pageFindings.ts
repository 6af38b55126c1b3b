import { PageDamage } from '../storage/pages/layout.js';
import { walkPages } from '../storage/pages/walk.js';
import { other, type Finding } from './finding.js';

/** Walks over all pages of a file whose newest commit is held by a snapshot; ends with the first that is damaged. */
export function* pageFindings(file: string, each: () => void): Iterable<Finding | undefined> {
  try {
    for (const nothing of walkPages(file, 'all')) {
      each();
      yield nothing;
    }
  } catch (error) {
    if (!(error instanceof PageDamage)) throw error;
    yield other(error.message);
  }
}
