import type { Deps } from '../server/wiring.js';
import type { JobDefinition } from './defineJob.js';
import { agendaOn } from './enqueue.js';

/** The scheduler of a process. */
export interface Scheduler {
  start(): Promise<void>;
  /** Lets running jobs end (up to 30 s) and stops. */
  drain(): Promise<void>;
}

/** The scheduler over the given jobs; each run is written to the jobs page and the log. */
export function makeScheduler(deps: Deps, definitions: readonly JobDefinition[], processEveryMilliseconds = 5000): Scheduler {
  const agenda = agendaOn(deps.db, { processEveryMilliseconds });
  for (const definition of definitions) {
    agenda.define(definition.name, async (job) => void (await runJob(definition, job.attrs.data ?? {}, deps)), {
      lockLifetime: definition.lockMinutes * 60_000,
      concurrency: 1,
    });
  }
  return {
    async start() {
      await agenda.start();
      for (const { name, every } of definitions) {
        if (every !== null) await agenda.every(every, name, undefined, { timezone: 'Asia/Shanghai', skipImmediate: true });
      }
    },
    async drain() {
      await agenda.drain(30_000);
    },
  };
}

/** Runs a job once and records the run, whether it was asked for, scheduled or called by a test. */
export async function runJob(definition: JobDefinition, data: unknown, deps: Deps): Promise<string> {
  const run = await deps.jobRuns.begin(definition.name, deps.clock.now());
  try {
    const summary = await definition.run(data, deps);
    await deps.jobRuns.end(run, { at: deps.clock.now(), ok: true, summary });
    deps.log.info({ job: definition.name, run, summary }, 'job done');
    return summary;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    await deps.jobRuns.end(run, { at: deps.clock.now(), ok: false, summary: message });
    deps.log.error({ job: definition.name, run, err: error }, 'job failed');
    throw error;
  }
}
