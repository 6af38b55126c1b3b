import { lastDayOf } from '../platform/civilDays.js';
import type { Tx } from '../platform/transactions.js';
import { certificateDays } from '../certificates/certificate.rules.js';
import type { CertificatesService } from '../certificates/certificates.service.js';
import type { Level } from '../certificates/level.rules.js';
import type { PoliciesService } from '../policies/policies.service.js';
import type { Worker } from '../workers/worker.rules.js';
import type { WorkersService } from '../workers/workers.service.js';
import type { ExamAttempt } from './attempt.rules.js';
import type { CalendarService } from './calendar.service.js';
import { eligibilityFor } from './eligibility.rules.js';
import { eligibilityPolicy } from './exams.policies.js';
import { eligibilityFactsOf } from './standing.rules.js';

/** What 资格审核 said; RULE lets the conditions of the notice decide. */
export type EligibilityAnswer = 'RULE' | 'REVIEW_PASSED' | 'REVIEW_REFUSED';

/** Which exam is asked about, and what the authority said. */
export interface EligibilityQuestion {
  readonly year: number;
  readonly level: Level;
  readonly eligibility: EligibilityAnswer;
}

interface AttemptEligibilityDeps {
  readonly calendar: CalendarService;
  readonly workers: Pick<WorkersService, 'factsFor'>;
  readonly certificates: Pick<CertificatesService, 'ofWorkers'>;
  readonly policies: Pick<PoliciesService, 'load'>;
}

/** Whether a person met the conditions of the year in which a result was made, and who says so. */
export function makeAttemptEligibility(deps: AttemptEligibilityDeps) {
  const { calendar } = deps;
  return async function eligibilityOf(
    tx: Tx,
    worker: Worker,
    input: EligibilityQuestion,
  ): Promise<Pick<ExamAttempt, 'eligibleThatYear' | 'eligibleBy' | 'eligibilityRule'>> {
    const facts = (await deps.workers.factsFor([worker.id], tx)).get(worker.id);
    if (input.eligibility !== 'RULE')
      return { eligibleThatYear: input.eligibility === 'REVIEW_PASSED', eligibleBy: 'REVIEW', eligibilityRule: '' };
    // without an education nothing can be said: the authority let the person in
    if (facts === undefined || worker.education === null) return { eligibleThatYear: true, eligibleBy: 'UNKNOWN', eligibilityRule: '' };
    const line = (await calendar.years(tx)).find((one) => one.year === input.year);
    const policy = (await deps.policies.load([eligibilityPolicy])).on(eligibilityPolicy, worker.divisionPath, line?.firstDay ?? tx.today);
    const certificates = (await deps.certificates.ofWorkers([worker.id], tx)).get(worker.id) ?? [];
    const found = eligibilityFor(
      input.level,
      eligibilityFactsOf(facts, certificateDays(certificates, lastDayOf(input.year))),
      input.year,
      policy.value,
    );
    return { eligibleThatYear: found.ok, eligibleBy: 'RULE', eligibilityRule: found.ok ? found.rule : (found.nearestRule ?? '') };
  };
}

export type AttemptEligibility = ReturnType<typeof makeAttemptEligibility>;
