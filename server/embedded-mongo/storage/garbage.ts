import type { Environment } from './environment.js';
import { garbagePrefix, prefixRange, spaces } from './keyspace.js';
import type { WriteQueue, WriteWork } from './writeQueue.js';

const KEYS_PER_STEP = 500;

/** Empties what dropped collections and indexes left behind, a little at a time; goes on where it stopped after a restart. */
export class Garbage {
  private running = false;
  private stopped = false;

  constructor(
    private readonly env: Environment,
    private readonly writes: WriteQueue,
  ) {
    this.collect();
  }

  /** Starts emptying unless it is under way. */
  collect(): void {
    if (this.running || this.stopped) return;
    this.running = true;
    this.writes.run(this.work()).then(
      () => {
        this.running = false;
      },
      () => {
        // A failed commit keeps the note; the next drop or start tries again.
        this.running = false;
      },
    );
  }

  stop(): void {
    this.stopped = true;
  }

  private *work(): WriteWork<void> {
    while (!this.stopped) {
      const note = first(this.env.keys(prefixRange(spaces.garbage)));
      if (note === undefined) return;
      if (this.emptyStep(garbagePrefix(note))) this.env.remove(note);
      yield undefined;
    }
  }

  /** Removes some keys; true when none is left. */
  private emptyStep(prefix: Uint8Array): boolean {
    const some: Buffer[] = [];
    for (const key of this.env.keys(prefixRange(prefix))) {
      some.push(key);
      if (some.length === KEYS_PER_STEP) break;
    }
    for (const key of some) this.env.remove(key);
    return some.length < KEYS_PER_STEP;
  }
}

function first<T>(items: Iterable<T>): T | undefined {
  for (const item of items) return item;
  return undefined;
}
