import type { Index } from '../storage/catalogue.js';
import type { Interval } from './bounds.js';
import type { SortField } from './plan.js';

/** An index with what the filter says of its leading fields. */
export interface Order {
  readonly fields: readonly SortField[];
  readonly index: Index | undefined;
  readonly perField: readonly (Interval[] | undefined)[];
  /** Leading fields bounded to points. */
  readonly bounded: number;
}

/** A way to read an index in order. */
export interface ReadingOrder {
  readonly backward: boolean;
  /** Ranges are read side by side, compared by what follows this many fields; 0 for one after the other. */
  readonly mergeAfter: number;
}

/**
 * How an index must be read so that it gives the wanted order, or undefined when it cannot. Fields that hold one value
 * do not matter; with several values of the leading fields each of them is a range in order, and they are merged.
 */
export function sortOrder(order: Order, sort: readonly SortField[]): ReadingOrder | undefined {
  const wanted = sort.filter(({ path }) => !order.fields.some((field, i) => field.path === path && isOneValue(order, i)));
  const start = startOf(order, wanted);
  const run = order.fields.slice(start, start + wanted.length);
  if (run.length < wanted.length) return undefined;
  let backward: boolean | undefined;
  for (const [i, field] of run.entries()) {
    const want = wanted[i] as SortField;
    const turned = field.direction !== want.direction;
    if (field.path !== want.path || order.index?.multikey[start + i] === true || (backward ?? turned) !== turned) return undefined;
    backward = turned;
  }
  const isMerge = wanted.length > 0 && order.fields.slice(0, start).some((_, i) => !isOneValue(order, i, true));
  return { backward: backward === true, mergeAfter: isMerge ? start : 0 };
}

/** Where in the index the wanted fields would begin: at the first of them, which only points may precede. */
function startOf(order: Order, wanted: readonly SortField[]): number {
  const [first] = wanted;
  if (first === undefined) return 0;
  const at = order.fields.findIndex((field) => field.path === first.path);
  return at >= 0 && at <= order.bounded ? at : order.fields.length;
}

/** The filter leaves one value of the field; in an array others may stand beside it, unless `perEntry` is what counts. */
function isOneValue({ perField, index, bounded }: Order, i: number, perEntry = false): boolean {
  const intervals = i < bounded ? perField[i] : undefined;
  return intervals?.length === 1 && intervals[0]?.point === true && (perEntry || index?.multikey[i] !== true);
}
