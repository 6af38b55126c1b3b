import { refuse } from '../errors.js';
import { isTruthy } from '../values/truth.js';
import { compilePath, leafTester } from '../values/paths.js';
import { isDocument, isNumeric, type Document } from '../values/types.js';
import { toNumber } from '../values/numbers.js';
import { show } from '../values/show.js';
import { elemMatchNode, isElemMatch } from './elemMatch.js';
import { comparisonNode, membershipNode } from './comparison.js';
import { fieldOperators } from './list.js';
import type { ComparisonOp, FilterNode } from './node.js';
import { compileRegex, compileRegexValue, isRegex, regexNode } from './regex.js';
import { typeNode } from './type.js';

/** Parses a whole filter; handed in so that `$elemMatch` can hold one. */
export type ParseFilter = (filter: Document) => FilterNode;

interface FieldContext {
  readonly path: string;
  /** The whole operator document, for operators that belong together. */
  readonly operators: Document;
  readonly parseFilter: ParseFilter;
}

type ParseOperator = (value: unknown, context: FieldContext) => FilterNode[];

const comparison =
  (op: ComparisonOp): ParseOperator =>
  (value, { path }) => {
    // After $eq a regular expression is a value like any other.
    if (op !== 'eq' && isRegex(value)) {
      throw refuse.badValue(op === 'ne' ? "Can't have regex as arg to $ne." : `Can't have RegEx as arg to predicate over field '${path}'.`);
    }
    return [comparisonNode(op, path, value)];
  };

const isOperatorDocument = (value: unknown): boolean => isDocument(value) && (Object.keys(value)[0]?.startsWith('$') ?? false);

const membership =
  (op: 'in' | 'nin'): ParseOperator =>
  (value, { path }) => {
    if (!Array.isArray(value)) throw refuse.badValue(`$${op} needs an array`);
    if (value.some(isOperatorDocument)) throw refuse.badValue(`cannot nest $ under $in`);
    const values = value.filter((item: unknown) => !isRegex(item));
    return [membershipNode(op, path, values, value.filter(isRegex).map(compileRegexValue))];
  };

const exists: ParseOperator = (value, { path }) => {
  const wanted = isTruthy(value);
  const isThere = leafTester(compilePath(path), (leaf) => leaf !== undefined);
  return [{ op: 'exists', path, wanted, test: wanted ? isThere : (doc) => !isThere(doc) }];
};

function wholeSize(value: unknown): number {
  const shown = show({ $size: value });
  if (!isNumeric(value)) throw refuse.failedToParse(`Failed to parse $size. Expected a number in: ${shown}`);
  const size = toNumber(value);
  if (!Number.isInteger(size)) throw refuse.failedToParse(`Failed to parse $size. Expected an integer: ${shown}`);
  if (size < 0) throw refuse.failedToParse(`Failed to parse $size. Expected a non-negative number in: ${shown}`);
  return size;
}

const sizeOperator: ParseOperator = (value, { path }) => {
  const size = wholeSize(value);
  return [{ op: 'size', path, size, test: leafTester(compilePath(path), (leaf) => Array.isArray(leaf) && leaf.length === size) }];
};

const regexOperator: ParseOperator = (value, { path, operators }) => {
  const { $options: options = '' } = operators;
  if (typeof options !== 'string') throw refuse.badValue('$options has to be a string');
  if (typeof value === 'string') return [regexNode(path, compileRegex(value, options))];
  if (!isRegex(value)) throw refuse.badValue('$regex has to be a string');
  const own = compileRegexValue(value);
  if (own.options !== '' && options !== '') throw refuse.location(51075, 'options set in both $regex and $options');
  return [regexNode(path, compileRegex(own.source, own.options + options))];
};

const optionsOperator: ParseOperator = (_value, { operators }) => {
  if (operators.$regex === undefined) throw refuse.badValue('$options needs a $regex');
  return [];
};

const allNode = (nodes: readonly FilterNode[]): FilterNode => ({ op: 'and', nodes, test: (doc) => nodes.every((node) => node.test(doc)) });

const allOperator: ParseOperator = (value, context) => {
  if (!Array.isArray(value)) throw refuse.badValue('$all needs an array');
  // An empty list finds nothing.
  if (value.length === 0) return [membershipNode('in', context.path, [], [])];
  const elements = value.filter(isElemMatch).length;
  if (elements > 0 && elements < value.length) throw refuse.badValue('$all/$elemMatch has to be consistent');
  return value.map((item: unknown) => allItem(item, context));
};

function allItem(item: unknown, { path, parseFilter }: FieldContext): FilterNode {
  if (isElemMatch(item)) return elemMatchNode(path, item.$elemMatch, parseFilter, parseField);
  if (isOperatorDocument(item)) throw refuse.badValue('no $ expressions in $all');
  return isRegex(item) ? regexNode(path, compileRegexValue(item)) : comparisonNode('eq', path, item);
}

const notOperator: ParseOperator = (value, { path, parseFilter }) => {
  const node = negated(value, path, parseFilter);
  return [{ op: 'not', path, node, test: (doc) => !node.test(doc) }];
};

function negated(value: unknown, path: string, parseFilter: ParseFilter): FilterNode {
  if (isRegex(value)) return regexNode(path, compileRegexValue(value));
  if (!isDocument(value)) throw refuse.badValue('$not needs a regex or a document');
  if (Object.keys(value).length === 0) throw refuse.badValue('$not cannot be empty');
  return allNode(parseField(path, value, parseFilter));
}

const parsers: Readonly<Record<string, ParseOperator>> = {
  $eq: comparison('eq'),
  $ne: comparison('ne'),
  $gt: comparison('gt'),
  $gte: comparison('gte'),
  $lt: comparison('lt'),
  $lte: comparison('lte'),
  $in: membership('in'),
  $nin: membership('nin'),
  $not: notOperator,
  $exists: exists,
  $type: (value, { path }) => [typeNode(path, value)],
  $all: allOperator,
  $elemMatch: (value, { path, parseFilter }) => [elemMatchNode(path, value, parseFilter, parseField)],
  $size: sizeOperator,
  $regex: regexOperator,
  $options: optionsOperator,
  $comment: () => [],
};

/** The conditions of one field's operator document; names that are not on the list are refused. */
export function parseField(path: string, operators: Document, parseFilter: ParseFilter): FilterNode[] {
  return Object.entries(operators).flatMap(([name, value]) => {
    const parse = Object.hasOwn(fieldOperators, name) ? parsers[name] : undefined;
    if (parse === undefined) throw refuse.unknownOperator(name);
    return parse(value, { path, operators, parseFilter });
  });
}
