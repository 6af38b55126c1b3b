import { Schema } from 'mongoose';
import type { WantedIndex } from '../platform/migrations.js';

const options = { autoIndex: false, autoCreate: false, versionKey: false } as const;

/** Append-only facts of subjects sat (decision 6); `supersededAt` null is what stands. */
export const examAttemptSchema = new Schema(
  {
    _id: String,
    workerId: { type: String, required: true },
    divisionPath: { type: [String], required: true },
    year: { type: Number, required: true },
    level: { type: String, required: true },
    subject: { type: String, required: true },
    sat: { type: Boolean, required: true },
    score: { type: Number, default: null },
    official: { type: Boolean, default: null },
    decision: { type: String, required: true },
    passed: { type: Boolean, default: null },
    mark: { type: Number, default: null },
    eligibleThatYear: { type: Boolean, required: true },
    eligibleBy: { type: String, required: true },
    eligibilityRule: { type: String, default: '' },
    decidedOn: { type: String, required: true },
    decidedAt: { type: Date, required: true },
    source: { type: String, default: '' },
    reason: { type: String, default: '' },
    recordedBy: { type: String, default: '' },
    supersedes: { type: String, default: null },
    supersededAt: { type: Date, default: null },
  },
  options,
);

/** That somebody registered for an exam. */
export const examEntrySchema = new Schema(
  {
    _id: String,
    workerId: { type: String, required: true },
    divisionPath: { type: [String], required: true },
    year: { type: Number, required: true },
    level: { type: String, required: true },
    enteredOn: { type: String, required: true },
    recordedBy: { type: String, default: '' },
  },
  options,
);

/** The exam calendar, kept by hand (domain.md §1.3). */
export const examYearSchema = new Schema(
  {
    _id: String,
    year: { type: Number, required: true },
    firstDay: { type: String, default: null },
    lastDay: { type: String, default: null },
    resultsOn: { type: String, default: null },
    windows: { type: [{ _id: false, divisionId: String, from: String, to: String }], default: [] },
    source: { type: String, default: '' },
    version: { type: Number, required: true },
    changedBy: { type: String, default: '' },
    changedAt: { type: Date, required: true },
  },
  options,
);

/** Pass marks by year, level, subject and region with the day announced; append-only (decision 22). */
export const passMarkSchema = new Schema(
  {
    _id: String,
    year: { type: Number, required: true },
    level: { type: String, required: true },
    subject: { type: String, required: true },
    divisionId: { type: String, required: true },
    mark: { type: Number, required: true },
    announcedOn: { type: String, required: true },
    source: { type: String, default: '' },
    recordedBy: { type: String, default: '' },
  },
  options,
);

/** How one person stands towards the coming exam: what lists and counts ask by, recomputed whole. */
export const workerExamSchema = new Schema(
  {
    _id: String,
    workerId: { type: String, required: true },
    name: { type: String, required: true },
    inService: { type: Boolean, required: true },
    divisionId: { type: String, required: true },
    divisionPath: { type: [String], required: true },
    divisionCode: { type: String, required: true },
    sortPinyin: { type: String, required: true },
    searchKeys: { type: [String], default: [] },
    nextExam: { type: Number, required: true },
    level: { type: String, default: null },
    eligible: { type: [String], default: [] },
    earliest: { type: [{ _id: false, level: String, year: Number }], default: [] },
    entered: { type: [String], default: [] },
    isLastChance: { type: Boolean, required: true },
    hasLapsed: { type: Boolean, required: true },
    educationKnown: { type: Boolean, required: true },
    years: {
      type: [{ _id: false, year: Number, level: String, sat: Number, passed: Number, failed: Number, qualified: Boolean }],
      default: [],
    },
    couldSit: { type: [Number], default: [] },
    enteredYears: { type: [Number], default: [] },
    policyRowIds: { type: [String], default: [] },
    computedAt: { type: Date, required: true },
  },
  options,
);

/** Roll-up of a division: people in service by state towards the exam. */
export const examCountsSchema = new Schema(
  {
    _id: String,
    divisionId: { type: String, required: true },
    divisionPath: { type: [String], required: true },
    parentId: { type: String, default: null },
    counts: { type: Schema.Types.Mixed, required: true },
    computedAt: { type: Date, required: true },
  },
  { ...options, minimize: false },
);

export const examCountIndexes: readonly WantedIndex[] = [
  { collection: 'exam_counts', name: 'parent', keys: { parentId: 1 } },
  { collection: 'worker_exams', name: 'division', keys: { divisionId: 1 } },
];

export const examIndexes: readonly WantedIndex[] = [
  { collection: 'exam_attempts', name: 'worker', keys: { workerId: 1, year: 1 } },
  {
    collection: 'exam_attempts',
    name: 'one_standing',
    keys: { workerId: 1, year: 1, subject: 1 },
    unique: true,
    partial: { supersededAt: null },
  },
  { collection: 'exam_attempts', name: 'year_subject', keys: { year: 1, subject: 1 } },
  { collection: 'exam_attempts', name: 'path_year', keys: { divisionPath: 1, year: 1 } },
  { collection: 'exam_entries', name: 'worker_year_level', keys: { workerId: 1, year: 1, level: 1 }, unique: true },
  { collection: 'exam_years', name: 'year', keys: { year: 1 }, unique: true },
  { collection: 'pass_marks', name: 'year_subject_region', keys: { year: 1, subject: 1, divisionId: 1, announcedOn: 1 }, unique: true },
  { collection: 'worker_exams', name: 'path_pinyin', keys: { divisionPath: 1, sortPinyin: 1 } },
  { collection: 'worker_exams', name: 'searchKeys', keys: { searchKeys: 1 } },
];
