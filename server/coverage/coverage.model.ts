import { Schema } from 'mongoose';
import type { WantedIndex } from '../platform/migrations.js';

const options = { autoIndex: false, autoCreate: false, versionKey: false, minimize: false } as const;

/** One person in one year, recomputed whole from facts (decision 19); `standing` is the rule's own result, the rest is what lists ask by. */
export const workerYearSchema = new Schema(
  {
    _id: String,
    workerId: { type: String, required: true },
    year: { type: Number, required: true },
    asOf: { type: String, required: true },
    divisionId: { type: String, default: null },
    divisionPath: { type: [String], default: [] },
    divisionCode: { type: String, default: '' },
    sortPinyin: { type: String, required: true },
    searchKeys: { type: [String], default: [] },
    kind: { type: String, required: true },
    isArranged: { type: Boolean, required: true },
    month: { type: Number, default: null },
    hoursMet: { type: Boolean, required: true },
    onboardingKind: { type: String, required: true },
    isOnboardingLate: { type: Boolean, required: true },
    rows: { type: [String], default: [] },
    post: { type: String, default: null },
    postClass: { type: String, default: null },
    homes: { type: [String], default: [] },
    bookedIn: { type: [String], default: [] },
    bookedPaths: { type: [String], default: [] },
    standing: { type: Schema.Types.Mixed, required: true },
    policyRowIds: { type: [String], default: [] },
    computedAt: { type: Date, required: true },
  },
  options,
);

const counts = {
  _id: String,
  divisionId: { type: String, required: true },
  divisionPath: { type: [String], required: true },
  level: { type: String, required: true },
  year: { type: Number, required: true },
  rollUp: { type: Schema.Types.Mixed, required: true },
};

/** The counts of one division and year as they stand now. */
export const divisionYearSchema = new Schema(
  {
    ...counts,
    parentId: { type: String, default: null },
    asOf: { type: String, required: true },
    computedAt: { type: Date, required: true },
  },
  options,
);

/** The counts of one division as they stood at the end of a day: daily down to the county, at the end of a month for all. */
export const divisionDaySchema = new Schema({ ...counts, day: { type: String, required: true } }, options);

/** Who recomputes a year just now, and which divisions were changed but not yet summed (so that a crash between loses nothing). */
export const rollUpLeaseSchema = new Schema(
  {
    _id: String,
    holder: { type: String, default: null },
    until: { type: Date, required: true },
    unsummed: { type: [String], default: [] },
  },
  options,
);

export const coverageIndexes: readonly WantedIndex[] = [
  { collection: 'worker_years', name: 'path_year_kind_pinyin', keys: { divisionPath: 1, year: 1, kind: 1, sortPinyin: 1 } },
  { collection: 'worker_years', name: 'path_year_pinyin', keys: { divisionPath: 1, year: 1, sortPinyin: 1 } },
  { collection: 'worker_years', name: 'path_year_onboarding', keys: { divisionPath: 1, year: 1, onboardingKind: 1, sortPinyin: 1 } },
  { collection: 'worker_years', name: 'homes_year', keys: { homes: 1, year: 1 } },
  { collection: 'worker_years', name: 'bookedIn_year_pinyin', keys: { bookedIn: 1, year: 1, sortPinyin: 1 } },
  { collection: 'worker_years', name: 'worker_year', keys: { workerId: 1, year: 1 }, unique: true },
  { collection: 'division_years', name: 'parent_year', keys: { parentId: 1, year: 1 } },
  { collection: 'division_years', name: 'year_level', keys: { year: 1, level: 1 } },
  { collection: 'division_days', name: 'division_day', keys: { divisionId: 1, day: -1 }, unique: true },
];
