import type { Decimal128, ObjectId } from 'bson';
import { refuse, StoreError } from '../../errors.js';
import { toBigInt, toNumber } from '../../values/numbers.js';
import { isNumeric, typeInfo, typeName } from '../../values/types.js';
import { isNullish, ranged, unary, variadic, type OperatorParser } from './expression.js';

/** A double with 16 significant digits, as C's `%.16g` prints it. */
function doubleText(n: number): string {
  if (!Number.isFinite(n)) return Number.isNaN(n) ? 'NaN' : n > 0 ? 'Infinity' : '-Infinity';
  const [mantissa = '0', power = '0'] = n.toExponential(15).split('e');
  const exponent = Number(power);
  const trimmed = (digits: string): string => (digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits);
  if (exponent >= -4 && exponent < 16) return trimmed(n.toFixed(Math.min(100, 15 - exponent)));
  return `${trimmed(mantissa)}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** Texts of the scalar types by alias; types that are not here have none. */
const texts: Readonly<Record<string, (value: unknown) => string>> = {
  string: (value) => value as string,
  int: (value) => String(Number(value)),
  long: (value) => String(toBigInt(value as bigint)),
  double: (value) => doubleText(Number(value)),
  decimal: (value) => (value as Decimal128).toString(),
  date: (value) => (value as Date).toISOString(),
};

const convertible: typeof texts = {
  ...texts,
  bool: (value) => String(value),
  objectId: (value) => (value as ObjectId).toHexString(),
};

const coercible: typeof texts = {
  ...texts,
  null: () => '',
};

/** `$toString`: error 241 for types without a text. */
function toText(value: unknown): string | null {
  if (isNullish(value)) return null;
  const text = convertible[typeInfo(value).alias];
  if (text === undefined) {
    throw new StoreError(
      `Unsupported conversion from ${typeName(value)} to string in $convert with no onError value`,
      241,
      'ConversionFailure',
    );
  }
  return text(value);
}

/** What string operators make of an operand that is no string: null and missing are empty; error 16007 for types without a text. */
function coerced(value: unknown): string {
  if (value === undefined) return '';
  const text = coercible[typeInfo(value).alias];
  if (text === undefined) throw refuse.location(16007, `can't convert from BSON type ${typeName(value)} to String`);
  return text(value);
}

const concat = variadic((name, args) => (root) => {
  let text = '';
  for (const arg of args) {
    const value = arg(root);
    if (isNullish(value)) return null;
    if (typeof value !== 'string') throw refuse.location(16702, `${name} only supports strings, not ${typeName(value)}`);
    text += value;
  }
  return text;
});

interface IntegerOperand {
  readonly called: string;
  readonly notNumeric: number;
  readonly notInt32: number;
}

const startOperand: IntegerOperand = { called: 'starting index', notNumeric: 34450, notInt32: 34451 };
const lengthOperand: IntegerOperand = { called: 'length', notNumeric: 34452, notInt32: 34453 };

function int32Operand(value: unknown, { called, notNumeric, notInt32 }: IntegerOperand): number {
  if (!isNumeric(value)) {
    throw refuse.location(notNumeric, `$substrCP: ${called} must be a numeric type (is BSON type ${typeName(value)})`);
  }
  const n = toNumber(value);
  if ((n | 0) !== n) throw refuse.location(notInt32, `$substrCP: ${called} cannot be represented as a 32-bit integral value: ${n}`);
  return n;
}

const substrCP = ranged({ min: 3, max: 3 }, (_name, args) => (root) => {
  const [text, start, length] = args.map((arg) => arg(root));
  const chars = Array.from(coerced(text));
  const from = int32Operand(start, startOperand);
  const count = int32Operand(length, lengthOperand);
  if (count < 0) throw refuse.location(34454, '$substrCP: length must be a nonnegative integer.');
  if (from < 0) throw refuse.location(34455, '$substrCP: the starting index must be nonnegative integer.');
  return chars.slice(from, from + count).join('');
});

function lengthInCodePoints(value: unknown): number {
  if (typeof value !== 'string') throw refuse.location(34471, `$strLenCP requires a string argument, found: ${typeName(value)}`);
  let count = 0;
  for (const _char of value) count += 1;
  return count;
}

const asciiUpper = (text: string): string => text.replace(/[a-z]+/g, (part) => part.toUpperCase());
const asciiLower = (text: string): string => text.replace(/[A-Z]+/g, (part) => part.toLowerCase());

export const stringOperators = {
  $concat: concat,
  $substrCP: substrCP,
  $strLenCP: unary(lengthInCodePoints),
  $toUpper: unary((value) => asciiUpper(coerced(value))),
  $toLower: unary((value) => asciiLower(coerced(value))),
  $toString: unary(toText),
} satisfies Record<string, OperatorParser>;
