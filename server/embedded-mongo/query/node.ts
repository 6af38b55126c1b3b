import type { Document } from '../values/types.js';

/** Comparison operators with one operand. */
export type ComparisonOp = 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte';

interface Comparison {
  readonly op: ComparisonOp;
  readonly path: string;
  readonly value: unknown;
}

interface Membership {
  readonly op: 'in' | 'nin';
  readonly path: string;
  readonly values: readonly unknown[];
  /** Regular expressions among the wanted values; with any of them the values alone are no bounds. */
  readonly patterns: readonly CompiledRegex[];
}

/** An anchored regular expression: its literal start bounds an index unless case is ignored (then it is empty). */
export interface CompiledRegex {
  readonly prefix: string;
  readonly pattern: RegExp;
  readonly source: string;
  readonly options: string;
}

/** What a parsed condition says, without the function that tests it. */
export type Condition =
  | Comparison
  | Membership
  | { readonly op: 'exists'; readonly path: string; readonly wanted: boolean }
  | { readonly op: 'type'; readonly path: string; readonly types: readonly number[] }
  | { readonly op: 'size'; readonly path: string; readonly size: number }
  | ({ readonly op: 'regex'; readonly path: string } & CompiledRegex)
  | { readonly op: 'elemMatch'; readonly path: string; readonly node: FilterNode }
  | { readonly op: 'elemMatchValue'; readonly path: string; readonly node: FilterNode }
  | { readonly op: 'and' | 'or' | 'nor'; readonly nodes: readonly FilterNode[] }
  | { readonly op: 'not'; readonly path: string; readonly node: FilterNode }
  | { readonly op: 'expr'; readonly expression: unknown };

/** The parsed filter: the planner reads the condition, the matcher calls `test`. */
export type FilterNode = Condition & { readonly test: (doc: Document) => boolean };
