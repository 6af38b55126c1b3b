import type { Deps } from '../server/wiring.js';
import { makeScheduler } from './agenda.js';
import { jobs } from './jobs.js';

const outboxEveryMilliseconds = 1000;

/** Starts outbox delivery and the scheduler in this process. */
export async function startWork(deps: Deps): Promise<{ stop(): Promise<void> }> {
  const scheduler = makeScheduler(deps, jobs);
  deps.outbox.start(outboxEveryMilliseconds);
  await scheduler.start();
  return {
    async stop() {
      await deps.outbox.stop();
      await scheduler.drain();
    },
  };
}
