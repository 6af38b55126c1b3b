import { Schema } from 'mongoose';
import type { WantedIndex } from '../platform/migrations.js';

const options = { autoIndex: false, autoCreate: false, versionKey: false } as const;

/** What every fact carries beside what it says: since when it is known, by whom, why, and when a correction took its place. */
const recorded = {
  recordedAt: { type: Date, required: true },
  supersededAt: { type: Date, default: null },
  reason: { type: String, default: '' },
  recordedBy: { type: String, default: '' },
  importId: { type: String, default: null },
};

/** Appointments (decision 7): half-open intervals, one primary at a time, never overwritten. */
export const appointmentSchema = new Schema(
  {
    _id: String,
    workerId: { type: String, required: true },
    divisionId: { type: String, required: true },
    divisionPath: { type: [String], required: true },
    post: { type: String, required: true },
    postClass: { type: String, required: true },
    kind: { type: String, required: true },
    primary: { type: Boolean, required: true },
    source: { type: String, default: null },
    from: { type: String, required: true },
    to: { type: String, default: null },
    ...recorded,
  },
  options,
);

/** Service statuses (decision 7): half-open intervals that never overlap. */
export const serviceStatusSchema = new Schema(
  {
    _id: String,
    workerId: { type: String, required: true },
    status: { type: String, required: true },
    from: { type: String, required: true },
    to: { type: String, default: null },
    ...recorded,
  },
  options,
);

export const factIndexes: readonly WantedIndex[] = [
  { collection: 'appointments', name: 'worker_from', keys: { workerId: 1, from: 1 } },
  { collection: 'service_statuses', name: 'worker_from', keys: { workerId: 1, from: 1 } },
  // a race of two commands on one person: only one open row of each kind can stand
  {
    collection: 'appointments',
    name: 'one_open_primary',
    keys: { workerId: 1 },
    unique: true,
    partial: { primary: true, to: null, supersededAt: null },
  },
  { collection: 'service_statuses', name: 'one_open', keys: { workerId: 1 }, unique: true, partial: { to: null, supersededAt: null } },
];
