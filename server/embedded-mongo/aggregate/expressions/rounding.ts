import { Double, Int32, Long } from 'bson';
import { refuse } from '../../errors.js';
import { toExact } from '../../values/decimal.js';
import { add, toBigInt, toNumber } from '../../values/numbers.js';
import { isNumeric, isType, typeName, type NumericValue } from '../../values/types.js';
import { isNullish, ranged, type OperatorParser } from './expression.js';

export type RoundingMode = 'halfEven' | 'towardZero';

/** `dividend / divisor` as a whole number. */
function divideWhole(dividend: bigint, divisor: bigint, mode: RoundingMode): bigint {
  const quotient = dividend / divisor;
  const rest = (dividend % divisor) * 2n;
  const size = rest < 0n ? -rest : rest;
  const up = mode === 'halfEven' && (size > divisor || (size === divisor && quotient % 2n !== 0n));
  return up ? quotient + (dividend < 0n ? -1n : 1n) : quotient;
}

/** Rounds the exact decimal value of a double, so 2.675 (really 2.67499…) gives 2.67, and keeps the sign of zero. */
function roundDouble(n: number, place: number, mode: RoundingMode): number {
  const exact = toExact(n);
  if (typeof exact === 'number' || -exact.exponent <= place) return n;
  const whole = divideWhole(exact.coefficient, 10n ** BigInt(-exact.exponent - place), mode);
  const rounded = Number(`${String(whole)}e${-place}`);
  return rounded === 0 && n < 0 ? -0 : rounded;
}

/** Whole numbers change only at negative places; an int32 that outgrows its type becomes a long. */
function roundWhole(value: NumericValue, place: number, mode: RoundingMode): NumericValue {
  if (place >= 0) return value;
  const step = 10n ** BigInt(-place);
  const rounded = divideWhole(toBigInt(value), step, mode) * step;
  if (rounded !== BigInt.asIntN(64, rounded)) {
    throw refuse.location(51080, `invalid conversion from Decimal128 result in rounding ${String(toBigInt(value))} to place ${place}`);
  }
  const fitsInt = isType(value, 'int') && rounded === BigInt.asIntN(32, rounded);
  return fitsInt ? new Int32(Number(rounded)) : Long.fromBigInt(rounded);
}

function placeOf(value: unknown, name: string): number {
  const place = isNumeric(value) ? toNumber(value) : NaN;
  if (!Number.isInteger(place)) throw refuse.location(51082, `precision argument to  ${name} must be a integral value`);
  if (place < -20 || place > 100) {
    throw refuse.location(51083, `cannot apply ${name} with precision value ${place} value must be in [-20, 100]`);
  }
  return place;
}

function rounded(value: unknown, place: () => unknown, mode: RoundingMode, name: string): unknown {
  if (isNullish(value)) return null;
  if (!isNumeric(value)) throw refuse.location(51081, `${name} only supports numeric types, not ${typeName(value)}`);
  const given = place();
  if (isNullish(given)) return null;
  const digits = placeOf(given, name);
  if (isType(value, 'double')) return new Double(roundDouble(toNumber(value), digits, mode));
  // Adding zero refuses decimal128 with the arithmetic's own words.
  return roundWhole(add(value, new Int32(0)), digits, mode);
}

/** `$round` and `$trunc`: a number and, if given, a decimal place from -20 to 100. */
export const rounding = (mode: RoundingMode): OperatorParser =>
  ranged(
    { min: 1, max: 2 },
    (name, [number, place]) =>
      (root) =>
        rounded(number?.(root), () => (place === undefined ? 0 : place(root)), mode, name),
  );
