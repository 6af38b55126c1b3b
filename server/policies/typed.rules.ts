import { blankLeaves, fromHours, isMinutes, isPart, join } from './leaves.rules.js';

/** What a form holds for each field, by the path of the leaf. */
export type Typed = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A list of rows as the form offers it: the rows that stand, and an empty one at the end. */
export interface RowList {
  readonly path: string;
  /** How many rows stand. */
  readonly length: number;
  /** The shape of one row. */
  readonly pattern: unknown;
}

/** The name of the box that takes a row out. */
export const dropName = (row: string): string => `${row}.drop`;

/**
 * The lists of rows in a value. What a row looks like is told by the shipped value: the list itself may be empty.
 * @param pattern the shipped value of the kind
 */
export function rowListsOf(shape: unknown, pattern: unknown, path = ''): readonly RowList[] {
  if (Array.isArray(pattern))
    return isPart(pattern) ? [{ path, length: Array.isArray(shape) ? shape.length : 0, pattern: pattern[0] as unknown }] : [];
  if (!isPart(pattern)) return [];
  const parts = (shape ?? {}) as Readonly<Record<string, unknown>>;
  return Object.entries(pattern).flatMap(([key, one]) => rowListsOf(parts[key], one, join(path, key)));
}

/** The rows that the next value has, by their numbers in the form: without those taken out, with the new one when it was begun. */
export function rowsKept(list: RowList, typed: Typed): readonly number[] {
  const standing = Array.from({ length: list.length }, (_, index) => index);
  const added = join(list.path, String(list.length));
  const isBegun = blankLeaves(list.pattern, added).some((leaf) => leaf.kind !== 'yesNo' && textOf(typed[leaf.path]) !== '');
  return [...standing.filter((index) => textOf(typed[dropName(join(list.path, String(index)))]) === ''), ...(isBegun ? [list.length] : [])];
}

/** A policy's value with what was typed in place of its single values; whether it is allowed is the schema's to say. */
export function valueFrom(of: { readonly shape: unknown; readonly pattern: unknown }, typed: Typed): unknown {
  const lists = rowListsOf(of.shape, of.pattern);
  const read = (shape: unknown, path: string): unknown => {
    const list = lists.find((one) => one.path === path);
    if (list !== undefined)
      return rowsKept(list, typed).map((index) => read((shape as readonly unknown[])[index] ?? list.pattern, join(path, String(index))));
    if (Array.isArray(shape)) return listOf(typed[path]);
    if (isPart(shape)) return Object.fromEntries(Object.entries(shape).map(([key, one]) => [key, read(one, join(path, key))]));
    return singleFrom(shape, textOf(typed[path]), path);
  };
  return read(of.shape, '');
}

/** Where in the form a part of the value was typed: rows have other numbers there when some were taken out. */
export function formPath(lists: readonly RowList[], typed: Typed, parts: readonly PropertyKey[]): string {
  return parts.map(String).reduce((path, part) => {
    const list = lists.find((one) => one.path === path);
    return join(path, list === undefined ? part : String(rowsKept(list, typed)[Number(part)] ?? part));
  }, '');
}

function singleFrom(shape: unknown, text: string, path: string): unknown {
  if (typeof shape === 'boolean') return text !== '';
  if (typeof shape === 'number' || (shape === null && isMinutes(path))) return numberOf(text, path);
  return text === '' ? null : text;
}

function numberOf(text: string, path: string): number | null | string {
  if (text === '') return null;
  const number = Number(text);
  if (!Number.isFinite(number)) return text;
  return isMinutes(path) ? fromHours(number) : number;
}

function textOf(value: string | readonly string[] | undefined): string {
  return typeof value === 'string' ? value.trim() : '';
}

function listOf(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  const parts = typeof value === 'string' ? value.split(/[、,，\s]+/) : value;
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
