import { refuse } from '../../errors.js';
import { show } from '../../values/show.js';
import { fieldOf } from '../../values/paths.js';
import { isDocument, typeName, type Document } from '../../values/types.js';
import { splitFieldPath, withPath } from '../field-path.js';
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

/** Collects the local values: arrays, on the way and at the end, give their elements; a document without the field gives null. */
function collectLocal(value: unknown, path: readonly string[], found: unknown[]): void {
  if (Array.isArray(value)) {
    for (const item of value) if (path.length === 0) found.push(item);
    else if (isDocument(item)) collectLocal(item, path, found);
    return;
  }
  const [name] = path;
  if (name === undefined) found.push(value ?? null);
  else if (isDocument(value)) collectLocal(fieldOf(value, name), path.slice(1), found);
  else found.push(null);
}

function* joined(doc: Document, lookup: Lookup, find: LookupSource): Source {
  const values: unknown[] = [];
  collectLocal(doc, lookup.localField, values);
  const matched: Document[] = [];
  for (const other of values.length === 0 ? [] : find(lookup.foreignField, values)) {
    if (other === undefined) yield undefined;
    else matched.push(other);
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
