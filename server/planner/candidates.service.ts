import { coveragePolicy, inductionPolicy } from '../coverage/coverage.policies.js';
import { isQualifying } from '../coverage/coverage.rules.js';
import type { CoverageService } from '../coverage/coverage.service.js';
import type { Judgement } from '../coverage/facts.service.js';
import { inductionOf } from '../coverage/induction.rules.js';
import { asOfDay } from '../coverage/standings.rules.js';
import type { PeopleFilter } from '../coverage/people.rules.js';
import type { ExamJudgement, ExamStandings } from '../exams/standings.service.js';
import type { CivilDay } from '../platform/civilDays.js';
import { systemScope, type Scope } from '../platform/scope.js';
import type { PoliciesService, PolicyBook } from '../policies/policies.service.js';
import type { ClassesService } from '../trainings/classes.service.js';
import type { Purpose } from '../trainings/classes.rules.js';
import { actOnEnrolment } from '../trainings/enrolment.rules.js';
import type { EnrolmentsService } from '../trainings/enrolments.service.js';
import { isInvited } from '../trainings/rows.rules.js';
import type { Enrolment, TrainingClass } from '../trainings/trainingClass.rules.js';
import { isAudience } from '../workers/posts.rules.js';
import type { Worker } from '../workers/worker.rules.js';
import { rankCandidates, type Candidate, type Ranked, type RankReason } from './ranking.rules.js';

interface CandidatesDeps {
  readonly coverage: Pick<CoverageService, 'stream' | 'judge'>;
  readonly classes: Pick<ClassesService, 'all'>;
  readonly enrolments: Pick<EnrolmentsService, 'ofWorkers' | 'ofClass'>;
  readonly policies: Pick<PoliciesService, 'load'>;
  readonly examStandings: Pick<ExamStandings, 'judgementsOf'>;
}

/** Somebody who could be put forward, with why and where in the order. */
export interface RankedPerson extends Ranked {
  readonly worker: Worker;
  readonly lastCompletedOn: CivilDay | null;
  /** An active place in one of the half-days of the class: the person cannot come. */
  readonly busy: Enrolment | null;
}

/** Whom to look among: those the class is for by its purpose, or everybody who serves. */
export type Pool = 'needing' | 'all';

const counting = systemScope('other classes still to come, whoever holds them');

/** Who could be nominated to a class, in the order of {@link rankCandidates} (decision 14). */
export function makeCandidatesService(deps: CandidatesDeps) {
  async function idsOf(scope: Scope, filter: PeopleFilter): Promise<string[]> {
    const ids: string[] = [];
    for await (const rows of deps.coverage.stream(scope, filter)) ids.push(...rows.map((row) => row.workerId));
    return ids;
  }

  /** Whom the purpose of the class asks for: those with a deadline of its kind, who may sit an exam, else the untrained. */
  async function poolOf(scope: Scope, of: TrainingClass, at: { areaId: string; pool: Pool }): Promise<readonly string[]> {
    const base = { year: of.year, divisionId: at.areaId };
    if (at.pool === 'all' || of.purpose === 'EXAM_COACHING') {
      return idsOf(scope, { ...base, kinds: ['TRAINED', 'UNTRAINED', 'EXEMPT', 'JOINED_AFTER_GRACE'] });
    }
    if (of.purpose === 'ONBOARDING') return idsOf(scope, { ...base, onboarding: ['OPEN', 'OVERDUE'] });
    if (of.purpose !== 'INDUCTION') return idsOf(scope, { ...base, kinds: ['UNTRAINED'] });
    const secretaries = await Promise.all([
      idsOf(scope, { ...base, post: 'PARTY_SECRETARY' }),
      idsOf(scope, { ...base, post: 'DUAL_POST' }),
    ]);
    return secretaries.flat();
  }

  async function ranked(of: TrainingClass, workerIds: readonly string[], today: CivilDay): Promise<readonly RankedPerson[]> {
    const asOf = asOfDay(of.year, today);
    const [judged, book, others, exams] = [
      await deps.coverage.judge(workerIds, asOf),
      await deps.policies.load([coveragePolicy, inductionPolicy]),
      await deps.classes.all(counting, { year: of.year, states: ['PUBLISHED'], startsAfter: today }),
      of.purpose === 'EXAM_COACHING' ? await deps.examStandings.judgementsOf(workerIds, today) : new Map<string, ExamJudgement>(),
    ];
    const open = others.filter((other) => other.id !== of.id && other.takenSeats < other.capacity);
    const people = [...judged].map(([id, one]) => candidateOf(one, { of, asOf, book, open, exam: exams.get(id) ?? null }));
    const slots = of.sessions.map((session) => session.slot);
    const places = await deps.enrolments.ofWorkers(counting, workerIds);
    const busy = new Map(
      places
        .filter((place) => place.classId !== of.id && place.slots.some((slot) => slots.includes(slot)))
        .map((place) => [place.workerId, place]),
    );
    return rankCandidates(of.purpose, people).flatMap((entry) => {
      const worker = judged.get(entry.workerId)?.worker;
      const lastCompletedOn = people.find((one) => one.workerId === entry.workerId)?.lastCompletedOn ?? null;
      return worker === undefined ? [] : [{ ...entry, worker, lastCompletedOn, busy: busy.get(worker.id) ?? null }];
    });
  }

  return {
    /** Everybody of an area who could be put forward for a class: invited, of its audience, and not in it already. */
    async forClass(scope: Scope, of: TrainingClass, at: { areaId: string; pool: Pool; today: CivilDay }): Promise<readonly RankedPerson[]> {
      const inside = await deps.enrolments.ofClass(counting, of.id);
      const taken = new Set(inside.filter((place) => !actOnEnrolment(place.state, 'RENOMINATE').ok).map((place) => place.workerId));
      const ids = (await poolOf(scope, of, at)).filter((id) => !taken.has(id));
      const all = await ranked(of, ids, at.today);
      const needing = at.pool === 'all' ? all : all.filter((one) => isCalledBy(of, one));
      const meant = needing.filter((one) => isInvited(of, one.worker) && isAudience(of.audienceGroups, groupFacts(of, one.worker)));
      return meant.map((one, index) => ({ ...one, rank: index + 1 }));
    },

    /** Named people in the order they would stand. */
    ranked,
  };
}

