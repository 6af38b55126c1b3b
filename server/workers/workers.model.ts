import { Schema } from 'mongoose';
import type { WantedIndex } from '../platform/migrations.js';

const options = { autoIndex: false, autoCreate: false, versionKey: false } as const;
const sealed = { type: { _id: false, keyId: String, iv: String, ciphertext: String, tag: String }, default: null };

/**
 * A community worker as the roster shows today: a projection of appointments and service statuses, written in their transaction
 * (decision 7), and what a person is beside them. ID number and phone are sealed; blind indexes find them (decision 5).
 */
export const workerSchema = new Schema(
  {
    _id: String,
    name: { type: String, required: true },
    sex: { type: String, required: true },
    birthDay: { type: String, required: true },
    ethnicity: { type: String, default: null },
    idSealed: sealed,
    idIndex: { type: String, required: true },
    idMasked: { type: String, required: true },
    phoneSealed: sealed,
    phoneIndex: { type: String, default: null },
    phoneTail: { type: String, default: null },
    phoneMasked: { type: String, default: null },
    politicalStatus: { type: String, default: null },
    joinedPartyOn: { type: String, default: null },
    education: { type: String, default: null },
    fullTimeEducation: { type: String, default: null },
    fullTimeSchool: { type: String, default: '' },
    inServiceEducation: { type: String, default: null },
    inServiceSchool: { type: String, default: '' },
    isSocialWorkMajor: { type: Boolean, default: false },
    divisionId: { type: String, required: true },
    divisionPath: { type: [String], required: true },
    divisionCode: { type: String, required: true },
    post: { type: String, required: true },
    postClass: { type: String, required: true },
    isDualPost: { type: Boolean, default: false },
    entrySource: { type: String, default: null },
    workStartedOn: { type: String, default: null },
    entryDate: { type: String, required: true },
    postSince: { type: String, required: true },
    grade: { type: Number, default: null },
    status: { type: String, required: true },
    inServiceSince: { type: String, default: null },
    note: { type: String, default: '' },
    searchKeys: { type: [String], default: [] },
    sortPinyin: { type: String, required: true },
    sortStroke: { type: String, required: true },
    importId: { type: String, default: null },
    version: { type: Number, required: true },
    changedBy: { type: String, required: true },
    changedAt: { type: Date, required: true },
  },
  options,
);

export const workerIndexes: readonly WantedIndex[] = [
  { collection: 'workers', name: 'idIndex', keys: { idIndex: 1 }, unique: true },
  { collection: 'workers', name: 'path_pinyin', keys: { divisionPath: 1, sortPinyin: 1 } },
  { collection: 'workers', name: 'path_stroke', keys: { divisionPath: 1, sortStroke: 1 } },
  { collection: 'workers', name: 'path_division', keys: { divisionPath: 1, divisionCode: 1, sortPinyin: 1 } },
  { collection: 'workers', name: 'path_entry', keys: { divisionPath: 1, entryDate: 1 } },
  { collection: 'workers', name: 'searchKeys', keys: { searchKeys: 1 } },
  { collection: 'workers', name: 'phoneTail', keys: { phoneTail: 1 } },
  { collection: 'workers', name: 'phoneIndex', keys: { phoneIndex: 1 } },
];
