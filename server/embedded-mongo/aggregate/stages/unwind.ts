import { Long } from 'bson';
import { refuse } from '../../errors.js';
import { isDocument, typeName, type Document } from '../../values/types.js';
import { plainPathReader, splitFieldPath, withPath } from '../fieldPath.js';
import { Needs } from '../needs.js';
import type { Source, StageParser } from './stage.js';

interface Unwind {
  readonly path: readonly string[];
  readonly read: (doc: Document) => unknown;
  readonly preserve: boolean;
  readonly index: readonly string[] | undefined;
}

const options = ['path', 'preserveNullAndEmptyArrays', 'includeArrayIndex'];

function pathFrom(path: unknown): string {
  if (path === undefined) throw refuse.location(28812, 'no path specified to $unwind stage');
  if (typeof path !== 'string') throw refuse.location(28808, `expected a string as the path for $unwind stage, got ${typeName(path)}`);
  if (!path.startsWith('$')) throw refuse.location(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  return path.slice(1);
}

function preserveFrom(value: unknown): boolean {
  if (value === undefined || typeof value === 'boolean') return value ?? false;
  throw refuse.location(28809, `expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage, got ${typeName(value)}`);
}

function indexFrom(value: unknown): readonly string[] | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || value === '') {
    throw refuse.location(28810, `expected a non-empty string for the includeArrayIndex  option to $unwind stage, got ${typeName(value)}`);
  }
  if (value.startsWith('$')) {
    throw refuse.location(28822, `includeArrayIndex option to $unwind stage should not be prefixed with a '$': ${value}`);
  }
  return splitFieldPath(value);
}

function parseOptions(spec: unknown): Unwind & { readonly text: string } {
  const given: Document | undefined = typeof spec === 'string' ? { path: spec } : isDocument(spec) ? spec : undefined;
  if (given === undefined) {
    throw refuse.location(15981, `expected either a string or an object as specification for $unwind stage, got ${typeName(spec)}`);
  }
  const unknown = Object.keys(given).find((key) => !options.includes(key));
  if (unknown !== undefined) throw refuse.location(28811, `unrecognized option to $unwind stage: ${unknown}`);
  const text = pathFrom(given['path']);
  const path = splitFieldPath(text);
  const preserve = preserveFrom(given['preserveNullAndEmptyArrays']);
  return { text, path, read: plainPathReader(path), preserve, index: indexFrom(given['includeArrayIndex']) };
}

const indexed = (doc: Document, { index }: Unwind, position: Long | null): Document =>
  index === undefined ? doc : withPath(doc, index, position);

/** A value that is no array stands for itself; null, missing and the empty array drop the document unless preserved. */
function* unwindOne(doc: Document, unwind: Unwind): Source {
  const value = unwind.read(doc);
  if (!Array.isArray(value)) {
    if ((value !== null && value !== undefined) || unwind.preserve) yield indexed(doc, unwind, null);
    return;
  }
  if (value.length === 0 && unwind.preserve) yield indexed(withPath(doc, unwind.path, undefined), unwind, null);
  for (const [position, item] of value.entries()) {
    yield indexed(withPath(doc, unwind.path, item), unwind, Long.fromNumber(position));
  }
}

function* unwound(source: Source, unwind: Unwind): Source {
  for (const doc of source) {
    if (doc !== undefined) yield* unwindOne(doc, unwind);
    yield undefined;
  }
}

/** `{ $unwind: "$path" }` or `{ $unwind: { path, preserveNullAndEmptyArrays, includeArrayIndex } }`. */
export const parseUnwind: StageParser = (spec, name) => {
  const unwind = parseOptions(spec);
  const needs = new Needs();
  needs.field(unwind.text);
  return { name, needs, closes: false, run: (source) => unwound(source, unwind) };
};
