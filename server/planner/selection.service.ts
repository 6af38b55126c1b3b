import { coveragePolicy } from '../coverage/coverage.policies.js';
import { isQualifying } from '../coverage/coverage.rules.js';
import type { CivilDay } from '../platform/civilDays.js';
import { reaches, systemScope, type Scope } from '../platform/scope.js';
import type { Tx } from '../platform/transactions.js';
import type { PoliciesService } from '../policies/policies.service.js';
import type { ClassesService } from '../trainings/classes.service.js';
import type { EnrolmentsService } from '../trainings/enrolments.service.js';
import { closedFor, type NominationResult, type NominationsService } from '../trainings/nominations.service.js';
import { isInvited, quotaDivisionOf } from '../trainings/rows.rules.js';
import type { TrainingClass } from '../trainings/trainingClass.rules.js';
import type { Worker } from '../workers/worker.rules.js';
import type { WorkersService } from '../workers/workers.service.js';
import type { CandidatesService } from './candidates.service.js';

interface SelectionDeps {
  readonly classes: Pick<ClassesService, 'all' | 'byId'>;
  readonly enrolments: Pick<EnrolmentsService, 'usedQuotas' | 'ofWorkers'>;
  readonly nominations: NominationsService;
  readonly workers: Pick<WorkersService, 'within'>;
  readonly candidates: CandidatesService;
  readonly policies: Pick<PoliciesService, 'load'>;
}

/** Seats of a class for one division, with how many are left. */
export interface SeatsLeft {
  /** Seats set apart for the division or the invited one above it; null when seats are not set apart. */
  readonly quota: number | null;
  readonly used: number;
  readonly left: number;
}

/** A class that selected people could be put into. */
export interface ClassChoice {
  readonly of: TrainingClass;
  readonly left: number;
  /** Of the selected people: invited ones, and those busy in its half-days. */
  readonly invited: number;
  readonly busy: number;
  /** Whether completing it counts for the coverage of its year. */
  readonly counts: boolean;
}

/** What became of people put forward, the class, and the seats that their quotas have left. */
export type Selected = NominationResult & { readonly of: TrainingClass; readonly left: number };

const counting = systemScope('seats that are taken, no persons');

/** From people to a class: seats left, which class fits, and putting them forward in their order. */
export function makeSelectionService(deps: SelectionDeps) {
  /** Seats left for a division (path root first) in some classes, by class id. */
  async function seatsLeft(classes: readonly TrainingClass[], divisionPath: readonly string[]): Promise<ReadonlyMap<string, SeatsLeft>> {
    const used = await deps.enrolments.usedQuotas(classes.map((of) => of.id));
    return new Map(classes.map((of) => [of.id, leftOf(of, divisionPath, used.get(of.id) ?? new Map())]));
  }

  return {
    seatsLeft,

    /** Classes still open to some of the people, those that end first on top. */
    async choicesFor(scope: Scope, workers: readonly Worker[], at: { readonly today: CivilDay }): Promise<readonly ClassChoice[]> {
      const open = await deps.classes.all(scope, { states: ['PUBLISHED'] });
      const fitting = open.filter((of) => closedFor(of, { today: at.today, isOwner: reaches(scope, of.ownerPath) }) === null);
      const places = (
        await deps.enrolments.ofWorkers(
          counting,
          workers.map((worker) => worker.id),
        )
      ).filter((place) => place.slots.length > 0);
      const [used, book] = await Promise.all([
        deps.enrolments.usedQuotas(fitting.map((of) => of.id)),
        deps.policies.load([coveragePolicy]),
      ]);
      return fitting.flatMap((of) => {
        const invited = workers.filter((worker) => isInvited(of, worker));
        if (invited.length === 0) return [];
        const slots = new Set<string>(of.sessions.map((session) => session.slot));
        const busy = invited.filter((worker) =>
          places.some((place) => place.workerId === worker.id && place.slots.some((slot) => slots.has(slot))),
        ).length;
        const counts = isQualifying(of, book.on(coveragePolicy, of.ownerPath, of.lastDay).value);
        return [{ of, invited: invited.length, busy, counts, left: leftForPeople(of, invited, used.get(of.id) ?? new Map()) }];
      });
    },

    /** Puts people forward in the order and for the reason of the ranking. Who manages the class confirms at once. */
    async nominate(tx: Tx, scope: Scope, input: { readonly classId: string; readonly workerIds: readonly string[] }): Promise<Selected> {
      const of = await deps.classes.byId(scope, input.classId, tx);
      const workers = await deps.workers.within(scope, input.workerIds, tx);
      const ranked = await deps.candidates.ranked(of, [...workers.keys()], tx.today);
      const known = new Map(ranked.map((one) => [one.workerId, one]));
      // somebody who does not serve has no rank: last, and the nomination itself says why not
      const nominees = [...workers.keys()].map((workerId) => ({
        workerId,
        rank: known.get(workerId)?.rank ?? ranked.length + 1,
        reason: known.get(workerId)?.reason ?? '',
      }));
      const used = (await deps.enrolments.usedQuotas([of.id])).get(of.id) ?? new Map<string | null, number>();
      const result = await deps.nominations.nominate(tx, scope, { classId: of.id, nominees, confirm: reaches(scope, of.ownerPath) });
      const invited = [...workers.values()].filter((worker) => isInvited(of, worker));
      return { of, ...result, left: Math.max(0, leftForPeople(of, invited, used) - result.nominated.length) };
    },
  };
}

export type SelectionService = ReturnType<typeof makeSelectionService>;

type Used = ReadonlyMap<string | null, number>;

function leftOf(of: TrainingClass, divisionPath: readonly string[], used: Used): SeatsLeft {
  const free = Math.max(0, of.capacity - of.takenSeats);
  const quota = of.quotas.find((one) => divisionPath.includes(one.divisionId));
  if (quota === undefined) return { quota: null, used: of.takenSeats, left: free };
  const taken = used.get(quota.divisionId) ?? 0;
  return { quota: quota.seats, used: taken, left: Math.min(free, Math.max(0, quota.seats - taken)) };
}

/** Seats that some people can still take: at most what is left of each of their quotas. */
function leftForPeople(of: TrainingClass, people: readonly Worker[], used: Used): number {
  const free = Math.max(0, of.capacity - of.takenSeats);
  if (of.quotas.length === 0) return free;
  const quotas = new Set(people.map((worker) => quotaDivisionOf(of, worker)));
  const left = of.quotas
    .filter((quota) => quotas.has(quota.divisionId))
    .reduce((sum, quota) => sum + Math.max(0, quota.seats - (used.get(quota.divisionId) ?? 0)), 0);
  return Math.min(free, left);
}
