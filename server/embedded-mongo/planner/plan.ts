import { refuse } from '../errors.js';
import type { FilterNode } from '../query/node.js';
import type { Collection, Index } from '../storage/catalogue.js';
import type { KeyRange } from '../storage/environment.js';
import { isCut, KEY_HEAD } from '../storage/keyspace.js';
import { conjuncts, type Interval } from './bounds.js';
import { residual } from './coverage.js';
import { implies } from './implication.js';
import { absolute, boundsPerField, combine, type Combined } from './ranges.js';
import { sortOrder, type Order, type ReadingOrder } from './sortOrder.js';

/** One field of a sort or of an index. */
export interface SortField {
  readonly path: string;
  readonly direction: 1 | -1;
}

/** What a statement asks for. */
export interface Query {
  readonly filter: FilterNode;
  readonly sort: readonly SortField[];
  /** Only this index, by name. */
  readonly hint: string | undefined;
}

/** How the documents are reached. `index` is absent for the documents themselves, which lie in the order of `_id`. */
export interface Plan {
  readonly collection: Collection;
  readonly index: Index | undefined;
  readonly ranges: readonly KeyRange[];
  readonly reverse: boolean;
  /** The documents come in the order of the sort. */
  readonly sorted: boolean;
  /** The order holds within each range only: they are read side by side, compared by what follows so many bytes of their keys. */
  readonly merge: readonly number[] | undefined;
  /** Any field is bounded; otherwise everything is visited. */
  readonly bounded: boolean;
  /** The same document may be met twice. */
  readonly repeats: boolean;
  /** What of the filter the ranges do not answer for, and every document met must be tested with. */
  readonly residual: FilterNode;
  /** One document, by its `_id`. */
  readonly single: boolean;
  /** How few documents it promises to visit, and in order; higher is better. */
  readonly score: number;
}

const ID_FIELDS: readonly SortField[] = [{ path: '_id', direction: 1 }];

/** Nothing beats the one document of an `_id`. */
const EXACT_ID = 999;

/** Reading this many ranges side by side is cheaper than sorting what they hold. */
const MOST_MERGED = 64;

/** Chooses the way to the documents that visits the fewest, and prefers one that brings them in order. */
export function choosePlan(collection: Collection, query: Query): Plan {
  const conditions = conjuncts(query.filter);
  const byId = planFor(collection, undefined, conditions, query);
  if (byId.score > EXACT_ID && query.hint === undefined) return byId;
  const usable = collection.indexes.filter((index) => !index.building && implies(conditions, index.partial));
  if (query.hint !== undefined) {
    const hinted = hintedIndex(collection, query.hint);
    return hinted === undefined || !usable.includes(hinted) ? byId : planFor(collection, hinted, conditions, query);
  }
  const plans = usable.filter((index) => mayServe(index, conditions, query)).map((index) => planFor(collection, index, conditions, query));
  return plans.reduce((best, plan) => (plan.score > best.score ? plan : best), byId);
}

/** Hints that mean the documents themselves. */
const BY_ID = new Set(['_id_', '_id_1', '$natural_1', '$natural_-1']);

const keyName = ({ fields }: Index): string => fields.map(({ path, direction }) => `${path}_${String(direction)}`).join('_');

/** The index that a hint names or whose key it spells, or undefined for the documents themselves. */
function hintedIndex({ indexes }: Collection, hint: string): Index | undefined {
  if (BY_ID.has(hint)) return undefined;
  const found = indexes.find((index) => !index.building && (index.name === hint || keyName(index) === hint));
  if (found === undefined)
    throw refuse.badValue('planner returned error :: caused by :: hint provided does not correspond to an existing index');
  return found;
}

/** Without a word on its first field an index is no better than the documents themselves. */
function mayServe({ fields: [first] }: Index, conditions: readonly FilterNode[], { sort }: Query): boolean {
  return conditions.some((node) => 'path' in node && node.path === first?.path) || sort.some(({ path }) => path === first?.path);
}

function planFor(collection: Collection, index: Index | undefined, conditions: readonly FilterNode[], query: Query): Plan {
  const fields = index?.fields ?? ID_FIELDS;
  const perField = boundsPerField(fields, index, conditions);
  const combined = combine(perField);
  const order =
    query.sort.length === 0 ? UNORDERED : readingOrder(index, { fields, index, perField, bounded: combined.points }, combined, query.sort);
  const plan = {
    collection,
    index,
    ranges: combined.ranges.map((range) => absolute(collection, index, range)),
    reverse: order?.backward === true,
    sorted: order !== undefined,
    merge: mergePrefixes(combined, order),
    bounded: combined.used > 0,
    repeats: mayRepeat(index, combined, perField),
    residual: residual(conditions, index, fields, combined.used),
    single: index === undefined && isOnePoint(combined),
  };
  return { ...plan, score: score(plan, combined, query) };
}

/** One value, short enough to be the whole key. */
const isOnePoint = ({ points, ranges: [only, ...more] }: Combined): boolean =>
  points === 1 && only !== undefined && more.length === 0 && !isCut(only.start);

const UNORDERED: ReadingOrder = { backward: false, mergeAfter: 0 };

/** The order in which to read, or undefined when the documents must be sorted. */
function readingOrder(index: Index | undefined, order: Order, { ranges }: Combined, sort: readonly SortField[]): ReadingOrder | undefined {
  // With long values the order within the index is only rough.
  const found = index?.longKeys === true ? undefined : sortOrder(order, sort);
  return found !== undefined && found.mergeAfter > 0 && ranges.length > MOST_MERGED ? undefined : found;
}

function mergePrefixes({ ranges }: Combined, order: ReadingOrder | undefined): number[] | undefined {
  if (order === undefined || order.mergeAfter === 0) return undefined;
  return ranges.map(({ lengths }) => KEY_HEAD + (lengths[order.mergeAfter - 1] ?? 0));
}

/** An array is listed under each of its elements; one range over a single value meets it once. */
function mayRepeat(index: Index | undefined, { ranges, points }: Combined, perField: readonly (Interval[] | undefined)[]): boolean {
  if (index?.multikey.some(Boolean) !== true) return false;
  return ranges.length > 1 || index.multikey.some((multikey, i) => multikey && (i >= points || perField[i] === undefined));
}

function score(plan: Omit<Plan, 'score'>, { points, used, ranges }: Combined, query: Query): number {
  const fields = plan.index?.fields.length ?? 1;
  const isUnique = plan.index === undefined || plan.index.unique;
  if (isUnique && points === fields) return 1000 - ranges.length / 1000;
  const inOrder = plan.sorted && query.sort.length > 0 ? 8 : 0;
  return points * 10 + (used > points ? 5 : 0) + inOrder - ranges.length / 1000;
}
