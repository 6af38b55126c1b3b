import { sortItems } from '../aggregate/sorting.js';
import type { FilterNode } from '../query/filter.js';
import { compileSort } from '../query/sort.js';
import type { Collection } from '../storage/catalogue.js';
import type { Reader } from '../storage/environment.js';
import type { Document } from '../values/types.js';
import { decodingFor, type Reads } from './decoding.js';
import { choosePlan, type Plan } from './plan.js';
import { scan, type Examined, type Found } from './scan.js';

/** Which documents, in which order, from which to which. */
export interface Selection {
  readonly filter: FilterNode;
  readonly sort: Document;
  readonly skip: number;
  /** 0 for all. */
  readonly limit: number;
  readonly hint: string | undefined;
}

/** About what a document waiting to be put in order takes besides its bytes: its key and a few objects. */
const HELD_BESIDES = 300;

/** A selection made ready to run on one collection. */
export class Source {
  readonly plan: Plan;
  /** Where it is counted what is looked at. */
  examined: Examined = { keys: 0, docs: 0 };
  private readonly sorter;
  readonly decoding;

  /** `reads` are the fields that whoever takes the documents looks at; by default all. */
  constructor(
    collection: Collection,
    private readonly selection: Selection,
    reads: Reads = null,
  ) {
    this.sorter = compileSort(selection.sort);
    const { filter, hint } = selection;
    this.plan = choosePlan(collection, { filter, sort: this.sorter.fields, hint });
    this.decoding = decodingFor(this.plan.residual, this.plan.sorted ? [] : this.sorter.fields, reads);
  }

  /** True when the order is made by sorting in memory. */
  get sortsInMemory(): boolean {
    return !this.plan.sorted;
  }

  /** The plan in a word or two, as MongoDB's log has it. */
  get summary(): string {
    const { index, single, bounded } = this.plan;
    const access = index === undefined ? (bounded ? 'IXSCAN _id_' : 'COLLSCAN') : `IXSCAN ${index.name}`;
    return `${single ? 'IDHACK' : access}${this.sortsInMemory ? ', SORT' : ''}`;
  }

  /** The documents; `undefined` between them for work without a result. */
  run(reader: Reader): Iterable<Found | undefined> {
    const found = scan(reader, this.plan, this);
    return cut(this.plan.sorted ? found : this.inOrder(found), this.selection.skip, this.selection.limit);
  }

  private inOrder(found: Iterable<Found | undefined>): Iterable<Found | undefined> {
    const { keyOf, compareKeys } = this.sorter;
    const { skip, limit } = this.selection;
    const hold = (one: Found): number => {
      one.settle();
      return one.raw.length + HELD_BESIDES;
    };
    const count = limit === 0 ? undefined : skip + limit;
    return sortItems(found, { keyOf: ({ doc }) => keyOf(doc), compareKeys, hold, count });
  }
}

function* cut(found: Iterable<Found | undefined>, skip: number, limit: number): Iterable<Found | undefined> {
  let skipped = 0;
  let given = 0;
  for (const one of found) {
    if (one === undefined) yield undefined;
    else if (skipped < skip) {
      skipped += 1;
      yield undefined;
    } else {
      given += 1;
      yield one;
      if (given === limit) return;
    }
  }
}
