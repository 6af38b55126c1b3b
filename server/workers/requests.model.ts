import { Schema } from 'mongoose';
import type { WantedIndex } from '../platform/migrations.js';

const options = { autoIndex: false, autoCreate: false, versionKey: false } as const;

/** What every request carries: who asked, who answered, and where it stands. */
const request = {
  state: { type: String, required: true },
  askedBy: { type: String, required: true },
  askedAt: { type: Date, required: true },
  answer: { type: String, default: '' },
  answeredBy: { type: String, default: null },
  answeredAt: { type: Date, default: null },
};

/** Exemptions from coverage: asked by the county with reason and dates, approved or refused by the city. Both days included. */
export const exemptionSchema = new Schema(
  {
    _id: String,
    workerId: { type: String, required: true },
    workerName: { type: String, required: true },
    divisionPath: { type: [String], required: true },
    kind: { type: String, required: true },
    reason: { type: String, required: true },
    from: { type: String, required: true },
    to: { type: String, required: true },
    ...request,
  },
  options,
);

/** Transfers between divisions of which one is outside the scope of who asked (decision 8); `paths` serves both sides. */
export const transferSchema = new Schema(
  {
    _id: String,
    workerId: { type: String, required: true },
    workerName: { type: String, required: true },
    fromPath: { type: [String], required: true },
    toDivisionId: { type: String, required: true },
    toPath: { type: [String], required: true },
    paths: { type: [String], required: true },
    post: { type: String, required: true },
    postClass: { type: String, required: true },
    effectiveOn: { type: String, required: true },
    reason: { type: String, required: true },
    importId: { type: String, default: null },
    ...request,
  },
  options,
);

/** "This is wrong", said by the worker about the own record; answered by the county. */
export const correctionSchema = new Schema(
  {
    _id: String,
    workerId: { type: String, required: true },
    workerName: { type: String, required: true },
    divisionPath: { type: [String], required: true },
    topic: { type: String, required: true },
    text: { type: String, required: true },
    seenAt: { type: Date, default: null },
    ...request,
  },
  options,
);

const open = { state: 'requested' };

export const requestIndexes: readonly WantedIndex[] = [
  { collection: 'exemptions', name: 'path_state', keys: { divisionPath: 1, state: 1, askedAt: -1 } },
  { collection: 'exemptions', name: 'worker', keys: { workerId: 1, from: 1 } },
  { collection: 'exemptions', name: 'one_open', keys: { workerId: 1 }, unique: true, partial: open },
  { collection: 'transfers', name: 'paths_state', keys: { paths: 1, state: 1, askedAt: -1 } },
  { collection: 'transfers', name: 'one_open', keys: { workerId: 1 }, unique: true, partial: open },
  { collection: 'corrections', name: 'path_state', keys: { divisionPath: 1, state: 1, askedAt: -1 } },
  { collection: 'corrections', name: 'worker', keys: { workerId: 1, askedAt: -1 } },
];
