import type { Connection } from 'mongoose';
import type { AccessService } from '../access/access.service.js';
import type { DivisionsStore } from '../divisions/divisions.store.js';
import type { WorkersService } from '../workers/workers.service.js';
import { makeClassesService } from './classes.service.js';
import { makeClassesStore } from './classes.store.js';
import { makeEnrolmentsService } from './enrolments.service.js';
import { makeEnrolmentsStore } from './enrolments.store.js';
import { makeNominationsService } from './nominations.service.js';
import { makePlaces } from './places.service.js';

/** The stores and services of classes and places. */
export function wireTrainings(ground: { db: Connection; access: AccessService; divisionsStore: DivisionsStore; workers: WorkersService }) {
  const classesStore = makeClassesStore(ground.db);
  const enrolmentsStore = makeEnrolmentsStore(ground.db);
  const places = makePlaces(ground);
  const shared = { classes: classesStore, enrolments: enrolmentsStore, places, workers: ground.workers };
  return {
    classesStore,
    enrolmentsStore,
    classPlaces: places,
    classes: makeClassesService({ classes: classesStore, enrolments: enrolmentsStore, divisionsStore: ground.divisionsStore, access: ground.access }),
    enrolments: makeEnrolmentsService(shared),
    nominations: makeNominationsService(shared),
  };
}
