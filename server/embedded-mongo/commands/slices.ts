import { StoreError } from '../errors.js';
import type { Transaction } from '../sessions/transaction.js';
import type { WriteWork } from '../storage/writeQueue.js';

/** How long one command may keep the thread before others get their turn. */
export const SLICE_MS = 4;

/** When a command has to end. */
export interface Limit {
  /** @throws StoreError 50 when the time is over, 11600 when the store closes */
  check(): void;
}

/** A limit of `maxTimeMS` (0 for none) that also ends when the store is closing. */
export function makeLimit(maxTimeMS: number, isClosing: () => boolean): Limit {
  const end = maxTimeMS > 0 ? performance.now() + maxTimeMS : Infinity;
  return {
    check: () => {
      if (performance.now() > end) throw new StoreError('operation exceeded time limit', 50, 'MaxTimeMSExpired');
      if (isClosing()) throw new StoreError('interrupted at shutdown', 11600, 'InterruptedAtShutdown');
    },
  };
}

const waiting: (() => void)[] = [];

/** Resolves when others have had their turn. Only one that waits goes on per turn, so that many scans delay no more than one. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(letOneGoOn);
  });
}

function letOneGoOn(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(letOneGoOn);
}

/** Reads the clock only once in so many items. */
const STRIDE = 4;

/**
 * Takes items until `accept` has enough (returns false) or they end (the result is true), and lets others run in between.
 */
export async function pull<T>(items: Iterator<T | undefined>, accept: (item: T) => boolean, limit: Limit): Promise<boolean> {
  let end = performance.now() + SLICE_MS;
  for (let taken = 1; ; taken += 1) {
    const step = items.next();
    if (step.done === true) return true;
    if (step.value !== undefined && !accept(step.value)) return false;
    if (taken % STRIDE !== 0) continue;
    limit.check();
    if (performance.now() <= end) continue;
    await nextTurn();
    limit.check();
    end = performance.now() + SLICE_MS;
  }
}

/** Runs a write inside a transaction: into its overlay, in slices, without a commit. */
export async function runInTransaction<T>(work: WriteWork<T>, transaction: Transaction, limit: Limit): Promise<T> {
  let input: unknown;
  for (;;) {
    transaction.startSlice(SLICE_MS);
    const step = work.next(input);
    if (step.done === true) return step.value;
    input = await (step.value ?? nextTurn());
    limit.check();
  }
}
