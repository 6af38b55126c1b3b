import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import { systemClock } from '../server/platform/clock.js';
import type { Connection } from 'mongoose';

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

/** Asks for a run of a job as soon as a process is free; two requests for the same job and data are one. */
export async function enqueueJob(db: Connection, name: string, data: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const agenda = agendaOn(db, { processEveryMilliseconds: 60_000 });
  await agenda.create(name, data).unique({ name, data, lastFinishedAt: null }).schedule(systemClock().now()).save();
}
