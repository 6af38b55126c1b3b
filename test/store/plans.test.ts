import { expect } from 'chai';
import fc from 'fast-check';
import type { Collection, Document } from 'mongodb';
import type { Connection } from 'mongoose';
import { dropAndClose, openTestDatabase } from '../support/database.js';
import { seed } from '../support/property.js';
import { plainDb } from './client.js';

interface Row extends Document {
  _id: number;
}

const INDEXES: Document[] = [
  { a: 1 },
  { a: -1, b: 1 },
  { a: 1, b: -1, c: 1 },
  { 'd.x': 1, b: 1 },
  { c: -1 },
  { b: 1, 'd.x': -1, 'd.y': 1 },
];

const scalar = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -2, max: 4 }) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(null, 'p', 'pq', 'q', true, 1.5, new Date(0), new Date(5)) },
);
const value = fc.oneof({ weight: 5, arbitrary: scalar }, { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) });
const sub = fc.record({ x: scalar, y: scalar }, { requiredKeys: [] });
const inner = fc.oneof(
  { weight: 2, arbitrary: sub },
  { weight: 1, arbitrary: fc.array(sub, { maxLength: 3 }) },
  { weight: 1, arbitrary: scalar },
);
// Only one of an index's fields may be an array, so arrays stand in one document on one field only.
const row = fc.oneof(
  { weight: 3, arbitrary: fc.record({ a: scalar, b: scalar, c: scalar, d: sub }, { requiredKeys: [] }) },
  { weight: 1, arbitrary: fc.record({ a: value, b: scalar, c: scalar, d: sub }, { requiredKeys: [] }) },
  { weight: 1, arbitrary: fc.record({ a: scalar, b: scalar, c: scalar, d: inner }, { requiredKeys: [] }) },
);
const condition: fc.Arbitrary<unknown> = fc.oneof(
  scalar,
  fc.record({ $in: fc.array(scalar, { minLength: 1, maxLength: 3 }) }),
  fc.record({ $gt: scalar, $lte: scalar }, { requiredKeys: [] }).filter((c) => Object.keys(c).length > 0),
  fc.record({ $gte: scalar, $lt: scalar }, { requiredKeys: [] }).filter((c) => Object.keys(c).length > 0),
  fc.record({ $exists: fc.boolean() }),
  fc.record({ $ne: scalar }),
  fc.constantFrom({ $regex: '^p' }, { $elemMatch: { $gt: 0, $lt: 3 } }),
);
const filter = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd.x', 'd.y'), condition, { maxKeys: 3 });
const sort = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd.x'), fc.constantFrom(1 as const, -1 as const)), {
  selector: ([path]) => path,
  maxLength: 3,
});

/** What a sort compares, so that ties may stand in any order. */
const sortKeys = (rows: Row[], fields: [string, 1 | -1][]): unknown[] =>
  rows.map((r) => fields.map(([path]) => (path === 'd.x' ? (r['d'] as Document | undefined)?.['x'] : r[path]) ?? null));

describe('plans of the store', () => {
  let connection: Connection;
  let plain: Collection<Row>;
  let indexed: Collection<Row>;

  before(async () => {
    connection = await openTestDatabase();
    plain = plainDb(connection).collection('plain');
    indexed = plainDb(connection).collection('indexed');
    await indexed.createIndexes(INDEXES.map((key) => ({ key: key })));
    await indexed.createIndex({ b: 1, c: 1 }, { partialFilterExpression: { a: { $gt: 0 } } });
  });
  after(() => dropAndClose(connection));

  it('find the same with and without indexes, in the same order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 25 }),
        fc.array(fc.tuple(filter, sort), { minLength: 4, maxLength: 8 }),
        async (rows, queries) => {
          const docs = rows.map((r, i): Row => ({ ...r, _id: i }));
          for (const collection of [plain, indexed]) {
            await collection.deleteMany({});
            await collection.insertMany(docs.map((doc) => ({ ...doc })));
          }
          for (const [where, order] of queries) {
            const [expected, found] = await Promise.all(
              [plain, indexed].map((c) =>
                c
                  .find(where as object)
                  .sort(Object.fromEntries(order))
                  .toArray(),
              ),
            );
            const ids = (list: Row[] | undefined): number[] => (list ?? []).map((one) => one._id).sort((x, y) => x - y);
            expect(ids(found), JSON.stringify({ where, order })).to.deep.equal(ids(expected));
            const hasArrays = rows.some((r) => Array.isArray(r.a) || Array.isArray(r.d));
            if (!hasArrays)
              expect(sortKeys(found ?? [], order), JSON.stringify({ where, order })).to.deep.equal(sortKeys(expected ?? [], order));
          }
        },
      ),
      { seed, numRuns: 60 },
    );
  }).timeout(60_000);
});
