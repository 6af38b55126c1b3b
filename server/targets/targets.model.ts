import { Schema } from 'mongoose';
import type { WantedIndex } from '../platform/migrations.js';

/** What a division has promised about certificates; a change ends one row and begins another (decision 18). None ships. */
export const targetSchema = new Schema(
  {
    _id: String,
    divisionId: { type: String, required: true },
    divisionPath: { type: [String], required: true },
    from: { type: String, required: true },
    to: { type: String, default: null },
    path: { type: Schema.Types.Mixed, required: true },
    toleranceBasisPoints: { type: Number, required: true },
    sourceDoc: { type: String, required: true },
    recordedAt: { type: Date, required: true },
    recordedBy: { type: String, default: '' },
    version: { type: Number, required: true },
  },
  { autoIndex: false, autoCreate: false, versionKey: false },
);

export const targetIndexes: readonly WantedIndex[] = [
  { collection: 'targets', name: 'division_from', keys: { divisionId: 1, from: 1 }, unique: true },
];
