import { Schema } from 'mongoose';
import type { WantedIndex } from '../platform/migrations.js';

/** A dated, scoped policy row (decision 18). Rows are never overwritten: a change ends one row and begins another. */
export const policySchema = new Schema(
  {
    _id: String,
    kind: { type: String, required: true },
    divisionId: { type: String, required: true },
    divisionPath: { type: [String], required: true },
    from: { type: String, required: true },
    to: { type: String, default: null },
    value: { type: Schema.Types.Mixed, required: true },
    sourceDoc: { type: String, required: true },
    recordedAt: { type: Date, required: true },
    recordedBy: { type: String, default: '' },
    version: { type: Number, default: 1 },
  },
  { autoIndex: false, autoCreate: false, versionKey: false, minimize: false },
);

export const policyIndexes: readonly WantedIndex[] = [
  { collection: 'policies', name: 'kind_division_from', keys: { kind: 1, divisionId: 1, from: 1 }, unique: true },
];
