import { noteFilter } from '../aggregate/filterNeeds.js';
import { Needs } from '../aggregate/needs.js';
import type { FilterNode } from '../query/node.js';
import { fieldDecoder } from '../values/fields.js';
import type { Document } from '../values/types.js';
import type { SortField } from './plan.js';

/** Top-level fields that somebody looks at; null for all of them. */
export type Reads = ReadonlySet<string> | null;

/** Nothing but the bytes and the key of a document. */
export const NO_FIELDS: Reads = new Set();

/** Bytes that may still have to be fetched. */
interface Stored {
  readonly raw: Uint8Array;
}

type Decode = (stored: Stored) => Document;

/** How much of a document is decoded: for its test, and for whoever takes it. Often that is the same, and done once. */
export interface Decoding {
  readonly toTest: Decode;
  readonly toRead: Decode;
}

/** Where nothing is looked at, nothing is fetched. */
function decoder(names: Reads): Decode {
  if (names?.size === 0) return () => ({});
  const decode = fieldDecoder(names);
  return ({ raw }) => decode(raw);
}

/** Where whole documents are wanted, a test of a few fields first spares decoding those that do not pass. */
export function decodingFor(filter: FilterNode, sort: readonly SortField[], reads: Reads): Decoding {
  const needs = new Needs();
  noteFilter(filter, needs);
  const tested = needs.fields();
  for (const { path } of sort) needs.field(path);
  const wanted = needs.fields();
  if (reads === null || wanted === null) return { toTest: decoder(tested), toRead: decoder(null) };
  const toRead = decoder(new Set([...wanted, ...reads]));
  return { toTest: toRead, toRead };
}
