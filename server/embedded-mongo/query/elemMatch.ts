import { refuse } from '../errors.js';
import { compilePath, ELEMENT, leafTester } from '../values/paths.js';
import { isDocument, type Document } from '../values/types.js';
import type { ParseFilter } from './field.js';
import type { FilterNode } from './node.js';

type ParseField = (path: string, operators: Document, parseFilter: ParseFilter) => FilterNode[];

const logical = new Set(['$and', '$or', '$nor']);

/** True for `{ $elemMatch: … }`. */
export const isElemMatch = (value: unknown): value is { $elemMatch: unknown } =>
  isDocument(value) && Object.keys(value)[0] === '$elemMatch';

/** Conditions such as `{ $gt: 5 }` test the elements themselves; anything else tests elements that are documents. */
function testsValues(value: Document): boolean {
  const first = Object.keys(value)[0] ?? '';
  return first.startsWith('$') && !logical.has(first);
}

/** An element that is an array counts as a document keyed by position. */
const asDocument = (item: unknown): Document | undefined => {
  if (isDocument(item)) return item;
  return Array.isArray(item) ? { ...(item as unknown[]) } : undefined;
};

/** `$elemMatch` in both forms. */
export function elemMatchNode(path: string, value: unknown, parseFilter: ParseFilter, parseField: ParseField): FilterNode {
  if (!isDocument(value)) throw refuse.badValue('$elemMatch needs an Object');
  if (testsValues(value)) return valueElements(path, parseField(ELEMENT, value, parseFilter));
  const node = parseFilter(value);
  const passes = (item: unknown): boolean => {
    const inner = asDocument(item);
    return inner !== undefined && node.test(inner);
  };
  return { op: 'elemMatch', path, node, test: someElement(path, passes) };
}

const someElement = (path: string, passes: (item: unknown) => boolean): FilterNode['test'] =>
  leafTester(compilePath(path), (leaf) => Array.isArray(leaf) && leaf.some((item) => passes(item)));

function valueElements(path: string, nodes: readonly FilterNode[]): FilterNode {
  const node: FilterNode = { op: 'and', nodes, test: (doc) => nodes.every((part) => part.test(doc)) };
  return { op: 'elemMatchValue', path, node, test: someElement(path, (item) => node.test({ [ELEMENT]: item })) };
}
