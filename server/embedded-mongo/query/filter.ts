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

/** How the filters inside a filter are read: `$expr` is refused below `$elemMatch`, and where nothing may be computed. */
type ParseExpr = (value: unknown) => FilterNode;

function parseList(operator: '$and' | '$or' | '$nor', value: unknown, parseExpr: ParseExpr): FilterNode {
  if (!Array.isArray(value)) throw refuse.badValue(`${operator} must be an array`);
  if (value.length === 0) throw refuse.badValue('$and/$or/$nor must be a nonempty array');
  const nodes = value.map((entry: unknown) => {
    if (!isDocument(entry)) throw refuse.badValue('$or/$and/$nor entries need to be full objects');
    return parseWith(entry, parseExpr);
  });
  if (operator === '$and') return andNode(nodes);
  const tests = nodes.map((node) => node.test);
  if (operator === '$or') return { op: 'or', nodes, test: (doc) => tests.some((test) => test(doc)) };
  return { op: 'nor', nodes, test: (doc) => !tests.some((test) => test(doc)) };
}

const computed: ParseExpr = (value) => {
  const evaluate = compileExpression(value);
  return { op: 'expr', expression: value, test: (doc) => isTruthy(evaluate(doc)) };
};

const refusedInElement: ParseExpr = () => {
  throw refuse.badValue('$expr can only be applied to the top-level document');
};

const refusedHere: ParseExpr = () => {
  throw refuse.queryFeatureNotAllowed('$expr is not allowed in this context');
};

function parseTopLevel(operator: string, value: unknown, parseExpr: ParseExpr): FilterNode[] {
  if (!Object.hasOwn(topLevelOperators, operator)) throw refuse.unknownTopLevelOperator(operator);
  if (operator === '$comment') return [];
  if (operator === '$expr') return [parseExpr(value)];
  return [parseList(operator as '$and' | '$or' | '$nor', value, parseExpr)];
}

const startsWithOperator = (value: Document): boolean => Object.keys(value)[0]?.startsWith('$') ?? false;

const parseElement = (filter: Document): FilterNode => parseWith(filter, refusedInElement);

function parseEntry(name: string, value: unknown, parseExpr: ParseExpr): FilterNode[] {
  if (name.startsWith('$')) return parseTopLevel(name, value, parseExpr);
  if (isRegex(value)) return [regexNode(name, compileRegexValue(value))];
  if (isDocument(value) && startsWithOperator(value)) return parseField(name, value, parseElement);
  return [comparisonNode('eq', name, value)];
}

function parseWith(filter: Document, parseExpr: ParseExpr): FilterNode {
  return andNode(Object.entries(filter).flatMap(([name, value]) => parseEntry(name, value, parseExpr)));
}

/** Checks and compiles a whole filter; throws MongoDB's error for whatever is not served, also on an empty collection. */
export const parseFilter = (filter: Document): FilterNode => parseWith(filter, computed);

/** The same where `$expr` has no place: `$pull`, partial indexes. */
export const parsePlainFilter = (filter: Document): FilterNode => parseWith(filter, refusedHere);

/** Whether the document passes. */
export const matches = (node: FilterNode, doc: Document): boolean => node.test(doc);
