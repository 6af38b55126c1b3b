import { refuse } from '../../errors.js';
import { isTruthy } from '../../values/truth.js';
import { isDocument, typeName, type Document } from '../../values/types.js';
import { folded, isNullish, ranged, variadic, type Evaluate, type Expression, type OperatorParser, type Parser } from './expression.js';

const missing: Evaluate = () => undefined;

const choose =
  (test: Evaluate, yes: Evaluate, no: Evaluate): Evaluate =>
  (root) =>
    isTruthy(test(root)) ? yes(root) : no(root);

const positionalCond = ranged({ min: 3, max: 3 }, (_name, [test = missing, yes = missing, no = missing]) => choose(test, yes, no));

const condParts = { if: 17080, then: 17081, else: 17082 } as const;

/** `{ $cond: { if, then, else } }` or `{ $cond: [if, then, else] }`. */
const cond: OperatorParser = (operand, parser, name) => {
  if (!isDocument(operand)) return positionalCond(operand, parser, name);
  const unknown = Object.keys(operand).find((key) => !Object.hasOwn(condParts, key));
  if (unknown !== undefined) throw refuse.location(17083, `Unrecognized parameter to $cond: ${unknown}`);
  const part = (key: keyof typeof condParts): Expression => {
    if (!Object.hasOwn(operand, key)) throw refuse.location(condParts[key], `Missing '${key}' parameter to $cond`);
    return parser.parse(operand[key]);
  };
  const test = part('if');
  const yes = part('then');
  const no = part('else');
  return folded(choose(test.evaluate, yes.evaluate, no.evaluate), [test, yes, no]);
};

/** The first operand that is neither null nor missing, else the last one as it is. */
const ifNull: OperatorParser = (operand, parser, name) => {
  const given = Array.isArray(operand) ? operand.length : 1;
  if (given < 2) throw refuse.location(1257300, `$ifNull needs at least two arguments, had: ${given}`);
  return variadic((_name, args) => (root) => {
    let value: unknown;
    for (const arg of args) {
      value = arg(root);
      if (!isNullish(value)) return value;
    }
    return value;
  })(operand, parser, name);
};

interface Branch {
  readonly test: Expression;
  readonly then: Expression;
}

function parseBranch(branch: unknown, parser: Parser): Branch {
  if (!isDocument(branch)) throw refuse.location(40062, `$switch expected each branch to be an object, found: ${typeName(branch)}`);
  const unknown = Object.keys(branch).find((key) => key !== 'case' && key !== 'then');
  if (unknown !== undefined) throw refuse.location(40063, `$switch found an unknown argument to a branch: ${unknown}`);
  if (!Object.hasOwn(branch, 'case')) throw refuse.location(40064, "$switch requires each branch have a 'case' expression");
  if (!Object.hasOwn(branch, 'then')) throw refuse.location(40065, "$switch requires each branch have a 'then' expression.");
  return { test: parser.parse(branch['case']), then: parser.parse(branch['then']) };
}

function parseBranches(spec: Document, parser: Parser): Branch[] {
  const branches = spec['branches'];
  if (branches === undefined) throw refuse.location(40068, '$switch requires at least one branch.');
  if (!Array.isArray(branches)) throw refuse.location(40061, `$switch expected an array for 'branches', found: ${typeName(branches)}`);
  if (branches.length === 0) throw refuse.location(40068, '$switch requires at least one branch.');
  return branches.map((branch: unknown) => parseBranch(branch, parser));
}

const noBranch: Evaluate = () => {
  throw refuse.location(40066, '$switch could not find a matching branch for an input, and no default was specified.');
};

/** `{ $switch: { branches: [{ case, then }], default } }`. */
const switchOf: OperatorParser = (operand, parser) => {
  if (!isDocument(operand)) throw refuse.location(40060, `$switch requires an object as an argument, found: ${typeName(operand)}`);
  const unknown = Object.keys(operand).find((key) => key !== 'branches' && key !== 'default');
  if (unknown !== undefined) throw refuse.location(40067, `$switch found an unknown argument: ${unknown}`);
  const branches = parseBranches(operand, parser);
  const fallback = Object.hasOwn(operand, 'default') ? parser.parse(operand['default']) : undefined;
  const otherwise = fallback?.evaluate ?? noBranch;
  const evaluate: Evaluate = (root) => {
    const branch = branches.find(({ test }) => isTruthy(test.evaluate(root)));
    return branch === undefined ? otherwise(root) : branch.then.evaluate(root);
  };
  const parts = branches.flatMap(({ test, then }) => [test, then]);
  return folded(evaluate, fallback === undefined ? parts : [...parts, fallback]);
};

export const conditionalOperators = { $cond: cond, $ifNull: ifNull, $switch: switchOf } satisfies Record<string, OperatorParser>;
