import { Schema } from 'mongoose';
import type { WantedIndex } from '../platform/migrations.js';

const options = { autoIndex: false, autoCreate: false, versionKey: false } as const;
const entered = { id: String, source: { type: String, default: '' }, recordedAt: Date, recordedBy: { type: String, default: '' } };

/** Certificates with their registrations and continuing education (documents.md §4.4). */
export const certificateSchema = new Schema(
  {
    _id: String,
    workerId: { type: String, required: true },
    divisionPath: { type: [String], required: true },
    level: { type: String, required: true },
    managementNo: { type: String, default: null },
    title: { type: String, default: '' },
    obtainedOn: { type: String, required: true },
    examYear: { type: Number, default: null },
    review: { type: String, required: true },
    voidedOn: { type: String, default: null },
    voidReason: { type: String, default: '' },
    registrations: { type: [{ _id: false, ...entered, kind: String, from: String, validThrough: String, level: String }], default: [] },
    ce: {
      type: [{ _id: false, ...entered, kind: String, title: String, endedOn: String, minutes: { type: Number, default: null } }],
      default: [],
    },
    version: { type: Number, required: true },
    changedBy: { type: String, default: '' },
    changedAt: { type: Date, required: true },
  },
  options,
);

/** What follows from a person's certificates: one row per person, recomputed whole (decision 19). */
export const workerCertificationSchema = new Schema(
  {
    _id: String,
    workerId: { type: String, required: true },
    name: { type: String, required: true },
    status: { type: String, required: true },
    inService: { type: Boolean, required: true },
    divisionPath: { type: [String], required: true },
    divisionCode: { type: String, required: true },
    sortPinyin: { type: String, required: true },
    searchKeys: { type: [String], default: [] },
    isHolder: { type: Boolean, required: true },
    level: { type: String, default: null },
    certificateId: { type: String, default: null },
    managementNo: { type: String, default: null },
    managementNos: { type: [String], default: [] },
    obtainedOn: { type: String, default: null },
    examYear: { type: Number, default: null },
    pendingLevels: { type: [String], default: [] },
    registerBy: { type: String, default: null },
    renewFrom: { type: String, default: null },
    validThrough: { type: String, default: null },
    ceEarnedMinutes: { type: Number, default: null },
    ceRequiredMinutes: { type: Number, default: null },
    ends: { type: [{ _id: false, year: Number, divisionId: String, inService: Boolean, level: String }], default: [] },
    policyRowIds: { type: [String], default: [] },
    computedAt: { type: Date, required: true },
  },
  options,
);

/** Counts per division and year, recomputed from those rows. */
export const certificateRateSchema = new Schema(
  {
    _id: String,
    divisionId: { type: String, required: true },
    divisionPath: { type: [String], required: true },
    parentId: { type: String, default: null },
    level: { type: String, required: true },
    year: { type: Number, required: true },
    asOf: { type: String, required: true },
    inService: { type: Number, required: true },
    byLevel: { type: Schema.Types.Mixed, required: true },
    computedAt: { type: Date, required: true },
  },
  options,
);

export const certificateIndexes: readonly WantedIndex[] = [
  { collection: 'certificates', name: 'worker', keys: { workerId: 1 } },
  { collection: 'certificates', name: 'managementNo', keys: { managementNo: 1 }, unique: true, partial: { managementNo: { $gt: '' } } },
  { collection: 'worker_certification', name: 'path_holder_pinyin', keys: { divisionPath: 1, isHolder: 1, sortPinyin: 1 } },
  { collection: 'worker_certification', name: 'searchKeys', keys: { searchKeys: 1 } },
  { collection: 'worker_certification', name: 'ends', keys: { 'ends.divisionId': 1 } },
  { collection: 'certificate_rates', name: 'division', keys: { divisionId: 1, year: 1 } },
  { collection: 'certificate_rates', name: 'parent_year', keys: { parentId: 1, year: 1 } },
];
