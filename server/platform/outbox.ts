import type { ClientSession, Connection } from 'mongoose';
import { Schema } from 'mongoose';
import type { Clock } from './clock.js';
import { newId } from './ids.js';
import type { Log } from './log.js';

/** What travels upward: a name in the past tense, the persons and years it touches, and the object it is about. */
export interface NewEvent {
  readonly name: string;
  readonly workerIds?: readonly string[];
  readonly years?: readonly number[];
  readonly objectId?: string;
}

/** An event as a subscriber gets it; delivered at least once, so subscribers are idempotent. */
export interface OutboxEvent {
  readonly id: string;
  readonly name: string;
  readonly workerIds: readonly string[];
  readonly years: readonly number[];
  readonly objectId: string | null;
  readonly at: Date;
}

/** Handles the events of the named kinds; throwing means "again later". */
export interface Subscriber {
  readonly name: string;
  readonly events: readonly string[];
  handle(events: readonly OutboxEvent[]): Promise<void>;
}

export const outboxSchema = new Schema(
  {
    _id: String,
    name: { type: String, required: true },
    workerIds: { type: [String], default: [] },
    years: { type: [Number], default: [] },
    objectId: { type: String, default: null },
    at: { type: Date, required: true },
    dueAt: { type: Date, required: true },
    attempts: { type: Number, default: 0 },
    lastError: { type: String, default: null },
    doneAt: { type: Date, default: null },
  },
  { autoIndex: false, autoCreate: false, versionKey: false },
);

const batchSize = 100;
const leaseMilliseconds = 60_000;
const longestWaitMilliseconds = 600_000;

/** Writes events inside the transaction of the change. */
export async function appendEvents(db: Connection, events: readonly NewEvent[], by: { at: Date; session: ClientSession }): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map((event) => ({
    _id: newId(),
    name: event.name,
    workerIds: [...new Set(event.workerIds ?? [])],
    years: [...new Set(event.years ?? [])],
    objectId: event.objectId ?? null,
    at: by.at,
    dueAt: by.at,
    attempts: 0,
    lastError: null,
    doneAt: null,
  }));
  await db.model('OutboxRow', outboxSchema, 'outbox').insertMany(rows, { session: by.session, lean: true });
}

/** Delivery of the outbox to its subscribers. */
export interface Outbox {
  /** Delivers everything due now; the number of events delivered. */
  drain(): Promise<number>;
  /** Begins to deliver by itself, at every interval and whenever `wake` is called. */
  start(intervalMilliseconds: number): void;
  /** A change was committed in this process: deliver now. */
  wake(): void;
  /** Ends delivery after the batch under way. */
  stop(): Promise<void>;
}

interface Claim {
  readonly events: OutboxEvent[];
  readonly attempts: ReadonlyMap<string, number>;
}

/** The outbox of a database; several processes may deliver side by side, a lease keeps a batch with one of them. */
export function makeOutbox(db: Connection, clock: Clock, log: Log, subscribers: readonly Subscriber[]): Outbox {
  const rows = db.model('OutboxRow', outboxSchema, 'outbox');
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<number> | undefined;
  let asked = 0;

  async function claim(): Promise<Claim> {
    const now = clock.now();
    const due = await rows
      .find({ doneAt: null, dueAt: { $lte: now } })
      .sort({ _id: 1 })
      .limit(batchSize)
      .lean();
    const events: OutboxEvent[] = [];
    const attempts = new Map<string, number>();
    for (const row of due) {
      const lease = new Date(now.getTime() + leaseMilliseconds);
      const won = await rows.updateOne({ _id: row._id, dueAt: row.dueAt, doneAt: null }, { $set: { dueAt: lease }, $inc: { attempts: 1 } });
      if (won.modifiedCount !== 1) continue;
      attempts.set(String(row._id), row.attempts + 1);
      events.push({
        id: String(row._id),
        name: row.name,
        workerIds: row.workerIds,
        years: row.years,
        objectId: row.objectId ?? null,
        at: row.at,
      });
    }
    return { events, attempts };
  }

  async function deliver(batch: Claim): Promise<void> {
    const failed = new Map<string, string>();
    for (const subscriber of subscribers) {
      const wanted = batch.events.filter((event) => subscriber.events.includes(event.name));
      if (wanted.length === 0) continue;
      try {
        await subscriber.handle(wanted);
      } catch (error) {
        log.error({ err: error, subscriber: subscriber.name, events: wanted.map((event) => event.id) }, 'outbox delivery failed');
        for (const event of wanted) failed.set(event.id, error instanceof Error ? error.message : String(error));
      }
    }
    await settle(batch, failed);
  }

  async function settle(batch: Claim, failed: ReadonlyMap<string, string>): Promise<void> {
    const now = clock.now();
    const done = batch.events.filter((event) => !failed.has(event.id)).map((event) => event.id);
    if (done.length > 0) await rows.updateMany({ _id: { $in: done } }, { $set: { doneAt: now, lastError: null } });
    for (const [id, message] of failed) {
      const wait = Math.min(1000 * 2 ** (batch.attempts.get(id) ?? 1), longestWaitMilliseconds);
      await rows.updateOne({ _id: id }, { $set: { dueAt: new Date(now.getTime() + wait), lastError: message } });
    }
  }

  async function drainNow(): Promise<number> {
    let delivered = 0;
    for (;;) {
      const known = asked;
      const batch = await claim();
      if (batch.events.length > 0) await deliver(batch);
      delivered += batch.events.length;
      if (batch.events.length === 0 && asked === known) return delivered;
    }
  }

  async function drain(): Promise<number> {
    asked += 1;
    running ??= drainNow().finally(() => (running = undefined));
    return running;
  }

  const inBackground = (): void => void drain().catch((error: unknown) => log.error({ err: error }, 'outbox stopped short'));
  return {
    drain,
    start: (intervalMilliseconds) => void (timer ??= setInterval(inBackground, intervalMilliseconds).unref()),
    wake: () => {
      if (timer !== undefined) inBackground();
    },
    stop: async () => {
      clearInterval(timer);
      timer = undefined;
      await running;
    },
  };
}
