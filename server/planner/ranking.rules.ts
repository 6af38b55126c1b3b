import type { CivilDay } from '../platform/civilDays.js';
import type { Coverage } from '../coverage/coverage.rules.js';
import type { Induction } from '../coverage/induction.rules.js';
import type { Onboarding } from '../coverage/onboarding.rules.js';
import type { LevelStanding } from '../exams/passes.rules.js';
import type { Purpose } from '../trainings/classes.rules.js';

/** A person who could be nominated to a class, with what bears on who goes first. */
export interface Candidate {
  readonly workerId: string;
  readonly coverage: Coverage;
  /** Other classes still to come this year that would cover the person and have a free seat. */
  readonly otherClasses: number;
  readonly isHoursMet: boolean;
  readonly onboarding: Onboarding;
  readonly induction: Induction;
  /** Standing towards the level the coaching is for; null when it has nothing to do with an exam. */
  readonly exam: LevelStanding | null;
  readonly isEligibleForExam: boolean;
  /** Last day of the last class completed, in any year. */
  readonly lastCompletedOn: CivilDay | null;
}

/** Why somebody stands where they stand, first to last within each kind of class. Stored with the nomination. */
export const rankReasons = [
  // onboarding and induction
  'OVERDUE',
  'DEADLINE_NEAR',
  'DEADLINE_AHEAD',
  // exam coaching
  'LAST_CHANCE',
  'ELIGIBLE',
  // coverage
  'NOTHING_ELSE_COVERS',
  'UNARRANGED',
  'ARRANGED_ELSEWHERE',
  'HOURS_SHORT',
  'ALREADY_TRAINED',
  'NOT_DUE',
] as const;
export type RankReason = (typeof rankReasons)[number];

export interface Ranked {
  readonly workerId: string;
  /** From 1. */
  readonly rank: number;
  readonly reason: RankReason;
  /** The day the reason runs out; null when it has none. */
  readonly dueOn: CivilDay | null;
}

interface Claim {
  readonly reason: RankReason;
  readonly dueOn: CivilDay | null;
}

function deadlineClaim(standing: Onboarding | Induction): Claim | null {
  if (standing.kind === 'OVERDUE') return { reason: 'OVERDUE', dueOn: standing.deadline };
  if (standing.kind !== 'OPEN') return null;
  return { reason: standing.isWarned ? 'DEADLINE_NEAR' : 'DEADLINE_AHEAD', dueOn: standing.deadline };
}

function examClaim({ exam, isEligibleForExam }: Candidate): Claim | null {
  if (exam === null || exam.kind === 'QUALIFIED') return null;
  if (exam.isLastChance) return { reason: 'LAST_CHANCE', dueOn: null };
  return isEligibleForExam ? { reason: 'ELIGIBLE', dueOn: null } : null;
}

function coverageClaim({ coverage, otherClasses, isHoursMet }: Candidate): Claim {
  if (coverage.kind === 'TRAINED') return { reason: isHoursMet ? 'ALREADY_TRAINED' : 'HOURS_SHORT', dueOn: null };
  if (coverage.kind !== 'UNTRAINED') return { reason: 'NOT_DUE', dueOn: null };
  if (coverage.arranged !== null) return { reason: 'ARRANGED_ELSEWHERE', dueOn: coverage.arranged.endsOn };
  return { reason: otherClasses === 0 ? 'NOTHING_ELSE_COVERS' : 'UNARRANGED', dueOn: null };
}

function claimOf(purpose: Purpose, candidate: Candidate): Claim {
  const special =
    purpose === 'ONBOARDING'
      ? deadlineClaim(candidate.onboarding)
      : purpose === 'INDUCTION'
        ? deadlineClaim(candidate.induction)
        : purpose === 'EXAM_COACHING'
          ? examClaim(candidate)
          : null;
  return special ?? coverageClaim(candidate);
}

const last = '9999-12-31';

/**
 * Who goes first to a class of a purpose: those with that purpose's own claim (deadline, last exam chance), then those
 * whom nothing else will cover, then the untrained, and so on down {@link rankReasons}. Within a reason the nearer
 * deadline, then whoever has gone longest without a class, then the id. Never by score, speed or hours online.
 */
export function rankCandidates(purpose: Purpose, candidates: readonly Candidate[]): Ranked[] {
  const claims = candidates
    .filter((candidate) => candidate.coverage.kind !== 'NOT_IN_SERVICE')
    .map((candidate) => ({ candidate, claim: claimOf(purpose, candidate) }));
  const key = ({ candidate, claim }: (typeof claims)[number]) =>
    [
      String(rankReasons.indexOf(claim.reason)).padStart(2, '0'),
      claim.dueOn ?? last,
      candidate.lastCompletedOn ?? '0000-01-01',
      candidate.workerId,
    ].join(' ');
  const ordered = claims.map((entry) => ({ ...entry, key: key(entry) })).sort((a, b) => (a.key < b.key ? -1 : 1));
  return ordered.map(({ candidate, claim }, index) => ({ workerId: candidate.workerId, rank: index + 1, ...claim }));
}
