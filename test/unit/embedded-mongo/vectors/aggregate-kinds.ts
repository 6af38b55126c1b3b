import type { Document } from '../../../../server/embedded-mongo/values/types.js';

/** One question to the aggregation engine; `covers` names the entries of its list that it shows. */
interface Vector {
  readonly covers: readonly string[];
  readonly name: string;
}

/** The answer of an expression on a document (`undefined`: missing), or the code of its refusal. */
export type ExpressionVector = Vector & { readonly expression: unknown; readonly doc: Document } & Answer;

/** The documents a pipeline gives, or the code of its refusal. */
export type PipelineVector = Vector & { readonly pipeline: readonly unknown[]; readonly docs: readonly Document[] } & Answer;

type Answer = { readonly expected: unknown } | { readonly code: number };

type Covers = string | readonly string[];

const list = (covers: Covers): readonly string[] => (typeof covers === 'string' ? [covers] : covers);

/** An expression and its answer. */
export const gives = (covers: Covers, expression: unknown, expected: unknown, doc: Document = {}): ExpressionVector => ({
  covers: list(covers),
  name: `${JSON.stringify(expression)} on ${JSON.stringify(doc)}`,
  expression,
  doc,
  expected,
});

/** An expression and the code with which it is refused. */
export const fails = (covers: Covers, expression: unknown, code: number, doc: Document = {}): ExpressionVector => ({
  covers: list(covers),
  name: `${JSON.stringify(expression)} on ${JSON.stringify(doc)} is refused`,
  expression,
  doc,
  code,
});

/** A pipeline over documents and the documents it gives. */
export const yields = (covers: Covers, name: string, [docs, pipeline]: Run, expected: readonly Document[]): PipelineVector => ({
  covers: list(covers),
  name,
  pipeline,
  docs,
  expected,
});

/** A pipeline and the code with which it is refused; it has no documents unless they matter. */
export const refuses = (covers: Covers, name: string, pipeline: readonly unknown[], refusal: { code: number; docs?: readonly Document[] }): PipelineVector => ({
  covers: list(covers),
  name,
  pipeline,
  docs: refusal.docs ?? [],
  code: refusal.code,
});

type Run = readonly [docs: readonly Document[], pipeline: readonly unknown[]];
