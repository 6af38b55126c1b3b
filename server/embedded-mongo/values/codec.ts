import { deserialize, serialize } from 'bson';
import type { Document } from './types.js';

// Numbers stay in their own classes: promoted to JS numbers, a double 1.0 would be written back as an int32.
const decodeOptions = {
  promoteValues: false,
  promoteLongs: false,
  promoteBuffers: false,
  bsonRegExp: true,
} as const;

/** Decodes one BSON document with number types kept apart (Int32, Double, Long, Decimal128). */
export const decode = (bytes: Uint8Array): Document => deserialize(bytes, decodeOptions);

/** Encodes one document; keys that hold `undefined` are left out. */
export const encode = (doc: Document): Uint8Array => serialize(doc, { ignoreUndefined: true, checkKeys: false });
