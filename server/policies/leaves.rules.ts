/** A single value inside a policy's value: where it stands and what kind of field it is. */
export interface Leaf {
  /** `groups.CHIEF.minutes`, `lengthRows.0.upToDays` */
  readonly path: string;
  /** The path without row numbers: what its texts are filed under. */
  readonly name: string;
  /** The row it stands in (`lengthRows.0`), or null outside of lists of rows. */
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

/** What forms take in hours as minutes of credit. */
export function fromHours(hours: number): number {
  return Math.round(hours * minutesPerHour);
}

/** Every single value of a policy's value, in its own order. */
export function leavesOf(value: unknown, path = ''): readonly Leaf[] {
  if (isFlatList(value)) return [leaf(path, 'list', value.map(String))];
  if (isPart(value)) return Object.entries(value).flatMap(([key, one]) => leavesOf(one, join(path, key)));
  return [single(value, path)];
}

/** The values of a row that is not there yet, at the end of a list of rows. */
export function blankLeaves(pattern: unknown, row: string): readonly Leaf[] {
  return leavesOf(pattern, row).map((one) => ({ ...one, value: one.kind === 'list' ? [] : '' }));
}

/** Whether a part of a value has parts of its own. */
export function isPart(value: unknown): value is object {
  return value !== null && typeof value === 'object' && !isFlatList(value);
}

/** A list of plain values; a list of objects, or one that can have them, is walked row by row. */
function isFlatList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one !== 'object');
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
  return { path, kind, value, name: path.replace(/\.\d+(?=\.|$)/g, ''), row: /^(.*\.\d+)\./.exec(path)?.[1] ?? null };
}

/** The path of a part. */
export function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
