import { Binary, Decimal128, Double, Int32, Long, ObjectId } from 'bson';
import fc from 'fast-check';

const specialDoubles = [0, -0, 1, -1, 0.1, 1.5, NaN, Infinity, -Infinity, Number.MAX_VALUE, Number.MIN_VALUE, 2 ** 53, 2 ** 63, -(2 ** 63)];
const specialLongs = [
  '0',
  '1',
  '-1',
  '9007199254740992',
  '9007199254740993',
  '-9007199254740993',
  '9223372036854775807',
  '-9223372036854775808',
];
const specialDecimals = [
  '0',
  '-0',
  '1',
  '1.0',
  '0.1',
  '-1.5',
  '9007199254740993',
  '9223372036854775807.5',
  '1E+400',
  '-1E+400',
  '1E-400',
  'NaN',
  'Infinity',
  '-Infinity',
];

/** Numbers of all four types, crowded around the places where they meet. */
export const numbers = fc.oneof(
  fc.integer({ min: -3, max: 3 }).map((n) => new Int32(n)),
  fc.integer().map((n) => new Int32(n)),
  fc.constantFrom(...specialDoubles).map((n) => new Double(n)),
  fc.double().map((n) => new Double(n)),
  fc.constantFrom(...specialLongs).map((text) => Long.fromString(text)),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((n) => Long.fromBigInt(n)),
  fc.constantFrom(...specialDecimals).map((text) => Decimal128.fromString(text)),
  fc
    .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: -30, max: 30 }))
    .map(([digits, power]) => Decimal128.fromString(`${digits.toString()}E${String(power)}`)),
);

const texts = fc.oneof(
  fc.constantFrom('', 'a', 'b', 'ab', 'a\0', 'a\0b', '\0', '王', '\uffee', '\u{1f600}'),
  fc.string({ unit: 'grapheme', maxLength: 4 }),
);

/** Every scalar type that is stored. */
export const scalars = fc.oneof(
  numbers,
  texts,
  fc.constantFrom(null, true, false),
  fc.integer({ min: -2, max: 2 }).map((ms) => new Date(ms)),
  fc.uint8Array({ maxLength: 3 }).map((bytes) => new Binary(bytes)),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new ObjectId(bytes)),
);

/** Scalars, arrays and documents, two deep, with few names so that values often meet. */
export const values = fc.letrec<{ value: unknown; array: unknown[]; doc: Record<string, unknown> }>((tie) => ({
  value: fc.oneof({ depthSize: 'small', maxDepth: 2 }, scalars, tie('array'), tie('doc')),
  array: fc.array(tie('value'), { maxLength: 3 }),
  doc: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { maxKeys: 3, noNullPrototype: true }),
})).value;

/** Small documents with the fields a, b and c, whose values are few so that conditions often hold. */
export const smallDocs = fc.letrec<{ value: unknown; array: unknown[]; doc: Record<string, unknown> }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    {
      weight: 5,
      arbitrary: fc.constantFrom<unknown>(
        null,
        new Int32(0),
        new Int32(1),
        new Double(1),
        new Int32(2),
        Long.fromNumber(2),
        'x',
        'y',
        true,
      ),
    },
    { weight: 2, arbitrary: tie('array') },
    { weight: 2, arbitrary: tie('doc') },
  ),
  array: fc.array(tie('value'), { maxLength: 3 }),
  doc: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { maxKeys: 3, noNullPrototype: true }),
}));
