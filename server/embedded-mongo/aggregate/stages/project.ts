import { refuse } from '../../errors.js';
import { compileProjection } from '../../query/projection.js';
import { isTruthy } from '../../values/truth.js';
import { isDocument, isNumeric, type Document } from '../../values/types.js';
import { parseExpression } from '../expressions.js';
import { splitFieldPath } from '../fieldPath.js';
import { FieldTree, projected } from '../fieldTree.js';
import { Needs } from '../needs.js';
import { inStage, mapDocuments, type Stage, type StageParser } from './stage.js';

interface Flag {
  readonly path: string;
  readonly wanted: boolean;
}

type Leaf = Flag | { readonly path: string; readonly expression: unknown };

const isFlag = (leaf: Leaf): leaf is Flag => 'wanted' in leaf;

/** Flattens a projection: flags, expressions, and documents that name fields inside. */
function leaves(spec: Document, prefix = ''): Leaf[] {
  return Object.entries(spec).flatMap(([name, value]): Leaf[] => {
    const path = prefix + name;
    if (name.split('.').includes('$')) throw refuse.location(31324, 'Cannot use positional projection in aggregation projection');
    if (typeof value === 'boolean' || isNumeric(value)) return [{ path, wanted: isTruthy(value) }];
    if (!isDocument(value) || Object.keys(value)[0]?.startsWith('$') === true) return [{ path, expression: value }];
    if (Object.keys(value).length === 0) {
      throw refuse.location(51270, `An empty sub-projection is not a valid value. Found empty object at path ${path}`);
    }
    return leaves(value, `${path}.`);
  });
}

/** The first field besides `_id` decides; expressions make an inclusion. */
function isInclusion(all: readonly Leaf[]): boolean {
  const first = all.find((leaf) => leaf.path !== '_id') ?? all[0];
  return first === undefined || !isFlag(first) || first.wanted;
}

function refuseMixture(all: readonly Leaf[], inclusion: boolean): void {
  for (const leaf of all) {
    if (!isFlag(leaf)) {
      if (!inclusion) throw refuse.location(31252, 'Cannot use expression other than $meta in exclusion projection');
    } else if (leaf.path !== '_id' && leaf.wanted !== inclusion) {
      throw inclusion
        ? refuse.location(31254, `Cannot do exclusion on field ${leaf.path} in inclusion projection`)
        : refuse.location(31253, `Cannot do inclusion on field ${leaf.path} in exclusion projection`);
    }
  }
}

function refuseCollisions(all: readonly Leaf[]): void {
  const paths = all.map((leaf) => leaf.path);
  paths.forEach((path, i) => {
    for (const other of paths.slice(0, i)) {
      if (path === other || other.startsWith(`${path}.`)) throw refuse.location(31250, `Path collision at ${path}`);
      if (path.startsWith(`${other}.`)) {
        throw refuse.location(31249, `Path collision at ${path} remaining portion ${path.slice(other.length + 1)}`);
      }
    }
  });
}

/** Keeps the wanted and computes the computed fields, with `_id` unless that is named itself. */
function inclusionStage(all: readonly Leaf[]): Pick<Stage, 'needs' | 'closes' | 'run'> {
  const needs = new Needs();
  const tree = new FieldTree();
  const idIsNamed = all.some((leaf) => leaf.path === '_id' || leaf.path.startsWith('_id.'));
  for (const leaf of idIsNamed ? all : [{ path: '_id', wanted: true }, ...all]) {
    needs.field(leaf.path);
    if (!isFlag(leaf)) tree.put(splitFieldPath(leaf.path), parseExpression(leaf.expression, needs).evaluate);
    else if (leaf.wanted) tree.put(splitFieldPath(leaf.path), true);
  }
  return { needs, closes: true, run: (source) => mapDocuments(source, (doc) => projected(doc, tree)) };
}

function exclusionStage(spec: Document): Pick<Stage, 'needs' | 'closes' | 'run'> {
  const drop = compileProjection(spec);
  return { needs: new Needs(), closes: false, run: (source) => mapDocuments(source, drop) };
}

/** `{ $project: { field: 1 | 0 | expression } }`. */
export const parseProject: StageParser = (spec, name) => {
  if (!isDocument(spec)) throw refuse.location(15969, '$project specification must be an object');
  return inStage(name, () => {
    const all = leaves(spec);
    if (all.length === 0) throw refuse.location(51272, 'projection specification must have at least one field');
    for (const { path } of all) splitFieldPath(path);
    const inclusion = isInclusion(all);
    refuseMixture(all, inclusion);
    refuseCollisions(all);
    return {
      name,
      ...(inclusion
        ? inclusionStage(all)
        : exclusionStage(Object.fromEntries(all.filter(isFlag).map(({ path, wanted }) => [path, wanted])))),
    };
  });
};

function unsetPaths(spec: unknown): readonly string[] {
  const list: readonly unknown[] | undefined = typeof spec === 'string' ? [spec] : Array.isArray(spec) ? spec : undefined;
  if (list === undefined) throw refuse.location(31002, '$unset specification must be a string or an array');
  if (list.length === 0) throw refuse.location(31119, '$unset specification must be a string or an array with at least one field');
  return list.map((path) => {
    if (typeof path !== 'string')
      throw refuse.location(31120, '$unset specification must be a string or an array containing only string values');
    return path;
  });
}

/** `{ $unset: "field" }` or `{ $unset: ["field", …] }`: an exclusion. */
export const parseUnset: StageParser = (spec, name) => {
  const paths = unsetPaths(spec);
  return inStage(name, () => {
    for (const path of paths) splitFieldPath(path);
    refuseCollisions(paths.map((path) => ({ path, wanted: false })));
    return { name, ...exclusionStage(Object.fromEntries(paths.map((path) => [path, false]))) };
  });
};
