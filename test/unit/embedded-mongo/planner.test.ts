import { deepStrictEqual } from 'node:assert/strict';
import { Double, Int32, Long } from 'bson';
import fc from 'fast-check';
import { NO_FIELDS } from '../../../server/embedded-mongo/planner/decoding.js';
import { Source } from '../../../server/embedded-mongo/planner/source.js';
import { parseFilter } from '../../../server/embedded-mongo/query/filter.js';
import { makeIndex, type Collection } from '../../../server/embedded-mongo/storage/catalogue.js';
import { applyChange } from '../../../server/embedded-mongo/storage/changes.js';
import { idKey } from '../../../server/embedded-mongo/storage/entries.js';
import { StoreError } from '../../../server/embedded-mongo/errors.js';
import { decode, encode } from '../../../server/embedded-mongo/values/codec.js';
import type { Document } from '../../../server/embedded-mongo/values/types.js';
import { seed } from '../../support/property.js';
import { MemoryTarget } from './memoryTarget.js';

const plain = fc.constantFrom<unknown>(
  null,
  new Int32(0),
  new Int32(1),
  new Double(1),
  new Double(1.5),
  new Double(NaN),
  Long.fromNumber(2),
  'x',
  'xy',
  'z'.repeat(1000),
  true,
  false,
  new Date(0),
  new Date(5),
);
const value = fc.oneof(
  { weight: 6, arbitrary: plain },
  { weight: 1, arbitrary: fc.array(plain, { maxLength: 2 }) },
  { weight: 1, arbitrary: fc.record({ c: plain }) },
);
const flat = fc.dictionary(fc.constantFrom('a', 'b'), plain, { noNullPrototype: true });
const spread = fc.dictionary(fc.constantFrom('a', 'b'), value, { noNullPrototype: true });

const comparison = fc.tuple(fc.constantFrom('$eq', '$gt', '$gte', '$lt', '$lte', '$ne'), plain).map(([op, arg]) => ({ [op]: arg }));
const condition = fc.oneof(
  { weight: 4, arbitrary: comparison },
  { weight: 1, arbitrary: fc.array(plain, { maxLength: 3 }).map((list) => ({ $in: list })) },
  { weight: 1, arbitrary: fc.tuple(comparison, comparison).map(([one, other]) => ({ ...one, ...other })) },
);
const filter = fc.dictionary(fc.constantFrom('a', 'b', 'a.c', '_id'), condition, { maxKeys: 3, noNullPrototype: true });

const indexSpecs: readonly Document[] = [
  { key: { a: 1 } },
  { key: { a: -1, b: 1 } },
  { key: { b: 1, a: -1 } },
  { key: { 'a.c': 1 } },
  { key: { a: 1 }, partialFilterExpression: { b: { $gt: 0 } } },
];

/** A collection in memory with the documents that its indexes take. */
function filled(docs: readonly Document[], specs: readonly Document[]): { collection: Collection; target: MemoryTarget; kept: Document[] } {
  const target = new MemoryTarget();
  const indexes = specs.map((spec, i) => makeIndex(10 + i, { name: `i${String(i)}`, ...spec }));
  const collection: Collection = { id: 1, db: 'd', name: 'c', indexes, count: 0, dropped: false };
  const kept: Document[] = [];
  for (const [i, fields] of docs.entries()) {
    const raw = encode({ _id: new Int32(i), ...fields });
    const after = decode(raw);
    try {
      applyChange(target, collection, { id: idKey(after['_id']), before: undefined, after, raw });
      kept.push(after);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
    }
  }
  return { collection, target, kept };
}

describe('the planner', () => {
  const settings = { seed, numRuns: 3000 };

  it('finds through any index what the filter finds, each document once', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.array(flat, { maxLength: 8 }), fc.array(spread, { maxLength: 8 })),
        fc.subarray([...indexSpecs], { minLength: 1, maxLength: 2 }),
        filter,
        (docs, specs, wanted) => {
          const { collection, target, kept } = filled(docs, specs);
          const node = parseFilter(wanted);
          const expected = kept.filter((doc) => node.test(doc)).map((doc) => Number(doc['_id']));
          for (const hint of [undefined, 'i0']) {
            const source = new Source(collection, { filter: node, sort: {}, skip: 0, limit: 0, hint }, NO_FIELDS);
            const ids = [...source.run(target)].flatMap((found) => (found === undefined ? [] : [Number(decode(found.raw)['_id'])]));
            deepStrictEqual(
              ids.sort((a, b) => a - b),
              expected,
            );
          }
        },
      ),
      settings,
    );
  });

  it('reads no document when the bounds answer the whole filter', () => {
    const { collection, target } = filled([{ a: 'x', b: new Date(0) }, { a: 'x', b: new Date(5) }, { a: 'y' }], [{ key: { a: 1, b: 1 } }]);
    const reads: string[] = [];
    const counting = {
      pairs: target.pairs.bind(target),
      keys: target.keys.bind(target),
      get: (key: Uint8Array) => (reads.push('get'), target.get(key)),
    };
    const found = (spec: Document): number => {
      const source = new Source(collection, { filter: parseFilter(spec), sort: {}, skip: 0, limit: 0, hint: undefined }, NO_FIELDS);
      return [...source.run(counting)].filter((one) => one !== undefined).length;
    };
    deepStrictEqual([found({ a: 'x', b: { $gt: new Date(0) } }), reads.length], [1, 0]);
    deepStrictEqual([found({ a: 'x', b: { $ne: null } }), reads.length], [2, 2]);
  });
});
