import { refuse } from '../errors.js';
import { fieldOf, type Path } from '../values/paths.js';
import { show } from '../values/show.js';
import { isDocument, type Document } from '../values/types.js';

/** Computes the new value of a leaf; `undefined` in means missing, `undefined` out means remove. */
export type Change = (current: unknown) => unknown;

/** What happens where the path does not exist yet. */
export interface ModifyOptions {
  /** `create` makes the documents on the way and refuses scalars in it; `skip` leaves the document alone. */
  readonly missing: 'create' | 'skip';
}

const MAX_PADDING = 1_500_000;

interface Walk {
  readonly path: Path;
  readonly change: Change;
  readonly create: boolean;
}

function blocked(path: Path, depth: number, parent: unknown): Error {
  const name = path.parts[depth - 1] ?? '';
  return refuse.pathNotViable(`Cannot create field '${path.parts[depth] ?? ''}' in element {${name}: ${show(parent)}}`);
}

function descend(container: unknown, walk: Walk, depth: number): unknown {
  if (depth === walk.path.parts.length) return walk.change(container);
  if (Array.isArray(container)) return inArray(container, walk, depth);
  if (container === undefined) return walk.create ? inDocument({}, walk, depth) : undefined;
  if (isDocument(container)) return inDocument(container, walk, depth);
  if (walk.create) throw blocked(walk.path, depth, container);
  return container;
}

function inDocument(doc: Document, walk: Walk, depth: number): unknown {
  const name = walk.path.parts[depth] as string;
  const current = fieldOf(doc, name);
  const next = descend(current, walk, depth + 1);
  if (next === current) return doc;
  if (next !== undefined) return { ...doc, [name]: next };
  const { [name]: _removed, ...rest } = doc;
  return rest;
}

function inArray(items: readonly unknown[], walk: Walk, depth: number): unknown {
  const index = walk.path.indexes[depth] as number;
  if (index < 0) {
    if (walk.create) throw blocked(walk.path, depth, items);
    return items;
  }
  const next = descend(items[index], walk, depth + 1);
  if (next === items[index]) return items;
  return replaceAt(items, index, next);
}

/** Beyond the end the gap is filled with null; a removed element becomes null. */
function replaceAt(items: readonly unknown[], index: number, next: unknown): unknown[] {
  if (index > items.length + MAX_PADDING) {
    throw refuse.badValue(`can't backfill more than ${String(MAX_PADDING)} elements to larger than length ${String(items.length)}`);
  }
  const copy = [...items];
  while (copy.length < index) copy.push(null);
  copy[index] = next ?? null;
  return copy;
}

/** The document with one leaf changed; untouched parts are shared, and an unchanged document is returned as it is. */
export function modify(doc: Document, path: Path, change: Change, options: ModifyOptions): Document {
  return descend(doc, { path, change, create: options.missing === 'create' }, 0) as Document;
}

/** The value at a path as updates see it: arrays only by position. */
export function valueAt(doc: Document, path: Path): unknown {
  let value: unknown = doc;
  path.parts.forEach((part, depth) => {
    if (Array.isArray(value)) value = (value as unknown[])[path.indexes[depth] as number];
    else value = isDocument(value) ? fieldOf(value, part) : undefined;
  });
  return value;
}
