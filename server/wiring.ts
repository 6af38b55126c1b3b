import type { Connection } from 'mongoose';
import { enqueueJob } from '../jobs/enqueue.js';
import { wireAccess } from './access/wireAccess.js';
import { makeCounters } from './home/counters.service.js';
import { makeShell } from './home/shell.pages.js';
import { makeTrailService } from './audit/audit.service.js';
import { makeAuditStore } from './audit/audit.store.js';
import { wireAttendance } from './attendance/wireAttendance.js';
import { wireCoverage } from './coverage/wireCoverage.js';
import { wireCertificates } from './certificates/wireCertificates.js';
import { coveragePolicy } from './coverage/coverage.policies.js';
import { makeDivisionsService } from './divisions/divisions.service.js';
import { makeDivisionsStore } from './divisions/divisions.store.js';
import { wireGaps } from './gaps/wireGaps.js';
import { wireExams } from './exams/wireExams.js';
import { makeCertificationSource } from './gaps/certificationSource.service.js';
import type { Clock } from './platform/clock.js';
import type { Config } from './platform/config.js';
import { loadTranslators } from './platform/i18n/translator.js';
import type { Secrets } from './platform/crypto.js';
import type { Log } from './platform/log.js';
import { makeJobRunsStore } from './operations/jobRuns.store.js';
import { makeQueueStore } from './operations/queue.store.js';
import { makePoliciesService } from './policies/policies.service.js';
import { makePoliciesStore } from './policies/policies.store.js';
import { policyKinds } from './policyKinds.js';
import { makeOutbox, type Subscriber } from './platform/outbox.js';
import { makeTransact } from './platform/transactions.js';
import { wireImports } from './imports/wireImports.js';
import { wireTargets } from './targets/wireTargets.js';
import { wirePlanner } from './planner/wirePlanner.js';
import { wireTrainings } from './trainings/wireTrainings.js';
import { wireWorkers } from './workers/wireWorkers.js';

/** What a process brings: everything that differs between a test, a demo and a city. */
export interface Ground {
  readonly config: Config;
  readonly log: Log;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly db: Connection;
  readonly databaseDescription: string;
}

/** The composition root: every store and service, made once per process, lower floors first. */
export function wire(ground: Ground) {
  const { db, clock, log } = ground;
  const translators = loadTranslators();
  const subscribers: Subscriber[] = [];
  const outbox = makeOutbox(db, clock, log, subscribers);
  const transact = makeTransact(db, clock, outbox.wake);

  const divisionsStore = makeDivisionsStore(db);
  const divisions = makeDivisionsService({ store: divisionsStore });
  const access = wireAccess({ ...ground, transact, divisionsStore });
  const trail = makeTrailService({ store: makeAuditStore(db) });

  const policies = makePoliciesService({ store: makePoliciesStore(db), kinds: policyKinds });
  const jobRuns = makeJobRunsStore(db);
  const queue = makeQueueStore(db);
  const roster = wireWorkers({ ...ground, divisionsStore, access: access.access, policies });
  const imports = wireImports({ ...ground, transact }, [roster.rosterImport]);

  const trainings = wireTrainings({ db, access: access.access, divisionsStore, policies, workers: roster.workers });

  const { externalHours, ...attendance } = wireAttendance({ db, transact, policies, ...trainings });
  subscribers.push(externalHours);

  const { coverageSubscriber, alone, ...coverage } = wireCoverage({
    db, clock, divisionsStore, policies, ...roster, ...trainings, hours: attendance.attendance,
    rebuildLater: () => enqueueJob(db, 'coverage.recomputeAll'),
  });
  const certification = { db, divisionsStore, policies, transact, workers: roster.workers, inService: coveragePolicy };
  const { certificatesSubscriber, ...certificates } = wireCertificates({ ...certification, rebuildLater: () => enqueueJob(db, 'certificates.rebuild') });
  const { examsSubscriber, ...exams } = wireExams({
    ...certification, certificates: certificates.certificates, rebuildLater: () => enqueueJob(db, 'exams.rebuild'),
  });
  const planner = wirePlanner({ policies, ...roster, ...trainings, ...coverage, ...exams });
  const targets = wireTargets({ db, divisionsStore, ...certificates });

  const { gaps, gapsSubscriber } = wireGaps(
    {
      db, clock, divisionsStore, policies, ...roster, ...coverage, alone, attendanceFacts: attendance.attendance,
      scanLater: () => enqueueJob(db, 'gaps.scan'),
    },
    [makeCertificationSource({ ...exams, ...targets, divisionsStore, policies, clock })],
  );
  subscribers.push(coverageSubscriber, certificatesSubscriber, examsSubscriber, gapsSubscriber);

  const counters = makeCounters({ clock, gaps, scopeFor: access.hooks.scopeFor, places: divisionsStore, ...roster, ...trainings, ...coverage, ...planner });
  const shell = makeShell({ divisionsStore, clock, databaseDescription: ground.databaseDescription, counters });

  return { ...ground, translators, outbox, transact, divisionsStore, divisions, ...access, trail, policies, jobRuns, queue, ...roster, ...imports, ...trainings, ...attendance, ...coverage, ...certificates, ...exams, ...targets, ...planner, gaps, counters, shell };
}

/** All dependencies of routes, jobs and command lines. */
export type Deps = ReturnType<typeof wire>;
