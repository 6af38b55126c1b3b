import { equalValues } from './compare.js';
import { isDocument, isType, typeInfo, type Document } from './types.js';

const sameItems = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((item, i) => identical(item, b[i]));

function sameFields(a: Document, b: Document): boolean {
  const names = Object.keys(b);
  return equalValues(Object.keys(a), names) && names.every((name) => identical(a[name], b[name]));
}

/** Equal doubles and decimals may differ in their bytes: 0 and -0, 1.0 and 1.00. */
function sameScalar(a: unknown, b: unknown): boolean {
  if (isType(a, 'double')) return Object.is(Number(a), Number(b));
  if (isType(a, 'decimal') && isType(b, 'decimal')) return Buffer.compare(a.bytes, b.bytes) === 0;
  return equalValues(a, b);
}

/** Whether a value would be stored with the same bytes: like equality, but the number types count too. */
export function identical(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || typeInfo(a) !== typeInfo(b)) return false;
  if (Array.isArray(a)) return sameItems(a, b as unknown[]);
  return isDocument(a) ? sameFields(a, b as Document) : sameScalar(a, b);
}
