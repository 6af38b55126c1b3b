import { refuse, StoreError } from '../errors.js';
import { fieldOf, type Path } from '../values/paths.js';
import { show } from '../values/show.js';
import { isDocument, type Document } from '../values/types.js';

/** Computes the new value of a leaf; `undefined` in means missing, `undefined` out means remove. */
export type Change = (current: unknown) => unknown;

/**
 * What happens where the path does not exist: `create` makes the documents on the way and refuses a scalar in it,
 * `require` only refuses, `skip` leaves the document alone.
 */
export interface ModifyOptions {
  readonly missing: 'create' | 'require' | 'skip';
}

const MAX_PADDING = 1_500_000;

interface Walk extends ModifyOptions {
  readonly path: Path;
  readonly change: Change;
}

/** A scalar, or an array without that position, stands in the way: fine only for operators that may miss. */
function blockedBy<T>(parent: T, { path, missing }: Walk, depth: number): T {
  const [name = '', part = ''] = [path.parts[depth - 1], path.parts[depth]];
  const element = `{${name}: ${show(parent)}}`;
  if (missing === 'create') throw refuse.pathNotViable(`Cannot create field '${part}' in element ${element}`);
  if (missing === 'require')
    throw refuse.pathNotViable(`Cannot use the part (${part}) of (${path.text}) to traverse the element (${element})`);
  return parent;
}

function descend(container: unknown, walk: Walk, depth: number): unknown {
  if (depth === walk.path.parts.length) return walk.change(container);
  if (Array.isArray(container)) return inArray(container, walk, depth);
  if (container === undefined) return walk.missing === 'create' ? inDocument({}, walk, depth) : undefined;
  return isDocument(container) ? inDocument(container, walk, depth) : blockedBy(container, walk, depth);
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
  if (index < 0) return blockedBy(items, walk, depth);
  const next = descend(items[index], walk, depth + 1);
  if (next === items[index]) return items;
  return replaceAt(items, index, next);
}

/** Beyond the end the gap is filled with null; a removed element becomes null. */
function replaceAt(items: readonly unknown[], index: number, next: unknown): unknown[] {
  if (index > items.length + MAX_PADDING) {
    throw new StoreError(`can't backfill more than ${String(MAX_PADDING)} elements`, 34, 'CannotBackfillArray');
  }
  const copy: unknown[] = [...items];
  while (copy.length < index) copy.push(null);
  copy[index] = next ?? null;
  return copy;
}

/** The document with one leaf changed; untouched parts are shared, and an unchanged document is returned as it is. */
export function modify(doc: Document, path: Path, change: Change, options: ModifyOptions): Document {
  return descend(doc, { path, change, missing: options.missing }, 0) as Document;
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
