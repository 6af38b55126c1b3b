import { Schema } from 'mongoose';
import type { WantedIndex } from '../platform/migrations.js';

const options = { autoIndex: false, autoCreate: false, versionKey: false } as const;

/** One mark of one person in one class session. Rows are never changed: a newer act supersedes them (decision 6). */
export const markSchema = new Schema(
  {
    _id: String,
    classId: { type: String, required: true },
    sessionId: { type: String, required: true },
    enrolmentId: { type: String, required: true },
    workerId: { type: String, required: true },
    mark: { type: String, required: true },
    late: { type: Boolean, default: false },
    leftEarly: { type: Boolean, default: false },
    madeUp: { type: Boolean, default: false },
    reason: { type: String, default: '' },
    actId: { type: String, required: true },
    byAccountId: { type: String, default: null },
    byName: { type: String, required: true },
    at: { type: Date, required: true },
    supersededAt: { type: Date, default: null },
    supersededBy: { type: String, default: null },
  },
  options,
);

/** Whether the roll of a class session was handed in. */
export const rollCallSchema = new Schema(
  {
    _id: String,
    classId: { type: String, required: true },
    submittedAt: { type: Date, required: true },
    submittedBy: { type: String, required: true },
  },
  options,
);

/** One row per session and per class that commands write to, so that a submission or a closing never overlooks a mark made meanwhile. */
export const guardSchema = new Schema({ _id: String, acts: { type: Number, required: true } }, options);

const resultShape = {
  _id: false,
  enrolmentId: String,
  workerId: String,
  state: String,
  problems: [String],
  attendedMinutes: Number,
  totalMinutes: Number,
};

/** Each closing of a class with its results and the policy rows they stand on; a reopening is noted on it. */
export const closingSchema = new Schema(
  {
    _id: String,
    classId: { type: String, required: true },
    at: { type: Date, required: true },
    byName: { type: String, required: true },
    policyRowIds: { type: [String], required: true },
    results: { type: [resultShape], required: true },
    reopenedAt: { type: Date, default: null },
    reopenedBy: { type: String, default: null },
    reopenReason: { type: String, default: '' },
  },
  options,
);

/** The hours ledger: append-only, one line per person, year, bucket and class; reversals take lines back (decision 16). */
export const ledgerSchema = new Schema(
  {
    _id: String,
    workerId: { type: String, required: true },
    year: { type: Number, required: true },
    bucket: { type: String, required: true },
    classId: { type: String, required: true },
    minutes: { type: Number, required: true },
    reverses: { type: String, default: null },
    at: { type: Date, required: true },
  },
  options,
);

export const attendanceIndexes: readonly WantedIndex[] = [
  {
    collection: 'attendance_marks',
    name: 'one_mark_in_force',
    keys: { sessionId: 1, enrolmentId: 1 },
    unique: true,
    partial: { supersededAt: null },
  },
  { collection: 'attendance_marks', name: 'class_superseded', keys: { classId: 1, supersededAt: 1 } },
  { collection: 'attendance_marks', name: 'session_at', keys: { sessionId: 1, at: -1 } },
  { collection: 'attendance_marks', name: 'act', keys: { actId: 1 } },
  { collection: 'roll_calls', name: 'classId', keys: { classId: 1 } },
  { collection: 'class_closings', name: 'class_at', keys: { classId: 1, at: -1 } },
  { collection: 'hours_ledger', name: 'worker_year', keys: { workerId: 1, year: 1 } },
  { collection: 'hours_ledger', name: 'classId', keys: { classId: 1 } },
  { collection: 'hours_ledger', name: 'one_reversal', keys: { reverses: 1 }, unique: true, partial: { reverses: { $type: 'string' } } },
];
