import type { Division } from '../divisions/divisions.store.js';
import { addDays, weekdayOf, type CivilDay } from '../platform/civilDays.js';
import type { Purpose, Tier } from '../trainings/classes.rules.js';
import { slotOf, type Half } from '../trainings/slots.rules.js';
import type { TimetableSession } from '../trainings/trainingClass.rules.js';
import type { AudienceGroup } from '../workers/posts.rules.js';
import type { Worker } from '../workers/worker.rules.js';
import { newId } from '../platform/ids.js';
import { coursesFor } from './courses.js';
import type { Random } from './random.js';

/** How somebody's place ends, when the class is over. */
export type Fate = 'completes' | 'absent' | 'leaves' | 'withdrew' | 'failsTest';

/** A class of the demo with the people in it; whether it is over is a matter of today. */
export interface PlannedClass {
  readonly name: string;
  readonly tier: Tier;
  readonly purpose: Purpose;
  readonly owner: Division;
  readonly audience: readonly Division[];
  readonly audienceGroups: readonly AudienceGroup[];
  readonly organiser: string;
  readonly institution: string;
  readonly place: string;
  readonly sessions: readonly TimetableSession[];
  readonly capacity: number;
  readonly assessment: boolean;
  readonly external: boolean;
  readonly people: readonly { readonly worker: Worker; readonly fate: Fate }[];
}

/** Four 学时 a half-day (domain.md §2.5). */
const halfDayMinutes = 240;

/** Half-days from a morning on, working days only. */
export function timetable(
  random: Random,
  firstDay: CivilDay,
  of: { purpose: Purpose; isTownship: boolean; halfDays: number },
): readonly TimetableSession[] {
  const courses = coursesFor(random, of, of.halfDays);
  const days = workingDays(firstDay, Math.ceil(of.halfDays / 2));
  return courses.map((course, index) => {
    const half: Half = index % 2 === 0 ? 'AM' : 'PM';
    return {
      id: newId(),
      slot: slotOf(days[Math.floor(index / 2)] ?? firstDay, half),
      ...course,
      creditMinutes: halfDayMinutes,
      counted: true,
    };
  });
}

/** The first working days from a day on. */
export function workingDays(from: CivilDay, count: number): readonly CivilDay[] {
  const days: CivilDay[] = [];
  for (let day = from; days.length < count; day = addDays(day, 1)) if (weekdayOf(day) % 6 !== 0) days.push(day);
  return days;
}

/** Whether somebody served on a day, as far as the roster of today knows. */
export function servedOn(worker: Worker, day: CivilDay): boolean {
  return worker.entryDate <= day;
}
