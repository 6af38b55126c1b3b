import { refuse } from '../../errors.js';
import { equalValues } from '../../values/compare.js';
import { toNumber } from '../../values/numbers.js';
import { isNumeric, typeName } from '../../values/types.js';
import { binary, isNullish, unary, variadic, type OperatorParser } from './expression.js';

function elementAt(array: unknown, position: number, called: string): unknown {
  if (!Array.isArray(array)) throw refuse.location(28689, `${called} must be an array, but is ${typeName(array)}`);
  return array.at(position) as unknown;
}

function arrayElemAt(array: unknown, position: unknown, name: string): unknown {
  if (isNullish(array) || isNullish(position)) return null;
  if (!Array.isArray(array)) return elementAt(array, 0, `${name}'s first argument`);
  if (!isNumeric(position)) {
    throw refuse.location(28690, `${name}'s second argument must be a numeric value, but is ${typeName(position)}`);
  }
  const index = toNumber(position);
  if ((index | 0) !== index) {
    throw refuse.location(28691, `${name}'s second argument must be representable as a 32-bit integer: ${index}`);
  }
  return elementAt(array, index, name);
}

const endElement = (position: number): OperatorParser =>
  unary((array, name) => (isNullish(array) ? null : elementAt(array, position, `${name}'s argument`)));

function size(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  throw refuse.location(17124, `The argument to $size must be an array, but was of type: ${typeName(value)}`);
}

function isIn(wanted: unknown, array: unknown): boolean {
  if (!Array.isArray(array)) throw refuse.location(40081, `$in requires an array as a second argument, found: ${typeName(array)}`);
  return array.some((item) => equalValues(item, wanted));
}

const concatArrays = variadic((name, args) => (root) => {
  const all: unknown[] = [];
  for (const arg of args) {
    const value = arg(root);
    if (isNullish(value)) return null;
    if (!Array.isArray(value)) throw refuse.location(28664, `${name} only supports arrays, not ${typeName(value)}`);
    for (const item of value) all.push(item);
  }
  return all;
});

export const arrayOperators = {
  $size: unary(size),
  $arrayElemAt: binary(arrayElemAt),
  $first: endElement(0),
  $last: endElement(-1),
  $in: binary(isIn),
  $concatArrays: concatArrays,
  $isArray: unary((value) => Array.isArray(value)),
} satisfies Record<string, OperatorParser>;
