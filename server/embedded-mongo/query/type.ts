import { refuse } from '../errors.js';
import { toNumber } from '../values/numbers.js';
import { compilePath, valueTester } from '../values/paths.js';
import { isNumeric, typeAliases, typeInfo } from '../values/types.js';
import type { FilterNode } from './node.js';

const numericTypes = [1, 16, 18, 19];
const knownTypes = new Set(typeAliases.values());

function typeNumbers(value: unknown): number[] {
  if (typeof value === 'string') {
    if (value === 'number') return numericTypes;
    const number = typeAliases.get(value);
    if (number === undefined) throw refuse.badValue(`Unknown type name alias: ${value}`);
    return [number];
  }
  if (!isNumeric(value)) throw refuse.typeMismatch('type must be represented as a number or a string');
  const number = toNumber(value);
  if (!knownTypes.has(number)) throw refuse.badValue(`Invalid numerical type code: ${String(number)}`);
  return [number];
}

/** `$type` by number, alias, or a list of them; an array field is tested itself and by its elements. */
export function typeNode(path: string, value: unknown): FilterNode {
  const types = Array.isArray(value) ? value.flatMap(typeNumbers) : typeNumbers(value);
  if (types.length === 0) throw refuse.failedToParse(`${path} must match at least one type`);
  const passes = (item: unknown): boolean => item !== undefined && types.includes(typeInfo(item).number);
  return { op: 'type', path, types, test: valueTester(compilePath(path), passes) };
}
