import type { Division } from '../divisions/divisions.store.js';
import { addDays, civilDay, weekdayOf, type CivilDay } from '../platform/civilDays.js';
import type { Worker } from '../workers/worker.rules.js';
import type { Diary } from './assign.js';
import type { CountyStory } from './counties.js';
import type { Fate, PlannedClass } from './plan.js';
import type { Random } from './random.js';

/** A county with its people, as the plan of a year sees it. */
export interface CountyPeople {
  readonly county: Division;
  readonly story: CountyStory;
  readonly workers: readonly Worker[];
  readonly townships: readonly Division[];
}

export interface Year {
  readonly random: Random;
  readonly year: number;
  readonly today: CivilDay;
  readonly city: Division;
  readonly counties: readonly CountyPeople[];
  readonly diary: Diary;
  /** Who will have been trained by the story's day; the rest is left for December or for nobody. */
  readonly trained: ReadonlySet<string>;
}

export function dayIn(year: number, monthDay: string): CivilDay {
  return civilDay(`${String(year)}-${monthDay}`);
}

/** The Monday on or after a day. */
export function mondayFrom(day: CivilDay): CivilDay {
  return addDays(day, (8 - weekdayOf(day)) % 7);
}

/** Puts people into a class until it is full; who is busy then or not yet there is passed over. */
export function fill(at: Year, into: PlannedClass, people: readonly Worker[], fateOf: (worker: Worker) => Fate): PlannedClass {
  const first = into.sessions[0]?.slot.slice(0, 10) ?? '';
  const places: PlannedClass['people'][number][] = [];
  for (const worker of people) {
    if (places.length === into.capacity) break;
    if (worker.entryDate <= first && at.diary.book(worker, into.sessions)) places.push({ worker, fate: fateOf(worker) });
  }
  return { ...into, people: places };
}

export const completes = (): Fate => 'completes';

/** Now and then somebody does not finish. */
export function slip(at: Year, share: number): Fate {
  if (!at.random.chance(share)) return 'completes';
  return at.random.weighted({ absent: 5, leaves: 3, withdrew: 2 });
}
