import { equalValues } from './compare.js';
import { isDocument, typeInfo, type Document } from './types.js';

const sameItems = (a: readonly unknown[], b: readonly unknown[]): boolean => a.length === b.length && a.every((item, i) => identical(item, b[i]));

function sameFields(a: Document, b: Document): boolean {
  const names = Object.keys(b);
  return equalValues(Object.keys(a), names) && names.every((name) => identical(a[name], b[name]));
}

/** Whether a value would be stored with the same bytes: like equality, but the number types count too. */
export function identical(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || typeInfo(a) !== typeInfo(b)) return false;
  if (Array.isArray(a)) return sameItems(a, b as unknown[]);
  return isDocument(a) ? sameFields(a, b as Document) : equalValues(a, b);
}
