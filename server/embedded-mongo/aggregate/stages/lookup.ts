import { refuse } from '../../errors.js';
import { show } from '../../values/show.js';
import { arrayIndex, fieldOf } from '../../values/paths.js';
import { isDocument, typeName, type Document } from '../../values/types.js';
import { splitFieldPath, withPath } from '../fieldPath.js';
import { Needs } from '../needs.js';
import type { LookupSource, PipelineContext, Source, StageParser } from './stage.js';

interface Lookup {
  readonly from: string;
  readonly localField: readonly string[];
  readonly foreignField: string;
  readonly as: readonly string[];
}

const options = ['from', 'localField', 'foreignField', 'as'];

function option(spec: Document, name: string): string {
  const value = spec[name];
  if (typeof value === 'string') return value;
  throw refuse.failedToParse(`$lookup argument '${name}: ${show(value)}' must be a string, is type ${typeName(value)}`);
}

/** Only the equality form is served: `let` and `pipeline` are refused by name. */
function parseOptions(spec: unknown): Lookup {
  if (!isDocument(spec)) {
    throw refuse.failedToParse(`the $lookup stage specification must be an object, but found ${typeName(spec)}`);
  }
  const unknown = Object.keys(spec).find((key) => !options.includes(key));
  if (unknown !== undefined) throw refuse.failedToParse(`unknown argument to $lookup: ${unknown}`);
  if (!Object.hasOwn(spec, 'from')) throw refuse.failedToParse("must specify 'from' field for a $lookup");
  if (!Object.hasOwn(spec, 'as')) throw refuse.failedToParse("must specify 'as' field for a $lookup");
  if (!Object.hasOwn(spec, 'localField') || !Object.hasOwn(spec, 'foreignField')) {
    throw refuse.failedToParse("$lookup requires both 'localField' and 'foreignField' to be specified");
  }
  const foreignField = option(spec, 'foreignField');
  splitFieldPath(foreignField);
  return {
    from: option(spec, 'from'),
    localField: splitFieldPath(option(spec, 'localField')),
    foreignField,
    as: splitFieldPath(option(spec, 'as')),
  };
}

/** Follows numbers in the path as positions, as long as arrays are met. */
function positioned(value: unknown, path: readonly string[]): { value: unknown; rest: readonly string[] } {
  const index = arrayIndex(path[0] ?? '');
  if (index < 0 || !Array.isArray(value)) return { value, rest: path };
  return positioned(value[index], path.slice(1));
}

/** Collects the local values: arrays on the way and at the end give their elements, or one of them where the path has a position. */
function collectLocal(doc: Document, [name = '', ...path]: readonly string[], found: unknown[]): void {
  const { value, rest } = positioned(fieldOf(doc, name), path);
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  for (const item of items) {
    if (rest.length === 0) {
      if (item !== undefined) found.push(item);
    } else if (isDocument(item)) collectLocal(item, rest, found);
  }
}

/** What is looked for; a document that has no value at all finds what null finds. */
function localValues(doc: Document, path: readonly string[]): unknown[] {
  const found: unknown[] = [];
  collectLocal(doc, path, found);
  return found.length === 0 ? [null] : found;
}

function* joined(doc: Document, lookup: Lookup, find: LookupSource): Source {
  const matched: Document[] = [];
  for (const other of find(lookup.foreignField, localValues(doc, lookup.localField))) {
    if (other !== undefined) matched.push(other);
    yield undefined;
  }
  yield withPath(doc, lookup.as, matched);
}

function* lookedUp(source: Source, lookup: Lookup, context: PipelineContext): Source {
  const find = context.lookup(lookup.from);
  for (const doc of source) {
    if (doc === undefined) yield undefined;
    else yield* joined(doc, lookup, find);
  }
}

/** `{ $lookup: { from, localField, foreignField, as } }`. */
export const parseLookup: StageParser = (spec, name) => {
  const lookup = parseOptions(spec);
  const needs = new Needs();
  needs.field(lookup.localField.join('.'));
  // Part of a field's inside may be replaced, so the rest of it must be there.
  needs.field(lookup.as.join('.'));
  return { name, needs, closes: false, run: (source, context) => lookedUp(source, lookup, context) };
};
