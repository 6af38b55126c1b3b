import { Schema } from 'mongoose';
import type { WantedIndex } from '../platform/migrations.js';

/** A flag as a work item: raised, refreshed and cleared by the rules, never by hand. */
export const flagSchema = new Schema(
  {
    _id: String,
    ruleId: { type: String, required: true },
    subjectId: { type: String, required: true },
    year: { type: Number, required: true },
    workerId: { type: String, default: null },
    classId: { type: String, default: null },
    divisionId: { type: String, required: true },
    divisionPath: { type: [String], required: true },
    divisionCode: { type: String, default: '' },
    name: { type: String, default: '' },
    sortPinyin: { type: String, default: '' },
    searchKeys: { type: [String], default: [] },
    post: { type: String, default: null },
    postClass: { type: String, default: null },
    severity: { type: String, required: true },
    severityRank: { type: Number, required: true },
    subState: { type: String, default: null },
    reason: { type: String, default: '' },
    dueOn: { type: String, default: null },
    evidence: { type: Schema.Types.Mixed, required: true },
    clearsWhen: { type: String, required: true },
    addressee: { type: String, required: true },
    policyRowIds: { type: [String], default: [] },
    raisedOn: { type: String, required: true },
    raisedAt: { type: Date, required: true },
    refreshedAt: { type: Date, required: true },
    open: { type: Boolean, required: true },
    clearedOn: { type: String, default: null },
    clearedAt: { type: Date, default: null },
    clearedBy: { type: Schema.Types.Mixed, default: null },
  },
  { autoIndex: false, autoCreate: false, versionKey: false, minimize: false },
);

export const gapIndexes: readonly WantedIndex[] = [
  { collection: 'flags', name: 'one_open', keys: { ruleId: 1, subjectId: 1, year: 1 }, unique: true, partial: { open: true } },
  { collection: 'flags', name: 'path_open_rule', keys: { divisionPath: 1, open: 1, ruleId: 1, subState: 1 } },
  { collection: 'flags', name: 'worker_open', keys: { workerId: 1, open: 1 } },
  { collection: 'flags', name: 'path_rule_cleared', keys: { divisionPath: 1, ruleId: 1, clearedOn: -1 } },
];
