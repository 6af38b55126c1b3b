import { refuse } from '../errors.js';
import { compareValues, equalValues } from '../values/compare.js';
import { compilePath, valueTester } from '../values/paths.js';
import { isNumeric, typeInfo } from '../values/types.js';
import type { CompiledRegex, ComparisonOp, FilterNode } from './node.js';
import { passesRegex } from './regex.js';

/** Tests one value that the path reached; `undefined` is a missing field. */
export type ValueTest = (value: unknown) => boolean;

const isNaNValue = (value: unknown): boolean => isNumeric(value) && Number.isNaN(Number(value.toString()));

const orderTests: Readonly<Record<'gt' | 'gte' | 'lt' | 'lte', (order: number) => boolean>> = {
  gt: (order) => order > 0,
  gte: (order) => order >= 0,
  lt: (order) => order < 0,
  lte: (order) => order <= 0,
};

/** Equality; null also finds a missing field. */
export function equalTest(wanted: unknown): ValueTest {
  if (wanted === null) return (value) => value === null || value === undefined;
  return (value) => equalValues(value, wanted);
}

/** Order within the operand's type; MinKey and MaxKey as operands compare with every type and with a missing field. */
function orderTest(op: 'gt' | 'gte' | 'lt' | 'lte', wanted: unknown): ValueTest {
  const passes = orderTests[op];
  const inclusive = op === 'gte' || op === 'lte';
  if (wanted === null) return inclusive ? equalTest(null) : () => false;
  // NaN has no order: it only equals itself.
  if (isNaNValue(wanted)) return inclusive ? equalTest(wanted) : () => false;
  const { rank, alias } = typeInfo(wanted);
  if (alias === 'minKey' || alias === 'maxKey') return (value) => passes(compareValues(value, wanted));
  return (value) => value !== undefined && typeInfo(value).rank === rank && !isNaNValue(value) && passes(compareValues(value, wanted));
}

/** The test of a comparison without its negation: `ne` is the negation of `eq` over all values of the path. */
export function comparisonTest(op: ComparisonOp, wanted: unknown): ValueTest {
  return op === 'eq' || op === 'ne' ? equalTest(wanted) : orderTest(op, wanted);
}

/** The old BSON type "undefined" must not pass for a missing condition. */
function refuseUndefined(value: unknown): void {
  if (value === undefined) throw refuse.badValue('cannot compare to undefined');
}

/** A comparison of one path. */
export function comparisonNode(op: ComparisonOp, path: string, value: unknown): FilterNode {
  refuseUndefined(value);
  const test = valueTester(compilePath(path), comparisonTest(op, value));
  return { op, path, value, test: op === 'ne' ? (doc) => !test(doc) : test };
}

/** Short lists are scanned; long lists of strings are looked up. */
function memberTest(values: readonly unknown[], patterns: readonly CompiledRegex[]): ValueTest {
  const strings = new Set(values.filter((value) => typeof value === 'string'));
  const others = values.filter((value) => typeof value !== 'string').map(equalTest);
  return (value) => {
    if (typeof value === 'string' && strings.has(value)) return true;
    return others.some((passes) => passes(value)) || patterns.some((regex) => passesRegex(value, regex));
  };
}

/** `$in` and `$nin`. */
export function membershipNode(op: 'in' | 'nin', path: string, values: readonly unknown[], patterns: readonly CompiledRegex[]): FilterNode {
  values.forEach(refuseUndefined);
  const test = valueTester(compilePath(path), memberTest(values, patterns));
  return { op, path, values, patterns, test: op === 'nin' ? (doc) => !test(doc) : test };
}
