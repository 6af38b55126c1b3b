import { isDocument, type Document } from '../values/types.js';
import type { Evaluate } from './expressions/expression.js';

/** The fields that a stage keeps (`true`) or computes, as a tree of names. */
export class FieldTree {
  readonly fields = new Map<string, Evaluate | FieldTree | true>();
  /** Whether anything inside is computed. */
  computes = false;

  /** Puts a leaf at a path; false if the path meets another one. */
  put(parts: readonly string[], leaf: Evaluate | true): boolean {
    const [name = '', ...rest] = parts;
    const held = this.fields.get(name);
    this.computes ||= leaf !== true;
    if (rest.length === 0) {
      this.fields.set(name, leaf);
      return held === undefined;
    }
    const inner = held ?? new FieldTree();
    if (!(inner instanceof FieldTree)) return false;
    this.fields.set(name, inner);
    return inner.put(rest, leaf);
  }
}

/**
 * The kept fields of a value in the order of the document; arrays are gone through. What is no document is not kept, but
 * leaves its place in an array to what is computed there.
 */
function kept(value: unknown, tree: FieldTree): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => kept(item, tree));
    return tree.computes ? items : items.filter((item) => item !== undefined);
  }
  return isDocument(value) ? keptFields(value, tree) : undefined;
}

function keptFields(value: Document, tree: FieldTree): Document {
  const made: Document = {};
  for (const name of Object.keys(value)) {
    const branch = tree.fields.get(name);
    if (branch === true) made[name] = value[name];
    else if (branch instanceof FieldTree) {
      const part = kept(value[name], branch);
      if (part !== undefined) made[name] = part;
    }
  }
  return made;
}

/** Sets the computed fields: known ones keep their place, new ones follow, missing results take the field away. */
function compute(made: Document, tree: FieldTree, root: Document): Document {
  for (const [name, branch] of tree.fields) {
    if (branch === true || (branch instanceof FieldTree && !branch.computes)) continue;
    const held = Object.hasOwn(made, name) ? made[name] : undefined;
    const result = branch instanceof FieldTree ? computeInside(held, branch, root) : branch(root);
    if (result === undefined) Reflect.deleteProperty(made, name);
    else made[name] = result;
  }
  return made;
}

/** In arrays every element gets the fields; what is no document is replaced by one. */
function computeInside(value: unknown, tree: FieldTree, root: Document): unknown {
  if (Array.isArray(value)) return value.map((item) => computeInside(item, tree, root));
  return compute(isDocument(value) ? { ...value } : {}, tree, root);
}

/** The whole document with the computed fields of the tree ($addFields). */
export const extended = (doc: Document, tree: FieldTree): Document => compute({ ...doc }, tree, doc);

/** Only the kept and the computed fields of the tree ($project). */
export const projected = (doc: Document, tree: FieldTree): Document => compute(keptFields(doc, tree), tree, doc);
