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
  const house = { ...ground, ...wireHouse(ground) };
  const people = { ...house, ...wirePeople(house) };
  const training = { ...people, ...wireTraining(people) };
  const certification = { ...training, ...wireCertification(training) };
  return { ...certification, ...wireWork(certification) };
}

/** All dependencies of routes, jobs and command lines. */
export type Deps = ReturnType<typeof wire>;

type House = Ground & ReturnType<typeof wireHouse>;
type People = House & ReturnType<typeof wirePeople>;
type Training = People & ReturnType<typeof wireTraining>;
type Certification = Training & ReturnType<typeof wireCertification>;

/** Floors 0 to 2: divisions, access, policies, the trail and the jobs page. */
function wireHouse(ground: Ground) {
  const { db, clock, log } = ground;
  // Filled floor by floor; the outbox delivers to whoever stands in it.
  const subscribers: Subscriber[] = [];
  const outbox = makeOutbox(db, clock, log, subscribers);
  const transact = makeTransact(db, clock, outbox.wake);
  const divisionsStore = makeDivisionsStore(db);
  return {
    translators: loadTranslators(),
    subscribers,
    outbox,
    transact,
    divisionsStore,
    divisions: makeDivisionsService({ store: divisionsStore }),
    ...wireAccess({ ...ground, transact, divisionsStore }),
    trail: makeTrailService({ store: makeAuditStore(db) }),
    policies: makePoliciesService({ store: makePoliciesStore(db), kinds: policyKinds }),
    jobRuns: makeJobRunsStore(db),
    queue: makeQueueStore(db),
  };
}

/** Floor 3: the roster, and the files that fill it. */
function wirePeople(house: House) {
  const { rosterImport, ...roster } = wireWorkers(house);
  return { ...roster, ...wireImports(house, [rosterImport]) };
}

/** Floors 5 to 7: classes, attendance, coverage. */
function wireTraining(people: People) {
  const { db } = people;
  const trainings = wireTrainings(people);
  const { externalHours, ...attendance } = wireAttendance({ ...people, ...trainings });
  const hours = attendance.attendance;
  const rebuildLater = (): Promise<void> => enqueueJob(db, 'coverage.recomputeAll');
  const { coverageSubscriber, ...coverage } = wireCoverage({ ...people, ...trainings, hours, rebuildLater });
  people.subscribers.push(externalHours, coverageSubscriber);
  return { ...trainings, ...attendance, ...coverage };
}

/** Floors 7 to 9: certificates, exams, targets, who goes to which class. */
function wireCertification(training: Training) {
  const { db } = training;
  const ground = { ...training, inService: coveragePolicy };
  const { certificatesSubscriber, ...certificates } = wireCertificates({
    ...ground,
    rebuildLater: () => enqueueJob(db, 'certificates.rebuild'),
  });
  const { examsSubscriber, ...exams } = wireExams({
    ...ground,
    ...certificates,
    rebuildLater: () => enqueueJob(db, 'exams.rebuild'),
  });
  training.subscribers.push(certificatesSubscriber, examsSubscriber);
  return {
    ...certificates,
    ...exams,
    ...wireTargets({ ...training, ...certificates }),
    ...wirePlanner({ ...training, ...exams }),
  };
}

/** Floors 10 and 11: flags, and the counters that stand in the menu. */
function wireWork(deps: Certification) {
  const { db, hooks } = deps;
  const certificationFlags = makeCertificationSource(deps);
  const scanLater = (): Promise<void> => enqueueJob(db, 'gaps.scan');
  const { gaps, gapsSubscriber } = wireGaps({ ...deps, attendanceFacts: deps.attendance, scanLater }, [certificationFlags]);
  deps.subscribers.push(gapsSubscriber);
  const counters = makeCounters({ ...deps, gaps, scopeFor: hooks.scopeFor, places: deps.divisionsStore });
  return { gaps, counters, shell: makeShell({ ...deps, counters }) };
}
