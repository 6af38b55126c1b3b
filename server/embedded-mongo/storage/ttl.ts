import type { Engine } from '../engine.js';
import { decode } from '../values/codec.js';
import { encodeKey } from '../values/keys.js';
import type { Collection, Index } from './catalogue.js';
import { applyChange } from './changes.js';
import { documentKey, indexBound } from './keyspace.js';
import { patiently, type WriteWork } from './writeQueue.js';

/** Removes documents whose date in a TTL index has passed. */
export class TtlMonitor {
  private readonly timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly engine: Engine,
    seconds: number,
  ) {
    if (seconds === 0) return;
    this.timer = setInterval(() => void this.pass().catch(() => undefined), seconds * 1000);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Goes once over all TTL indexes; resolves with the number of documents removed. */
  async pass(): Promise<number> {
    let removed = 0;
    for (const collection of this.engine.catalogue.list()) {
      for (const index of collection.indexes) {
        if (index.expireAfterSeconds !== undefined && !index.building) removed += await this.engine.writes.run(this.expire(collection, index));
      }
    }
    return removed;
  }

  private *expire(collection: Collection, index: Index): WriteWork<number> {
    const { batch } = this.engine.writes;
    const ids = this.expired(index);
    for (const id of ids) {
      yield* patiently(() => {
        const raw = batch.get(documentKey(collection.id, id));
        if (raw !== undefined) applyChange(batch, collection, { id, before: decode(raw), after: undefined, raw: undefined });
      });
      if (batch.timeIsUp()) yield undefined;
    }
    return ids.length;
  }

  /** Ids by the index: dates only, from the oldest to the threshold. An array expires with its earliest date. */
  private expired(index: Index): Buffer[] {
    const threshold = new Date(Date.now() - (index.expireAfterSeconds ?? 0) * 1000);
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
