import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { BSONRegExp, Code, Int32, MaxKey, MinKey, Timestamp } from 'bson';
import fc from 'fast-check';
import { parsePipeline, runPipeline } from '../../../server/embedded-mongo/aggregate/pipeline.js';
import { decodingFor, NO_FIELDS, type Decoding } from '../../../server/embedded-mongo/planner/decoding.js';
import { Found } from '../../../server/embedded-mongo/planner/scan.js';
import { shapingFor } from '../../../server/embedded-mongo/planner/shaping.js';
import { parseFilter } from '../../../server/embedded-mongo/query/filter.js';
import { compileProjection } from '../../../server/embedded-mongo/query/projection.js';
import { compileSort } from '../../../server/embedded-mongo/query/sort.js';
import { decode, encode } from '../../../server/embedded-mongo/values/codec.js';
import { countElements } from '../../../server/embedded-mongo/values/elements.js';
import { fieldDecoder, Fields } from '../../../server/embedded-mongo/values/fields.js';
import type { Document } from '../../../server/embedded-mongo/values/types.js';
import { seed } from '../../support/property.js';
import { smallDocs, values } from './arbitraries.js';

const names = ['_id', 'a', 'ab', 'b', 'c', '长', '', 'constructor', '__proto__', 'x'.repeat(40)];
const rare = fc.constantFrom<unknown>(
  new BSONRegExp('^a', 'i'),
  new Timestamp({ t: 5, i: 6 }),
  new MinKey(),
  new MaxKey(),
  new Code('f'),
  new Code('f', { a: new Int32(1) }),
);
const rows = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...names), fc.oneof({ weight: 4, arbitrary: values }, rare)), { selector: ([name]) => name })
  .map((fields) => Object.fromEntries(fields));
const settings = { seed, numRuns: 2000 };

/** The named fields of a document decoded whole. */
const picked = (doc: Document, wanted: ReadonlySet<string>): Document =>
  Object.fromEntries(Object.entries(doc).filter(([name]) => wanted.has(name)));

const conditions: fc.Arbitrary<Document> = fc
  .tuple(fc.constantFrom('a', 'b', 'a.b', 'a.0', 'c.b.a'), fc.constantFrom('$eq', '$ne', '$gte', '$lt'), smallDocs.value)
  .map(([path, op, value]) => ({ [path]: { [op]: value } }));
const filters = fc.oneof(
  conditions,
  fc.tuple(conditions, conditions).map(([one, other]) => ({ $or: [one, { $and: [other] }] })),
  fc.constantFrom<Document>(
    { $expr: { $eq: ['$a', '$b.c'] } },
    { $expr: { $eq: ['$$ROOT', { a: 1 }] } },
    { a: { $elemMatch: { b: 1 } } },
    { c: { $not: { $exists: true } } },
  ),
);

const stages: readonly Document[] = [
  { $match: { 'a.b': { $ne: 1 } } },
  { $addFields: { 'a.z': '$b', c: { $ifNull: ['$c', '$$ROOT'] } } },
  { $set: { b: { $concatArrays: [['$a'], [1]] } } },
  { $unset: 'b' },
  { $sort: { 'b.a': 1, c: -1 } },
  { $unwind: '$a' },
  { $unwind: { path: '$c', includeArrayIndex: 'b', preserveNullAndEmptyArrays: true } },
  { $project: { 'a.b': 1, n: '$c' } },
  { $project: { c: 0 } },
  { $group: { _id: '$a', all: { $push: '$b' }, last: { $last: '$c.a' } } },
  { $group: { _id: { x: '$b', y: '$c' }, whole: { $first: '$$CURRENT' } } },
  { $limit: 2 },
  { $count: 'b' },
];

const stored = (raw: Uint8Array, decoding: Decoding): Found =>
  new Found(
    Buffer.alloc(0),
    { reader: { get: () => raw, pairs: () => [], keys: () => [] }, collectionId: 1, decoding, examined: { keys: 0, docs: 0 } },
    raw,
  );

/** What came out, or how it was refused. */
function outcome(make: () => unknown): unknown {
  try {
    return make();
  } catch (error) {
    return (error as Error).message;
  }
}

describe('decoding some fields', () => {
  it('gives what decoding the whole document gives', () => {
    fc.assert(
      fc.property(rows, fc.subarray(names), (row, chosen) => {
        const wanted = new Set(chosen);
        const raw = encode(row);
        const expected = picked(decode(raw), wanted);
        deepStrictEqual(picked(fieldDecoder(wanted)(raw), wanted), expected);
        deepStrictEqual(Buffer.from(new Fields(wanted).cut(raw)), Buffer.from(encode(expected)));
        strictEqual(countElements(raw), Object.keys(row).length);
      }),
      settings,
    );
  });

  it('does not wander off in damaged bytes', () => {
    const fields = new Fields(new Set(['c', 'nowhere']));
    fc.assert(
      fc.property(rows, fc.nat(), fc.nat(255), (row, where, byte) => {
        const raw = Buffer.from(encode(row));
        raw[where % raw.length] = byte;
        try {
          fields.cut(raw);
        } catch (error) {
          strictEqual((error as Error).message.includes('damaged'), true);
        }
      }),
      settings,
    );
  });

  it('lets the same documents pass a filter, in the same order', () => {
    fc.assert(
      fc.property(smallDocs.doc, filters, fc.constantFrom<Document>({}, { 'b.c': 1 }, { c: -1, a: 1 }), (doc, filter, sort) => {
        const raw = encode(doc);
        const node = parseFilter(filter);
        const sorter = compileSort(sort);
        for (const reads of [NO_FIELDS, new Set(['b']), null]) {
          const found = stored(raw, decodingFor(node, sorter.fields, reads));
          strictEqual(found.passes(node), node.test(decode(raw)));
          deepStrictEqual(
            outcome(() => sorter.keyOf(found.doc)),
            outcome(() => sorter.keyOf(decode(raw))),
          );
        }
      }),
      settings,
    );
  });

  it('gives the same projections', () => {
    const specs = [
      {},
      { a: 1 },
      { a: 1, b: true, _id: 0 },
      { 'a.b': 1, c: 1 },
      { a: { b: { c: 1 } } },
      { b: 0 },
      { 'a.b': 0, _id: 0 },
      { _id: 1 },
      { '_id.a': 1 },
    ];
    fc.assert(
      fc.property(smallDocs.doc, smallDocs.value, fc.constantFrom<Document>(...specs), (doc, id, spec) => {
        const raw = encode({ _id: id, ...doc });
        const { reads, shape } = shapingFor(spec);
        const found = stored(raw, decodingFor(parseFilter({}), [], reads));
        deepStrictEqual(Buffer.from(shape(found)), Buffer.from(encode(compileProjection(spec)(decode(raw)))));
      }),
      settings,
    );
  });

  it('gives pipelines all that they read', () => {
    const context = { now: new Date(0), lookup: () => () => [] };
    const run = (specs: Document[], docs: readonly Document[]): unknown =>
      outcome(() =>
        [...runPipeline(parsePipeline(specs), docs, context)].filter((doc) => doc !== undefined).map((doc) => Buffer.from(encode(doc))),
      );
    fc.assert(
      fc.property(
        fc.array(smallDocs.doc, { maxLength: 4 }),
        fc.array(fc.constantFrom(...stages), { minLength: 1, maxLength: 4 }),
        (docs, specs) => {
          const raws = docs.map(encode);
          const partly = fieldDecoder(parsePipeline(specs).fields);
          deepStrictEqual(run(specs, raws.map(partly)), run(specs, raws.map(decode)));
        },
      ),
      settings,
    );
  });
});
