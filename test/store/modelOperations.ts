import { Decimal128, Double, Int32, Long } from 'bson';
import fc from 'fast-check';
import type { Field } from '../unit/embedded-mongo/naiveIndex.js';
import type { Doc } from '../unit/embedded-mongo/naiveModel.js';
import { smallDocs } from '../unit/embedded-mongo/arbitraries.js';

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

const scalars = fc.constantFrom<unknown>(
  null,
  new Int32(0),
  new Int32(1),
  new Int32(2),
  new Double(1),
  new Double(1.5),
  new Double(-0),
  new Double(NaN),
  Long.fromNumber(2),
  Decimal128.fromString('1.0'),
  Decimal128.fromString('1.5'),
  'x',
  'xy',
  true,
  new Date(0),
);
const values = fc.oneof({ weight: 3, arbitrary: scalars }, { weight: 1, arbitrary: smallDocs.value });
const paths = fc.constantFrom('a', 'a', 'b', 'b', 'c', 'a.b', 'b.a', 'a.0', 'a.b.c', 'a.1.b', 'c.0.a');
const ids = fc.constantFrom<unknown>(...Array.from({ length: 10 }, (_, i) => new Int32(i)), new Double(3), Long.fromNumber(4), 'k', { a: new Int32(1) });

const bodies = fc.oneof({ weight: 2, arbitrary: smallDocs.doc }, { weight: 1, arbitrary: fc.dictionary(fc.constantFrom('a', 'b', 'c'), values, { noNullPrototype: true }) });
const docs = fc.tuple(ids, bodies).map(([_id, body]): Doc => ({ _id, ...body }));

const comparison = fc.record({ op: fc.constantFrom('$eq', '$eq', '$ne', '$gt', '$gte', '$lt', '$lte'), arg: values });
const asCondition = ({ op, arg }: { op: string; arg: unknown }): Doc => ({ [op]: arg });
const single = fc.oneof(
  { weight: 6, arbitrary: comparison.map(asCondition) },
  { weight: 2, arbitrary: fc.record({ op: fc.constantFrom('$in', '$in', '$nin', '$all'), arg: fc.array(values, { maxLength: 3 }) }).map(asCondition) },
  { weight: 1, arbitrary: fc.boolean().map((wanted): Doc => ({ $exists: wanted })) },
  { weight: 1, arbitrary: fc.constantFrom<Doc>({ $regex: '^x' }, { $regex: '^xy' }, { $size: 1 }, { $size: 2 }) },
  { weight: 1, arbitrary: fc.constantFrom('int', 'double', 'number', 'string', 'array', 'object', 'null', 'date').map((alias): Doc => ({ $type: alias })) },
  { weight: 1, arbitrary: comparison.map((one): Doc => ({ $not: asCondition(one) })) },
  { weight: 1, arbitrary: comparison.map((one): Doc => ({ $elemMatch: asCondition(one) })) },
  { weight: 1, arbitrary: fc.tuple(paths, comparison).map(([path, one]): Doc => ({ $elemMatch: { [path]: asCondition(one) } })) },
);
const ranges = fc.tuple(fc.constantFrom('$gt', '$gte'), scalars, fc.constantFrom('$lt', '$lte'), scalars).map(([lower, from, upper, to]): Doc => ({ [lower]: from, [upper]: to }));
const conditions = fc.tuple(paths, fc.oneof({ weight: 4, arbitrary: single }, { weight: 1, arbitrary: ranges })).map(([path, condition]): Doc => ({ [path]: condition }));

const filters: fc.Arbitrary<Doc> = fc.oneof(
  { weight: 4, arbitrary: conditions },
  { weight: 2, arbitrary: fc.tuple(conditions, conditions).map(([one, other]): Doc => ({ ...one, ...other })) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom('$and', '$or', '$nor'), fc.array(conditions, { minLength: 1, maxLength: 3 })).map(([op, list]): Doc => ({ [op]: list })) },
  { weight: 1, arbitrary: ids.map((_id): Doc => ({ _id })) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom('$in', '$gt', '$lte'), ids).map(([op, id]): Doc => ({ _id: { [op]: op === '$in' ? [id, new Int32(5)] : id } })) },
  { weight: 1, arbitrary: fc.constantFrom<Doc>({}, { $expr: { $gt: ['$a', '$b'] } }, { $expr: { $eq: ['$b', '$c'] } }) },
);

const fields = fc.tuple(fc.constantFrom('a', 'b', 'c', 'a.b', 'b.a', 'a.0', 'c.0.a'), fc.constantFrom(1 as const, -1 as const));
const fieldLists = fc.uniqueArray(fields, { selector: ([path]) => path, minLength: 1, maxLength: 3 });
const sorts = fc.oneof(fc.constant([]), fieldLists);

