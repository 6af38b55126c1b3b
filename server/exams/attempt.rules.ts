import type { CivilDay } from '../platform/civilDays.js';
import type { Level } from '../certificates/level.rules.js';
import { decidePass, passMarkFor, type PassDecision, type PassMark } from './passMarks.rules.js';
import type { ExamResult, Subject } from './passes.rules.js';

/** Who found that the person met the conditions of that year: the rule, or the authority's 资格审核. */
export type EligibilitySource = 'RULE' | 'REVIEW' | 'UNKNOWN';

/** One subject sat in one exam year, as it was known; corrections supersede, nothing is overwritten (decision 6). */
export interface ExamAttempt {
  readonly id: string;
  readonly workerId: string;
  readonly divisionPath: readonly string[];
  readonly year: number;
  readonly level: Level;
  readonly subject: Subject;
  /** False: registered and absent. */
  readonly sat: boolean;
  /** The published whole number, 0–100; null when only pass or fail is known. */
  readonly score: number | null;
  /** The official flag; null leaves the decision to the pass mark. */
  readonly official: boolean | null;
  readonly decision: PassDecision['kind'];
  /** Null while undecided. */
  readonly passed: boolean | null;
  readonly mark: number | null;
  readonly eligibleThatYear: boolean;
  readonly eligibleBy: EligibilitySource;
  /** The condition of the notice that was met or is nearest; '' when none is. */
  readonly eligibilityRule: string;
  readonly decidedOn: CivilDay;
  readonly decidedAt: Date;
  readonly source: string;
  readonly reason: string;
  readonly recordedBy: string;
  /** The attempt that this one corrects. */
  readonly supersedes: string | null;
  readonly supersededAt: Date | null;
}

/** The decided results that the pass rules read. */
export function resultsOf(attempts: readonly ExamAttempt[]): ExamResult[] {
  return attempts.flatMap(({ subject, year, passed, eligibleThatYear, decidedAt }) =>
    passed === null ? [] : [{ subject, year, passed, eligibleThatYear, decidedAt }],
  );
}

/** That a person registered for an exam; an attempt of the year says the same. */
export interface ExamEntry {
  readonly id: string;
  readonly workerId: string;
  readonly divisionPath: readonly string[];
  readonly year: number;
  readonly level: Level;
  readonly enteredOn: CivilDay;
  readonly recordedBy: string;
}

/** One subject as it was published. */
export interface Published {
  readonly subject: Subject;
  readonly sat: boolean;
  readonly score: number | null;
  readonly official: boolean | null;
}

/** Where and when a result is decided. */
export interface DecidedAt {
  readonly year: number;
  readonly divisionPath: readonly string[];
  readonly today: CivilDay;
  readonly now: Date;
}

/** Decides a published subject with the marks known today; absent is never a pass. */
export function decisionOf(
  published: Published,
  marks: readonly PassMark[],
  at: DecidedAt,
): Pick<ExamAttempt, 'decision' | 'passed' | 'mark' | 'decidedOn' | 'decidedAt'> {
  const mark = passMarkFor(marks, { year: at.year, divisionPath: at.divisionPath, subject: published.subject, asOf: at.today });
  const decision = decidePass(published, mark);
  return {
    decision: decision.kind,
    passed: 'passed' in decision ? decision.passed : decision.kind === 'ABSENT' ? false : null,
    mark: decision.kind === 'BY_MARK' ? decision.mark : null,
    decidedOn: at.today,
    decidedAt: at.now,
  };
}

/** A result in one short text for the trail. */
export function resultText(attempt: Pick<ExamAttempt, 'score' | 'passed' | 'sat' | 'decidedOn'>): string {
  const score = attempt.score === null ? '' : `${String(attempt.score)} `;
  return `${score}${attempt.sat ? (attempt.passed === null ? '?' : attempt.passed ? '√' : '×') : '—'}`;
}
