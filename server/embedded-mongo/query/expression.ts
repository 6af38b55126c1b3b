import type { Document } from '../values/types.js';
import { refuse } from '../errors.js';

type Evaluate = (doc: Document) => unknown;

let compiler: ((expression: unknown) => Evaluate) | undefined;

/** Gives `$expr` the compiler of aggregation expressions. */
export function useExpressionCompiler(compile: (expression: unknown) => Evaluate): void {
  compiler = compile;
}

/** Compiles the operand of `$expr`. */
export function compileExpr(expression: unknown): Evaluate {
  if (compiler === undefined) throw refuse.unknownOperator('$expr');
  return compiler(expression);
}
