import { refuse } from '../errors.js';
import { fieldOf } from '../values/paths.js';
import { isDocument, type Document } from '../values/types.js';

/** Cuts a dotted path of an expression, a stage or an output field, and refuses what MongoDB's FieldPath refuses. */
export function splitFieldPath(path: string): readonly string[] {
  if (path === '') throw refuse.location(40352, 'FieldPath cannot be constructed with empty string');
  if (path.endsWith('.')) throw refuse.location(40353, "FieldPath must not end with a '.'.");
  const parts = path.split('.');
  parts.forEach(checkFieldName);
  return parts;
}

/** Checks one name of a path or of an object literal. */
export function checkFieldName(name: string): void {
  if (name === '') throw refuse.location(15998, 'FieldPath field names may not be empty strings.');
  if (name.startsWith('$')) {
    throw refuse.location(16410, `FieldPath field names may not start with '$'. Consider using $getField or $setField.`);
  }
  if (name.includes('\0')) throw refuse.location(16411, 'FieldPath field names may not contain null bytes.');
  if (name.includes('.')) {
    throw refuse.location(16412, `FieldPath field names may not contain '.'. Consider using $getField or $setField.`);
  }
}

type Read = (doc: Document) => unknown;

/** Reads one field; only names that every JS object answers to need the slower check. */
function fieldReader(name: string): Read {
  return name in Object.prototype ? (doc) => fieldOf(doc, name) : (doc) => doc[name];
}

/**
 * Reads a path as expressions do: arrays on the way are mapped over their documents (missing results and elements that
 * are no documents drop out), numbers are names and never positions, everything else is missing (`undefined`).
 */
export function pathReader(parts: readonly string[]): Read {
  const [name = '', ...rest] = parts;
  const read = fieldReader(name);
  if (rest.length === 0) return read;
  const readRest = pathReader(rest);
  return (doc) => {
    const value = read(doc);
    if (Array.isArray(value)) return mapDocuments(value, readRest);
    return isDocument(value) ? readRest(value) : undefined;
  };
}

function mapDocuments(items: readonly unknown[], read: Read): unknown[] {
  const found: unknown[] = [];
  for (const item of items) {
    const value = isDocument(item) ? read(item) : undefined;
    if (value !== undefined) found.push(value);
  }
  return found;
}

/** Reads a path through documents only: an array on the way makes it missing ($unwind). */
export function plainPathReader(parts: readonly string[]): Read {
  return (doc) => {
    let value: unknown = doc;
    for (const part of parts) value = isDocument(value) ? fieldOf(value, part) : undefined;
    return value;
  };
}

/** A copy of the document with the value at the path, documents on the way copied or made; `undefined` removes the field. */
export function withPath(doc: Document, parts: readonly string[], value: unknown): Document {
  const [name = '', ...rest] = parts;
  const copy = { ...doc };
  const inner = rest.length === 0 ? value : withPath(childDocument(doc, name), rest, value);
  if (inner === undefined) Reflect.deleteProperty(copy, name);
  else copy[name] = inner;
  return copy;
}

function childDocument(doc: Document, name: string): Document {
  const child = fieldOf(doc, name);
  return isDocument(child) ? child : {};
}
