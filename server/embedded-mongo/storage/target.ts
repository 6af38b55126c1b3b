import type { Collection } from './catalogue.js';
import type { Reader } from './environment.js';

/**
 * What a statement writes to: the batch that is being committed, or the private overlay of a transaction.
 * Reading from it shows what was written to it.
 */
export interface Target extends Reader {
  put(key: Uint8Array, value: Uint8Array): void;
  remove(key: Uint8Array): void;
  /**
   * Asks for the right to change a document or an entry of a unique index.
   * @throws Held (batch) when an open transaction has it; StoreError 112 (transaction) when someone else was first
   */
  claim(key: Buffer): void;
  /** The slice is used up: at a place where the data is whole, let others run. */
  timeIsUp(): boolean;
  /** A document was written, and so many more are there. */
  addCount(collection: Collection, by: number): void;
  /** An index of the collection has met its first array, or its first long value. */
  learned(collection: Collection): void;
}
