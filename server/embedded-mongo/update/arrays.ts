import { refuse } from '../errors.js';
import { parsePlainFilter } from '../query/filter.js';
import { parseField } from '../query/field.js';
import { isRegex } from '../query/regex.js';
import { compareValues, equalValues } from '../values/compare.js';
import { toNumber } from '../values/numbers.js';
import { compilePath, type Path } from '../values/paths.js';
import { show } from '../values/show.js';
import { isDocument, isNumeric, typeName, type Document } from '../values/types.js';
import { pushModifiers } from './list.js';
import { modify, valueAt } from './modify.js';
import { idOf, leafName, type ParsePathUpdate } from './operator.js';

type Rearrange = (items: readonly unknown[]) => readonly unknown[];

/** Shortens an array that is there; a missing one is left alone, a path that cannot exist is an error. */
function onExisting(doc: Document, path: Path, rearrange: Rearrange, refuseOther: (current: unknown) => Error): Document {
  const change = (current: unknown): unknown => {
    if (current === undefined) return undefined;
    if (!Array.isArray(current)) throw refuseOther(current);
    const next = rearrange(current);
    return next.length === current.length ? current : next;
  };
  return modify(doc, path, change, { missing: 'require' });
}

function wholeArgument(name: '$position' | '$slice', value: unknown): number {
  const number = isNumeric(value) ? toNumber(value) : NaN;
  if (Number.isInteger(number)) return number;
  const wording = name === '$slice' ? 'but was given type:' : 'not of type:';
  throw refuse.badValue(`The value for ${name} must be an integer value${name === '$slice' ? ' ' : ', '}${wording} ${typeName(value)}`);
}

const hasEach = (argument: unknown): argument is Document => isDocument(argument) && Object.hasOwn(argument, '$each');

interface Push {
  readonly each: readonly unknown[];
  readonly position: number | undefined;
  readonly slice: number | undefined;
  readonly sort: ((a: unknown, b: unknown) => number) | undefined;
}

const isDirection = (value: unknown): boolean => isNumeric(value) && Math.abs(toNumber(value)) === 1;

/** `$sort: 1` orders by the elements themselves, `$sort: { a: 1 }` by fields of elements that are documents. */
function parsePushSort(value: unknown): (a: unknown, b: unknown) => number {
  if (isDirection(value)) {
    const direction = toNumber(value as number);
    return (a, b) => compareValues(a, b) * direction;
  }
  if (isNumeric(value)) throw refuse.badValue('The $sort element value must be either 1 or -1');
  if (!isDocument(value))
    throw refuse.badValue('The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields');
  return compareByFields(sortFields(value));
}

interface SortField {
  readonly path: Path;
  readonly direction: number;
}

/** Unlike a sort of documents, this one takes an array as one value and enters it only by position. */
const compareByFields =
  (fields: readonly SortField[]) =>
  (a: unknown, b: unknown): number => {
    const key = (item: unknown, path: Path): unknown => (isDocument(item) ? valueAt(item, path) : null) ?? null;
    for (const { path, direction } of fields) {
      const order = compareValues(key(a, path), key(b, path));
      if (order !== 0) return order * direction;
    }
    return 0;
  };

function sortFields(spec: Document): SortField[] {
  const entries = Object.entries(spec);
  if (entries.length === 0) throw refuse.badValue('The $sort pattern is empty when it should be a set of fields.');
  return entries.map(([name, direction]) => {
    if (!isDirection(direction)) throw refuse.badValue('The $sort element value must be either 1 or -1');
    if (name.split('.').includes('')) throw refuse.badValue(`The $sort field is a dotted field but has an empty part: ${name}`);
    return { path: compilePath(name), direction: toNumber(direction as number) };
  });
}

function parsePushArgument(argument: unknown): Push {
  if (!hasEach(argument)) return { each: [argument], position: undefined, slice: undefined, sort: undefined };
  for (const name of Object.keys(argument)) {
    if (!Object.hasOwn(pushModifiers, name)) throw refuse.badValue(`Unrecognized clause in $push: ${name}`);
  }
  const { $each, $position, $slice, $sort } = argument;
  if (!Array.isArray($each))
    throw refuse.badValue(`The argument to $each in $push must be an array but it was of type: ${typeName($each)}`);
  return {
    each: $each,
    position: $position === undefined ? undefined : wholeArgument('$position', $position),
    slice: $slice === undefined ? undefined : wholeArgument('$slice', $slice),
    sort: $sort === undefined ? undefined : parsePushSort($sort),
  };
}

function sliceItems(items: unknown[], count: number): unknown[] {
  if (count === 0) return [];
  return count > 0 ? items.slice(0, count) : items.slice(count);
}

function pushItems(items: readonly unknown[], push: Push): unknown[] {
  const next = [...items];
  next.splice(push.position ?? next.length, 0, ...push.each);
  if (push.sort !== undefined) next.sort(push.sort);
  return push.slice === undefined ? next : sliceItems(next, push.slice);
}

