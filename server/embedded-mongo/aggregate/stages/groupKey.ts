import { Decimal128, Double, Int32, Long, ObjectId } from 'bson';
import { binaryParts, compareValues, regexParts } from '../../values/compare.js';
import { toExact } from '../../values/decimal.js';
import { isDocument, isNumeric, typeInfo, type Document } from '../../values/types.js';

const counted = (text: string): string => `${String(text.length)}:${text}`;

/** Texts of numbers are equal exactly when the numbers are, across int32, long, double and decimal128. */
function numberText(value: unknown): string {
  if (typeof value === 'number') return floatText(value);
  if (value instanceof Int32) return `n${String(value.value)}`;
  if (value instanceof Double) return floatText(value.value);
  if (value instanceof Long) return `n${value.toString()}`;
  return decimalText(value);
}

function floatText(n: number): string {
  // Above 2^53 a double is a whole number that a long may equal digit by digit.
  return Number.isInteger(n) && !Number.isSafeInteger(n) ? `n${String(BigInt(n))}` : `n${String(n === 0 ? 0 : n)}`;
}

function decimalText(value: unknown): string {
  const exact = toExact(value);
  if (typeof exact === 'number') return `n${String(exact)}`;
  const near = value instanceof Decimal128 ? Number(value.toString()) : Number(exact.coefficient);
  if (Number.isFinite(near) && compareValues(new Double(near), value) === 0) return floatText(near);
  let { coefficient, exponent } = exact;
  while (coefficient !== 0n && coefficient % 10n === 0n) {
    coefficient /= 10n;
    exponent += 1;
  }
  // Only a whole number can equal a long; every other one here is no double either.
  const whole = exponent >= 0 && exponent < 20;
  return whole ? `n${String(coefficient * 10n ** BigInt(exponent))}` : `x${String(coefficient)}e${String(exponent)}`;
}

function documentText(doc: Document): string {
  let text = '{';
  for (const key of Object.keys(doc)) text += counted(key) + groupKey(doc[key]);
  return `${text}}`;
}

/** Texts of the types that are rare as keys. */
function otherText(value: unknown): string {
  const { alias } = typeInfo(value);
  if (alias === 'binData') {
    const { bytes, subtype } = binaryParts(value);
    return `b${String(subtype)}:${Buffer.from(bytes).toString('base64')};`;
  }
  if (alias === 'regex') {
    const { pattern, options } = regexParts(value);
    return `r${counted(pattern)}${counted(options)}`;
  }
  return `${alias}${counted(String(value))}`;
}

function objectText(value: object): string {
  if (value instanceof ObjectId) return `o${value.toHexString()}`;
  if (value instanceof Date) return `d${String(value.getTime())};`;
  if (Array.isArray(value)) return `[${value.map(groupKey).join('')}]`;
  if (isNumeric(value)) return `${numberText(value)};`;
  return isDocument(value) ? documentText(value) : otherText(value);
}

/**
 * A text that two values share exactly when they are equal for `$group` and `$addToSet`: numbers across types,
 * documents with key order; missing and null differ. Every text ends where it ends, so texts can be joined.
 */
export function groupKey(value: unknown): string {
  if (typeof value === 'string') return `s${counted(value)}`;
  if (value === undefined) return 'u;';
  if (value === null) return '0;';
  if (typeof value === 'object') return objectText(value);
  return typeof value === 'boolean' ? `${String(value)};` : `${numberText(value)};`;
}
