import type { ZodType } from 'zod';
import type { Deps } from '../server/wiring.js';

/** A background job: idempotent by its data, paged or streamed, tested by calling `run`. */
export interface JobDefinition<Data = unknown> {
  /** `feature.verbNoun` */
  readonly name: string;
  /** A cron line in Asia/Shanghai time, or null for a job that only runs when it is asked for. */
  readonly every: string | null;
  readonly data: ZodType<Data>;
  /** After this many minutes without an end another process may take it over. */
  readonly lockMinutes: number;
  /** Does the work; gives back one line for the jobs page (numbers and ids, no names). */
  run(data: Data, deps: Deps): Promise<string>;
}

/** Declares a job; its data is checked before it runs. */
export function defineJob<Data>(definition: JobDefinition<Data>): JobDefinition {
  return { ...definition, data: definition.data, run: (data, deps) => definition.run(definition.data.parse(data), deps) };
}
