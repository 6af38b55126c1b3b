import type { Environment } from './environment.js';
import { garbagePrefix, prefixRange, spaces } from './keyspace.js';
import { page } from './page.js';
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
      const [note] = page(this.env.keys(prefixRange(spaces.garbage)), 1);
      if (note === undefined) return;
      if (this.emptyStep(garbagePrefix(note))) this.env.remove(note);
      yield undefined;
    }
  }

  /** Removes some keys; true when none is left. */
  private emptyStep(prefix: Uint8Array): boolean {
    const some = page(this.env.keys(prefixRange(prefix)), KEYS_PER_STEP);
    for (const key of some) this.env.remove(key);
    return some.length < KEYS_PER_STEP;
  }
}
