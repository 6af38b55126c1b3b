import { Schema } from 'mongoose';
import type { WantedIndex } from '../platform/migrations.js';

/** One run of a job, for the jobs page. */
export const jobRunSchema = new Schema(
  {
    _id: String,
    job: { type: String, required: true },
    startedAt: { type: Date, required: true },
    endedAt: { type: Date, default: null },
    ok: { type: Boolean, default: null },
    summary: { type: String, default: '' },
  },
  { autoIndex: false, autoCreate: false, versionKey: false },
);

export const jobRunIndexes: readonly WantedIndex[] = [
  { collection: 'job_runs', name: 'job_startedAt', keys: { job: 1, startedAt: -1 } },
  { collection: 'job_runs', name: 'startedAt_ttl', keys: { startedAt: 1 }, expireAfterSeconds: 90 * 86_400 },
  { collection: 'jobs', name: 'name_nextRunAt', keys: { name: 1, nextRunAt: 1, priority: -1, lockedAt: 1 } },
  { collection: 'jobs', name: 'single', keys: { name: 1, type: 1 }, unique: true, partial: { type: 'single' } },
];
