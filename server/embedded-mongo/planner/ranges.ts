import type { FilterNode } from '../query/node.js';
import type { Collection, Index } from '../storage/catalogue.js';
import type { KeyRange } from '../storage/environment.js';
import { after, cutBound, documentKey, documentPrefix, indexBound, isCut } from '../storage/keyspace.js';
import { descending, intervalsOf, type Interval } from './bounds.js';
import type { SortField } from './plan.js';

/** Above this number of ranges only the first field is bounded. */
const MOST_RANGES = 1000;

/** Two paths into one array: different elements may meet the two conditions, but one entry holds one element. */
function sharesArray(index: Index, before: readonly SortField[], field: SortField): boolean {
  const root = ({ path }: SortField): string => path.split('.', 1)[0] ?? '';
  return before.some((other, i) => index.multikey[i] === true && root(other) === root(field));
}

/** A range with the lengths of its start after one, two, … fields that hold a point. */
export interface PrefixedRange extends KeyRange {
  readonly lengths: readonly number[];
}

/** Ranges over the whole key, how many leading fields they bound, and how many of those to points. */
export interface Combined {
  readonly ranges: PrefixedRange[];
  readonly used: number;
  readonly points: number;
}

/** Bounds of the leading fields, up to the first that is not bounded to points. */
export function boundsPerField(
  fields: readonly SortField[],
  index: Index | undefined,
  conditions: readonly FilterNode[],
): (Interval[] | undefined)[] {
  const result: Interval[][] = [];
  for (const [i, field] of fields.entries()) {
    const multikey = index?.multikey[i] === true;
    if (multikey && sharesArray(index, fields.slice(0, i), field)) break;
    const found = intervalsOf(conditions, field.path, multikey);
    if (found === undefined) break;
    result.push(field.direction === -1 ? descending(found) : found);
    if (!found.every((one) => one.point)) break;
  }
  return result;
}

interface Prefix {
  readonly bytes: Buffer;
  readonly lengths: readonly number[];
}

/** Joins the bounds of the fields into ranges of keys, in ascending order. */
export function combine(perField: readonly (Interval[] | undefined)[]): Combined {
  let prefixes: Prefix[] = [{ bytes: Buffer.alloc(0), lengths: [] }];
  let points = 0;
  for (const intervals of perField) {
    if (intervals === undefined || (points > 0 && prefixes.length * intervals.length > MOST_RANGES)) break;
    if (!intervals.every((one) => one.point)) return { ranges: product(prefixes, intervals), used: points + 1, points };
    prefixes = prefixes.flatMap((prefix) => intervals.map((one) => extended(prefix, one)));
    points += 1;
  }
  const ranges = prefixes.map(({ bytes, lengths }) => ({ start: bytes, end: bytes.length === 0 ? bytes : after(bytes), lengths }));
  return { ranges, used: points, points };
}

function extended({ bytes, lengths }: Prefix, { start }: Interval): Prefix {
  const joined = Buffer.concat([bytes, start]);
  return { bytes: joined, lengths: [...lengths, joined.length] };
}

const product = (prefixes: readonly Prefix[], intervals: readonly Interval[]): PrefixedRange[] =>
  prefixes.flatMap(({ bytes, lengths }) =>
    intervals.map(({ start, end }) => ({ start: Buffer.concat([bytes, start]), end: Buffer.concat([bytes, end]), lengths })),
  );

/** Moves a range of values to where the index or the documents lie in the file. */
export function absolute(collection: Collection, index: Index | undefined, range: KeyRange): KeyRange {
  const at = (part: Uint8Array): Buffer => (index === undefined ? documentKey(collection.id, part) : indexBound(index.id, part));
  if (range.end.length === 0) {
    const whole = index === undefined ? documentPrefix(collection.id) : indexBound(index.id);
    return { start: whole, end: after(whole) };
  }
  // Long values are kept cut: take in everything that shares the kept start.
  const end = isCut(range.end) ? after(cutBound(range.end)) : range.end;
  return { start: at(cutBound(range.start)), end: at(end) };
}
