import { StoreError } from '../errors.js';
import type { Catalogue, Collection } from '../storage/catalogue.js';
import type { KeyRange, Pair, Snapshot } from '../storage/environment.js';
import type { Batch } from '../storage/batch.js';
import type { Target } from '../storage/target.js';
import type { Conflicts, Holder } from './conflicts.js';
import { Overlay } from './overlay.js';

const TRANSIENT = { labels: ['TransientTransactionError'] };

/** What a client is told when it should run its transaction again. */
export const writeConflict = (): StoreError =>
  new StoreError(
    'Write conflict during plan execution and yielding is disabled. Please retry your operation or multi-document transaction.',
    112,
    'WriteConflict',
    TRANSIENT,
  );

export const noSuchTransaction = (number: bigint): StoreError =>
  new StoreError(
    `Given transaction number ${String(number)} does not match any in-progress transactions.`,
    251,
    'NoSuchTransaction',
    TRANSIENT,
  );

/**
 * One multi-document transaction: a snapshot with private writes over it. It holds what it changes until it ends;
 * whoever comes second loses at once (code 112), so a commit never fails for a conflict.
 */
export class Transaction implements Target, Holder {
  readonly since: number;
  readonly ended: Promise<void>;
  private readonly overlay: Overlay;
  private readonly held = new Set<string>();
  private readonly counts = new Map<Collection, number>();
  private finish: () => void = () => undefined;
  private sliceEnd = 0;
  private isOver = false;

  constructor(
    private readonly snapshot: Snapshot,
    private readonly conflicts: Conflicts,
    private readonly catalogue: Catalogue,
  ) {
    this.since = conflicts.commits;
    this.overlay = new Overlay(snapshot);
    this.ended = new Promise((resolve) => {
      this.finish = resolve;
    });
    conflicts.begin(this);
  }

  get(key: Uint8Array): Uint8Array | undefined {
    this.mustGoOn();
    return this.overlay.get(key);
  }

  pairs(range: KeyRange, reverse?: boolean): Iterable<Pair> {
    this.mustGoOn();
    return this.overlay.pairs(range, reverse);
  }

  keys(range: KeyRange, reverse?: boolean): Iterable<Buffer> {
    this.mustGoOn();
    return this.overlay.keys(range, reverse);
  }

  put(key: Uint8Array, value: Uint8Array): void {
    this.overlay.set(key, value);
  }

  remove(key: Uint8Array): void {
    this.overlay.set(key, null);
  }

  claim(key: Buffer): void {
    this.mustGoOn();
    const text = key.toString('latin1');
    if (this.held.has(text)) return;
    if (this.conflicts.holderOf(text) !== undefined || this.conflicts.changedSince(text, this)) throw writeConflict();
    this.conflicts.hold(text, this);
    this.held.add(text);
  }

  /** A statement may still be under way when the transaction is ended by its time limit: it must hold nothing any more. */
  private mustGoOn(): void {
    if (this.isOver) throw new StoreError('The transaction has been aborted.', 251, 'NoSuchTransaction', TRANSIENT);
  }

  startSlice(milliseconds: number): void {
    this.sliceEnd = performance.now() + milliseconds;
  }

  timeIsUp(): boolean {
    return performance.now() > this.sliceEnd;
  }

  addCount(collection: Collection, by: number): void {
    this.counts.set(collection, (this.counts.get(collection) ?? 0) + by);
  }

  learned(collection: Collection): void {
    this.catalogue.learned(collection);
  }

  /** The number of documents as this transaction sees it. */
  countOf(collection: Collection): number {
    return collection.count + (this.counts.get(collection) ?? 0);
  }

  /** True when it has written into the collection. */
  touches(collection: Collection): boolean {
    return this.counts.has(collection);
  }

  /** Writes everything into the batch; call `end` once that batch is committed. */
  apply(batch: Batch): void {
    for (const [key, value] of this.overlay.entries()) {
      if (value === null) batch.remove(key);
      else batch.put(key, value);
    }
    for (const [collection, by] of this.counts) batch.addCount(collection, by);
    for (const text of this.held) this.conflicts.changed(text);
  }

  /** Frees the snapshot and everything held. */
  end(): void {
    this.isOver = true;
    this.snapshot.release();
    this.conflicts.end(this, this.held);
    this.finish();
  }
}
