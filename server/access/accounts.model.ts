import { Schema } from 'mongoose';
import type { WantedIndex } from '../platform/migrations.js';

const options = { autoIndex: false, autoCreate: false, versionKey: false } as const;

const grantSchema = {
  _id: false,
  id: { type: String, required: true },
  role: { type: String, required: true },
  divisionId: { type: String, required: true },
  divisionPath: { type: [String], required: true },
  from: { type: Date, required: true },
};

/** Who may sign in. The phone is kept only as a blind index, the password and the one-time code only as hashes (decision 3). */
export const accountSchema = new Schema(
  {
    _id: String,
    loginName: { type: String, default: null },
    phoneIndex: { type: String, default: null },
    name: { type: String, required: true },
    workerId: { type: String, default: null },
    divisionPath: { type: [String], required: true },
    grants: { type: [grantSchema], default: [] },
    classIds: { type: [String], default: [] },
    passwordHash: { type: String, default: null },
    codeHash: { type: String, default: null },
    codeExpiresAt: { type: Date, default: null },
    failures: { type: Number, default: 0 },
    lockedUntil: { type: Date, default: null },
    disabledAt: { type: Date, default: null },
    lastSignInAt: { type: Date, default: null },
    createdAt: { type: Date, required: true },
    sessionVersion: { type: Number, default: 1 },
    version: { type: Number, default: 1 },
    changedAt: { type: Date, required: true },
    changedBy: { type: String, required: true },
  },
  options,
);

/** The plain codes of one issue, sealed, until they were shown once; forgotten ones go by a TTL index. */
export const codeSheetSchema = new Schema(
  {
    _id: String,
    accountId: { type: String, required: true },
    sealed: { type: Schema.Types.Mixed, required: true },
    at: { type: Date, required: true },
  },
  options,
);

const sheetSeconds = 900;

// `$gt: ''` instead of `$type`: an equality query is then provably inside the partial index
export const accessIndexes: readonly WantedIndex[] = [
  { collection: 'accounts', name: 'loginName', keys: { loginName: 1 }, unique: true, partial: { loginName: { $gt: '' } } },
  { collection: 'accounts', name: 'phoneIndex', keys: { phoneIndex: 1 }, unique: true, partial: { phoneIndex: { $gt: '' } } },
  { collection: 'accounts', name: 'workerId', keys: { workerId: 1 }, unique: true, partial: { workerId: { $gt: '' } } },
  { collection: 'accounts', name: 'path_worker', keys: { divisionPath: 1, workerId: 1, name: 1 } },
  { collection: 'accounts', name: 'grants_role', keys: { 'grants.role': 1 } },
  { collection: 'accounts', name: 'lockedUntil', keys: { lockedUntil: 1 } },
  { collection: 'accounts', name: 'classIds', keys: { classIds: 1 } },
  { collection: 'code_sheets', name: 'at_ttl', keys: { at: 1 }, expireAfterSeconds: sheetSeconds },
  { collection: 'sign_in_limits', name: 'expire_ttl', keys: { expire: 1 }, expireAfterSeconds: 0 },
  { collection: 'sign_in_limits', name: 'key', keys: { key: 1 }, unique: true },
];
