import type { Sorter } from '../query/sort.js';
import type { Document } from '../values/types.js';
import { Heap } from './heap.js';
import { approximateSize, MemoryMeter } from './memory.js';
import type { Source } from './stages/stage.js';

/** A document waiting to be put in order; `arrival` keeps equal ones in the order in which they came. */
interface Entry {
  readonly key: readonly unknown[];
  readonly arrival: number;
  readonly doc: Document;
  readonly size: number;
}

/** How many documents are put in order at once, about a millisecond's work, so that no sort holds up the engine. */
const RUN = 512;

const meter = (): MemoryMeter =>
  new MemoryMeter('Sort exceeded memory limit of 104857600 bytes, but did not opt in to external sorting.');

type Order = (a: Entry, b: Entry) => number;

const orderOf =
  ({ compareKeys }: Sorter): Order =>
  (a, b) =>
    compareKeys(a.key, b.key) || a.arrival - b.arrival;

const entry = (doc: Document, arrival: number, sorter: Sorter): Entry => ({
  key: sorter.keyOf(doc),
  arrival,
  doc,
  size: approximateSize(doc),
});

/** Where the merge stands in a run; `head` is the next document. */
interface Cursor {
  readonly run: readonly Entry[];
  at: number;
  head: Entry;
}

/** Merges sorted runs lazily: the first document is there without having ordered them all. */
function* merge(runs: readonly Entry[][], order: Order): Source {
  const heap = new Heap<Cursor>((a, b) => order(a.head, b.head) < 0);
  for (const run of runs) if (run[0] !== undefined) heap.push({ run, at: 0, head: run[0] });
  for (let first = heap.top; first !== undefined; first = heap.top) {
    yield first.head.doc;
    first.at += 1;
    const next = first.run[first.at];
    if (next === undefined) heap.pop();
    else {
      first.head = next;
      heap.replaceTop(first);
    }
  }
}

function* sortAll(source: Source, sorter: Sorter): Source {
  const order = orderOf(sorter);
  const memory = meter();
  const runs: Entry[][] = [[]];
  let arrival = 0;
  for (const doc of source) {
    if (doc !== undefined) {
      let run = runs.at(-1) as Entry[];
      if (run.length === RUN) {
        run.sort(order);
        runs.push((run = []));
      }
      const made = entry(doc, (arrival += 1), sorter);
      memory.add(made.size);
      run.push(made);
    }
    yield undefined;
  }
  runs.at(-1)?.sort(order);
  yield* merge(runs, order);
}

/** Keeps only the first `count` documents: the heap's top is the last of them, which a better one replaces. */
function* sortTop(source: Source, sorter: Sorter, count: number): Source {
  const order = orderOf(sorter);
  const memory = meter();
  const kept = new Heap<Entry>((a, b) => order(a, b) > 0);
  let arrival = 0;
  for (const doc of source) {
    if (doc !== undefined) keep(entry(doc, (arrival += 1), sorter));
    yield undefined;
  }
  const last: Document[] = [];
  for (let made = kept.pop(); made !== undefined; made = kept.pop()) {
    last.push(made.doc);
    yield undefined;
  }
  for (let doc = last.pop(); doc !== undefined; doc = last.pop()) yield doc;

  function keep(made: Entry): void {
    if (kept.size < count) {
      memory.add(made.size);
      kept.push(made);
    } else if (kept.top !== undefined && order(made, kept.top) < 0) {
      memory.add(made.size - (kept.replaceTop(made)?.size ?? 0));
    }
  }
}

/**
 * Puts documents in order, equal ones as they came; with `count` only the first so many are kept and given.
 * Every document consumed gives a tick. More than 100 MB held is error 292.
 */
export const sortDocuments = (source: Source, sorter: Sorter, count?: number): Source =>
  count === undefined ? sortAll(source, sorter) : sortTop(source, sorter, count);
