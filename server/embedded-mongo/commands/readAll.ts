import type { Reader } from '../storage/environment.js';
import type { Context } from './context.js';
import { pull } from './slices.js';

/** Reads to the end over a snapshot or the transaction, in slices. */
export async function readAll<T>(
  context: Context,
  rows: (reader: Reader) => Iterable<T | undefined>,
  each: (row: T) => void,
): Promise<void> {
  const { engine, transaction, limit } = context;
  const snapshot = transaction === undefined ? engine.env.snapshot() : undefined;
  const items = rows(transaction ?? (snapshot as Reader))[Symbol.iterator]();
  const accept = (row: T): boolean => {
    each(row);
    return true;
  };
  try {
    await pull(items, accept, limit);
  } finally {
    items.return?.();
    snapshot?.release();
  }
}
