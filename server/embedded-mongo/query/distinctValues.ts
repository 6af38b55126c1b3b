import { compilePath, fieldOf, type Path } from '../values/paths.js';
import { isDocument, type Document } from '../values/types.js';

function collect(value: unknown, path: Path, depth: number, found: unknown[]): void {
  const part = path.parts[depth];
  if (part === undefined) {
    if (Array.isArray(value)) found.push(...(value as unknown[]));
    else if (value !== undefined) found.push(value);
  } else if (isDocument(value)) collect(fieldOf(value, part), path, depth + 1, found);
  else if (Array.isArray(value)) collectInArray(value, path, depth, found);
}

function collectInArray(items: readonly unknown[], path: Path, depth: number, found: unknown[]): void {
  const index = path.indexes[depth] as number;
  if (index >= 0) collect(items[index], path, depth + 1, found);
  else for (const item of items) if (isDocument(item)) collect(item, path, depth, found);
}

/**
 * The values of `distinct` in one document: an array at the end counts by its elements, arrays on the way are gone through, a number
 * in the path is a position there. Unlike a filter, it never looks into an array within an array.
 */
export function distinctValues(key: string): (doc: Document) => unknown[] {
  const path = compilePath(key);
  return (doc) => {
    const found: unknown[] = [];
    collect(doc, path, 0, found);
    return found;
  };
}
