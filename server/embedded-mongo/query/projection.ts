import { refuse } from '../errors.js';
import { isTruthy } from '../values/truth.js';
import { show } from '../values/show.js';
import { isDocument, isNumeric, type Document } from '../values/types.js';

/** The fields named by a projection as a tree; `true` is a whole field. */
interface Tree {
  [name: string]: Tree | true;
}

interface Leaf {
  readonly path: string;
  readonly wanted: boolean;
}

/** Flattens `{ a: { b: 1 } }` and `{ 'a.b': 1 }` to the same leaves; expressions and operators are refused. */
function leaves(spec: Document, prefix = ''): Leaf[] {
  return Object.entries(spec).flatMap(([name, value]): Leaf[] => {
    const path = prefix + name;
    checkName(name, path);
    if (typeof value === 'boolean' || isNumeric(value)) return [{ path, wanted: isTruthy(value) }];
    if (!isDocument(value)) throw refuse.badValue(`expressions in a projection are not supported: { ${path}: ${show(value)} }`);
    if (Object.keys(value).length === 0)
      throw refuse.location(51270, `An empty sub-projection is not a valid value. Found empty object at path ${path}`);
    return leaves(value, `${path}.`);
  });
}

function checkName(name: string, path: string): void {
  if (name.split('.').includes('$')) throw refuse.badValue(`positional projection '${path}' is not supported`);
  if (name.startsWith('$')) throw refuse.badValue(`the projection operator ${name} is not supported`);
  if (name === '') throw refuse.location(40352, 'FieldPath cannot be constructed with empty string');
  if (name.split('.').includes('')) throw refuse.location(15998, 'FieldPath field names may not be empty strings.');
}

function insert(tree: Tree, leaf: Leaf): void {
  const parts = leaf.path.split('.');
  let node = tree;
  parts.forEach((part, i) => {
    const held = Object.hasOwn(node, part) ? node[part] : undefined;
    const isLast = i === parts.length - 1;
    if (held === true || (isLast && held !== undefined)) throw collision(leaf.path, parts.slice(i + 1));
    const next = isLast ? true : (held ?? (Object.create(null) as Tree));
    node[part] = next;
    if (next !== true) node = next;
  });
}

const collision = (path: string, rest: readonly string[]): Error =>
  rest.length === 0
    ? refuse.location(31250, `Path collision at ${path}`)
    : refuse.location(31249, `Path collision at ${path} remaining portion ${rest.join('.')}`);

/** Keeps the named fields in the order of the document; scalars below a dotted path vanish, arrays are gone through. */
function include(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value)) return value.map((item) => include(item, tree)).filter((item) => item !== undefined);
  if (!isDocument(value)) return undefined;
  const kept: [string, unknown][] = [];
  for (const [name, item] of Object.entries(value)) {
    const branch = tree[name];
    if (branch === undefined) continue;
    const part = branch === true ? item : include(item, branch);
    if (part !== undefined) kept.push([name, part]);
  }
  // fromEntries makes own fields also of names such as __proto__.
  return Object.fromEntries(kept);
}

function exclude(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value)) return value.map((item) => exclude(item, tree));
  if (!isDocument(value)) return value;
  const kept: [string, unknown][] = [];
  for (const [name, item] of Object.entries(value)) {
    const branch = tree[name];
    if (branch !== true) kept.push([name, branch === undefined ? item : exclude(item, branch)]);
  }
  return Object.fromEntries(kept);
}

function isInclusion(all: readonly Leaf[]): boolean {
  const first = all.find((leaf) => leaf.path !== '_id') ?? all[0];
  return first?.wanted ?? false;
}

function refuseMixture(all: readonly Leaf[], inclusion: boolean): void {
  const odd = all.find((leaf) => leaf.path !== '_id' && leaf.wanted !== inclusion);
  if (odd === undefined) return;
  throw inclusion
    ? refuse.location(31254, `Cannot do exclusion on field ${odd.path} in inclusion projection`)
    : refuse.location(31253, `Cannot do inclusion on field ${odd.path} in exclusion projection`);
}

const makeTree = (all: readonly Leaf[]): Tree => {
  const tree = Object.create(null) as Tree;
  for (const leaf of all) insert(tree, leaf);
  return tree;
};

/** The paths a projection keeps, or undefined when it is an exclusion; for covering reads and partial decoding. */
export function includedPaths(spec: Document): string[] | undefined {
  const all = leaves(spec);
  if (all.length === 0 || !isInclusion(all)) return undefined;
  const named = all.filter((leaf) => leaf.wanted).map((leaf) => leaf.path);
  return all.some((leaf) => leaf.path === '_id') ? named : ['_id', ...named];
}

/** Compiles an inclusion or exclusion; an empty projection gives the whole document. */
export function compileProjection(spec: Document): (doc: Document) => Document {
  const all = leaves(spec);
  if (all.length === 0) return (doc) => doc;
  const inclusion = isInclusion(all);
  refuseMixture(all, inclusion);
  // The full tree also finds collisions with _id.
  makeTree(all);
  const idNamed = all.some((leaf) => leaf.path === '_id' || leaf.path.startsWith('_id.'));
  const named = all.filter((leaf) => leaf.wanted === inclusion);
  const tree = makeTree(inclusion && !idNamed ? [{ path: '_id', wanted: true }, ...named] : named);
  return inclusion ? (doc) => include(doc, tree) as Document : (doc) => exclude(doc, tree) as Document;
}
