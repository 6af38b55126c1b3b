import { Schema } from 'mongoose';
import type { WantedIndex } from '../platform/migrations.js';

/** A place in the tree nation → province → city → county → township → community (decision 1). */
export const divisionSchema = new Schema(
  {
    _id: String,
    code: { type: String, required: true },
    areaCode: { type: String, required: true },
    level: { type: String, required: true },
    name: { type: String, required: true },
    kind: { type: String, default: '' },
    parentId: { type: String, default: null },
    path: { type: [String], required: true },
    history: {
      type: [
        {
          _id: false,
          from: String,
          to: { type: String, default: null },
          code: String,
          name: String,
          parentId: { type: String, default: null },
        },
      ],
      default: [],
    },
  },
  { autoIndex: false, autoCreate: false, versionKey: false },
);

export const divisionIndexes: readonly WantedIndex[] = [
  { collection: 'divisions', name: 'areaCode', keys: { areaCode: 1 }, unique: true },
  { collection: 'divisions', name: 'parent_code', keys: { parentId: 1, code: 1 } },
  { collection: 'divisions', name: 'path_level_code', keys: { path: 1, level: 1, code: 1 } },
];
