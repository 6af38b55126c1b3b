import { deepStrictEqual, strictEqual, throws } from 'node:assert/strict';
import { Binary, BSONRegExp, Code, DBRef, Decimal128, Double, Int32, Long, ObjectId } from 'bson';
import { StoreError } from '../../../server/embedded-mongo/errors.js';
import { decode, encode } from '../../../server/embedded-mongo/values/codec.js';
import { compareValues, equalValues } from '../../../server/embedded-mongo/values/compare.js';
import { identical } from '../../../server/embedded-mongo/values/identical.js';
import { encodeKey, indexKeys, type KeyField } from '../../../server/embedded-mongo/values/keys.js';
import { add, divide, modulo, multiply, subtract } from '../../../server/embedded-mongo/values/numbers.js';
import { compilePath, valueTester } from '../../../server/embedded-mongo/values/paths.js';
import { show } from '../../../server/embedded-mongo/values/show.js';
import { isTruthy } from '../../../server/embedded-mongo/values/truth.js';
import { typeName } from '../../../server/embedded-mongo/values/types.js';
import { everyType } from './vectors/sort.js';

const isCode =
  (code: number) =>
  (error: unknown): boolean =>
    error instanceof StoreError && error.code === code;
const sign = (n: number): number => Math.sign(n);

/** Beyond the sortable ones of the vectors: types that only compare within themselves here. */
const ordered = [
  ...everyType.slice(0, -1).filter((value) => typeof value !== 'object' || value === null || !Array.isArray(value)),
  new BSONRegExp('a', 'i'),
  new BSONRegExp('b'),
  new Code('a'),
  new Code('b'),
  everyType.at(-1),
];

describe('embedded store: values', () => {
  it('keep their number types through decoding and encoding', () => {
    const doc = { d: new Double(1), i: new Int32(1), l: Long.ONE, m: Decimal128.fromString('1.0'), n: new Double(-0) };
    const bytes = encode(doc);
    deepStrictEqual(Buffer.from(encode(decode(bytes))), Buffer.from(bytes));
  });

  it('leave out keys that hold nothing', () => {
    deepStrictEqual(Object.keys(decode(encode({ a: undefined, b: null }))), ['b']);
  });

  it('compare in the order of types, and their keys in the same order', () => {
    for (const [i, a] of ordered.entries()) {
      for (const [j, b] of ordered.entries()) {
        strictEqual(sign(compareValues(a, b)), sign(i - j), `${show(a)} against ${show(b)}`);
        strictEqual(sign(Buffer.compare(encodeKey([a], [1]), encodeKey([b], [1]))), sign(i - j), `key of ${show(a)} against ${show(b)}`);
        strictEqual(
          sign(Buffer.compare(encodeKey([a], [-1]), encodeKey([b], [-1]))),
          sign(j - i),
          `descending key of ${show(a)} against ${show(b)}`,
        );
      }
    }
  });

  it('put arrays between documents and bytes', () => {
    const values = [
      { z: 1 },
      [],
      [1],
      [1, 2],
      [2],
      new Binary(Buffer.from('')),
      new Binary(Buffer.from('b')),
      new Binary(Buffer.from('b'), 5),
      new Binary(Buffer.from('aa')),
    ];
    const keys = values.map((value) => encodeKey([value], [1]));
    for (let i = 1; i < values.length; i += 1) {
      strictEqual(compareValues(values[i - 1], values[i]), -1);
      strictEqual(Buffer.compare(keys[i - 1] as Buffer, keys[i] as Buffer), -1);
    }
  });

  it('tell equal from identical', () => {
    strictEqual(equalValues(new Int32(1), Decimal128.fromString('1.0')), true);
    strictEqual(identical(new Int32(1), new Double(1)), false);
    strictEqual(identical({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }), true);
    strictEqual(identical({ a: 1, b: 2 }, { b: 2, a: 1 }), false);
  });

  it('name their types, and refuse what the store does not know', () => {
    deepStrictEqual([1, 1.5, 'x', null, undefined, new ObjectId(), true].map(typeName), [
      'int',
      'double',
      'string',
      'null',
      'missing',
      'objectId',
      'bool',
    ]);
    throws(() => typeName(new DBRef('c', new ObjectId())), isCode(2));
  });

  it('are true but for false, null, missing and zero', () => {
    deepStrictEqual([false, null, undefined, 0, new Double(-0), Long.ZERO, Decimal128.fromString('0.0')].filter(isTruthy), []);
    strictEqual([true, '', [], {}, new Double(NaN), 1].every(isTruthy), true);
  });
});

