import { z } from 'zod';
import { addDays, weekdayOf } from '../platform/civilDays.js';
import { field, type Ctx } from '../platform/http/context.js';
import { day, oneOf, optionalText, text, version } from '../platform/http/fields.js';
import type { Problem } from '../platform/http/forms.js';
import { newId } from '../platform/ids.js';
import { minutesPerCreditHour, purposes, tiers } from './classes.rules.js';
import { shareMinutes } from './credits.rules.js';
import type { Completed } from './external.service.js';
import { halves, slotDay, slotOf, slotsBetween, type Slot } from './slots.rules.js';
import type { TimetableSession } from './trainingClass.rules.js';

const key = 'trainings.class';

/** A class held elsewhere; who completed it comes in repeated fields. */
export const externalForm = z.object({
  name: text(`${key}.name`, 100),
  tier: oneOf(`${key}.tier`, tiers),
  purpose: oneOf(`${key}.purpose`, purposes),
  organiser: text(`${key}.organiser`, 60),
  place: optionalText(`${key}.place`, 80),
  firstDay: day(`${key}.firstDay`),
  firstHalf: oneOf('trainings.external.half', halves),
  lastDay: day(`${key}.lastDay`),
  lastHalf: oneOf('trainings.external.half', halves),
  evidence: text('trainings.external.evidence', 200),
});
export type ExternalFields = z.infer<typeof externalForm>;

/** More people for a class held elsewhere, and taking one out again. */
export const addingForm = z.object({ version });
export const strikingForm = z.object({ version, reason: text('trainings.step.reason', 200) });

/** The longest class that can be entered in one piece, in days: a year's study. */
const mostDays = 366;
const hoursPattern = /^\d{1,3}(\.\d)?$/;

/** Credit hours as typed, in minutes; null when it is no such number. */
export function readHours(typed: string): number | null {
  const minutes = hoursPattern.test(typed.trim()) ? Math.round(Number(typed) * minutesPerCreditHour) : 0;
  return minutes > 0 ? minutes : null;
}

/** The name of the field with one person's own hours. */
export function hoursField(workerId: string): string {
  return `hours-${workerId}`;
}

/** Who completed it, with own hours where they differ. */
export function readCompleted(ctx: Ctx, workerIds: readonly string[]): { readonly people: Completed[]; readonly problems: Problem[] } {
  const people: Completed[] = [];
  const problems: Problem[] = workerIds.length === 0 ? [{ field: 'workerIds', key: 'trainings.external.workerIds.missing' }] : [];
  for (const workerId of workerIds) {
    const typed = field(ctx, hoursField(workerId)).trim();
    const creditMinutes = typed === '' ? null : readHours(typed);
    if (typed !== '' && creditMinutes === null)
      problems.push({ field: 'workerIds', key: 'trainings.external.workerIds.badHours', values: { typed: typed.slice(0, 10) } });
    people.push({ workerId, creditMinutes });
  }
  return { people, problems };
}

/** The half-days of a class held elsewhere with its hours shared over them; weekends are left out of a class longer than two days. */
export function externalSessions(
  value: ExternalFields,
  minutes: number,
): { readonly sessions: TimetableSession[]; readonly problems: Problem[] } {
  const [first, last] = [slotOf(value.firstDay, value.firstHalf), slotOf(value.lastDay, value.lastHalf)];
  const values = { firstDay: value.firstDay, lastDay: value.lastDay };
  if (last < first) return { sessions: [], problems: [{ field: 'lastDay', key: 'trainings.class.lastDay.beforeFirst', values }] };
  if (value.lastDay > addDays(value.firstDay, mostDays))
    return { sessions: [], problems: [{ field: 'lastDay', key: 'trainings.external.tooLong', values: { most: mostDays } }] };
  const slots = workingSlots(slotsBetween(first, last), value.lastDay > addDays(value.firstDay, 1));
  const shares = shareMinutes(minutes, slots.length);
  const sessions = slots.map((slot, index) => ({
    id: newId(),
    slot,
    title: value.name.slice(0, 80),
    form: 'LECTURE' as const,
    lecturer: '',
    creditMinutes: shares[index] ?? 0,
    counted: (shares[index] ?? 0) > 0,
  }));
  return { sessions, problems: [] };
}

function workingSlots(slots: readonly Slot[], isLong: boolean): readonly Slot[] {
  const isWeekend = (slot: Slot): boolean => weekdayOf(slotDay(slot)) === 0 || weekdayOf(slotDay(slot)) === 6;
  const working = slots.filter((slot) => !isWeekend(slot));
  return isLong && working.length > 0 ? working : slots;
}
