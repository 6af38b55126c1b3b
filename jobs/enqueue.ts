import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import type { Connection } from 'mongoose';
import { systemClock } from '../server/platform/clock.js';

/** The collection of the scheduler. */
export const jobsCollection = 'jobs';

/** The scheduler's library on our database; its indexes come from a migration (decision 26). */
export function agendaOn(db: Connection, options: { processEveryMilliseconds: number }): Agenda {
  const mongo = db.getClient().db(db.name);
  return new Agenda({
    backend: new MongoBackend({ mongo, collection: jobsCollection, ensureIndex: false }),
    processEvery: options.processEveryMilliseconds,
    defaultConcurrency: 1,
  });
}

/**
 * Asks for a run of a job as soon as a process is free. Two requests for the same job and data that still wait are one; while it
 * runs, another request means another run, for the running one may have passed what has changed.
 */
export async function enqueueJob(db: Connection, name: string, data: Readonly<Record<string, unknown>> = {}): Promise<void> {
  // what ran is kept in the runs; here it would only pile up
  await db.collection(jobsCollection).deleteMany({ name, type: 'normal', nextRunAt: null, lockedAt: null });
  const agenda = agendaOn(db, { processEveryMilliseconds: 60_000 });
  await agenda
    .create(name, data)
    .unique({ name, data, type: 'normal', lastFinishedAt: null, lockedAt: null })
    .schedule(systemClock().now())
    .save();
}
