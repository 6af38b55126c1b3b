import { isDocument, type Document } from './types.js';

/** A dotted path cut once, so that matching never splits strings. */
export interface Path {
  readonly text: string;
  readonly parts: readonly string[];
  /** For each part its array position, or -1 when it is no plain index. */
  readonly indexes: readonly number[];
}

/** The name under which `$elemMatch` shows a plain element to conditions on its value (no BSON field name holds NUL). */
export const ELEMENT = '\0';

/** `0`, `7`, `12`: a canonical array position; anything else (also `01`) is -1. */
export const arrayIndex = (part: string): number => (/^(0|[1-9]\d{0,9})$/.test(part) ? Number(part) : -1);

/** Cuts a dotted path. */
export function compilePath(text: string): Path {
  const parts = text.split('.');
  return { text, parts, indexes: parts.map(arrayIndex) };
}

/** Own fields only: a document key named `constructor` must not find the JS one. */
export const fieldOf = (doc: Document, name: string): unknown => (Object.hasOwn(doc, name) ? doc[name] : undefined);

type Visit = (value: unknown) => boolean;

/** What is called at the end of a path: `leaf` where fields led to it, `positioned` where the last part chose an element. */
interface Ends {
  readonly leaf: Visit;
  readonly positioned: Visit;
}

/**
 * One part of the path as a function. Arrays on the way are entered: their documents by field, and for a numeric part
 * the element at that position. A missing leaf is visited as `undefined`, but a scalar inside an array yields nothing.
 */
function step(path: Path, depth: number, ends: Ends): Visit {
  if (depth === path.parts.length) return ends.leaf;
  const name = path.parts[depth] as string;
  const index = path.indexes[depth] as number;
  const below = step(path, depth + 1, ends);
  const isLast = depth === path.parts.length - 1;
  const atPosition: Visit = isLast ? ends.positioned : (item) => (Array.isArray(item) || isDocument(item)) && below(item);
  const inArray = (items: readonly unknown[]): boolean =>
    (index >= 0 && index < items.length && atPosition(items[index])) ||
    items.some((item) => isDocument(item) && below(fieldOf(item, name)));
  return (value) => {
    if (isDocument(value)) return below(fieldOf(value, name));
    return Array.isArray(value) ? inArray(value) : ends.leaf(undefined);
  };
}

/** Whether some leaf of the path passes; arrays at the leaf are given whole ($exists, $size, $elemMatch). */
export const leafTester = (path: Path, visit: Visit): ((doc: Document) => boolean) => step(path, 0, { leaf: visit, positioned: visit });

/** Whether some value of the path passes; an array at the leaf is given element by element and whole. */
export function valueTester(path: Path, visit: Visit): (doc: Document) => boolean {
  if (path.text === ELEMENT) return leafTester(path, visit);
  const leaf: Visit = (value) => (Array.isArray(value) && value.some((item) => visit(item))) || visit(value);
  return step(path, 0, { leaf, positioned: visit });
}
