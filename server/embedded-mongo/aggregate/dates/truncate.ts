import { civilDate, dayNumber, MS_PER_DAY, weekday } from './civil.js';
import { instantOf, type Zone } from './zone.js';

/** How `$dateTrunc` cuts time: bins of `size` units counted from 2000-01-01T00:00 of the zone. */
export interface Bins {
  readonly unit: TimeUnit;
  readonly size: number;
  /** Sunday 0 to Saturday 6; only weeks read it */
  readonly startOfWeek: number;
}

export const timeUnits = ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond'] as const;
export type TimeUnit = (typeof timeUnits)[number];

const REFERENCE_DAY = dayNumber(2000, 1, 1);

const clockUnits: Readonly<Partial<Record<TimeUnit, number>>> = { hour: 3_600_000, minute: 60_000, second: 1000, millisecond: 1 };
const monthsPerUnit: Readonly<Partial<Record<TimeUnit, number>>> = { month: 1, quarter: 3, year: 12 };

const floorTo = (n: number, step: number): number => Math.floor(n / step) * step;

/** The first day of the bin of weeks or days that holds `day`. */
function binDay(day: number, bins: Bins): number {
  if (bins.unit === 'day') return REFERENCE_DAY + floorTo(day - REFERENCE_DAY, bins.size);
  const firstWeek = REFERENCE_DAY + ((bins.startOfWeek - weekday(REFERENCE_DAY) + 7) % 7);
  return firstWeek + floorTo(day - firstWeek, 7 * bins.size);
}

/** The first day of the bin of months that holds `day`. */
function binMonth(day: number, months: number): number {
  const { year, month } = civilDate(day);
  return dayNumber(2000, floorTo((year - 2000) * 12 + month - 1, months) + 1, 1);
}

/** The beginning of the bin that holds an instant, both in milliseconds since 1970. */
export function truncateInstant(instant: number, bins: Bins, zone: Zone): number {
  const clock = clockUnits[bins.unit];
  if (clock !== undefined) {
    const reference = instantOf(REFERENCE_DAY * MS_PER_DAY, zone);
    return reference + floorTo(instant - reference, clock * bins.size);
  }
  const day = Math.floor((instant + zone.offsetAt(instant)) / MS_PER_DAY);
  const months = monthsPerUnit[bins.unit];
  const first = months === undefined ? binDay(day, bins) : binMonth(day, months * bins.size);
  return instantOf(first * MS_PER_DAY, zone);
}
