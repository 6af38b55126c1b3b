import type { Connection } from 'mongoose';
import type { Clock } from '../platform/clock.js';
import type { PoliciesService } from '../policies/policies.service.js';
import type { EnrolmentsService } from '../trainings/enrolments.service.js';
import type { WorkersService } from '../workers/workers.service.js';
import { makeCoverageSubscriber } from './changes.service.js';
import { makeCoverageService } from './coverage.service.js';
import { makeDivisionYearsStore } from './divisionYears.store.js';
import { makeFactsService, type HoursPort } from './facts.service.js';
import { makeRollUpLeaseStore } from './rollUpLease.store.js';
import { makeRollUpService, type TreePort } from './rollUp.service.js';
import { makeWorkerYearsStore } from './workerYears.store.js';

interface CoverageGround {
  readonly db: Connection;
  readonly clock: Clock;
  readonly divisionsStore: TreePort;
  readonly policies: PoliciesService;
  readonly workers: WorkersService;
  readonly enrolments: EnrolmentsService;
  readonly hours: HoursPort;
  /** Asks for the job that recomputes everybody. */
  readonly rebuildLater: () => Promise<void>;
}

/** The stores and services of coverage. */
export function wireCoverage(ground: CoverageGround) {
  const { db, clock, workers } = ground;
  const workerYears = makeWorkerYearsStore(db);
  const divisionYears = makeDivisionYearsStore(db);
  const facts = makeFactsService(ground);
  const leases = makeRollUpLeaseStore(db);
  const rollUp = makeRollUpService({
    workerYears,
    divisionYears,
    facts,
    clock,
    workers: { streamIds: () => workers.streamIds() },
    tree: ground.divisionsStore,
    leases,
  });
  return {
    coverage: makeCoverageService({ workerYears, divisionYears, facts }),
    rollUp,
    /** Single flight by key, for whatever is recomputed from facts. */
    alone: <T>(key: string, work: () => Promise<T>): Promise<T> => leases.alone(key, () => work()),
    coverageSubscriber: makeCoverageSubscriber({ rollUp, clock, rebuildLater: ground.rebuildLater }),
  };
}