export type CandidatesService = ReturnType<typeof makeCandidatesService>;

/** Reasons that a class of a purpose is held for; a class of another purpose is held for everybody in its pool. */
const calls: Partial<Readonly<Record<Purpose, readonly RankReason[]>>> = {
  ONBOARDING: ['OVERDUE', 'DEADLINE_NEAR', 'DEADLINE_AHEAD'],
  INDUCTION: ['OVERDUE', 'DEADLINE_NEAR', 'DEADLINE_AHEAD'],
  EXAM_COACHING: ['LAST_CHANCE', 'ELIGIBLE'],
};

function isCalledBy(of: TrainingClass, one: Ranked): boolean {
  return calls[of.purpose]?.includes(one.reason) ?? true;
}

function groupFacts(of: TrainingClass, worker: Worker): { readonly post: Worker['post']; readonly isNewHire: boolean } {
  return { post: worker.post, isNewHire: worker.entryDate.slice(0, 4) === String(of.year) };
}

interface CandidateGround {
  readonly of: TrainingClass;
  readonly asOf: CivilDay;
  readonly book: PolicyBook;
  /** Other classes with a free seat. */
  readonly open: readonly TrainingClass[];
  readonly exam: ExamJudgement | null;
}

function candidateOf(one: Judgement, at: CandidateGround): Candidate {
  const { worker, standing, participations } = one;
  const covering = at.book.on(coveragePolicy, one.divisionPath, at.asOf).value;
  const induction = at.book.on(inductionPolicy, one.divisionPath, at.asOf).value;
  const aim = at.exam?.aim ?? null;
  const completed = participations
    .filter((place) => place.state === 'COMPLETED')
    .map((place) => place.lastDay)
    .sort();
  return {
    workerId: worker.id,
    coverage: standing.coverage,
    otherClasses: at.open.filter((other) => isInvited(other, worker) && isQualifying(other, covering)).length,
    isHoursMet: standing.hours?.isMet ?? false,
    onboarding: standing.onboarding,
    induction: inductionOf(one.history, participations, at.asOf, induction),
    exam: aim === null || at.exam === null ? null : at.exam.standings[aim],
    isEligibleForExam: aim !== null && at.exam?.eligibility[aim].ok === true,
    lastCompletedOn: completed.at(-1) ?? null,
  };
}
