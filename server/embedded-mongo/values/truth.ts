import { isNumeric } from './types.js';
import { toNumber } from './numbers.js';

/** MongoDB's truth: false, null, missing and any zero are false; everything else (also NaN and '') is true. */
export function isTruthy(value: unknown): boolean {
  if (value === false || value === null || value === undefined) return false;
  return !isNumeric(value) || toNumber(value) !== 0;
}
