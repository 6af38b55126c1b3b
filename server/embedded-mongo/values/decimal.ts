import type { Decimal128, Long } from 'bson';
import { isType } from './types.js';

/** An exact finite number: `coefficient × 10^exponent`. */
export interface ExactNumber {
  readonly coefficient: bigint;
  readonly exponent: number;
}

const scratch = new DataView(new ArrayBuffer(8));

/** The exact decimal value of a finite double (every double has a finite decimal expansion). */
function exactDouble(n: number): ExactNumber {
  if (Number.isSafeInteger(n)) return { coefficient: BigInt(n), exponent: 0 };
  scratch.setFloat64(0, n);
  const bits = scratch.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = biased === 0 ? fraction : fraction | 0x10000000000000n;
  const power = (biased === 0 ? 1 : biased) - 1075;
  const signed = n < 0 ? -mantissa : mantissa;
  if (power >= 0) return { coefficient: signed << BigInt(power), exponent: 0 };
  return { coefficient: signed * 5n ** BigInt(-power), exponent: power };
}

/** A decimal128 as a finite exact number, or as the JS number that stands for NaN or an infinity. */
function exactDecimal(value: Decimal128): ExactNumber | number {
  const text = value.toString();
  const parts = /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/.exec(text);
  if (parts === null) return text === 'NaN' ? NaN : text.startsWith('-') ? -Infinity : Infinity;
  const [, sign = '', whole = '', fraction = '', power = '0'] = parts;
  const digits = BigInt(whole + fraction);
  return { coefficient: sign === '-' ? -digits : digits, exponent: Number(power) - fraction.length };
}

/** Any BSON number as an exact value; NaN and infinities come back as JS numbers. */
export function toExact(value: unknown): ExactNumber | number {
  if (typeof value === 'bigint') return { coefficient: value, exponent: 0 };
  if (isType(value, 'decimal')) return exactDecimal(value);
  if (isType(value, 'long')) return { coefficient: (value as Long).toBigInt(), exponent: 0 };
  const n = Number(value);
  return Number.isFinite(n) ? exactDouble(n) : n;
}

const digitCount = (n: bigint): number => (n < 0n ? -n : n).toString().length;

const signOf = (n: bigint): number => (n > 0n ? 1 : n < 0n ? -1 : 0);

/** Orders two exact numbers without rounding. */
export function compareExact(a: ExactNumber, b: ExactNumber): number {
  const sign = signOf(a.coefficient);
  const other = signOf(b.coefficient);
  if (sign !== other || sign === 0) return Math.sign(sign - other);
  // Far apart magnitudes need no alignment; this keeps huge exponents cheap.
  const magnitude = digitCount(a.coefficient) + a.exponent - (digitCount(b.coefficient) + b.exponent);
  if (magnitude !== 0) return Math.sign(magnitude) * sign;
  return signOf(subtractExact(a, b).coefficient);
}

/** The exact difference `a − b`. */
export function subtractExact(a: ExactNumber, b: ExactNumber): ExactNumber {
  const exponent = Math.min(a.exponent, b.exponent);
  const left = a.coefficient * 10n ** BigInt(a.exponent - exponent);
  const right = b.coefficient * 10n ** BigInt(b.exponent - exponent);
  return { coefficient: left - right, exponent };
}
