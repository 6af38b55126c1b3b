/** A single value inside a policy's value: where it stands and what kind of field it is. */
export interface Leaf {
  /** `groups.CHIEF.minutes`, `lengthRows.0.upToDays` */
  readonly path: string;
  /** The path without row numbers: what its texts are filed under. */
  readonly name: string;
  /** Number of the row it stands in (`0`), or null outside of lists of rows. */
  readonly row: string | null;
  readonly kind: 'number' | 'yesNo' | 'text' | 'list';
  /** As the form shows it; minutes of credit as hours. */
  readonly value: string | readonly string[];
}

const minutesPerHour = 60;

/** Whether a value is minutes of credit: forms and messages say it in hours. */
export const isMinutes = (name: string): boolean => /minutes/i.test(name);

/** `10-01` as month and day; null for anything else. */
export function monthDayOf(text: string): { readonly month: number; readonly day: number } | null {
  const match = /^(\d{2})-(\d{2})$/.exec(text);
  return match === null ? null : { month: Number(match[1]), day: Number(match[2]) };
}

/** Minutes of credit as forms and messages say them. */
export function asHours(minutes: number): number {
  return minutes / minutesPerHour;
}

/** Every single value of a policy's value, in its own order. */
export function leavesOf(value: unknown, path = ''): readonly Leaf[] {
  if (isFlatList(value)) return [leaf(path, 'list', value.map(String))];
  if (value !== null && typeof value === 'object') return Object.entries(value).flatMap(([key, one]) => leavesOf(one, join(path, key)));
  return [single(value, path)];
}

/** A list of plain values; a list of objects is walked row by row. */
function isFlatList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.every((one) => typeof one !== 'object');
}

function single(value: unknown, path: string): Leaf {
  if (typeof value === 'boolean') return leaf(path, 'yesNo', value ? 'yes' : '');
  if (typeof value === 'number') return leaf(path, 'number', String(isMinutes(path) ? asHours(value) : value));
  if (value === null && isMinutes(path)) return leaf(path, 'number', '');
  return leaf(path, 'text', typeof value === 'string' ? value : '');
}

/** The path as the name of a place in the page: what a summary of problems points to. */
export function anchorOf(path: string): string {
  return path.replaceAll('.', '-');
}

function leaf(path: string, kind: Leaf['kind'], value: Leaf['value']): Leaf {
  return { path, kind, value, name: path.replace(/\.\d+(?=\.|$)/g, ''), row: /\.(\d+)\./.exec(path)?.[1] ?? null };
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

/** What a form holds for each field, by the path of the leaf. */
export type Typed = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A policy's value with what was typed in place of its single values; whether it is allowed is the schema's to say. */
export function valueFrom(shape: unknown, typed: Typed, path = ''): unknown {
  if (isFlatList(shape)) return listOf(typed[path]);
  if (Array.isArray(shape)) return shape.map((one: unknown, index) => valueFrom(one, typed, join(path, String(index))));
  if (shape !== null && typeof shape === 'object') return Object.fromEntries(Object.entries(shape).map(([key, one]) => [key, valueFrom(one, typed, join(path, key))]));
  return singleFrom(shape, textOf(typed[path]), path);
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
  return isMinutes(path) ? Math.round(number * minutesPerHour) : number;
}

function textOf(value: string | readonly string[] | undefined): string {
  return typeof value === 'string' ? value.trim() : '';
}

function listOf(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  const parts = typeof value === 'string' ? value.split(/[、,，\s]+/) : value;
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
