import { compareValues } from '../../values/compare.js';
import { isTruthy } from '../../values/truth.js';
import { binary, unary, variadic, type OperatorParser } from './expression.js';

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
  $and: variadic((_name, args) => (root) => args.every((arg) => isTruthy(arg(root)))),
  $or: variadic((_name, args) => (root) => args.some((arg) => isTruthy(arg(root)))),
  $not: unary((value) => !isTruthy(value)),
} satisfies Record<string, OperatorParser>;
