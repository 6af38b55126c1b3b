import { setTimeout as wait } from 'node:timers/promises';
import type { Connection } from 'mongoose';
import { systemClock } from '../platform/clock.js';
import { newId } from '../platform/ids.js';
import { rollUpLeaseSchema } from './coverage.model.js';

interface LeaseRecord {
  readonly _id: string;
  readonly holder: string | null;
  readonly until: Date;
  readonly unsummed: readonly string[];
}

/** A held lease. */
export interface Lease {
  /** Divisions that an interrupted recomputation changed and did not sum. */
  readonly unsummed: readonly string[];
  /** Notes divisions before their people are written, and holds on for another while. */
  note(divisionIds: readonly string[]): Promise<void>;
  /** Everything noted has been summed. */
  settled(): Promise<void>;
}

/** Another process has been recomputing the year for too long; to be tried again later. */
export class LeaseBusy extends Error {}

const holdMilliseconds = 60_000;
const pollMilliseconds = 100;
const mostPolls = 300;

/** Single flight of the roll-up of a year, in this process and among processes. */
export function makeRollUpLeaseStore(db: Connection) {
  const leases = db.model<LeaseRecord>('RollUpLease', rollUpLeaseSchema as never, 'roll_up_leases');
  // leases are about real time: the demo's fixed day starts again at midnight
  const clock = systemClock();
  const turns = new Map<string, Promise<unknown>>();
  const later = (): Date => new Date(clock.now().getTime() + holdMilliseconds);

  async function take(id: string, holder: string): Promise<LeaseRecord | null> {
    await leases.updateOne({ _id: id }, { $setOnInsert: { holder: null, until: clock.now(), unsummed: [] } }, { upsert: true });
    const free = { _id: id, $or: [{ holder: null }, { until: { $lt: clock.now() } }] };
    return leases.findOneAndUpdate(free, { $set: { holder, until: later() } }, { returnDocument: 'after' }).lean<LeaseRecord>();
  }

  async function acquire(id: string, holder: string): Promise<LeaseRecord> {
    for (let poll = 0; poll < mostPolls; poll += 1) {
      const taken = await take(id, holder);
      if (taken !== null) return taken;
      await wait(pollMilliseconds);
    }
    throw new LeaseBusy(`another process holds ${id}`);
  }

  async function held<T>(id: string, work: (lease: Lease) => Promise<T>): Promise<T> {
    const holder = newId();
    const { unsummed } = await acquire(id, holder);
    const own = { _id: id, holder };
    try {
      return await work({
        unsummed,
        async note(divisionIds) {
          await leases.updateOne(own, { $addToSet: { unsummed: { $each: [...divisionIds] } }, $set: { until: later() } });
        },
        async settled() {
          await leases.updateOne(own, { $set: { unsummed: [], until: later() } });
        },
      });
    } finally {
      await leases.updateOne(own, { $set: { holder: null } });
    }
  }

  return {
    /** Runs work alone on a key; whoever else asks in this process waits in line. @throws LeaseBusy */
    async alone<T>(key: string, work: (lease: Lease) => Promise<T>): Promise<T> {
      const before = turns.get(key) ?? Promise.resolve();
      const turn = before.then(() => held(key, work));
      turns.set(
        key,
        turn.catch(() => undefined),
      );
      return turn;
    },
  };
}

export type RollUpLeaseStore = ReturnType<typeof makeRollUpLeaseStore>;
