import { expect } from 'chai';
import { Double, Int32, Long } from 'bson';
import fc from 'fast-check';
import { compareValues } from '../../../server/embedded-mongo/values/compare.js';
import type { Document } from '../../../server/embedded-mongo/values/types.js';
import { holdsForAll } from '../../support/property.js';
import { aggregate, asJson, asStored } from './aggregate-support.js';

const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.integer({ min: 0, max: 3 }).map((n) => new Int32(n)),
  fc.integer({ min: 0, max: 7 }).map((n) => new Double(n / 2)),
  fc.integer({ min: 0, max: 3 }).map((n) => Long.fromNumber(n)),
  fc.constantFrom('', 'a', 'ab', null, undefined, true, false),
  fc.integer({ min: 0, max: 2 }).map((n) => new Date(n)),
  fc.record({ x: fc.integer({ min: 0, max: 1 }) }),
);
const anyArray = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 3 });

const anyDocuments: fc.Arbitrary<Document[]> = fc
  .array(fc.record({ k: fc.oneof(anyValue, anyArray), v: anyValue, list: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }) }), {
    maxLength: 40,
  })
  .map((docs) => docs.map((doc, _id) => asStored({ _id, ...doc })));

function law(check: (docs: Document[]) => void): void {
  holdsForAll([anyDocuments], (docs) => {
    check(docs);
    return true;
  });
}

/** Groups by comparing each with each, as slow and as plain as can be. */
function naiveGroups(docs: readonly Document[]): { id: unknown; members: Document[] }[] {
  const groups: { id: unknown; members: Document[] }[] = [];
  for (const doc of docs) {
    const id = doc['k'] ?? null;
    const group = groups.find((known) => compareValues(known.id, id) === 0);
    if (group === undefined) groups.push({ id, members: [doc] });
    else group.members.push(doc);
  }
  return groups;
}

const numbersOf = (members: readonly Document[]): number[] =>
  members
    .map((doc) => doc['v'])
    .flatMap((v) => (v instanceof Int32 || v instanceof Double ? [v.value] : v instanceof Long ? [v.toNumber()] : []));

function best(members: readonly Document[], sign: number): unknown {
  let held: unknown = null;
  for (const { v } of members) {
    if (v !== null && v !== undefined && (held === null || compareValues(v, held) * sign > 0)) held = v;
  }
  return held;
}

describe('laws of aggregation on random documents', () => {
  it('$group agrees with comparing each with each', () => {
    law((docs) => {
      const spec = {
        _id: '$k',
        count: { $count: {} },
        sum: { $sum: '$v' },
        min: { $min: '$v' },
        max: { $max: '$v' },
        first: { $first: '$v' },
        last: { $last: '$v' },
        all: { $push: '$v' },
      };
      const expected = naiveGroups(docs).map(({ id, members }) => ({
        _id: id,
        count: members.length,
        sum: numbersOf(members).reduce((a, b) => a + b, 0),
        min: best(members, -1),
        max: best(members, 1),
        first: members[0]?.['v'] ?? null,
        last: members.at(-1)?.['v'] ?? null,
        all: members.map((doc) => doc['v']).filter((v) => v !== undefined),
      }));
      const given = aggregate(docs, [{ $group: spec }]).map((group) => ({ ...group, sum: Number(group['sum']) }));
      expect(asJson(given)).to.equal(asJson(expected));
    });
  });

  it('$sort gives every document once, in order, equal ones as they came', () => {
    law((docs) => {
      const sorted = aggregate(docs, [{ $sort: { k: 1 } }, { $group: { _id: null, ids: { $push: '$_id' } } }])[0]?.['ids'] ?? [];
      const key = (doc: Document): unknown => (Array.isArray(doc['k']) ? [...doc['k']].sort(compareValues)[0] : (doc['k'] ?? null));
      const expected = docs.map((doc, i) => ({ key: key(doc), i })).sort((a, b) => compareValues(a.key, b.key) || a.i - b.i);
      expect((sorted as Int32[]).map(Number)).to.deep.equal(expected.map(({ i }) => i));
    });
  });

  it('$sort with $limit is the beginning of $sort', () => {
    law((docs) => {
      const sort = { $sort: { k: -1, v: 1 } };
      const whole = aggregate(docs, [sort]);
      const top = aggregate(docs, [sort, { $skip: 2 }, { $limit: 5 }]);
      expect(asJson(top)).to.equal(asJson(whole.slice(2, 7)));
    });
  });

  it('$group with $push undoes $unwind', () => {
    law((docs) => {
      const back = aggregate(docs, [{ $unwind: '$list' }, { $group: { _id: '$_id', list: { $push: '$list' } } }]);
      const kept = docs.filter((doc) => (doc['list'] as unknown[]).length > 0).map(({ _id, list }) => ({ _id, list }));
      expect(asJson(back)).to.equal(asJson(kept));
    });
  });

  it('$unwind, then $count, counts the elements; what preserve adds are the empty ones', () => {
    law((docs) => {
      const count = (preserveNullAndEmptyArrays: boolean): number =>
        Number(aggregate(docs, [{ $unwind: { path: '$list', preserveNullAndEmptyArrays } }, { $count: 'n' }])[0]?.['n'] ?? 0);
      const lengths = docs.map((doc) => (doc['list'] as unknown[]).length);
      const elements = lengths.reduce((a, b) => a + b, 0);
      expect(count(false)).to.equal(elements);
      expect(count(true)).to.equal(elements + lengths.filter((n) => n === 0).length);
    });
  });

  it('$match splits: what passes a filter and what passes its opposite is everything', () => {
    law((docs) => {
      const filter = { v: { $gte: 1 } };
      const [yes, no] = [filter, { $nor: [filter] }].map((f) => aggregate(docs, [{ $match: f }, { $count: 'n' }])[0]?.['n'] ?? 0);
      expect(Number(yes) + Number(no)).to.equal(docs.length);
    });
  });

  it('$lookup into the same collection finds each document itself', () => {
    law((docs) => {
      const joined = aggregate(docs, [{ $lookup: { from: 'self', localField: '_id', foreignField: '_id', as: 'self' } }], docs);
      expect(asJson(joined.map((doc) => doc['self']))).to.equal(asJson(docs.map((doc) => [doc])));
    });
  });
});
