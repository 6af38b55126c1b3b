import { isDocument, type Document } from './types.js';

/** A dotted path cut once, so that matching never splits strings. */
export interface Path {
  readonly text: string;
  readonly parts: readonly string[];
  /** For each part its array position, or -1 when it is no plain index. */
  readonly indexes: readonly number[];
  /** Whether conditions look into an array at the leaf; not so for an element shown under ELEMENT. */
  readonly spreads: boolean;
}

/** The name under which `$elemMatch` shows a plain element to conditions on its value (no BSON field name holds NUL). */
export const ELEMENT = '\0';

/** `0`, `7`, `12`: a canonical array position; anything else (also `01`) is -1. */
export const arrayIndex = (part: string): number => (/^(0|[1-9]\d{0,9})$/.test(part) ? Number(part) : -1);

/** Cuts a dotted path. */
export function compilePath(text: string): Path {
  const parts = text.split('.');
  return { text, parts, indexes: parts.map(arrayIndex), spreads: text !== ELEMENT };
}

/** Own fields only: a document key named `constructor` must not find the JS one. */
export const fieldOf = (doc: Document, name: string): unknown => (Object.hasOwn(doc, name) ? doc[name] : undefined);

type Visit = (value: unknown) => boolean;

/**
 * Calls `visit` with every value a query path reaches until it returns true; the answer is whether it did.
 * Arrays on the way are entered (their documents and, for a numeric part, the element at that position); a missing
 * leaf is visited as `undefined`, but a scalar inside an array yields nothing at all.
 */
function walk(value: unknown, path: Path, depth: number, visit: Visit): boolean {
  if (depth === path.parts.length) return visit(value);
  if (Array.isArray(value)) return walkArray(value, path, depth, visit);
  if (!isDocument(value)) return visit(undefined);
  return walk(fieldOf(value, path.parts[depth] as string), path, depth + 1, visit);
}

function walkArray(items: readonly unknown[], path: Path, depth: number, visit: Visit): boolean {
  const index = path.indexes[depth] as number;
  if (index >= 0 && index < items.length && walkElement(items[index], path, depth + 1, visit)) return true;
  return items.some((item) => isDocument(item) && walk(item, path, depth, visit));
}

/** An element reached by position: below it a scalar ends the path without a "missing". */
function walkElement(item: unknown, path: Path, depth: number, visit: Visit): boolean {
  if (depth < path.parts.length && !Array.isArray(item) && !isDocument(item)) return false;
  return walk(item, path, depth, visit);
}

/** Whether some leaf of the path passes; arrays at the leaf are given whole ($exists, $size, $elemMatch). */
export const someLeaf = (doc: Document, path: Path, visit: Visit): boolean => walk(doc, path, 0, visit);

/** Whether some value of the path passes; arrays at the leaf are given element by element and whole. */
export function someValue(doc: Document, path: Path, visit: Visit): boolean {
  return walk(doc, path, 0, (leaf) => (path.spreads && Array.isArray(leaf) && leaf.some((item) => visit(item))) || visit(leaf));
}

/** All values a query on the path looks at; a missing leaf appears as `undefined`. */
export function pathValues(doc: Document, path: string | Path): unknown[] {
  const found: unknown[] = [];
  someValue(doc, typeof path === 'string' ? compilePath(path) : path, (value) => {
    found.push(value);
    return false;
  });
  return found;
}
