import type { Engine } from '../engine.js';
import { parseFilter } from '../query/filter.js';
import { decode } from '../values/codec.js';
import { encodeKey } from '../values/keys.js';
import type { Collection, Index } from './catalogue.js';
import { applyChange } from './changes.js';
import { documentKey, indexBound } from './keyspace.js';
import { patiently, type WriteWork } from './writeQueue.js';

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
    for (const id of this.expired(index, threshold)) {
      // It may have been given more time, or gone, since the list was made.
      removed += yield* patiently(() => {
        const raw = batch.get(documentKey(collection.id, id));
        const before = raw === undefined ? undefined : decode(raw);
        if (before === undefined || !stillExpired.test(before)) return 0;
        applyChange(batch, collection, { id, before, after: undefined, raw: undefined });
        return 1;
      });
      if (batch.timeIsUp()) yield undefined;
    }
    return removed;
  }

  /** Ids by the index: dates only, from the oldest to the threshold. An array expires with its earliest date. */
  private expired(index: Index, threshold: Date): Buffer[] {
    const direction = index.fields[0]?.direction ?? 1;
    const oldest = encodeKey([new Date(-8.64e15)], [direction]);
    const newest = encodeKey([threshold], [direction]);
    const [start, end] = direction === 1 ? [oldest, newest] : [newest, oldest];
    const ids = new Map<string, Buffer>();
    for (const { value } of this.engine.env.pairs({ start: indexBound(index.id, start), end: indexBound(index.id, end) })) {
      ids.set(Buffer.from(value).toString('latin1'), Buffer.from(value));
    }
    return [...ids.values()];
  }
}
