import type { CivilDay } from '../platform/civilDays.js';
import { systemScope } from '../platform/scope.js';
import { isStillToCome } from './classes.rules.js';
import { isActive, isOpen } from './enrolment.rules.js';
import type { EnrolmentsStore } from './enrolments.store.js';
import type { TrainingClass } from './trainingClass.rules.js';

/** Whom it strikes when a class is moved or falls away. */
export interface Strike {
  /** People with a place. */
  readonly placed: number;
  readonly waiting: number;
  /** Of the people with a place: those with no other place in a class that ends by the last day. */
  readonly without: number;
}

const counted = systemScope('how many people a change of a class strikes');

/** Counts before harm: shown on every confirmation page. */
export function makeStrikesService(deps: { enrolments: EnrolmentsStore }) {
  return {
    async of(trainingClass: TrainingClass, until: CivilDay): Promise<Strike> {
      const places = await deps.enrolments.ofClass(counted, trainingClass.id);
      const placed = places.filter((place) => isActive(place.state)).map((place) => place.workerId);
      const all = await deps.enrolments.ofWorkers(counted, placed);
      const arranged = new Set(
        all
          .filter(
            (place) =>
              place.classId !== trainingClass.id && isOpen(place.state) && isStillToCome(place.classState) && place.lastDay <= until,
          )
          .map((place) => place.workerId),
      );
      const waiting = places.filter((place) => place.state === 'WAITLISTED').length;
      return { placed: placed.length, waiting, without: placed.filter((id) => !arranged.has(id)).length };
    },
  };
}

export type StrikesService = ReturnType<typeof makeStrikesService>;
