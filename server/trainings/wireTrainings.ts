import type { Connection } from 'mongoose';
import type { AccessService } from '../access/access.service.js';
import type { DivisionsStore } from '../divisions/divisions.store.js';
import type { PoliciesService } from '../policies/policies.service.js';
import type { WorkersService } from '../workers/workers.service.js';
import { makeAudience } from './audience.service.js';
import { makeClassesService } from './classes.service.js';
import { makeClassesStore } from './classes.store.js';
import { makeEnrolmentsService } from './enrolments.service.js';
import { makeEnrolmentsStore } from './enrolments.store.js';
import { makeExternalService } from './external.service.js';
import { makeHistoryService } from './history.service.js';
import { makeNominationsService } from './nominations.service.js';
import { makePlaces } from './places.service.js';
import { makeStrikesService } from './strikes.service.js';

interface Ground {
  readonly db: Connection;
  readonly access: AccessService;
  readonly divisionsStore: DivisionsStore;
  readonly policies: PoliciesService;
  readonly workers: WorkersService;
}

/** The stores and services of classes and places. */
export function wireTrainings(ground: Ground) {
  const { access, policies, workers } = ground;
  const classesStore = makeClassesStore(ground.db);
  const enrolmentsStore = makeEnrolmentsStore(ground.db);
  const places = makePlaces(ground);
  const audience = makeAudience(ground);
  const shared = { classes: classesStore, enrolments: enrolmentsStore, places, audience, workers, access, policies };
  return {
    classesStore,
    enrolmentsStore,
    classPlaces: places,
    classes: makeClassesService(shared),
    strikes: makeStrikesService(shared),
    classHistory: makeHistoryService(shared),
    externalClasses: makeExternalService(shared),
    enrolments: makeEnrolmentsService(shared),
    nominations: makeNominationsService(shared),
  };
}
