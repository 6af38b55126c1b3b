import { keepDayJob } from './coverage/keepDay.job.js';
import { recomputeAllJob } from './coverage/recomputeAll.job.js';
import type { JobDefinition } from './defineJob.js';

/** Every job of the product. */
export const jobs: readonly JobDefinition[] = [recomputeAllJob, keepDayJob];