const numbers = fc.constantFrom<unknown>(new Int32(1), new Int32(-2), new Double(0.5), Long.fromNumber(3), Decimal128.fromString('1'));
const pushed = fc.record(
  { $each: fc.array(values, { maxLength: 3 }), $position: fc.constantFrom(new Int32(0), new Int32(1), new Int32(-1)), $slice: fc.constantFrom(new Int32(0), new Int32(2), new Int32(-2)), $sort: fc.constantFrom<unknown>(new Int32(1), new Int32(-1), { a: new Int32(1), b: new Int32(-1) }) },
  { requiredKeys: ['$each'], noNullPrototype: true },
);
const pulled = fc.oneof(values, comparison.map(asCondition), fc.tuple(fc.constantFrom('a', 'b'), comparison).map(([name, one]): Doc => ({ [name]: asCondition(one) })));
const changes = fc.tuple(
  paths,
  fc.oneof(
    { weight: 4, arbitrary: fc.tuple(fc.constantFrom('$set', '$set', '$min', '$max', '$push', '$addToSet', '$setOnInsert'), values) },
    { weight: 2, arbitrary: fc.tuple(fc.constantFrom('$inc', '$mul'), numbers) },
    { weight: 1, arbitrary: fc.tuple(fc.constant('$unset'), fc.constant('')) },
    { weight: 1, arbitrary: fc.tuple(fc.constant('$push'), pushed) },
    { weight: 1, arbitrary: fc.tuple(fc.constant('$addToSet'), fc.record({ $each: fc.array(values, { maxLength: 3 }) }, { noNullPrototype: true })) },
    { weight: 1, arbitrary: fc.tuple(fc.constant('$pull'), pulled) },
    { weight: 1, arbitrary: fc.tuple(fc.constant('$pullAll'), fc.array(values, { maxLength: 2 })) },
    { weight: 1, arbitrary: fc.tuple(fc.constant('$pop'), fc.constantFrom(new Int32(1), new Int32(-1))) },
    { weight: 1, arbitrary: fc.tuple(fc.constant('$rename'), paths) },
  ),
);

function updateOf(list: [string, [string, unknown]][]): Doc {
  const update: Record<string, Doc> = {};
  for (const [path, [operator, argument]] of list) update[operator] = { ...update[operator], [path]: argument };
  return update;
}

const updates: fc.Arbitrary<Doc> = fc.oneof(
  { weight: 5, arbitrary: fc.array(changes, { minLength: 1, maxLength: 3 }).map(updateOf) },
  { weight: 1, arbitrary: bodies },
);

const projections: fc.Arbitrary<Doc> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.subarray(['a.b', 'b', 'c.a'], { minLength: 1 }), fc.constantFrom(0, 1), fc.constantFrom(undefined, 0, 1))
      .map(([names, flag, id]): Doc => ({ ...Object.fromEntries(names.map((name) => [name, flag])), ...(id === undefined ? {} : { _id: id }) })),
  },
);

const partials = fc.constantFrom<Doc | undefined>(undefined, undefined, undefined, { a: { $gt: new Int32(0) } }, { b: { $exists: true } }, { c: { $type: 'string' } }, { a: new Int32(1), b: { $lte: 'x' } });
const indexes: fc.Arbitrary<IndexSpec> = fc.record({ fields: fieldLists, unique: fc.integer({ min: 0, max: 4 }).map((n) => n === 0), partial: partials });

const inserts = fc.record({ kind: fc.constant('insert' as const), docs: fc.array(docs, { minLength: 1, maxLength: 4 }), ordered: fc.boolean() });
const plainUpdates = fc.record({ kind: fc.constant('update' as const), filter: filters, update: updates, multi: fc.boolean(), upsert: fc.constant(false) });
const upserts = fc
  .tuple(ids, fc.constantFrom('b', 'c.a', undefined), scalars, updates)
  .map(([_id, path, value, update]): Update => ({ kind: 'update', filter: { _id, ...(path === undefined ? {} : { [path]: { $eq: value } }) }, update, multi: false, upsert: true }));
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
  fc.tuple(bys, filters, sorts).map(([by, filter, sort]): Find => ({ kind: 'find', by, filter, sort, total: false, skip: 0, limit: 0, projection: {}, batchSize: 101 })),
);
const modifies = fc.record({ kind: fc.constant('modify' as const), filter: filters, sort: sorts, update: fc.option(updates, { nil: undefined, freq: 4 }), wantsNew: fc.boolean(), fields: projections });

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
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('count' as const), filter: filters, skip: fc.constantFrom(0, 1), limit: fc.constantFrom(0, 2) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('createIndex' as const), index: indexes }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('dropIndex' as const), which: fc.nat(5) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('transaction' as const), commits: fc.boolean(), operations: fc.array(inTransactions, { minLength: 1, maxLength: 4 }) }) },
);
