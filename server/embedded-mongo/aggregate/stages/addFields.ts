import { refuse } from '../../errors.js';
import { isDocument, typeName, type Document } from '../../values/types.js';
import { parseExpression } from '../expressions.js';
import { splitFieldPath } from '../fieldPath.js';
import { extended, FieldTree } from '../fieldTree.js';
import { Needs } from '../needs.js';
import { inStage, mapDocuments, type StageParser } from './stage.js';

interface Leaf {
  readonly path: string;
  readonly expression: unknown;
}

/** A document without `$` names fields inside, all else is an expression. Only outermost names may be dotted. */
function leaves(spec: Document, prefix = ''): Leaf[] {
  return Object.entries(spec).flatMap(([name, value]): Leaf[] => {
    if (prefix !== '' && name.includes('.')) throw refuse.location(40183, `cannot use dotted field name '${name}' in a sub object`);
    const path = prefix + name;
    if (!isDocument(value) || isOperator(value, path)) return [{ path, expression: value }];
    if (Object.keys(value).length === 0)
      throw refuse.location(40180, `an empty object is not a valid value. Found empty object at path ${path}`);
    return leaves(value, `${path}.`);
  });
}

function isOperator(value: Document, path: string): boolean {
  const keys = Object.keys(value);
  if (!keys.some((key) => key.startsWith('$'))) return false;
  if (keys.length === 1) return true;
  throw refuse.location(
    40181,
    `an expression specification must contain exactly one field, the name of the expression. Found ${keys.length} fields while parsing object at path '${path}'`,
  );
}

function computedFields(spec: Document, needs: Needs): FieldTree {
  const tree = new FieldTree();
  for (const { path, expression } of leaves(spec)) {
    const parts = splitFieldPath(path);
    if (!tree.put(parts, parseExpression(expression, needs).evaluate)) {
      throw refuse.location(
        40176,
        `specification contains two conflicting paths. Cannot specify '${path}' beside a path that contains it or lies inside it`,
      );
    }
    // The rest of a document that gets a field inside must be there.
    needs.field(path);
  }
  return tree;
}

/** `{ $addFields: { field: expression } }`, also called `$set`. */
export const parseAddFields: StageParser = (spec, name) => {
  if (!isDocument(spec)) throw refuse.location(40272, `${name} specification stage must be an object, got ${typeName(spec)}`);
  return inStage(name, () => {
    if (Object.keys(spec).length === 0) throw refuse.location(40177, 'specification must have at least one field');
    const needs = new Needs();
    const tree = computedFields(spec, needs);
    return { name, needs, closes: false, run: (source) => mapDocuments(source, (doc) => extended(doc, tree)) };
  });
};
