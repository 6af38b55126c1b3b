import { Double, Int32, Long } from 'bson';
import { refuse } from '../../errors.js';
import { add, divide, modulo, multiply, subtract, toBigInt, toNumber } from '../../values/numbers.js';
import { isNumeric, isType, typeName, type NumericValue } from '../../values/types.js';
import { binary, isNullish, unary, variadic, type OperatorParser } from './expression.js';
import { rounding } from './rounding.js';

const MAX_LONG = 2 ** 63;

const isPlain = (value: NumericValue): value is Int32 | Double => value instanceof Int32 || value instanceof Double;

type Operation = (a: NumericValue, b: NumericValue) => NumericValue;

/** Spares int32 and double, the common operands, the detour over bigint; what outgrows int32 goes the long way. */
const quickly =
  (onNumbers: (a: number, b: number) => number, exactly: Operation): Operation =>
  (a, b) => {
    if (!isPlain(a) || !isPlain(b)) return exactly(a, b);
    const n = onNumbers(a.value, b.value);
    if (a instanceof Double || b instanceof Double) return new Double(n);
    return (n | 0) === n ? new Int32(n) : exactly(a, b);
  };

const plus = quickly((a, b) => a + b, add);
const minus = quickly((a, b) => a - b, subtract);
const times = quickly((a, b) => a * b, multiply);
const modulus = quickly((a, b) => a % b, modulo);

/** Milliseconds to add to a date: doubles are rounded half away from zero; what leaves int64 overflows. */
function milliseconds(amount: NumericValue): number {
  // Adding zero refuses decimal128 with the arithmetic's own words.
  const n = toNumber(add(amount, 0));
  if (!(n >= -MAX_LONG && n < MAX_LONG)) throw refuse.overflow('date overflow');
  return Math.sign(n) * Math.round(Math.abs(n));
}

function addToDate(date: Date, amount: NumericValue, sign: 1 | -1): Date {
  const shifted = new Date(date.getTime() + sign * milliseconds(amount));
  if (Number.isNaN(shifted.getTime())) throw refuse.overflow('date overflow');
  return shifted;
}

function addTwo(a: Date | NumericValue, b: Date | NumericValue): Date | NumericValue {
  if (a instanceof Date) {
    if (b instanceof Date) throw refuse.location(16612, 'only one date allowed in an $add expression');
    return addToDate(a, b, 1);
  }
  return b instanceof Date ? addToDate(b, a, 1) : plus(a, b);
}

const sum = variadic((name, args) => (root) => {
  let total: Date | NumericValue = new Int32(0);
  for (const arg of args) {
    const value = arg(root);
    if (isNullish(value)) return null;
    if (!(value instanceof Date) && !isNumeric(value)) {
      throw refuse.typeMismatch(`${name} only supports numeric or date types, not ${typeName(value)}`);
    }
    total = addTwo(total, value);
  }
  return total;
});

const product = variadic((name, args) => (root) => {
  let total: NumericValue = new Int32(1);
  for (const arg of args) {
    const value = arg(root);
    if (isNullish(value)) return null;
    if (!isNumeric(value)) throw refuse.typeMismatch(`${name} only supports numeric types, not ${typeName(value)}`);
    total = times(total, value);
  }
  return total;
});

function difference(a: unknown, b: unknown): unknown {
  if (isNumeric(a) && isNumeric(b)) return minus(a, b);
  if (isNullish(a) || isNullish(b)) return null;
  if (a instanceof Date && b instanceof Date) return Long.fromNumber(a.getTime() - b.getTime());
  if (a instanceof Date && isNumeric(b)) return addToDate(a, b, -1);
  throw refuse.typeMismatch(`can't $subtract ${typeName(b)} from ${a instanceof Date ? 'Date' : typeName(a)}`);
}

function quotient(a: unknown, b: unknown): unknown {
  if (isNumeric(a) && isNumeric(b)) return divide(a, b);
  if (isNullish(a) || isNullish(b)) return null;
  throw refuse.typeMismatch(`$divide only supports numeric types, not ${typeName(a)} and ${typeName(b)}`);
}

function remainder(a: unknown, b: unknown): unknown {
  if (isNumeric(a) && isNumeric(b)) return toNumber(b) === 0 ? modulo(a, b) : modulus(a, b);
  if (isNullish(a) || isNullish(b)) return null;
  throw refuse.location(16611, `$mod only supports numeric types, not ${typeName(a)} and ${typeName(b)}`);
}

/** An operator of one number: null and missing give null, other types error 28765. */
const ofNumber = (compute: (value: NumericValue) => NumericValue): OperatorParser =>
  unary((value, name) => {
    if (isNullish(value)) return null;
    if (!isNumeric(value)) throw refuse.location(28765, `${name} only supports numeric types, not ${typeName(value)}`);
    return compute(value);
  });

function absolute(value: NumericValue): NumericValue {
  if (isType(value, 'long') && toBigInt(value) === -(2n ** 63n)) throw refuse.location(28680, "can't take $abs of long long min");
  return toNumber(value) < 0 ? subtract(new Int32(0), value) : add(value, new Int32(0));
}

/** Whole numbers are their own floor and ceiling; decimal128 is refused by the addition. */
const wholeBy =
  (cut: (n: number) => number) =>
  (value: NumericValue): NumericValue =>
    isType(value, 'double') ? new Double(cut(toNumber(value))) : add(value, new Int32(0));

export const arithmeticOperators = {
  $add: sum,
  $subtract: binary(difference),
  $multiply: product,
  $divide: binary(quotient),
  $mod: binary(remainder),
  $abs: ofNumber(absolute),
  $ceil: ofNumber(wholeBy(Math.ceil)),
  $floor: ofNumber(wholeBy(Math.floor)),
  $round: rounding('halfEven'),
  $trunc: rounding('towardZero'),
} satisfies Record<string, OperatorParser>;
