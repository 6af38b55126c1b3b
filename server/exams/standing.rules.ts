import { yearOf, type CivilDay } from '../platform/civilDays.js';
import { levels, type Level } from '../certificates/level.rules.js';
import { hasLeft, type EducationLevel } from '../workers/posts.rules.js';
import type { Interval } from '../workers/service.rules.js';
import type { WorkerFacts } from '../workers/worker.rules.js';
import { resultsOf, type ExamAttempt } from './attempt.rules.js';
import {
  eligibilityFor,
  isEligible,
  type Education,
  type Eligibility,
  type EligibilityFacts,
  type EligibilityPolicy,
} from './eligibility.rules.js';
import { levelStanding, subjectsOf, type LevelStanding } from './passes.rules.js';

/** The day each level is held since. */
export type HeldSince = Partial<Readonly<Record<Level, CivilDay>>>;

function educationsOf(worker: WorkerFacts['worker']): Education[] {
  const known = [worker.fullTimeEducation, worker.inServiceEducation].filter((level): level is EducationLevel => level !== null);
  // the roster keeps one mark of the major: it is of the highest study
  return [...new Set(known)].map((level) => ({
    level,
    isSocialWork: worker.isSocialWorkMajor && level === worker.education,
    obtainedOn: null,
  }));
}

function serviceOf(facts: WorkerFacts): Interval[] {
  const served: Interval[] = facts.statuses.filter((one) => !hasLeft(one.status)).map(({ from, to }) => ({ from, to }));
  const first = served.map((one) => one.from).sort()[0];
  const { workStartedOn } = facts.worker;
  return workStartedOn !== null && (first === undefined || workStartedOn < first)
    ? [{ from: workStartedOn, to: first ?? null }, ...served]
    : served;
}

/** What the conditions of an exam ask of a person of the roster: 参加社区工作时间 and service since are social work (domain.md §1.6). */
export function eligibilityFactsOf(facts: WorkerFacts, held: HeldSince): EligibilityFacts {
  return { educations: educationsOf(facts.worker), service: serviceOf(facts), fullTimeStudy: [], certificates: held };
}

/** How one person stands towards every level before the coming exam. */
export interface PersonExams {
  readonly nextExam: number;
  readonly standings: Readonly<Record<Level, LevelStanding>>;
  readonly eligibility: Readonly<Record<Level, Eligibility>>;
  /** Without an education in the roster nothing can be said about the conditions. */
  readonly educationKnown: boolean;
  /** Levels above the one held that the person may sit now and has not passed yet. */
  readonly open: readonly Level[];
  /** The level the person is on the way to: where something is carried, else what was sat last, else the next above the one held. */
  readonly aim: Level | null;
  readonly isLastChance: boolean;
  readonly hasLapsed: boolean;
}

/** Everything that {@link personExams} is computed from. */
export interface ExamGround {
  readonly facts: WorkerFacts;
  readonly attempts: readonly ExamAttempt[];
  readonly held: HeldSince;
  readonly level: Level | null;
  readonly nextExam: number;
  readonly policy: EligibilityPolicy;
}

function byLevel<Value>(valueOf: (level: Level) => Value): Readonly<Record<Level, Value>> {
  return { ASSISTANT: valueOf('ASSISTANT'), SOCIAL_WORKER: valueOf('SOCIAL_WORKER'), SENIOR: valueOf('SENIOR') };
}

function above(level: Level | null): readonly Level[] {
  return levels.slice(level === null ? 0 : levels.indexOf(level) + 1);
}

function aimOf(ground: ExamGround, standings: Readonly<Record<Level, LevelStanding>>): Level | null {
  const higher = above(ground.level);
  const carried = higher.find((level) => standings[level].kind === 'OPEN' && standings[level].carried.length > 0);
  if (carried !== undefined) return carried;
  const last = [...ground.attempts].reverse().find((attempt) => higher.includes(attempt.level));
  return last?.level ?? higher[0] ?? null;
}

/** Judges one person before the coming exam. Levels at or below the one held are done with: nothing of theirs can lapse. */
export function personExams(ground: ExamGround): PersonExams {
  const { facts, attempts, held, nextExam, policy } = ground;
  const results = resultsOf(attempts);
  const conditions = eligibilityFactsOf(facts, held);
  const standings = byLevel((level) => levelStanding(level, results, nextExam));
  const eligibility = byLevel((level) => eligibilityFor(level, conditions, nextExam, policy));
  const higher = above(ground.level);
  const unfinished = higher.map((level) => standings[level]).filter((standing) => standing.kind === 'OPEN');
  return {
    nextExam,
    standings,
    eligibility,
    educationKnown: conditions.educations.length > 0,
    open: higher.filter((level) => eligibility[level].ok && standings[level].kind === 'OPEN'),
    aim: aimOf(ground, standings),
    isLastChance: unfinished.some((standing) => standing.isLastChance),
    hasLapsed: unfinished.some((standing) => standing.lapsed.length > 0),
  };
}

/** Whether a person could sit a level above the one held at the time, in an exam year: the first step of the exam funnel. */
export function couldSit(ground: ExamGround, year: number): boolean {
  const conditions = eligibilityFactsOf(ground.facts, ground.held);
  return levels.some((level) => {
    const reached = levels.slice(levels.indexOf(level)).some((other) => {
      const since = ground.held[other];
      return since !== undefined && yearOf(since) < year;
    });
    return !reached && isEligible(level, conditions, year, ground.policy);
  });
}

/** The subjects of one level in one exam year, counted. */
export interface YearResult {
  readonly year: number;
  readonly level: Level;
  readonly sat: number;
  readonly passed: number;
  readonly failed: number;
  /** The set was completed in this year. */
  readonly qualified: boolean;
}

/** What a person did in each exam year and level, oldest first. */
export function yearResultsOf(attempts: readonly ExamAttempt[], standings: Readonly<Record<Level, LevelStanding>>): YearResult[] {
  const years = [...new Set(attempts.map((attempt) => attempt.year))].sort((a, b) => a - b);
  return years.flatMap((year) =>
    levels.flatMap((level) => {
      const own = attempts.filter((attempt) => attempt.year === year && attempt.level === level);
      if (own.length === 0) return [];
      const standing = standings[level];
      const count = (passed: boolean): number => own.filter((attempt) => attempt.passed === passed).length;
      return [
        {
          year,
          level,
          sat: own.filter((one) => one.sat).length,
          passed: count(true),
          failed: count(false),
          qualified: standing.kind === 'QUALIFIED' && standing.year === year,
        },
      ];
    }),
  );
}

/** Whether a subject belongs to a level. */
export function isSubjectOf(subject: string, level: Level): boolean {
  return (subjectsOf[level] as readonly string[]).includes(subject);
}
