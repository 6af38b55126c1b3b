import { z } from 'zod';
import { parseDay, type CivilDay } from '../civilDays.js';

/** The trimmed text of a field; '' when it was not sent at all, as an unticked box is not (a plain schema would refuse a missing key). */
const blank = z.preprocess((value) => (typeof value === 'string' ? value.trim() : ''), z.string());

/** A text that must be there; `key` is the prefix of the messages (`training.name` → `.missing`, `.tooLong`). */
export function text(key: string, most = 200) {
  return blank.pipe(
    z
      .string()
      .min(1, `${key}.missing`)
      .max(most, `${key}.tooLong|{"most":${String(most)}}`),
  );
}

/** A text that may be empty; '' when it is. */
export function optionalText(key: string, most = 500) {
  return blank.pipe(z.string().max(most, `${key}.tooLong|{"most":${String(most)}}`));
}

/** A day in any of the ways people write one. Messages: `.missing`, `.notADay`. */
export function day(key: string) {
  return blank.pipe(z.string().min(1, `${key}.missing`)).transform((value, ctx) => toDay(value, ctx, key));
}

/** A day that may be left empty (null). */
export function optionalDay(key: string) {
  return blank.transform((value, ctx) => (value === '' ? null : toDay(value, ctx, key)));
}

function toDay(value: string, ctx: { addIssue(issue: { code: 'custom'; message: string }): void }, key: string): CivilDay {
  const parsed = parseDay(value);
  if (parsed !== null) return parsed;
  ctx.addIssue({ code: 'custom', message: `${key}.notADay|${JSON.stringify({ typed: value.slice(0, 20) })}` });
  return z.NEVER;
}

/** A whole number between two bounds; an empty field is missing, never 0. Messages: `.missing`, `.notANumber`, `.outOfRange`. */
export function whole(key: string, least: number, most: number) {
  return blank
    .pipe(
      z
        .string()
        .min(1, `${key}.missing`)
        .regex(/^-?\d{1,9}$/, `${key}.notANumber`),
    )
    .transform((value, ctx) => {
      const number = Number(value);
      if (number >= least && number <= most) return number;
      ctx.addIssue({ code: 'custom', message: `${key}.outOfRange|${JSON.stringify({ least, most })}` });
      return z.NEVER;
    });
}

/** One of a list. Message: `.unknown` (also when nothing was chosen). */
export function oneOf<const Values extends readonly [string, ...string[]]>(key: string, values: Values) {
  return blank.pipe(z.enum(values, { error: `${key}.unknown` }));
}

/** A check box: true when it is ticked. */
export const ticked = blank.transform((value) => value !== '');

/** The version that the form was opened on (decision 10). */
export const version = blank.pipe(z.string().regex(/^\d{1,9}$/, 'forms.version.missing')).transform(Number);

/** Repeated values (check boxes), possibly none. */
export const list = z.preprocess(
  (value) => (Array.isArray(value) ? (value as unknown[]) : value === undefined || value === '' ? [] : [value]),
  z.array(z.string()),
);
