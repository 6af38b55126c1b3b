import type { Connection } from 'mongoose';

/** What the scheduler knows of a job: when it runs next, and whether it is running or waits to. */
export interface Scheduled {
  readonly nextRunAt: Date | null;
  readonly isRunning: boolean;
}

/** Events of the outbox that are not delivered yet. */
export interface Backlog {
  readonly waiting: number;
  readonly oldestAt: Date | null;
  /** Tried before, and failed. */
  readonly failing: number;
  readonly lastError: string;
}

interface JobRow {
  readonly name: string;
  readonly nextRunAt: Date | null;
  readonly lockedAt: Date | null;
}

interface OutboxRow {
  readonly at: Date;
  readonly lastError: string | null;
}

/** Reads the scheduler's rows and the outbox; they hold ids only, so they have no scope. */
export function makeQueueStore(db: Connection) {
  const jobs = db.collection<JobRow>('jobs');
  const outbox = db.collection<OutboxRow>('outbox');
  return {
    /** By job name; the earliest of several waiting runs. */
    async scheduled(): Promise<ReadonlyMap<string, Scheduled>> {
      const rows = await jobs.find({ nextRunAt: { $ne: null } }, { projection: { name: 1, nextRunAt: 1, lockedAt: 1 } }).toArray();
      const running = await jobs.find({ lockedAt: { $ne: null } }, { projection: { name: 1 } }).toArray();
      const names = new Set([...rows, ...running].map((row) => row.name));
      return new Map(
        [...names].map((name) => {
          const next = rows.filter((row) => row.name === name).map((row) => row.nextRunAt?.getTime() ?? Infinity);
          return [
            name,
            { nextRunAt: next.length === 0 ? null : new Date(Math.min(...next)), isRunning: running.some((row) => row.name === name) },
          ];
        }),
      );
    },

    async backlog(): Promise<Backlog> {
      const [waiting, failing, oldest, failed] = await Promise.all([
        outbox.countDocuments({ doneAt: null }),
        outbox.countDocuments({ doneAt: null, lastError: { $ne: null } }),
        outbox.find({ doneAt: null }).sort({ _id: 1 }).limit(1).toArray(),
        outbox
          .find({ doneAt: null, lastError: { $ne: null } })
          .sort({ _id: 1 })
          .limit(1)
          .toArray(),
      ]);
      return { waiting, failing, oldestAt: oldest[0]?.at ?? null, lastError: failed[0]?.lastError ?? '' };
    },
  };
}

export type QueueStore = ReturnType<typeof makeQueueStore>;
