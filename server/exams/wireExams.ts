import type { Connection } from 'mongoose';
import type { CertificatesService } from '../certificates/certificates.service.js';
import type { InServiceKind } from '../certificates/rates.service.js';
import type { DivisionsStore } from '../divisions/divisions.store.js';
import type { Transact } from '../platform/transactions.js';
import type { PoliciesService } from '../policies/policies.service.js';
import type { WorkersService } from '../workers/workers.service.js';
import { makeAttemptEligibility } from './attemptEligibility.service.js';
import { makeAttemptsStore } from './attempts.store.js';
import { makeCalendarService } from './calendar.service.js';
import { makeCalendarStore } from './calendar.store.js';
import { makeExamCounts } from './counts.service.js';
import { makeExamCountsStore } from './counts.store.js';
import { makeEntriesService } from './entries.service.js';
import { makeExamsService } from './exams.service.js';
import { makePassMarksService } from './passMarks.service.js';
import { makeSettlement } from './settlement.service.js';
import { makeExamStandings } from './standings.service.js';
import { makeExamStandingsStore } from './standings.store.js';

interface Ground {
  readonly db: Connection;
  readonly divisionsStore: DivisionsStore;
  readonly policies: PoliciesService;
  readonly workers: WorkersService;
  readonly certificates: CertificatesService;
  readonly inService: InServiceKind;
  readonly transact: Transact;
  readonly rebuildLater: () => Promise<void>;
}

/** The stores and services of exams over an open connection. */
export function wireExams(ground: Ground) {
  const { db, divisionsStore, policies, workers, certificates, inService, transact, rebuildLater } = ground;
  const store = makeAttemptsStore(db);
  const standings = makeExamStandingsStore(db);
  const calendar = makeCalendarService({ store: makeCalendarStore(db) });
  const counts = makeExamCounts({ standings, counts: makeExamCountsStore(db), tree: divisionsStore });
  const settle = makeSettlement({ store, calendar, certificates });
  const eligibilityOf = makeAttemptEligibility({ calendar, workers, certificates, policies });
  const examStandings = makeExamStandings({
    store,
    standings,
    counts,
    calendar,
    workers,
    certificates,
    policies,
    inService,
    transact,
    rebuildLater,
  });
  return {
    examCalendar: calendar,
    exams: makeExamsService({ store, calendar, workers, eligibilityOf, settle }),
    passMarks: makePassMarksService({ store, calendar, settle }),
    examEntries: makeEntriesService({ store, calendar, workers }),
    examStandingsStore: standings,
    examCounts: counts,
    examStandings,
    examsSubscriber: examStandings.subscriber,
  };
}
