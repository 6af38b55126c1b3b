import { compareValues } from '../../values/compare.js';
import { toNumber } from '../../values/numbers.js';
import { isNumeric } from '../../values/types.js';
import { binary, unary, variadic, type OperatorParser } from './expression.js';

/** Truth of a value: false, null, missing and every zero are false; all else is true, also `''`, `[]` and NaN. */
export function isTrue(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  if (value === null || value === undefined) return false;
  return isNumeric(value) ? toNumber(value) !== 0 : true;
}

const comparison = (holds: (order: number) => boolean): OperatorParser => binary((a, b) => holds(compareValues(a, b)));

/** Comparison across all types, where missing comes before null, and boolean logic. */
export const booleanOperators = {
  $eq: comparison((order) => order === 0),
  $ne: comparison((order) => order !== 0),
  $gt: comparison((order) => order > 0),
  $gte: comparison((order) => order >= 0),
  $lt: comparison((order) => order < 0),
  $lte: comparison((order) => order <= 0),
  $cmp: binary((a, b) => Math.sign(compareValues(a, b))),
  $and: variadic((_name, args) => (root) => args.every((arg) => isTrue(arg(root)))),
  $or: variadic((_name, args) => (root) => args.some((arg) => isTrue(arg(root)))),
  $not: unary((value) => !isTrue(value)),
} satisfies Record<string, OperatorParser>;
