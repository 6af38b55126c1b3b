import type { FilterNode } from '../query/node.js';
import type { Collection, Index } from '../storage/catalogue.js';
import type { KeyRange } from '../storage/environment.js';
import { cutBound, documentKey, documentPrefix, indexBound, isLong, after } from '../storage/keyspace.js';
import { conjuncts, descending, intervalsOf, type Interval } from './bounds.js';
import { implies } from './implication.js';

/** One field of a sort. */
export interface SortField {
  readonly path: string;
  readonly direction: 1 | -1;
}

/** What a statement asks for. */
export interface Query {
  readonly filter: FilterNode;
  readonly sort: readonly SortField[];
  /** Only this index (by name), or `$natural`. */
  readonly hint?: string | undefined;
}

/** How the documents are reached. `index` is absent for the documents themselves, which lie in the order of `_id`. */
export interface Plan {
  readonly collection: Collection;
  readonly index: Index | undefined;
  readonly ranges: readonly KeyRange[];
  readonly reverse: boolean;
  /** The documents come in the order of the sort. */
  readonly sorted: boolean;
  /** Leading fields that hold one of a few exact values. */
  readonly pointFields: number;
  /** Any field is bounded; otherwise everything is visited. */
  readonly bounded: boolean;
  /** The same document may be met twice. */
  readonly repeats: boolean;
  /** Every document met passes the filter, which need not be tested. */
  readonly exact: boolean;
}

const MOST_RANGES = 500;
const ID_FIELDS = [{ path: '_id', direction: 1 as const }];

/** Chooses the way to the documents that visits the fewest, and prefers one that brings them in order. */
export function choosePlan(collection: Collection, query: Query): Plan {
  const conditions = conjuncts(query.filter);
  const byId = planFor(collection, undefined, conditions, query);
  const usable = collection.indexes.filter((index) => !index.building && implies(conditions, index.partial));
  if (query.hint !== undefined) {
    const hinted = usable.find((index) => index.name === query.hint);
    return hinted === undefined ? byId : planFor(collection, hinted, conditions, query);
  }
  let best = byId;
  for (const index of usable) {
    const plan = planFor(collection, index, conditions, query);
    if (score(plan, query) > score(best, query)) best = plan;
  }
  return best;
}

function score(plan: Plan, query: Query): number {
  const unique = plan.index === undefined || plan.index.unique;
  const fields = plan.index?.fields.length ?? 1;
  if (unique && plan.pointFields === fields) return 1000 - plan.ranges.length / MOST_RANGES;
  const inOrder = plan.sorted && query.sort.length > 0 ? 8 : 0;
  const range = plan.bounded && plan.pointFields < fields ? 5 : 0;
  return plan.pointFields * 10 + (hasRange(plan) ? range : 0) + inOrder - Math.min(plan.ranges.length, MOST_RANGES) / MOST_RANGES;
}

const ranged = new WeakSet<Plan>();
const hasRange = (plan: Plan): boolean => ranged.has(plan);

function planFor(collection: Collection, index: Index | undefined, conditions: readonly FilterNode[], query: Query): Plan {
  const fields = index?.fields ?? ID_FIELDS;
  const perField = boundsPerField(fields, index, conditions);
  const { ranges, used, points } = combine(perField);
  const order = sortOrder(index, fields, perField, query.sort);
  const sorted = query.sort.length === 0 || (order !== undefined && ranges.length <= 1 && !(index?.longKeys ?? false));
  const multikey = index?.multikey.some(Boolean) ?? false;
  const plan: Plan = {
    collection,
    index,
    ranges: ranges.map((range) => absolute(collection, index, range)),
    reverse: sorted && order === 'backward',
    sorted,
    pointFields: points,
    bounded: used > 0,
    repeats: multikey && (ranges.length > 1 || points < fields.length),
    exact: isExactId(index, conditions),
  };
  if (used > points) ranged.add(plan);
  return plan;
}

