import { rebuildCertificatesJob } from './certificates/rebuild.job.js';
import { keepDayJob } from './coverage/keepDay.job.js';
import { recomputeAllJob } from './coverage/recomputeAll.job.js';
import type { JobDefinition } from './defineJob.js';
import { rebuildExamsJob } from './exams/rebuild.job.js';
import { scanJob } from './gaps/scan.job.js';

/** Every job of the product. */
export const jobs: readonly JobDefinition[] = [recomputeAllJob, rebuildCertificatesJob, rebuildExamsJob, scanJob, keepDayJob];
