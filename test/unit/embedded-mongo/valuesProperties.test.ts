import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { decode, encode } from '../../../server/embedded-mongo/values/codec.js';
import { compareValues, equalValues } from '../../../server/embedded-mongo/values/compare.js';
import { identical } from '../../../server/embedded-mongo/values/identical.js';
import { encodeKey } from '../../../server/embedded-mongo/values/keys.js';
import { seed } from '../../support/property.js';
import { numbers, values } from './arbitraries.js';

const key = (value: unknown, direction: 1 | -1 = 1): Buffer => encodeKey([value], [direction]);

describe('embedded store: laws of values', () => {
  it('the order of numbers is antisymmetric and transitive', () => {
    fc.assert(
      fc.property(numbers, numbers, numbers, (a, b, c) => {
        strictEqual(compareValues(a, b), 0 - compareValues(b, a));
        const sorted = [a, b, c].sort(compareValues);
        strictEqual(compareValues(sorted[0], sorted[2]) <= 0, true);
      }),
      { seed, numRuns: 2000 },
    );
  });

  it('the bytes of keys of numbers have the order of the numbers', () => {
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        strictEqual(Buffer.compare(key(a), key(b)), compareValues(a, b));
      }),
      { seed, numRuns: 5000 },
    );
  });

  it('the bytes of keys have the order of the values, either way round', () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        strictEqual(Buffer.compare(key(a), key(b)), compareValues(a, b));
        strictEqual(Buffer.compare(key(a, -1), key(b, -1)), compareValues(b, a));
      }),
      { seed, numRuns: 3000 },
    );
  });

  it('keys of several components are ordered component by component', () => {
    const directions = fc.constantFrom<1 | -1>(1, -1);
    fc.assert(
      fc.property(fc.tuple(values, values), fc.tuple(values, values), fc.tuple(directions, directions), (a, b, [first, second]) => {
        const expected = (compareValues(a[0], b[0]) * first || compareValues(a[1], b[1]) * second) + 0;
        strictEqual(Buffer.compare(encodeKey(a, [first, second]), encodeKey(b, [first, second])), expected);
      }),
      { seed, numRuns: 2000 },
    );
  });

  it("no key is the beginning of another value's key", () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const [x, y] = [key(a), key(b)];
        strictEqual(x.equals(y.subarray(0, x.length)), equalValues(a, b));
      }),
      { seed, numRuns: 2000 },
    );
  });

  it('decoding and encoding give the same bytes and identical values', () => {
    fc.assert(
      fc.property(values, (value) => {
        const bytes = encode({ value });
        const back = decode(bytes);
        deepStrictEqual(Buffer.from(encode(back)), Buffer.from(bytes));
        strictEqual(identical(back.value, value), true);
      }),
      { seed },
    );
  });

  it('identical values are equal', () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        if (identical(a, b)) strictEqual(equalValues(a, b), true);
        strictEqual(identical(a, structureCopy(a)), true);
      }),
      { seed },
    );
  });
});

const structureCopy = (value: unknown): unknown => decode(encode({ value })).value;
