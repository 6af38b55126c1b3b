declare const brand: unique symbol;

/** A calendar day in Asia/Shanghai, `YYYY-MM-DD`; compares in order as text. */
export type CivilDay = string & { readonly [brand]: 'CivilDay' };

const shanghai = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit' });
const clockTime = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const dayMilliseconds = 86_400_000;

/** The Asia/Shanghai day an instant falls on. */
export function dayOf(instant: Date): CivilDay {
  return shanghai.format(instant) as CivilDay;
}

/** `HH:MM` of an instant in Asia/Shanghai. */
export function timeOf(instant: Date): string {
  return clockTime.format(instant);
}

/** The instant a day begins in Asia/Shanghai (UTC+8, no daylight saving since 1991). */
export function startOfDay(day: CivilDay): Date {
  return new Date(`${day}T00:00:00+08:00`);
}

/** A day from its parts, or null when the calendar has no such day. */
export function dayFrom(year: number, month: number, day: number): CivilDay | null {
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return isCivilDay(text) ? text : null;
}

/** Whether a text is a real calendar day written `YYYY-MM-DD`. */
export function isCivilDay(text: string): text is CivilDay {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const instant = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
}

/** A day written in code or read from the database. @throws RangeError when the calendar has no such day */
export function civilDay(text: string): CivilDay {
  if (!isCivilDay(text)) throw new RangeError(`not a calendar day: ${text}`);
  return text;
}

/** What people type: `2026-12-14`, `2026/12/14`, `2026.12.14`, `20261214`, `2026年12月14日`; null when it is no day. */
export function parseDay(text: string): CivilDay | null {
  const trimmed = text.trim();
  const match = /^(\d{4})(?:[-/.年])(\d{1,2})(?:[-/.月])(\d{1,2})日?$/.exec(trimmed) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(trimmed);
  return match ? dayFrom(Number(match[1]), Number(match[2]), Number(match[3])) : null;
}

/** The four-digit year of a day. */
export function yearOf(day: CivilDay): number {
  return Number(day.slice(0, 4));
}

/** The month of a day, 1–12. */
export function monthOf(day: CivilDay): number {
  return Number(day.slice(5, 7));
}

/** 0 Sunday … 6 Saturday. */
export function weekdayOf(day: CivilDay): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}

/** The day n days later (earlier when negative). */
export function addDays(day: CivilDay, days: number): CivilDay {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMilliseconds).toISOString().slice(0, 10) as CivilDay;
}

/** The corresponding day n months later, or the last day of a shorter month (decisions, "Rulings"). */
export function addMonths(day: CivilDay, months: number): CivilDay {
  const index = yearOf(day) * 12 + (monthOf(day) - 1) + months;
  const year = Math.floor(index / 12);
  const month = (index % 12) + 1;
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return dayFrom(year, month, Math.min(Number(day.slice(8)), last)) as CivilDay;
}

/** The corresponding day n years later (29 February falls on the 28th in common years). */
export function addYears(day: CivilDay, years: number): CivilDay {
  return addMonths(day, years * 12);
}

/** Whole days from the first day to the second; negative when the second is earlier. */
export function daysBetween(from: CivilDay, to: CivilDay): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMilliseconds);
}

/** 1 January of a year. */
export function firstDayOf(year: number): CivilDay {
  return civilDay(`${String(year)}-01-01`);
}

/** 31 December of a year. */
export function lastDayOf(year: number): CivilDay {
  return civilDay(`${String(year)}-12-31`);
}
