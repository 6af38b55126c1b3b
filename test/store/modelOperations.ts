import fc from 'fast-check';
import type { Field } from '../unit/embedded-mongo/naiveIndex.js';
import type { Doc } from '../unit/embedded-mongo/naiveModel.js';
import { scalars, paths, ids, docs, filters, sorts, updates, projections, indexes } from './modelParts.js';

/** What is asked of a collection: of the model and of the store alike. */
export type Operation =
  | { readonly kind: 'insert'; readonly docs: Doc[]; readonly ordered: boolean }
  | Update
  | { readonly kind: 'delete'; readonly filter: Doc; readonly multi: boolean }
  | Modify
  | Find
  | { readonly kind: 'count'; readonly filter: Doc; readonly skip: number; readonly limit: number }
  | { readonly kind: 'distinct'; readonly filter: Doc; readonly key: string }
  | { readonly kind: 'createIndex'; readonly index: IndexSpec }
  | { readonly kind: 'dropIndex'; readonly which: number }
  | Transaction;

export interface Update {
  readonly kind: 'update';
  readonly filter: Doc;
  readonly update: Doc;
  readonly multi: boolean;
  readonly upsert: boolean;
}

export interface Modify {
  readonly kind: 'modify';
  readonly filter: Doc;
  readonly sort: readonly Field[];
  /** Without one the document is removed. */
  readonly update: Doc | undefined;
  readonly wantsNew: boolean;
  readonly fields: Doc;
}

/** Sent as `find` or as the pipeline that asks the same. */
export interface Find {
  readonly kind: 'find';
  readonly by: 'find' | 'aggregate';
  readonly filter: Doc;
  /** With `_id` behind it the order is total; without, documents with equal keys may come in any order. */
  readonly sort: readonly Field[];
  readonly total: boolean;
  readonly skip: number;
  readonly limit: number;
  readonly projection: Doc;
  readonly batchSize: number;
}

export interface IndexSpec {
  readonly fields: readonly Field[];
  readonly unique: boolean;
  readonly partial: Doc | undefined;
}

interface Transaction {
  readonly kind: 'transaction';
  readonly commits: boolean;
  readonly operations: Operation[];
}

const inserts = fc.record({
  kind: fc.constant('insert' as const),
  docs: fc.array(docs, { minLength: 1, maxLength: 4 }),
  ordered: fc.boolean(),
});
const plainUpdates = fc.record({
  kind: fc.constant('update' as const),
  filter: filters,
  update: updates,
  multi: fc.boolean(),
  upsert: fc.constant(false),
});
const upserts = fc.tuple(ids, fc.constantFrom('b', 'c.a', undefined), scalars, updates).map(([_id, path, value, update]): Update => ({
  kind: 'update',
  filter: { _id, ...(path === undefined ? {} : { [path]: { $eq: value } }) },
  update,
  multi: false,
  upsert: true,
}));
const bys = fc.constantFrom('find' as const, 'find' as const, 'aggregate' as const);
const finds: fc.Arbitrary<Find> = fc.oneof(
  fc.record({
    kind: fc.constant('find' as const),
    by: bys,
    filter: filters,
    sort: sorts,
    total: fc.constant(true),
    skip: fc.constantFrom(0, 0, 1, 3),
    limit: fc.constantFrom(0, 0, 1, 2, 5),
    projection: projections,
    batchSize: fc.constantFrom(1, 2, 101),
  }),
  fc.tuple(bys, filters, sorts).map(([by, filter, sort]): Find => ({
    kind: 'find',
    by,
    filter,
    sort,
    total: false,
    skip: 0,
    limit: 0,
    projection: {},
    batchSize: 101,
  })),
);
const modifies = fc.record({
  kind: fc.constant('modify' as const),
  filter: filters,
  sort: sorts,
  update: fc.option(updates, { nil: undefined, freq: 4 }),
  wantsNew: fc.boolean(),
  fields: projections,
});

const inTransactions: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 3, arbitrary: inserts },
  { weight: 3, arbitrary: plainUpdates },
  { weight: 1, arbitrary: upserts },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), filter: filters, multi: fc.boolean() }) },
  { weight: 1, arbitrary: modifies },
  { weight: 3, arbitrary: finds },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('distinct' as const), filter: filters, key: paths }) },
);

/** Operations of every kind; most inserts of a run come early. */
export const operations: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 16, arbitrary: inTransactions },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('count' as const),
      filter: filters,
      skip: fc.constantFrom(0, 1),
      limit: fc.constantFrom(0, 2),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('createIndex' as const), index: indexes }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('dropIndex' as const), which: fc.nat(5) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('transaction' as const),
      commits: fc.boolean(),
      operations: fc.array(inTransactions, { minLength: 1, maxLength: 4 }),
    }),
  },
);
