import { addDays, civilDay, isCivilDay } from '../platform/civilDays.js';
import type { CivilDay } from '../platform/civilDays.js';

declare const brand: unique symbol;

/** One half-day, `2026-12-08-AM`; compares in order of time as text. No person has two active places in one (decision 13). */
export type Slot = string & { readonly [brand]: 'Slot' };

export const halves = ['AM', 'PM'] as const;
export type Half = (typeof halves)[number];

/** The half-day of a day. */
export function slotOf(day: CivilDay, half: Half): Slot {
  return `${day}-${half}` as Slot;
}

/** Whether a text names a half-day. */
export function isSlot(text: string): text is Slot {
  return isCivilDay(text.slice(0, 10)) && /^-(AM|PM)$/.test(text.slice(10));
}

/** A half-day written in code or read from the database. @throws RangeError when it is none */
export function slot(text: string): Slot {
  if (!isSlot(text)) throw new RangeError(`not a half-day: ${text}`);
  return text;
}

/** The day a half-day belongs to. */
export function slotDay(value: Slot): CivilDay {
  return civilDay(value.slice(0, 10));
}

/** Morning or afternoon. */
export function slotHalf(value: Slot): Half {
  return value.endsWith('AM') ? 'AM' : 'PM';
}

/** Whether a half-day lies within two days, both included. */
export function slotBetween(value: Slot, firstDay: CivilDay, lastDay: CivilDay): boolean {
  return slotDay(value) >= firstDay && slotDay(value) <= lastDay;
}

/** Every half-day from one to another, both included; empty when the second is earlier. */
export function slotsBetween(first: Slot, last: Slot): Slot[] {
  const all: Slot[] = [];
  for (let day = slotDay(first); day <= slotDay(last); day = addDays(day, 1)) {
    all.push(...halves.map((half) => slotOf(day, half)).filter((value) => value >= first && value <= last));
  }
  return all;
}

/** The half-days two classes share, in order of time; empty when a person can attend both. */
export function sharedSlots(one: readonly Slot[], other: readonly Slot[]): Slot[] {
  const others = new Set(other);
  return [...new Set(one)].filter((value) => others.has(value)).sort();
}
