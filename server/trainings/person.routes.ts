import { systemScope } from '../platform/scope.js';
import type { PersonPartSource } from '../workers/person.pages.js';
import type { Deps } from '../wiring.js';
import { trainingPart } from './personPart.pages.js';

const classNames = systemScope('names of the classes of a person who may be seen');

/** The classes of a person in the history: what is ahead, what was completed, what was missed. */
export function trainingPersonPart(deps: Deps): PersonPartSource {
  return async (ctx, worker) => {
    if (!ctx.can('training.read')) return {};
    const places = (await deps.enrolments.participationsOf([worker.id])).get(worker.id) ?? [];
    const classes = await deps.classes.byIds(
      classNames,
      places.map((place) => place.classId),
    );
    return trainingPart(ctx, { places, classes, today: deps.clock.today() });
  };
}