/** `$push`: insert at the position, then sort, then slice, whatever order the modifiers were given in. */
export const parsePush: ParsePathUpdate = (path, argument) => {
  const push = parsePushArgument(argument);
  return { apply: (doc) => modify(doc, path, (current) => pushed(current, push, { doc, path }), { missing: 'create' }) };
};

function pushed(current: unknown, push: Push, where: { doc: Document; path: Path }): unknown {
  if (current !== undefined && !Array.isArray(current)) {
    throw refuse.badValue(
      `The field '${where.path.text}' must be an array but is of type ${typeName(current)} in document ${idOf(where.doc)}`,
    );
  }
  const next = pushItems(current ?? [], push);
  return current !== undefined && sameItems(current, next) ? current : next;
}

const sameItems = (a: readonly unknown[], b: readonly unknown[]): boolean => a.length === b.length && a.every((item, i) => item === b[i]);

/** `$addToSet`: an element is new when no element equals it. */
export const parseAddToSet: ParsePathUpdate = (path, argument) => {
  const each = addedItems(argument);
  return { apply: (doc) => modify(doc, path, (current) => withAdded(current, each, path), { missing: 'create' }) };
};

function addedItems(argument: unknown): readonly unknown[] {
  if (!isDocument(argument) || Object.keys(argument)[0] !== '$each') return [argument];
  const { $each, ...extra } = argument;
  if (!Array.isArray($each))
    throw refuse.typeMismatch(`The argument to $each in $addToSet must be an array but it was of type ${typeName($each)}`);
  if (Object.keys(extra).length > 0) throw refuse.badValue(`Found unexpected fields after $each in $addToSet: ${show(argument)}`);
  return $each;
}

function withAdded(current: unknown, each: readonly unknown[], path: Path): unknown {
  if (current !== undefined && !Array.isArray(current)) {
    throw refuse.badValue(
      `Cannot apply $addToSet to non-array field. Field named '${leafName(path)}' has non-array type ${typeName(current)}`,
    );
  }
  const next: unknown[] = [...((current ?? []) as unknown[])];
  for (const item of each) if (!next.some((held) => equalValues(held, item))) next.push(item);
  return current !== undefined && next.length === current.length ? current : next;
}

/** `$pop: 1` takes the last element, `-1` the first. */
export const parsePop: ParsePathUpdate = (path, argument) => {
  if (!isNumeric(argument)) throw refuse.failedToParse(`Expected a number in: ${path.text}: ${show(argument)}`);
  const end = toNumber(argument);
  if (!Number.isInteger(end)) throw refuse.failedToParse(`Expected an integer: ${path.text}: ${show(argument)}`);
  if (Math.abs(end) !== 1) throw refuse.failedToParse(`$pop expects 1 or -1, found: ${show(argument)}`);
  const rearrange: Rearrange = (items) => (end === 1 ? items.slice(0, -1) : items.slice(1));
  const refuseOther = (current: unknown): Error =>
    refuse.typeMismatch(`Path '${path.text}' contains an element of non-array type '${typeName(current)}'`);
  return { apply: (doc) => onExisting(doc, path, rearrange, refuseOther) };
};

const notAnArray = (): Error => refuse.badValue('Cannot apply $pull to a non-array value');

/** `$pullAll`. */
export const parsePullAll: ParsePathUpdate = (path, argument) => {
  if (!Array.isArray(argument)) throw refuse.badValue(`$pullAll requires an array argument but was given a ${typeName(argument)}`);
  const rearrange: Rearrange = (items) => items.filter((item) => !argument.some((unwanted) => equalValues(item, unwanted)));
  return { apply: (doc) => onExisting(doc, path, rearrange, notAnArray) };
};

/** A document of operators tests the element, any other document is a filter on elements that are documents, a value must be equal. */
function pullTest(argument: unknown): (item: unknown) => boolean {
  if (isRegex(argument)) return valueTest({ $regex: argument });
  if (!isDocument(argument)) return (item) => equalValues(item, argument);
  if (Object.keys(argument)[0]?.startsWith('$') === true && !isLogical(argument)) return valueTest(argument);
  const filter = parsePlainFilter(argument);
  return (item) => isDocument(item) && filter.test(item);
}

const isLogical = (argument: Document): boolean => ['$and', '$or', '$nor'].includes(Object.keys(argument)[0] ?? '');

/** The element is shown as the field '' of a document, so that an element that is an array is looked into. */
function valueTest(operators: Document): (item: unknown) => boolean {
  const nodes = parseField('', operators, parsePlainFilter);
  return (item) => nodes.every((node) => node.test({ '': item }));
}

/** `$pull`. */
export const parsePull: ParsePathUpdate = (path, argument) => {
  const unwanted = pullTest(argument);
  return { apply: (doc) => onExisting(doc, path, (items) => items.filter((item) => !unwanted(item)), notAnArray) };
};
