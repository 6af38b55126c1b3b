import type { HoursCredit } from '../attendance/hours.rules.js';
import { hoursPolicy } from '../attendance/attendance.policies.js';
import { addDays, type CivilDay } from '../platform/civilDays.js';
import type { PolicyKind } from '../policies/kinds.js';
import type { PoliciesService, PolicyBook } from '../policies/policies.service.js';
import type { EnrolmentsService } from '../trainings/enrolments.service.js';
import { primaryAppointmentOn, projectionOn, type ServiceHistory } from '../workers/service.rules.js';
import type { ExemptionPeriod, Worker, WorkerFacts } from '../workers/worker.rules.js';
import type { WorkersService } from '../workers/workers.service.js';
import { coveragePolicy, onboardingPolicy } from './coverage.policies.js';
import type { Exemption, Participation } from './coverage.rules.js';
import { workerYearOf, type WorkerYear, type WorkerYearFacts, type WorkerYearPolicies } from './workerYear.rules.js';

/** The ledger as coverage asks for it: every line of some people, in one call. */
export interface HoursPort {
  creditsOf(workerIds: readonly string[]): Promise<ReadonlyMap<string, readonly HoursCredit[]>>;
}

interface FactsDeps {
  readonly workers: Pick<WorkersService, 'factsFor'>;
  readonly enrolments: Pick<EnrolmentsService, 'participationsOf'>;
  readonly hours: HoursPort;
  readonly policies: Pick<PoliciesService, 'load'>;
}

/** One person judged on a day, with what the judgement rests on. */
export interface Judgement {
  readonly worker: Worker;
  readonly history: ServiceHistory;
  readonly participations: readonly Participation[];
  readonly standing: WorkerYear;
  /** Where the person belongs on the day, ids root first; where the roster has the person when there is no appointment. */
  readonly divisionPath: readonly string[];
  readonly policyRowIds: readonly string[];
}

interface Person {
  readonly worker: Worker;
  readonly paths: ReadonlyMap<string, readonly string[]>;
  readonly facts: WorkerYearFacts;
}

/** Facts of some people, gathered once and judged on as many days as wanted. */
export interface FactsBook {
  readonly workerIds: readonly string[];
  /** @returns undefined for an id that is no worker */
  judge(workerId: string, asOf: CivilDay): Judgement | undefined;
}

/** Both days of an approved exemption are in it; the rule's intervals are half-open. */
function exemptionOf({ id, reason, from, to }: ExemptionPeriod): Exemption {
  return { id, reason, state: 'APPROVED', from, to: addDays(to, 1) };
}

function personOf(found: WorkerFacts, participations: readonly Participation[], credits: readonly HoursCredit[]): Person {
  const { worker, appointments, statuses, exemptions } = found;
  const paths = new Map(appointments.map((row) => [row.divisionId, row.divisionPath]));
  const history = { appointments, statuses };
  return {
    worker,
    paths,
    facts: { history, exemptions: exemptions.map(exemptionOf), participations, politicalStatus: worker.politicalStatus, credits },
  };
}

/** Policies of a place and day, each looked up once; the ids of the rows that were used. */
function policyReader(book: PolicyBook) {
  const known = new Map<string, { rowId: string; value: unknown }>();
  return <Value>(kind: PolicyKind<Value>, path: readonly string[], day: CivilDay): { rowId: string; value: Value } => {
    const key = `${kind.kind} ${path.at(-1) ?? ''} ${day}`;
    const found = known.get(key) ?? book.on(kind, path, day);
    known.set(key, found);
    return found as { rowId: string; value: Value };
  };
}

/** Everything the year of a person is computed from, gathered from the floors below. */
export function makeFactsService(deps: FactsDeps) {
  return {
    async gather(workerIds: readonly string[]): Promise<FactsBook> {
      const [found, places, credits, book] = await Promise.all([
        deps.workers.factsFor(workerIds),
        deps.enrolments.participationsOf(workerIds),
        deps.hours.creditsOf(workerIds),
        deps.policies.load([coveragePolicy, onboardingPolicy, hoursPolicy]),
      ]);
      const people = new Map([...found].map(([id, facts]) => [id, personOf(facts, places.get(id) ?? [], credits.get(id) ?? [])]));
      const policy = policyReader(book);

      function judge(workerId: string, asOf: CivilDay): Judgement | undefined {
        const person = people.get(workerId);
        if (person === undefined) return undefined;
        const { worker, facts } = person;
        const appointment = primaryAppointmentOn(facts.history, asOf);
        const divisionPath = (appointment === null ? undefined : person.paths.get(appointment.divisionId)) ?? worker.divisionPath;
        const coverage = policy(coveragePolicy, divisionPath, asOf);
        const { joinedOn } = projectionOn(facts.history, asOf, coverage.value.inService);
        const onboarding = policy(onboardingPolicy, divisionPath, joinedOn ?? asOf);
        const hours = policy(hoursPolicy, divisionPath, asOf);
        const policies: WorkerYearPolicies = { coverage: coverage.value, hours: hours.value, onboarding: onboarding.value };
        return {
          worker,
          history: facts.history,
          participations: facts.participations,
          standing: workerYearOf(facts, asOf, policies),
          divisionPath,
          policyRowIds: [coverage.rowId, onboarding.rowId, hours.rowId],
        };
      }
      return { workerIds: [...people.keys()], judge };
    },
  };
}

export type FactsService = ReturnType<typeof makeFactsService>;
