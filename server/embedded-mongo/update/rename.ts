import { refuse } from '../errors.js';
import { compilePath, fieldOf, type Path } from '../values/paths.js';
import { show } from '../values/show.js';
import { isDocument, type Document } from '../values/types.js';
import { modify, valueAt } from './modify.js';
import { idOf, type ParsePathUpdate } from './operator.js';

/** The first array above the leaf: `$rename` may neither take from nor put into one. */
function arrayOnWay(doc: Document, path: Path): string | undefined {
  let value: unknown = doc;
  for (const part of path.parts.slice(0, -1)) {
    if (!isDocument(value)) return undefined;
    value = fieldOf(value, part);
    if (Array.isArray(value)) return part;
  }
  return undefined;
}

function refuseArrays(doc: Document, path: Path, role: 'source' | 'destination'): void {
  const found = arrayOnWay(doc, path);
  if (found === undefined) return;
  throw refuse.badValue(
    `The ${role} field cannot be an array element, '${path.text}' in doc with ${idOf(doc)} has an array field called '${found}'`,
  );
}

/** The destination of a `$rename`, which takes part in conflicts and in the order of paths. */
export function renameTarget(source: Path, argument: unknown): Path {
  const shown = `${source.text}: ${show(argument)}`;
  if (typeof argument !== 'string') throw refuse.badValue(`The 'to' field for $rename must be a string: ${shown}`);
  if (argument === source.text) throw refuse.badValue(`The source and target field for $rename must differ: ${shown}`);
  if (argument.startsWith(`${source.text}.`) || source.text.startsWith(`${argument}.`)) {
    throw refuse.badValue(`The source and target field for $rename must not be on the same path: ${shown}`);
  }
  return compilePath(argument);
}

/** `$rename`: a missing source changes nothing; a value at the destination is overwritten in its place. */
export const parseRename: ParsePathUpdate = (source, argument) => {
  const target = renameTarget(source, argument);
  return { apply: (doc) => rename(doc, source, target) };
};

function rename(doc: Document, source: Path, target: Path): Document {
  // A scalar, or an array without that position, on the way to the source is an error as for most operators.
  modify(doc, source, (current) => current, { missing: 'require' });
  const value = valueAt(doc, source);
  if (value === undefined) return doc;
  refuseArrays(doc, source, 'source');
  refuseArrays(doc, target, 'destination');
  const moved = modify(doc, target, () => value, { missing: 'create' });
  return modify(moved, source, () => undefined, { missing: 'skip' });
}
