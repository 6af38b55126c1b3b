import { compileExpression } from '../aggregate/expressions.js';
import { refuse } from '../errors.js';
import { isTruthy } from '../values/truth.js';
import { isDocument, type Document } from '../values/types.js';
import { comparisonNode } from './comparison.js';
import { parseField } from './field.js';
import { topLevelOperators } from './list.js';
import type { FilterNode } from './node.js';
import { compileRegexValue, isRegex, regexNode } from './regex.js';

export type { FilterNode } from './node.js';

/** Joins conditions; one alone stays as it is. */
export function andNode(nodes: readonly FilterNode[]): FilterNode {
  const [only] = nodes;
  if (nodes.length === 1 && only !== undefined) return only;
  const tests = nodes.map((node) => node.test);
  return { op: 'and', nodes, test: (doc) => tests.every((test) => test(doc)) };
}

function parseList(operator: '$and' | '$or' | '$nor', value: unknown): FilterNode {
  if (!Array.isArray(value)) throw refuse.badValue(`${operator} must be an array`);
  if (value.length === 0) throw refuse.badValue('$and/$or/$nor must be a nonempty array');
  const nodes = value.map((entry: unknown) => {
    if (!isDocument(entry)) throw refuse.badValue('$or/$and/$nor entries need to be full objects');
    return parseFilter(entry);
  });
  if (operator === '$and') return andNode(nodes);
  const tests = nodes.map((node) => node.test);
  if (operator === '$or') return { op: 'or', nodes, test: (doc) => tests.some((test) => test(doc)) };
  return { op: 'nor', nodes, test: (doc) => !tests.some((test) => test(doc)) };
}

function parseTopLevel(operator: string, value: unknown): FilterNode[] {
  if (!Object.hasOwn(topLevelOperators, operator)) throw refuse.unknownTopLevelOperator(operator);
  if (operator === '$comment') return [];
  if (operator === '$expr') {
    const evaluate = compileExpression(value);
    return [{ op: 'expr', expression: value, test: (doc) => isTruthy(evaluate(doc)) }];
  }
  return [parseList(operator as '$and' | '$or' | '$nor', value)];
}

const startsWithOperator = (value: Document): boolean => Object.keys(value)[0]?.startsWith('$') ?? false;

function parseEntry(name: string, value: unknown): FilterNode[] {
  if (name.startsWith('$')) return parseTopLevel(name, value);
  if (isRegex(value)) return [regexNode(name, compileRegexValue(value))];
  if (isDocument(value) && startsWithOperator(value)) return parseField(name, value, parseFilter);
  return [comparisonNode('eq', name, value)];
}

/** Checks and compiles a whole filter; throws MongoDB's error for whatever is not served, also on an empty collection. */
export function parseFilter(filter: Document): FilterNode {
  return andNode(Object.entries(filter).flatMap(([name, value]) => parseEntry(name, value)));
}

/** Whether the document passes. */
export const matches = (node: FilterNode, doc: Document): boolean => node.test(doc);
