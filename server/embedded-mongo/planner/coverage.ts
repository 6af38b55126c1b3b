import { andNode } from '../query/filter.js';
import type { FilterNode } from '../query/node.js';
import type { Index } from '../storage/catalogue.js';
import { typeInfo } from '../values/types.js';
import type { SortField } from './plan.js';

/** Longer texts may be cut in a key. */
const SHORT = 200;

/** Values that stand in an index under themselves alone, and nothing else with them: null also stands for missing, NaN has no order. */
function isPlain(value: unknown): boolean {
  if (typeof value === 'string') return value.length < SHORT;
  const { alias } = typeInfo(value);
  if (['int', 'long', 'double'].includes(alias)) return !Number.isNaN(Number(value));
  return alias === 'date' || alias === 'objectId' || alias === 'bool';
}

/** Below a number NaN would be met too, which no comparison finds. */
const leavesNaNOut = (value: unknown): boolean => ['string', 'date', 'objectId'].includes(typeInfo(value).alias);

/** Whether the bounds of a condition hold exactly what passes it, on a path where no array was ever met. */
function isExact(node: FilterNode): boolean {
  switch (node.op) {
    case 'eq':
    case 'gt':
    case 'gte':
      return isPlain(node.value);
    case 'lt':
    case 'lte':
      return isPlain(node.value) && leavesNaNOut(node.value);
    case 'in':
      return node.patterns.length === 0 && node.values.every(isPlain);
    default:
      return false;
  }
}

/** What remains to be tested of the conditions after the first `used` fields of an index were bounded by them. */
export function residual(
  conditions: readonly FilterNode[],
  index: Index | undefined,
  fields: readonly SortField[],
  used: number,
): FilterNode {
  const isRough = index !== undefined && (index.longKeys || index.multikey.some(Boolean));
  if (isRough) return andNode(conditions);
  const bounded = fields.slice(0, used).map(({ path }) => path);
  return andNode(conditions.filter((node) => !('path' in node && bounded.includes(node.path) && isExact(node))));
}

/** True when there is nothing to test. */
export const isEverything = (node: FilterNode): boolean => node.op === 'and' && node.nodes.length === 0;
