import { Decimal128, Double, Int32, Long } from 'bson';
import fc from 'fast-check';
import type { Doc } from '../unit/embedded-mongo/naiveModel.js';
import { smallDocs } from '../unit/embedded-mongo/arbitraries.js';
import type { IndexSpec } from './modelOperations.js';

export const scalars = fc.constantFrom<unknown>(
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
export const paths = fc.constantFrom('a', 'a', 'b', 'b', 'c', 'a.b', 'b.a', 'a.0', 'a.b.c', 'a.1.b', 'c.0.a');
export const ids = fc.constantFrom<unknown>(...Array.from({ length: 10 }, (_, i) => new Int32(i)), new Double(3), Long.fromNumber(4), 'k', {
  a: new Int32(1),
});

const bodies = fc.oneof(
  { weight: 2, arbitrary: smallDocs.doc },
  { weight: 1, arbitrary: fc.dictionary(fc.constantFrom('a', 'b', 'c'), values, { noNullPrototype: true }) },
);
export const docs = fc.tuple(ids, bodies).map(([_id, body]): Doc => ({ _id, ...body }));

const comparison = fc.record({ op: fc.constantFrom('$eq', '$eq', '$ne', '$gt', '$gte', '$lt', '$lte'), arg: values });
const asCondition = ({ op, arg }: { op: string; arg: unknown }): Doc => ({ [op]: arg });
const single = fc.oneof(
  { weight: 6, arbitrary: comparison.map(asCondition) },
  {
    weight: 2,
    arbitrary: fc.record({ op: fc.constantFrom('$in', '$in', '$nin', '$all'), arg: fc.array(values, { maxLength: 3 }) }).map(asCondition),
  },
  { weight: 1, arbitrary: fc.boolean().map((wanted): Doc => ({ $exists: wanted })) },
  { weight: 1, arbitrary: fc.constantFrom<Doc>({ $regex: '^x' }, { $regex: '^xy' }, { $size: 1 }, { $size: 2 }) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('int', 'double', 'number', 'string', 'array', 'object', 'null', 'date')
      .map((alias): Doc => ({ $type: alias })),
  },
  { weight: 1, arbitrary: comparison.map((one): Doc => ({ $not: asCondition(one) })) },
  { weight: 1, arbitrary: comparison.map((one): Doc => ({ $elemMatch: asCondition(one) })) },
  { weight: 1, arbitrary: fc.tuple(paths, comparison).map(([path, one]): Doc => ({ $elemMatch: { [path]: asCondition(one) } })) },
);
const ranges = fc
  .tuple(fc.constantFrom('$gt', '$gte'), scalars, fc.constantFrom('$lt', '$lte'), scalars)
  .map(([lower, from, upper, to]): Doc => ({ [lower]: from, [upper]: to }));
const conditions = fc
  .tuple(paths, fc.oneof({ weight: 4, arbitrary: single }, { weight: 1, arbitrary: ranges }))
  .map(([path, condition]): Doc => ({ [path]: condition }));

export const filters: fc.Arbitrary<Doc> = fc.oneof(
  { weight: 4, arbitrary: conditions },
  { weight: 2, arbitrary: fc.tuple(conditions, conditions).map(([one, other]): Doc => ({ ...one, ...other })) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('$and', '$or', '$nor'), fc.array(conditions, { minLength: 1, maxLength: 3 }))
      .map(([op, list]): Doc => ({ [op]: list })),
  },
  { weight: 1, arbitrary: ids.map((_id): Doc => ({ _id })) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('$in', '$gt', '$lte'), ids)
      .map(([op, id]): Doc => ({ _id: { [op]: op === '$in' ? [id, new Int32(5)] : id } })),
  },
  { weight: 1, arbitrary: fc.constantFrom<Doc>({}, { $expr: { $gt: ['$a', '$b'] } }, { $expr: { $eq: ['$b', '$c'] } }) },
);

const fields = fc.tuple(fc.constantFrom('a', 'b', 'c', 'a.b', 'b.a', 'a.0', 'c.0.a'), fc.constantFrom(1 as const, -1 as const));
const fieldLists = fc.uniqueArray(fields, { selector: ([path]) => path, minLength: 1, maxLength: 3 });
export const sorts = fc.oneof(fc.constant([]), fieldLists);

const numbers = fc.constantFrom<unknown>(new Int32(1), new Int32(-2), new Double(0.5), Long.fromNumber(3), Decimal128.fromString('1'));
const pushed = fc.record(
  {
    $each: fc.array(values, { maxLength: 3 }),
    $position: fc.constantFrom(new Int32(0), new Int32(1), new Int32(-1)),
    $slice: fc.constantFrom(new Int32(0), new Int32(2), new Int32(-2)),
    $sort: fc.constantFrom<unknown>(new Int32(1), new Int32(-1), { a: new Int32(1), b: new Int32(-1) }),
  },
  { requiredKeys: ['$each'], noNullPrototype: true },
);
const pulled = fc.oneof(
  values,
  comparison.map(asCondition),
  fc.tuple(fc.constantFrom('a', 'b'), comparison).map(([name, one]): Doc => ({ [name]: asCondition(one) })),
);
const changes = fc.tuple(
  paths,
  fc.oneof(
    { weight: 4, arbitrary: fc.tuple(fc.constantFrom('$set', '$set', '$min', '$max', '$push', '$addToSet', '$setOnInsert'), values) },
    { weight: 2, arbitrary: fc.tuple(fc.constantFrom('$inc', '$mul'), numbers) },
    { weight: 1, arbitrary: fc.tuple(fc.constant('$unset'), fc.constant('')) },
    { weight: 1, arbitrary: fc.tuple(fc.constant('$push'), pushed) },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.constant('$addToSet'), fc.record({ $each: fc.array(values, { maxLength: 3 }) }, { noNullPrototype: true })),
    },
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

export const updates: fc.Arbitrary<Doc> = fc.oneof(
  { weight: 5, arbitrary: fc.array(changes, { minLength: 1, maxLength: 3 }).map(updateOf) },
  { weight: 1, arbitrary: bodies },
);

export const projections: fc.Arbitrary<Doc> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.subarray(['a.b', 'b', 'c.a'], { minLength: 1 }), fc.constantFrom(0, 1), fc.constantFrom(undefined, 0, 1))
      .map(([names, flag, id]): Doc => ({
        ...Object.fromEntries(names.map((name) => [name, flag])),
        ...(id === undefined ? {} : { _id: id }),
      })),
  },
);

const partials = fc.constantFrom<Doc | undefined>(
  undefined,
  undefined,
  undefined,
  { a: { $gt: new Int32(0) } },
  { b: { $exists: true } },
  { c: { $type: 'string' } },
  { a: new Int32(1), b: { $lte: 'x' } },
);
export const indexes: fc.Arbitrary<IndexSpec> = fc.record({
  fields: fieldLists,
  unique: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
  partial: partials,
});