/** `{_id: value}` alone: the key says it all. */
function isExactId(index: Index | undefined, conditions: readonly FilterNode[]): boolean {
  const [only] = conditions;
  if (index !== undefined || only === undefined || conditions.length > 1 || only.op !== 'eq' || only.path !== '_id') return false;
  return typeof only.value === 'string' && only.value.length < 200;
}

type FieldBounds = Interval[] | undefined;

/** Bounds of the leading fields, up to the first that is not bounded to points. */
function boundsPerField(fields: readonly SortField[], index: Index | undefined, conditions: readonly FilterNode[]): FieldBounds[] {
  const result: FieldBounds[] = [];
  const roots = new Set<string>();
  for (const [i, field] of fields.entries()) {
    const multikey = index?.multikey[i] ?? false;
    const root = field.path.split('.', 1)[0] as string;
    // Two paths into one array: different elements may meet the two conditions, but one entry holds one element.
    if (multikey && roots.has(root)) break;
    const found = intervalsOf(conditions, field.path, multikey);
    if (found === undefined) break;
    if (multikey) roots.add(root);
    result.push(field.direction === -1 ? descending(found) : found);
    if (!found.every((one) => one.point)) break;
  }
  return result;
}

/** Ranges over the whole key, how many fields they bound, and how many of those to points. */
function combine(perField: readonly FieldBounds[]): { ranges: KeyRange[]; used: number; points: number } {
  let prefixes: Buffer[] = [Buffer.alloc(0)];
  let points = 0;
  for (const intervals of perField) {
    if (intervals === undefined || prefixes.length * intervals.length > MOST_RANGES) break;
    if (intervals.every((one) => one.point)) {
      prefixes = prefixes.flatMap((prefix) => intervals.map((one) => Buffer.concat([prefix, one.start])));
      points += 1;
    } else {
      const ranges = prefixes.flatMap((prefix) =>
        intervals.map((one) => ({ start: Buffer.concat([prefix, one.start]), end: Buffer.concat([prefix, one.end]) })),
      );
      return { ranges, used: points + 1, points };
    }
  }
  return { ranges: prefixes.map((prefix) => ({ start: prefix, end: prefix.length === 0 ? prefix : after(prefix) })), used: points, points };
}

/** Moves a range of values to where the index or the documents lie in the file. */
function absolute(collection: Collection, index: Index | undefined, range: KeyRange): KeyRange {
  const at = (part: Uint8Array): Buffer => (index === undefined ? documentKey(collection.id, part) : indexBound(index.id, part));
  if (range.end.length === 0) {
    const whole = index === undefined ? documentPrefix(collection.id) : indexBound(index.id);
    return { start: whole, end: after(whole) };
  }
  // Long values are kept cut: take in everything that shares the kept start.
  const end = isLong(range.end) ? after(cutBound(range.end)) : range.end;
  return { start: at(cutBound(range.start)), end: at(end) };
}

/** Whether the index order, after its leading single points, is the wanted order or its reverse. */
function sortOrder(
  index: Index | undefined,
  fields: readonly SortField[],
  perField: readonly FieldBounds[],
  sort: readonly SortField[],
): 'forward' | 'backward' | undefined {
  const isFixed = (i: number): boolean => perField[i]?.length === 1 && perField[i][0]?.point === true;
  const fixedPaths = new Set(fields.filter((_, i) => isFixed(i) && index?.multikey[i] !== true).map((f) => f.path));
  const wanted = sort.filter((field) => !fixedPaths.has(field.path));
  let at = 0;
  let order: 'forward' | 'backward' | undefined;
  for (const field of wanted) {
    while (at < fields.length && isFixed(at) && fields[at]?.path !== field.path) at += 1;
    const own = fields[at];
    if (own?.path !== field.path || index?.multikey[at] === true) return undefined;
    const direction = own.direction === field.direction ? 'forward' : 'backward';
    if (order !== undefined && order !== direction) return undefined;
    order = direction;
    at += 1;
  }
  return order ?? 'forward';
}
