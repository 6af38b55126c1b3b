import type { Document, Int32 } from 'bson';
import { decode, encode } from '../../server/embedded-mongo/values/codec.js';
import { encodeKey } from '../../server/embedded-mongo/values/keys.js';
import { idKey } from '../../server/embedded-mongo/storage/entries.js';
import {
  catalogueKey,
  countKey,
  documentKey,
  documentPrefix,
  garbageKey,
  indexBound,
  indexKey,
  prefixRange,
  retryKey,
  spaces,
} from '../../server/embedded-mongo/storage/keyspace.js';
import type { RawFile } from './rawFile.js';

/** Where things lie: the number of a collection, and those of its indexes by their first field. */
interface Place {
  readonly id: number;
  readonly index: Readonly<Record<string, number>>;
}

export const part = (value: unknown): Buffer => encodeKey([value], [1]);

export function placeOf(file: RawFile, name: string): Place {
  for (const { value } of file.getRange(prefixRange(spaces.catalogue))) {
    const { id, name: own, indexes } = decode(value) as { id: Int32; name: string; indexes: { id: Int32; spec: Document }[] };
    if (own === name)
      return { id: id.value, index: Object.fromEntries(indexes.map((i) => [Object.keys(i.spec['key'] as Document)[0], i.id.value])) };
  }
  throw new Error(`no collection ${name}`);
}

/** Changes the catalogue entry of a collection. */
function recatalogue(file: RawFile, { id }: Place, change: (entry: Document) => void): void {
  const entry = decode(file.getBinary(catalogueKey(id))!);
  change(entry);
  file.putSync(catalogueKey(id), encode(entry));
}

interface Damage {
  readonly name: string;
  readonly make: (file: RawFile, place: Place) => void;
  readonly told: readonly string[];
}

/** Each is done to a collection of its own, which is found to differ by exactly what is told. */
export const damages: readonly Damage[] = [
  {
    name: 'entry_gone',
    make: (file, { index }) => {
      file.removeSync(indexKey(index['a']!, part(1), idKey(1)));
    },
    told: ['index a_1: an entry of the document with _id 1 is missing'],
  },
  {
    name: 'one_of_many_gone',
    make: (file, { index }) => {
      file.removeSync(indexKey(index['t']!, part('y'), idKey(1)));
    },
    told: ['index t_1: an entry of the document with _id 1 is missing'],
  },
  {
    name: 'entry_too_many',
    make: (file, { index }) => {
      file.putSync(indexKey(index['a']!, part(7), idKey(1)), idKey(1));
    },
    told: ['index a_1: an entry leads to the document with _id 1, which has other values: key'],
  },
  {
    name: 'entry_of_nobody',
    make: (file, { index }) => {
      file.putSync(indexKey(index['a']!, part(1), idKey(99)), idKey(99));
    },
    told: ['index a_1: an entry leads to no document: key'],
  },
  {
    name: 'outside_partial',
    make: (file, { index }) => {
      file.putSync(indexKey(index['p']!, part(1), idKey(1)), idKey(1));
    },
    told: ['index p_1: an entry leads to the document with _id 1'],
  },
  {
    name: 'unique_of_another',
    make: (file, { index }) => {
      file.putSync(indexBound(index['u']!, part('u1')), idKey(2));
    },
    told: [
      'index u_1: an entry of the document with _id 1 leads to another document',
      'index u_1: an entry leads to the document with _id 2, which has other values',
    ],
  },
  {
    name: 'document_gone',
    make: (file, { id }) => {
      file.removeSync(documentKey(id, idKey(3)));
    },
    told: [
      'the kept number of documents is 3, there are 2',
      ...['a', 't', 'u', 'p'].map((field) => `index ${field}_1: an entry leads to no document: key`),
    ],
  },
  {
    name: 'document_unreadable',
    make: (file, { id }) => {
      file.putSync(documentKey(id, idKey(1)), Buffer.from([9, 0, 0]));
    },
    told: [
      `the document under key ${idKey(1).toString('hex')} cannot be read`,
      ...['a', 't', 't', 'u'].map((field) => `index ${field}_1: an entry leads to no document: key`),
    ],
  },
  {
    name: 'under_another_id',
    make: (file, { id }) => {
      file.putSync(documentKey(id, idKey(1)), encode({ _id: 5, a: 1, t: ['x', 'y'], u: 'u1' }));
    },
    told: ['the document with _id 5 lies under another _id'],
  },
  {
    name: 'count_wrong',
    make: (file, { id }) => {
      const count = Buffer.alloc(8);
      count.writeDoubleBE(4);
      file.putSync(countKey(id), count);
    },
    told: ['the kept number of documents is 4, there are 3'],
  },
  {
    name: 'arrays_unknown',
    make: (file, place) => {
      recatalogue(file, place, (entry) => {
        for (const one of entry['indexes'] as Document[]) one['multikey'] = [false];
      });
    },
    told: ['index t_1: holds arrays that the catalogue does not know of'],
  },
  {
    name: 'cut_values_unknown',
    make: (file, place) => {
      recatalogue(file, place, (entry) => {
        for (const one of entry['indexes'] as Document[]) one['longKeys'] = false;
      });
    },
    told: ['index u_1: holds cut values that the catalogue does not know of'],
  },
];

/** What concerns the store as a whole, and what is told of it. */
export const storeDamages: readonly { make: (file: RawFile) => void; told: string }[] = [
  {
    make: (file) => {
      file.putSync(documentKey(7000, idKey(1)), encode({ _id: 1 }));
    },
    told: 'there is a range of kind document with the number 7000, which the catalogue does not have',
  },
  {
    make: (file) => {
      file.putSync(countKey(7001), Buffer.alloc(8));
    },
    told: `a number of documents is kept for no collection: ${countKey(7001).toString('hex')}`,
  },
  {
    make: (file) => {
      file.putSync(garbageKey(documentPrefix(placeOf(file, 'clean').id)), Buffer.from([1]));
    },
    told: 'app.clean is noted as dropped and would be emptied',
  },
  {
    make: (file) => {
      file.putSync(retryKey(Buffer.alloc(16, 0xee)), Buffer.from([1]));
    },
    told: `the kept reply 30${'ee'.repeat(16)} cannot be read`,
  },
  {
    make: (file) => {
      file.putSync(Buffer.from([0x99, 1]), Buffer.from([1]));
    },
    told: 'a key of no known kind: 9901',
  },
  {
    make: (file) => {
      file.putSync(catalogueKey(7002), Buffer.from([1]));
    },
    told: `the catalogue entry ${catalogueKey(7002).toString('hex')} cannot be read`,
  },
];
