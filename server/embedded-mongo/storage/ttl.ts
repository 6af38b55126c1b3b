import type { Engine } from '../engine.js';
import { parseFilter } from '../query/filter.js';
import { decode } from '../values/codec.js';
import { encodeKey } from '../values/keys.js';
import type { Collection, Index } from './catalogue.js';
import { applyChange } from './changes.js';
import type { KeyRange } from './environment.js';
import { documentKey, indexBound } from './keyspace.js';
import { beyond, page } from './page.js';
import { patiently, type WriteWork } from './writeQueue.js';

const ENTRIES_PER_STEP = 100;

/** Removes documents whose date in a TTL index has passed. */
export class TtlMonitor {
  private readonly timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly engine: Engine,
    seconds: number,
  ) {
    if (seconds === 0) return;
    this.timer = setInterval(() => void this.pass().catch(() => undefined), seconds * 1000);
    this.timer.unref();
  }

  stop(): void {
    this.stopped = true;
    clearInterval(this.timer);
  }

  /** Goes once over all TTL indexes; resolves with the number of documents removed. */
  async pass(): Promise<number> {
    let removed = 0;
    for (const collection of this.engine.catalogue.list()) {
      for (const index of collection.indexes) {
        if (!this.stopped && index.expireAfterSeconds !== undefined && !index.building)
          removed += await this.engine.writes.run(this.expire(collection, index));
      }
    }
    return removed;
  }

  private *expire(collection: Collection, index: Index): WriteWork<number> {
    const { batch } = this.engine.writes;
    const threshold = new Date(Date.now() - (index.expireAfterSeconds ?? 0) * 1000);
    const stillExpired = parseFilter({ [index.fields[0]?.path ?? '']: { $lt: threshold } });
    let removed = 0;
    for (let range = expired(index, threshold); ;) {
      const entries = page(batch.pairs(range), ENTRIES_PER_STEP);
      for (const { value: id } of entries) {
        // It may have been given more time, or gone, since the page was read.
        removed += yield* patiently(() => {
          const raw = batch.get(documentKey(collection.id, id));
          const before = raw === undefined ? undefined : decode(raw);
          if (before === undefined || !stillExpired.test(before)) return 0;
          applyChange(batch, collection, { id: Buffer.from(id), before, after: undefined, raw: undefined });
          return 1;
        });
        if (batch.timeIsUp()) yield undefined;
      }
      const last = entries.at(-1);
      if (last === undefined) return removed;
      range = beyond(last.key, range);
    }
  }
}

/** Entries of the index: dates only, from the oldest to the threshold. An array expires with its earliest date. */
function expired(index: Index, threshold: Date): KeyRange {
  const direction = index.fields[0]?.direction ?? 1;
  const oldest = encodeKey([new Date(-8.64e15)], [direction]);
  const newest = encodeKey([threshold], [direction]);
  const [start, end] = direction === 1 ? [oldest, newest] : [newest, oldest];
  return { start: indexBound(index.id, start), end: indexBound(index.id, end) };
}
