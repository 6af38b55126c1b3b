import { refuse } from '../../errors.js';
import type { Document } from '../../values/types.js';

/** Computes a value from a document; `undefined` is MongoDB's "missing". */
export type Evaluate = (root: Document) => unknown;

/** A parsed expression; a constant one gives the same value for every document. */
export interface Expression {
  readonly evaluate: Evaluate;
  readonly constant: boolean;
}

/** Parses the operands of an operator. */
export interface Parser {
  parse(value: unknown): Expression;
}

/** Parses what stands under an operator's name, as `[…]` in `{ $add: […] }`. */
export type OperatorParser = (operand: unknown, parser: Parser, name: string) => Expression;

export const constant = (value: unknown): Expression => ({ evaluate: () => value, constant: true });

/** Computes once what does not depend on the document; its errors therefore show on an empty collection too, as in MongoDB. */
export function folded(evaluate: Evaluate, parts: readonly Expression[]): Expression {
  return parts.every((part) => part.constant) ? constant(evaluate({})) : { evaluate, constant: false };
}

interface Arity {
  readonly min: number;
  readonly max: number;
}

function checkArity(name: string, { min, max }: Arity, given: number): void {
  if (given >= min && given <= max) return;
  if (min === max) {
    throw refuse.location(16020, `Expression ${name} takes exactly ${min} arguments. ${given} were passed in.`);
  }
  throw refuse.location(28667, `Expression ${name} takes at least ${min} arguments, and at most ${max}, but ${given} were passed in.`);
}

/** The operands of an operator: an array is the list of them, anything else is the only one. */
function operands(operand: unknown, parser: Parser): Expression[] {
  const list: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  return list.map((item) => parser.parse(item));
}

type Build<Args extends readonly unknown[]> = (name: string, ...args: Args) => Evaluate;

/** An operator with any number of operands. */
export const variadic =
  (build: Build<[readonly Evaluate[]]>): OperatorParser =>
  (operand, parser, name) => {
    const args = operands(operand, parser);
    return folded(
      build(
        name,
        args.map((arg) => arg.evaluate),
      ),
      args,
    );
  };

/** An operator that takes `min` to `max` operands. */
export const ranged =
  (arity: Arity, build: Build<[readonly Evaluate[]]>): OperatorParser =>
  (operand, parser, name) => {
    checkArity(name, arity, Array.isArray(operand) ? operand.length : 1);
    return variadic(build)(operand, parser, name);
  };

const missing: Evaluate = () => undefined;

/** An operator with exactly one operand, given its value. */
export const unary = (compute: (value: unknown, name: string) => unknown): OperatorParser =>
  ranged(
    { min: 1, max: 1 },
    (name, [a = missing]) =>
      (root) =>
        compute(a(root), name),
  );

/** An operator with exactly two operands, given their values. */
export const binary = (compute: (a: unknown, b: unknown, name: string) => unknown): OperatorParser =>
  ranged(
    { min: 2, max: 2 },
    (name, [a = missing, b = missing]) =>
      (root) =>
        compute(a(root), b(root), name),
  );

/** null and missing, which most operators answer with null. */
export const isNullish = (value: unknown): value is null | undefined => value === null || value === undefined;
