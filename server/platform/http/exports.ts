import { TooManyRows } from '../errors.js';
import type { Paging, Slice } from './paging.js';

/** Rows that one export of a list holds; a request makes its file in memory. */
export const mostExported = 50_000;

/** A list from its first row on, as an export reads it. */
export const asExport = (paging: Paging): Paging => ({ ...paging, page: 1, skip: 0, size: mostExported });

/**
 * The rows of a list read as an export; a part never passes for the whole.
 * @throws TooManyRows when the list is longer than one export holds
 */
export function wholeOf<T>(slice: Slice<T>): readonly T[] {
  if (slice.total > mostExported) throw new TooManyRows(slice.total, mostExported);
  return slice.rows;
}
