import { Schema } from 'mongoose';
import type { WantedIndex } from '../platform/migrations.js';

const options = { autoIndex: false, autoCreate: false, versionKey: false, minimize: false } as const;

/** One uploaded file on its way: checking → checked → committing → committed, or abandoned. */
export const importSchema = new Schema(
  {
    _id: String,
    kind: { type: String, required: true },
    number: { type: String, required: true },
    fileName: { type: String, required: true },
    fileHash: { type: String, required: true },
    areaId: { type: String, required: true },
    divisionPath: { type: [String], required: true },
    asOf: { type: String, required: true },
    state: { type: String, required: true },
    headerRow: { type: Number, required: true },
    columns: { type: [{ _id: false, key: String, at: Number }], default: [] },
    unknownHeaders: { type: [String], default: [] },
    leftOut: { type: [{ _id: false, rowNumber: Number, text: String }], default: [] },
    rowCount: { type: Number, required: true },
    done: { type: Number, default: 0 },
    counts: { type: Schema.Types.Mixed, default: null },
    note: { type: Schema.Types.Mixed, default: null },
    result: { type: Schema.Types.Mixed, default: null },
    uploadedBy: { type: String, required: true },
    uploadedAt: { type: Date, required: true },
    startedAt: { type: Date, default: null },
    checkedAt: { type: Date, default: null },
    committedBy: { type: String, default: null },
    committedAt: { type: Date, default: null },
    runId: { type: String, default: null },
    leaseUntil: { type: Date, default: null },
  },
  options,
);

/** The rows of a file in order, some hundred together, so that they survive a restart; sensitive cells are sealed. */
export const importChunkSchema = new Schema(
  {
    _id: String,
    importId: { type: String, required: true },
    index: { type: Number, required: true },
    rows: { type: Schema.Types.Mixed },
    checked: { type: Schema.Types.Mixed },
  },
  options,
);

/** What the check found, line by line, for paged lists: findings, changes, new and missing people. */
export const importLineSchema = new Schema(
  {
    _id: String,
    importId: { type: String, required: true },
    runId: { type: String, required: true },
    sort: { type: String, required: true },
    severity: { type: String, default: null },
    line: { type: Number, default: null },
    name: { type: String, default: '' },
    subjectId: { type: String, default: null },
    cell: { type: String, default: '' },
    column: { type: String, default: null },
    shown: { type: String, default: '' },
    message: { type: Schema.Types.Mixed, default: null },
    change: { type: Schema.Types.Mixed, default: null },
    where: { type: String, default: '' },
    seq: { type: Number, required: true },
  },
  options,
);

export const importIndexes: readonly WantedIndex[] = [
  { collection: 'imports', name: 'path_uploaded', keys: { divisionPath: 1, uploadedAt: -1 } },
  { collection: 'import_chunks', name: 'import_index', keys: { importId: 1, index: 1 }, unique: true },
  { collection: 'import_lines', name: 'import_sort_seq', keys: { importId: 1, sort: 1, severity: 1, seq: 1 } },
];
