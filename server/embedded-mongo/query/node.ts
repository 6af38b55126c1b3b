import type { Document } from '../values/types.js';

/** One path condition as the planner sees it; `values` of `in` are the wanted values, `prefix` of a regex its literal start. */
export type FieldNode =
  | { readonly op: 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte'; readonly path: string; readonly value: unknown }
  | { readonly op: 'in' | 'nin'; readonly path: string; readonly values: readonly unknown[] }
  | { readonly op: 'exists'; readonly path: string; readonly wanted: boolean }
  | { readonly op: 'type'; readonly path: string; readonly types: readonly number[] }
  | { readonly op: 'size'; readonly path: string; readonly size: number }
  | { readonly op: 'regex'; readonly path: string; readonly prefix: string; readonly pattern: RegExp; readonly pure: boolean }
  | { readonly op: 'elemMatch'; readonly path: string; readonly node: FilterNode }
  | { readonly op: 'elemMatchValue'; readonly path: string; readonly nodes: readonly FilterNode[] };

/** The parsed filter: a tree that the matcher runs and from which the planner reads index bounds. */
export type FilterNode = (
  | FieldNode
  | { readonly op: 'and' | 'or' | 'nor'; readonly nodes: readonly FilterNode[] }
  | { readonly op: 'not'; readonly path: string; readonly node: FilterNode }
  | { readonly op: 'expr'; readonly expression: unknown }
) & { readonly test: (doc: Document) => boolean };
