import { Heap } from './heap.js';
import { MemoryMeter } from './memory.js';

/** How to put items in order, and how many of them are wanted. */
export interface Sorting<T> {
  readonly keyOf: (item: T) => readonly unknown[];
  readonly compareKeys: (a: readonly unknown[], b: readonly unknown[]) => number;
  /** Told of an item that is kept; gives the bytes that it then holds. */
  readonly hold: (item: T) => number;
  /** Only the first so many are kept and given; undefined for all. */
  readonly count: number | undefined;
}

/** An item waiting to be put in order; `arrival` keeps equal ones in the order in which they came. */
interface Entry<T> {
  readonly key: readonly unknown[];
  readonly arrival: number;
  readonly item: T;
  /** Bytes held, once it is kept. */
  size: number;
}

type Order<T> = (a: Entry<T>, b: Entry<T>) => number;

/** How many items are put in order at once, about a millisecond's work, so that no sort holds up the engine. */
const RUN = 512;

/** Reads the source and keeps entries by `keep`; every item consumed gives a tick. */
function* collect<T>(source: Iterable<T | undefined>, { keyOf }: Sorting<T>, keep: (entry: Entry<T>) => void): Iterable<undefined> {
  let arrival = 0;
  for (const item of source) {
    if (item !== undefined) keep({ key: keyOf(item), arrival: (arrival += 1), item, size: 0 });
    yield undefined;
  }
}

/** Where the merge stands in a run; `head` is the next entry. */
interface Cursor<T> {
  readonly run: readonly Entry<T>[];
  at: number;
  head: Entry<T>;
}

/** Merges sorted runs lazily: the first item is there without having ordered them all. */
function* merge<T>(runs: readonly Entry<T>[][], order: Order<T>): Iterable<T> {
  const heap = new Heap<Cursor<T>>((a, b) => order(a.head, b.head) < 0);
  for (const run of runs) if (run[0] !== undefined) heap.push({ run, at: 0, head: run[0] });
  for (let first = heap.top; first !== undefined; first = heap.top) {
    yield first.head.item;
    first.at += 1;
    const next = first.run[first.at];
    if (next === undefined) heap.pop();
    else {
      first.head = next;
      heap.replaceTop(first);
    }
  }
}

function* sortAll<T>(source: Iterable<T | undefined>, sorting: Sorting<T>, order: Order<T>): Iterable<T | undefined> {
  const memory = meter();
  let run: Entry<T>[] = [];
  const runs = [run];
  yield* collect(source, sorting, (entry) => {
    if (run.length === RUN) {
      run.sort(order);
      runs.push((run = []));
    }
    memory.add((entry.size = sorting.hold(entry.item)));
    run.push(entry);
  });
  run.sort(order);
  yield* merge(runs, order);
}

/** The heap's top is the last of the items kept, which a better one replaces. */
function* sortTop<T>(source: Iterable<T | undefined>, sorting: Sorting<T> & { count: number }, order: Order<T>): Iterable<T | undefined> {
  const memory = meter();
  const kept = new Heap<Entry<T>>((a, b) => order(a, b) > 0);
  yield* collect(source, sorting, (entry) => {
    if (kept.size < sorting.count) {
      memory.add((entry.size = sorting.hold(entry.item)));
      kept.push(entry);
    } else if (kept.top !== undefined && order(entry, kept.top) < 0) {
      entry.size = sorting.hold(entry.item);
      memory.add(entry.size - (kept.replaceTop(entry)?.size ?? 0));
    }
  });
  const backwards: Entry<T>[] = [];
  for (let entry = kept.pop(); entry !== undefined; entry = kept.pop()) {
    backwards.push(entry);
    yield undefined;
  }
  for (let entry = backwards.pop(); entry !== undefined; entry = backwards.pop()) yield entry.item;
}

const meter = (): MemoryMeter => new MemoryMeter('Sort exceeded memory limit of 104857600 bytes, but did not opt in to external sorting.');

/**
 * Puts items in order, equal ones as they came, without ever working long between two steps of the iteration.
 * More than 100 MB held is error 292.
 */
export function sortItems<T>(source: Iterable<T | undefined>, sorting: Sorting<T>): Iterable<T | undefined> {
  const { compareKeys, count } = sorting;
  const order: Order<T> = (a, b) => compareKeys(a.key, b.key) || a.arrival - b.arrival;
  return count === undefined ? sortAll(source, sorting, order) : sortTop(source, { ...sorting, count }, order);
}
