import { compareStrings } from '../values/compare.js';
import { refuse, StoreError } from '../errors.js';
import type { FilterNode } from '../query/node.js';
import { compilePath } from '../values/paths.js';
import type { Document } from '../values/types.js';
import { modify } from './modify.js';
import type { UpdatePlan } from './update.js';

interface Equality {
  readonly path: string;
  readonly value: unknown;
}

/** MongoDB refuses an upsert whose filter computes, wherever the expression stands. */
function holdsExpression(node: FilterNode): boolean {
  return node.op === 'expr' || ('nodes' in node && node.nodes.some(holdsExpression));
}

/** Equalities that every match must fulfil: of the filter itself, below `$and`, a lone `$or` branch, and a one-value `$in`. */
function equalities(node: FilterNode): Equality[] {
  if (node.op === 'eq') return [{ path: node.path, value: node.value }];
  if (node.op === 'and') return node.nodes.flatMap(equalities);
  if (node.op === 'or' && node.nodes.length === 1) return node.nodes.flatMap(equalities);
  if (node.op === 'in' && node.values.length === 1 && node.patterns.length === 0) return [{ path: node.path, value: node.values[0] }];
  return [];
}

const overlap = (a: string, b: string): boolean => a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);

function checkOnce(equality: Equality, earlier: readonly Equality[]): void {
  const rival = earlier.find((other) => overlap(other.path, equality.path));
  if (rival === undefined) return;
  const text =
    rival.path === equality.path
      ? `cannot infer query fields to set, path '${equality.path}' is matched twice`
      : `cannot infer query fields to set, both paths '${equality.path}' and '${rival.path}' are matched`;
  throw new StoreError(text, 54, 'NotSingleValueField');
}

const isOfId = ({ path }: Equality): boolean => path === '_id' || path.startsWith('_id.');

/** A replacement takes nothing but `_id` from the filter, and that as a whole. */
function wholeId(found: readonly Equality[]): Equality[] {
  const ofId = found.filter(isOfId);
  const part = ofId.find(({ path }) => path !== '_id');
  if (part !== undefined && ofId.length === 1) {
    throw new StoreError(`field at '_id' must be exactly specified, field at sub-path '${part.path}' found`, 111, 'NotExactValueField');
  }
  return ofId;
}

/** The document an upsert starts from: the fields that the filter demands to be equal to one value, in the order of their paths. */
export function seedUpsert(node: FilterNode, kind: UpdatePlan['kind']): Document {
  if (holdsExpression(node)) throw refuse.queryFeatureNotAllowed('$expr is not allowed in the query predicate for an upsert');
  const found = kind === 'replacement' ? wholeId(equalities(node)) : equalities(node);
  found.forEach((equality, i) => {
    checkOnce(equality, found.slice(0, i));
  });
  const inOrder = found.toSorted((a, b) => compareStrings(a.path, b.path));
  return inOrder.reduce<Document>((doc, { path, value }) => modify(doc, compilePath(path), () => value, { missing: 'create' }), {});
}
