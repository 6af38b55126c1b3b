import type { Slot } from '../trainings/slots.rules.js';
import type { TimetableSession } from '../trainings/trainingClass.rules.js';
import type { Worker } from '../workers/worker.rules.js';

/** Keeps people out of two classes in one half-day while a year is made up. */
export interface Diary {
  /** Notes the half-days of a class for somebody; false, and nothing noted, when one of them is taken. */
  book(worker: Worker, sessions: readonly TimetableSession[]): boolean;
}

/** An empty diary. */
export function newDiary(): Diary {
  const taken = new Map<string, Set<Slot>>();
  return {
    book(worker, sessions) {
      const own = taken.get(worker.id) ?? new Set<Slot>();
      if (sessions.some((session) => own.has(session.slot))) return false;
      for (const session of sessions) own.add(session.slot);
      taken.set(worker.id, own);
      return true;
    },
  };
}

/** Splits people over a number of groups as evenly as can be, keeping their order. */
export function dealOut<T>(items: readonly T[], groups: number): T[][] {
  const dealt: T[][] = Array.from({ length: groups }, () => []);
  items.forEach((item, index) => dealt[index % groups]?.push(item));
  return dealt;
}