describe('embedded store: paths', () => {
  /** All values a query on the path looks at; a missing leaf appears as `undefined`. */
  function pathValues(doc: Record<string, unknown>, path: string): unknown[] {
    const found: unknown[] = [];
    valueTester(compilePath(path), (value) => {
      found.push(value);
      return false;
    })(doc);
    return found;
  }

  it('give elements and the whole array', () => {
    deepStrictEqual(pathValues({ a: [1, [2]] }, 'a'), [1, [2], [1, [2]]]);
    deepStrictEqual(pathValues({ a: [{ b: 1 }, {}, 5, [{ b: 2 }]] }, 'a.b'), [1, undefined]);
    deepStrictEqual(pathValues({ a: [[1, 2]] }, 'a.0'), [[1, 2]]);
    deepStrictEqual(pathValues({ a: 1 }, 'a.b'), [undefined]);
    deepStrictEqual(pathValues({ a: [] }, 'a.b'), []);
  });
});

describe('embedded store: index keys', () => {
  const keys = (doc: Record<string, unknown>, ...paths: string[]): unknown[][] =>
    indexKeys(
      doc,
      paths.map((path): KeyField => ({ path, direction: 1 })),
    );

  it('one key without arrays, missing as null', () => {
    deepStrictEqual(keys({ a: 1, b: { c: 2 } }, 'a', 'b.c', 'x'), [[1, 2, null]]);
    deepStrictEqual(keys({ a: 5 }, 'a.b'), [[null]]);
  });

  it('one key for each element', () => {
    deepStrictEqual(keys({ a: [1, 2], b: 3 }, 'b', 'a'), [
      [3, 1],
      [3, 2],
    ]);
    deepStrictEqual(keys({ a: [{ b: 1, c: 2 }, { b: 3 }, 4] }, 'a.b', 'a.c'), [
      [1, 2],
      [3, null],
      [null, null],
    ]);
    deepStrictEqual(keys({ a: [{ b: [1, 2] }, { b: 3 }] }, 'a.b'), [[1], [2], [3]]);
    deepStrictEqual(keys({ a: [[1, 2]] }, 'a'), [[[1, 2]]]);
  });

  it('an empty array is below null at the leaf and null above it', () => {
    deepStrictEqual(keys({ a: [] }, 'a'), [[undefined]]);
    deepStrictEqual(keys({ a: [] }, 'a.b'), [[null]]);
  });

  it('an element by position', () => {
    deepStrictEqual(keys({ a: [7, 8] }, 'a.1'), [[8]]);
    deepStrictEqual(keys({ a: [[1, 2]] }, 'a.0'), [[[1, 2]]]);
    throws(() => keys({ a: [{ 0: 1 }] }, 'a.0'), isCode(16746));
  });

  it('refuse two different arrays', () => {
    throws(() => keys({ a: [1], b: [2] }, 'a', 'b'), isCode(171));
    deepStrictEqual(keys({ a: [1], b: 2 }, 'a', 'b'), [[1, 2]]);
  });
});

describe('embedded store: numbers', () => {
  it('climb from int32 to int64 to double', () => {
    deepStrictEqual(add(1, 2), new Int32(3));
    deepStrictEqual(add(new Int32(2147483647), 1), Long.fromNumber(2147483648));
    deepStrictEqual(add(Long.ONE, 1), Long.fromNumber(2));
    deepStrictEqual(add(1, new Double(0.5)), new Double(1.5));
    deepStrictEqual(subtract(1, Long.ONE), Long.ZERO);
    deepStrictEqual(multiply(Long.MAX_VALUE, 2), new Double(2 ** 64));
  });

  it('divide to a double, and keep whole remainders', () => {
    deepStrictEqual(divide(6, 3), new Double(2));
    deepStrictEqual(modulo(-7, 3), new Int32(-1));
    deepStrictEqual(modulo(Long.fromNumber(7), 4), Long.fromNumber(3));
    throws(() => divide(1, 0), isCode(2));
    throws(() => modulo(1, 0), isCode(16610));
  });

  it('refuse Decimal128', () => {
    throws(() => add(1, Decimal128.fromString('1')), isCode(2));
  });
});
