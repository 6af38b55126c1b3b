import { addYears } from '../platform/civilDays.js';
import type { CivilDay } from '../platform/civilDays.js';
import type { Level } from '../certificates/level.rules.js';

/** The subjects of each level (domain.md §1.2). */
export const subjectsOf = {
  ASSISTANT: ['A_COMP', 'A_PRAC'],
  SOCIAL_WORKER: ['S_COMP', 'S_PRAC', 'S_LAW'],
  SENIOR: ['H_PRAC'],
} as const satisfies Readonly<Record<Level, readonly string[]>>;
export type Subject = (typeof subjectsOf)[Level][number];
export const subjects: readonly Subject[] = Object.values(subjectsOf).flat();

/** For how many consecutive exam years the passes of a level may be gathered: one for ASSISTANT, two for SOCIAL_WORKER (domain.md §1.5). */
const yearsToGather: Readonly<Record<Level, 1 | 2>> = { ASSISTANT: 1, SOCIAL_WORKER: 2, SENIOR: 1 };

/** The level a subject belongs to. */
export function levelOfSubject(subject: Subject): Level {
  return subject.startsWith('A_') ? 'ASSISTANT' : subject.startsWith('S_') ? 'SOCIAL_WORKER' : 'SENIOR';
}

/** One decided result of one subject; append-only, a re-import appends (decisions 6, 22). */
export interface ExamResult {
  readonly subject: Subject;
  readonly year: number;
  /** The official flag, never recomputed from the score. */
  readonly passed: boolean;
  /** Whether the person met the conditions in that exam year (ruling 32). */
  readonly eligibleThatYear: boolean;
  readonly decidedAt: Date;
}

/** The results that stand: per subject and year the one decided last; a fail can become a pass months later. */
export function lastDecided(results: readonly ExamResult[]): ExamResult[] {
  const last = new Map<string, ExamResult>();
  for (const result of [...results].sort((a, b) => a.decidedAt.getTime() - b.decidedAt.getTime())) {
    last.set(`${result.subject} ${String(result.year)}`, result);
  }
  return [...last.values()];
}

/** A pass that does not count, and why. */
export interface VoidPass {
  readonly subject: Subject;
  readonly year: number;
  /** NOT_ELIGIBLE: not that year. SET_VOID: it would have completed a set with a year that was not eligible. */
  readonly reason: 'NOT_ELIGIBLE' | 'SET_VOID';
}

/** A pass that still counts in the exam to come. */
export interface CarriedPass {
  readonly subject: Subject;
  readonly passedIn: number;
  /** The last exam year it counts in. */
  readonly countsUntil: number;
}

/** How a person stands towards one level before the exam of a year. */
export type LevelStanding =
  | { readonly kind: 'QUALIFIED'; readonly year: number; readonly voided: readonly VoidPass[] }
  | {
      readonly kind: 'OPEN';
      readonly nextExam: number;
      readonly carried: readonly CarriedPass[];
      /** What has to be passed in the next exam to qualify by it. */
      readonly mustPass: readonly Subject[];
      /** Something carried dies with the next exam unless it completes the set (E-LAST). */
      readonly isLastChance: boolean;
      /** Passes that died with the results of the exam before the next (E-ROLL). */
      readonly lapsed: readonly { readonly subject: Subject; readonly passedIn: number }[];
      readonly voided: readonly VoidPass[];
    };

type PassesByYear = ReadonlyMap<number, ReadonlySet<Subject>>;

function passesByYear(results: readonly ExamResult[]): Map<number, Set<Subject>> {
  const byYear = new Map<number, Set<Subject>>();
  for (const { year, subject } of results) byYear.set(year, (byYear.get(year) ?? new Set<Subject>()).add(subject));
  return byYear;
}

function hasAll(level: Level, ...sets: (ReadonlySet<Subject> | undefined)[]): boolean {
  return subjectsOf[level].every((subject) => sets.some((set) => set?.has(subject)));
}

/**
 * The passes of a level that do not count (ruling 32, documents.md §4.2). Those of an ineligible year never do; if such
 * a first year would complete the set together with the next year, which does not do so alone, the next year's fall too.
 */
function voidPasses(level: Level, passed: readonly ExamResult[]): VoidPass[] {
  const byYear = passesByYear(passed);
  const ineligible = new Set(passed.filter((pass) => !pass.eligibleThatYear).map((pass) => pass.year));
  const fallsWithYearBefore = (year: number) =>
    yearsToGather[level] === 2 &&
    ineligible.has(year - 1) &&
    hasAll(level, byYear.get(year - 1), byYear.get(year)) &&
    !hasAll(level, byYear.get(year));
  return passed.flatMap(({ subject, year }): VoidPass[] => {
    if (ineligible.has(year)) return [{ subject, year, reason: 'NOT_ELIGIBLE' }];
    return fallsWithYearBefore(year) ? [{ subject, year, reason: 'SET_VOID' }] : [];
  });
}

function qualifiedYear(level: Level, byYear: PassesByYear): number | null {
  const carries = yearsToGather[level] === 2;
  const years = [...byYear.keys()].sort((a, b) => a - b);
  return years.find((year) => hasAll(level, byYear.get(year), carries ? byYear.get(year - 1) : undefined)) ?? null;
}

function inYear(level: Level, byYear: PassesByYear, year: number): Subject[] {
  return subjectsOf[level].filter((subject) => byYear.get(year)?.has(subject));
}

/**
 * How a person stands towards a level before the exam of `nextExam` (domain.md §1.5): the results of all earlier exam
 * years are known. ASSISTANT carries nothing over, SOCIAL_WORKER from one exam year to the next, whatever the calendar
 * dates. For SENIOR, QUALIFIED means the written pass: the certificate follows from the review ({@link statementValidTo}).
 */
export function levelStanding(level: Level, results: readonly ExamResult[], nextExam: number): LevelStanding {
  const passed = lastDecided(results).filter(
    (result) => result.passed && levelOfSubject(result.subject) === level && result.year < nextExam,
  );
  const voided = voidPasses(level, passed);
  const isVoid = (pass: ExamResult) => voided.some((other) => other.subject === pass.subject && other.year === pass.year);
  const byYear = passesByYear(passed.filter((pass) => !isVoid(pass)));
  const year = qualifiedYear(level, byYear);
  if (year !== null) return { kind: 'QUALIFIED', year, voided };
  const carries = yearsToGather[level] === 2;
  const carriedSubjects = carries ? inYear(level, byYear, nextExam - 1) : [];
  const lapsing = carries ? inYear(level, byYear, nextExam - 2) : [];
  return {
    kind: 'OPEN',
    nextExam,
    carried: carriedSubjects.map((subject) => ({ subject, passedIn: nextExam - 1, countsUntil: nextExam })),
    mustPass: subjectsOf[level].filter((subject) => !carriedSubjects.includes(subject)),
    isLastChance: carriedSubjects.length > 0,
    lapsed: lapsing.filter((subject) => !carriedSubjects.includes(subject)).map((subject) => ({ subject, passedIn: nextExam - 2 })),
    voided,
  };
}

/** 成绩合格证明 of the senior exam: valid for years from the day of issue (ships 3), to the day of the same date. */
export function statementValidTo(issuedOn: CivilDay, validYears: number): CivilDay {
  return addYears(issuedOn, validYears);
}

/** Whether applying for review on a day was in time: within the validity of the statement suffices (ruling 32). */
export function isReviewInTime(issuedOn: CivilDay, appliedOn: CivilDay, validYears: number): boolean {
  return appliedOn >= issuedOn && appliedOn <= statementValidTo(issuedOn, validYears);
}
