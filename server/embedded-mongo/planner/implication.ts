import type { FilterNode } from '../query/node.js';
import { compareValues } from '../values/compare.js';
import { typeInfo, typeRank } from '../values/types.js';
import { conjuncts } from './bounds.js';

/** True when every document that passes the conditions lies in the partial index; when in doubt, false. */
export function implies(conditions: readonly FilterNode[], partial: FilterNode | undefined): boolean {
  if (partial === undefined) return true;
  return conjuncts(partial).every((needed) => conditions.some((given) => covers(given, needed)));
}

function covers(given: FilterNode, needed: FilterNode): boolean {
  return 'path' in given && 'path' in needed && given.path === needed.path && coversField(given, needed);
}

function coversField(given: FilterNode, needed: FilterNode): boolean {
  if (needed.op === 'exists') return needed.wanted && provesPresence(given);
  if (given.op === 'eq') return passes(given.value, needed);
  if (given.op === 'in') return given.patterns.length === 0 && given.values.every((value) => passes(value, needed));
  return isOrdered(given) && isOrdered(needed) && isNarrower(given, needed);
}

const present = new Set<FilterNode['op']>(['regex', 'size', 'elemMatch', 'elemMatchValue']);

function provesPresence(given: FilterNode): boolean {
  if (given.op === 'in') return given.values.every((value) => value !== null);
  if (given.op === 'exists') return given.wanted;
  if (given.op === 'eq') return given.value !== null;
  // Order with null, MinKey or MaxKey also holds for a missing field.
  if (isOrdered(given)) return !['null', 'minKey', 'maxKey'].includes(typeInfo(given.value).alias);
  return present.has(given.op);
}

/** Whether one plain value meets the needed condition, tried on a document that holds just that value. */
function passes(value: unknown, needed: FilterNode): boolean {
  if (value === null || Array.isArray(value) || !('path' in needed)) return false;
  if (needed.op !== 'eq' && needed.op !== 'in' && needed.op !== 'type' && !isOrdered(needed)) return false;
  return needed.test(nested(needed.path, value));
}

const nested = (path: string, value: unknown): Record<string, unknown> =>
  path.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as Record<string, unknown>;

type Ordered = Extract<FilterNode, { op: 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte' }> & { op: 'gt' | 'gte' | 'lt' | 'lte' };

const isOrdered = (node: FilterNode): node is Ordered => ['gt', 'gte', 'lt', 'lte'].includes(node.op);

function isNarrower(given: Ordered, needed: Ordered): boolean {
  const upward = (node: Ordered): boolean => node.op === 'gt' || node.op === 'gte';
  if (upward(given) !== upward(needed) || typeRank(given.value) !== typeRank(needed.value)) return false;
  const order = compareValues(given.value, needed.value) * (upward(given) ? 1 : -1);
  const strict = needed.op === 'gt' || needed.op === 'lt';
  return order > 0 || (order === 0 && (!strict || given.op === needed.op));
}
