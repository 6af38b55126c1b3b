import { Double, Int32, Long } from 'bson';
import { refuse } from '../errors.js';
import { isType, type NumericValue } from './types.js';

const MIN_LONG = -(2n ** 63n);
const MAX_LONG = 2n ** 63n - 1n;

type Kind = 'int' | 'long' | 'double';

function kindOf(value: NumericValue): Kind {
  if (isType(value, 'decimal')) throw refuse.badValue('arithmetic on Decimal128 values is not supported');
  if (isType(value, 'long')) return 'long';
  return isType(value, 'int') ? 'int' : 'double';
}

/** The wider of two kinds on the tower int32 → long → double. */
function widerKind(a: NumericValue, b: NumericValue): Kind {
  const kinds = [kindOf(a), kindOf(b)];
  if (kinds.includes('double')) return 'double';
  return kinds.includes('long') ? 'long' : 'int';
}

/** Any BSON number as the nearest JS number. */
export function toNumber(value: NumericValue): number {
  if (typeof value === 'number') return value;
  if (isType(value, 'decimal')) return Number(value.toString());
  return isType(value, 'long') ? Number(toBigInt(value)) : Number(value);
}

/** A whole number of any type as bigint; the caller has checked that it is whole. */
export function toBigInt(value: NumericValue): bigint {
  if (typeof value === 'bigint') return value;
  return isType(value, 'long') ? value.toBigInt() : BigInt(toNumber(value));
}

/** A whole result as int32 if both operands were int32 and it fits, else as long, else undefined (overflow). */
function fitWhole(result: bigint, kind: Kind): Int32 | Long | undefined {
  if (kind === 'int' && result === BigInt.asIntN(32, result)) return new Int32(Number(result));
  return result < MIN_LONG || result > MAX_LONG ? undefined : Long.fromBigInt(result);
}

interface Operation {
  readonly whole: (a: bigint, b: bigint) => bigint;
  readonly float: (a: number, b: number) => number;
}

const addition: Operation = { whole: (a, b) => a + b, float: (a, b) => a + b };
const subtraction: Operation = { whole: (a, b) => a - b, float: (a, b) => a - b };
const multiplication: Operation = { whole: (a, b) => a * b, float: (a, b) => a * b };

/** Whole arithmetic that leaves int64 gives undefined. */
function exactly(operation: Operation, a: NumericValue, b: NumericValue): NumericValue | undefined {
  const kind = widerKind(a, b);
  if (kind === 'double') return new Double(operation.float(toNumber(a), toNumber(b)));
  return fitWhole(operation.whole(toBigInt(a), toBigInt(b)), kind);
}

/** Expressions go over to double where int64 ends; updates refuse instead (see `addWhole`, `multiplyWhole`). */
function widened(operation: Operation, a: NumericValue, b: NumericValue): NumericValue {
  return exactly(operation, a, b) ?? new Double(operation.float(toNumber(a), toNumber(b)));
}

/** `$inc`: the sum, or undefined when it leaves int64. */
export const addWhole = (a: NumericValue, b: NumericValue): NumericValue | undefined => exactly(addition, a, b);

/** `$mul`: the product, or undefined when it leaves int64. */
export const multiplyWhole = (a: NumericValue, b: NumericValue): NumericValue | undefined => exactly(multiplication, a, b);

/** `$add`, `$sum`: int32 → long → double. */
export const add = (a: NumericValue, b: NumericValue): NumericValue => widened(addition, a, b);

/** `$subtract` of numbers. */
export const subtract = (a: NumericValue, b: NumericValue): NumericValue => widened(subtraction, a, b);

/** `$multiply`. */
export const multiply = (a: NumericValue, b: NumericValue): NumericValue => widened(multiplication, a, b);

/** `$divide`: always a double; division by zero is MongoDB's error 2. */
export function divide(a: NumericValue, b: NumericValue): Double {
  kindOf(a);
  kindOf(b);
  const divisor = toNumber(b);
  if (divisor === 0) throw refuse.badValue("can't $divide by zero");
  return new Double(toNumber(a) / divisor);
}

/** `$mod`: the sign of the dividend; whole for whole operands. */
export function modulo(a: NumericValue, b: NumericValue): NumericValue {
  const kind = widerKind(a, b);
  if (toNumber(b) === 0) throw refuse.location(16610, "can't $mod by zero");
  if (kind === 'double') return new Double(toNumber(a) % toNumber(b));
  return fitWhole(toBigInt(a) % toBigInt(b), kind) as NumericValue;
}
