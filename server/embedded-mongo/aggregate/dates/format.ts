import { refuse } from '../../errors.js';
import { civilDate, dayOfYear, isoWeek, MS_PER_DAY, sundayWeek, weekday, type CivilDate } from './civil.js';
import type { Zone } from './zone.js';

/** An instant as a zone's wall clock shows it. */
interface Reading {
  readonly civil: CivilDate;
  readonly days: number;
  /** milliseconds since local midnight */
  readonly clock: number;
  /** minutes ahead of UTC */
  readonly offset: number;
}

type Part = (reading: Reading) => string;

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

const padded = (n: number, width: number): string => String(n).padStart(width, '0');

const signed = (offset: number, size: string): string => `${offset < 0 ? '-' : '+'}${size}`;

const hoursAndMinutes = (offset: number): string => {
  const size = Math.abs(offset);
  return padded(Math.floor(size / 60), 2) + padded(size % 60, 2);
};

/** Format specifiers of `$dateToString`. https://www.mongodb.com/docs/manual/reference/operator/aggregation/dateToString/#format-specifiers */
const specifiers: Readonly<Record<string, Part>> = {
  Y: (r) => padded(r.civil.year, 4),
  m: (r) => padded(r.civil.month, 2),
  d: (r) => padded(r.civil.day, 2),
  b: (r) => (MONTHS[r.civil.month - 1] ?? '').slice(0, 3),
  B: (r) => MONTHS[r.civil.month - 1] ?? '',
  H: (r) => padded(Math.floor(r.clock / 3_600_000), 2),
  M: (r) => padded(Math.floor(r.clock / 60_000) % 60, 2),
  S: (r) => padded(Math.floor(r.clock / 1000) % 60, 2),
  L: (r) => padded(r.clock % 1000, 3),
  j: (r) => padded(dayOfYear(r.days), 3),
  w: (r) => String(weekday(r.days) + 1),
  u: (r) => String(((weekday(r.days) + 6) % 7) + 1),
  U: (r) => padded(sundayWeek(r.days), 2),
  V: (r) => padded(isoWeek(r.days).week, 2),
  G: (r) => padded(isoWeek(r.days).year, 4),
  z: (r) => signed(r.offset, hoursAndMinutes(r.offset)),
  Z: (r) => signed(r.offset, String(Math.abs(r.offset))),
  '%': () => '%',
};

/** A checked format string, ready to print instants. */
export type DateFormat = (instant: number, zone: Zone) => string;

function parseFormat(format: string): Part[] {
  const parts: Part[] = [];
  for (let i = 0; i < format.length; i += 1) {
    const char = format.charAt(i);
    if (char !== '%') {
      parts.push(() => char);
      continue;
    }
    i += 1;
    if (i >= format.length) throw refuse.location(18535, "Unmatched '%' at end of format string");
    const part = specifiers[format.charAt(i)];
    if (part === undefined) throw refuse.location(18536, `Invalid format character '%${format.charAt(i)}' in format string`);
    parts.push(part);
  }
  return parts;
}

/** Checks a format string (errors 18535, 18536); printing refuses years outside 0–9999 (18537). */
export function dateFormat(format: string): DateFormat {
  const parts = parseFormat(format);
  return (instant, zone) => {
    const offset = zone.offsetAt(instant);
    const local = instant + offset;
    const days = Math.floor(local / MS_PER_DAY);
    const civil = civilDate(days);
    if (civil.year < 0 || civil.year > 9999) {
      throw refuse.location(18537, `$dateToString is only defined on year 0-9999, tried to use year ${String(civil.year)}`);
    }
    const reading = { civil, days, clock: local - days * MS_PER_DAY, offset: Math.trunc(offset / 60_000) };
    let text = '';
    for (const part of parts) text += part(reading);
    return text;
  };
}

export const ISO_UTC = dateFormat('%Y-%m-%dT%H:%M:%S.%LZ');
export const ISO_LOCAL = dateFormat('%Y-%m-%dT%H:%M:%S.%L');
