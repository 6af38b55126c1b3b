import { refuse, StoreError } from '../errors.js';
import { compareValues } from '../values/compare.js';
import { compileIndexKeys, type KeyField } from '../values/keys.js';
import { toNumber } from '../values/numbers.js';
import { show } from '../values/show.js';
import { isDocument, isNumeric, type Document } from '../values/types.js';

/** Compares two documents; `keyOf` and `compareKeys` do the same with each key computed once. */
export interface Sorter {
  (a: Document, b: Document): number;
  readonly fields: readonly KeyField[];
  readonly keyOf: (doc: Document) => readonly unknown[];
  readonly compareKeys: (a: readonly unknown[], b: readonly unknown[]) => number;
}

function parseDirection(direction: unknown): 1 | -1 {
  if (isDocument(direction)) throw refuse.badValue(`$meta and other expressions in a sort are not supported: ${show(direction)}`);
  if (!isNumeric(direction)) throw refuse.location(15974, `Illegal key in $sort specification: ${show(direction)}`);
  const sign = toNumber(direction);
  if (sign !== 1 && sign !== -1) throw refuse.location(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
  return sign;
}

function parsePath(path: string): string {
  if (path === '' || path.split('.').includes('')) throw refuse.location(40352, 'FieldPath cannot be constructed with empty string');
  if (path.startsWith('$'))
    throw refuse.location(16410, `FieldPath field names may not start with '$'. Consider using $getField or $setField.`);
  return path;
}

/** Checks a sort specification. */
export function parseSort(spec: Document): KeyField[] {
  return Object.entries(spec).map(([path, direction]) => ({ path: parsePath(path), direction: parseDirection(direction) }));
}

function keyComparer(fields: readonly KeyField[]): Sorter['compareKeys'] {
  const directions = fields.map((field) => field.direction);
  return (a, b) => {
    for (let i = 0; i < directions.length; i += 1) {
      const order = compareValues(a[i], b[i]);
      if (order !== 0) return order * (directions[i] as number);
    }
    return 0;
  };
}

/** The keys an index on the fields would hold; where an index cannot be, a sort cannot either. */
function sortKeys(fields: readonly KeyField[]): (doc: Document) => unknown[][] {
  const allKeys = compileIndexKeys(fields);
  return (doc) => {
    try {
      return allKeys(doc);
    } catch (error) {
      if (error instanceof StoreError && error.code === PARALLEL_ARRAYS)
        throw refuse.badValue('cannot sort with keys that are parallel arrays');
      throw error;
    }
  };
}

const PARALLEL_ARRAYS = 171;

/** Compiles a sort: missing counts as null, an array by the element that comes first in the wanted direction. */
export function compileSort(spec: Document): Sorter {
  const fields = parseSort(spec);
  const compareKeys = keyComparer(fields);
  const allKeys = sortKeys(fields);
  const keyOf = (doc: Document): readonly unknown[] => allKeys(doc).reduce((best, key) => (compareKeys(key, best) < 0 ? key : best));
  const compare = (a: Document, b: Document): number => compareKeys(keyOf(a), keyOf(b));
  return Object.assign(compare, { fields, keyOf, compareKeys });
}
