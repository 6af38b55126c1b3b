import { deserialize, type Document } from 'bson';
import { idKey } from '../../../server/embedded-mongo/storage/entries.js';
import { documentKey, documentPrefix, indexBound, indexKey, prefixRange, spaces } from '../../../server/embedded-mongo/storage/keyspace.js';
import { encodeKey } from '../../../server/embedded-mongo/values/keys.js';
import { encode } from '../../../server/embedded-mongo/values/codec.js';
import { attendanceIndexes, enrolmentIndexes } from './data.js';
import type { Pair, Raw } from './floors.js';
import { newestOfClass } from './workload.js';

interface Stretch {
  readonly start: Uint8Array;
  readonly end: Uint8Array;
}

/** Where the store keeps the attendance in its file: the floors read the very same pairs. */
export interface Places {
  readonly collectionId: number;
  readonly documents: Uint8Array;
  readonly all: Stretch;
  /** The entries of division d07. */
  readonly division: Stretch;
  /** The entries of one class in the days that the query asks for, from the last to the first. */
  newest(i: number): Stretch & { reverse: true; limit: number };
}

interface Stored {
  readonly id: number;
  readonly name: string;
  readonly indexes: readonly { readonly id: number; readonly spec: { readonly key: Document } }[];
}

const sameKey = (a: Document, b: Document | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Looks the numbers of collection and indexes up in the store's catalogue. */
export function findPlaces(db: Raw): Places {
  const stored = [...db.getRange(prefixRange(spaces.catalogue))].map(({ value }) => deserialize(value) as Stored);
  const attendance = stored.find(({ name }) => name === 'attendance');
  const indexIds = attendanceIndexes.map((key) => attendance?.indexes.find(({ spec }) => sameKey(spec.key, key))?.id ?? 0);
  const [, classIndex = 0, divisionIndex = 0] = indexIds;
  const documents = documentPrefix(attendance?.id ?? 0);
  return {
    collectionId: attendance?.id ?? 0,
    documents,
    all: prefixRange(documents),
    division: prefixRange(indexBound(divisionIndex, encodeKey(['d07'], [1]))),
    newest: (i) => {
      const { filter, limit } = newestOfClass(i);
      const at = (date: Date): Buffer => indexBound(classIndex, encodeKey([filter.classId, date], [1, 1]));
      return { start: at(filter.at.$lt), end: at(filter.at.$gte), reverse: true, limit };
    },
  };
}

/** The pairs that a document of the bulk load becomes: itself and an entry in each index. */
export function pairsOf(doc: Document): Pair[] {
  const id = idKey(doc['_id']);
  const entries = enrolmentIndexes.map((key, i) => {
    const fields = Object.keys(key);
    const part = encodeKey(
      fields.map((name) => doc[name] as unknown),
      fields.map(() => 1),
    );
    return { key: indexKey(1000 + i, part, id), value: id };
  });
  return [{ key: documentKey(999, id), value: encode(doc) }, ...entries];
}
