import type { Level } from '../certificates/level.rules.js';
import type { YearResult } from './standing.rules.js';

/** The states that lists of exams can be narrowed to. The first six are of an exam year, the others of the exam to come. */
export const examStates = [
  'sat',
  'qualified',
  'partial',
  'failed',
  'couldSit',
  'enteredYear',
  'lastChance',
  'lapsed',
  'notEntered',
  'entered',
  'unknownEducation',
] as const;
export type ExamState = (typeof examStates)[number];

/** Which people are counted; `level` says nothing of states that no level has. */
export interface CountedState {
  readonly state: ExamState;
  readonly year: number;
  readonly level?: Level;
}

/** What is kept of a person, as far as states follow from it. */
export interface ExamRow {
  readonly inService: boolean;
  readonly years: readonly YearResult[];
  /** Exam years in which the person could sit a level above the one held then. */
  readonly couldSit: readonly number[];
  /** Exam years registered for. */
  readonly enteredYears: readonly number[];
  /** Levels above the one held that the person may sit next. */
  readonly eligible: readonly Level[];
  /** Levels registered for in the coming exam. */
  readonly entered: readonly Level[];
  readonly isLastChance: boolean;
  readonly hasLapsed: boolean;
  readonly educationKnown: boolean;
}

/** People in service by state (persons, not person-times); a state that nobody is in has no entry. Keys are made by `keyOf`. */
export type ExamCounts = Readonly<Record<string, number>>;

const resultStates = {
  sat: ({ sat }) => sat > 0,
  qualified: ({ qualified }) => qualified,
  partial: ({ qualified, passed }) => !qualified && passed > 0,
  failed: ({ passed, sat }) => passed === 0 && sat > 0,
} as const satisfies Partial<Record<ExamState, (result: YearResult) => boolean>>;
const ofResults = Object.keys(resultStates) as (keyof typeof resultStates)[];
const ofYears: readonly ExamState[] = [...ofResults, 'couldSit', 'enteredYear'];
const ofLevels: readonly ExamState[] = [...ofResults, 'notEntered', 'entered'];

function keyOf({ state, year, level }: CountedState): string {
  const parts: string[] = [state];
  if (ofYears.includes(state)) parts.push(String(year));
  if (level !== undefined && ofLevels.includes(state)) parts.push(level);
  return parts.join(':');
}

function keysOf(row: ExamRow): ReadonlySet<string> {
  const facts: CountedState[] = [
    ...row.years.flatMap((result) =>
      ofResults.filter((state) => resultStates[state](result)).flatMap((state) => both(state, result.year, [result.level])),
    ),
    ...row.couldSit.map((year): CountedState => ({ state: 'couldSit', year })),
    ...row.enteredYears.map((year): CountedState => ({ state: 'enteredYear', year })),
    ...(row.entered.length === 0 ? both('notEntered', 0, row.eligible) : both('entered', 0, row.entered)),
  ];
  const plain = { lastChance: row.isLastChance, lapsed: row.hasLapsed, unknownEducation: !row.educationKnown };
  const states = Object.entries(plain).flatMap(([state, holds]) => (holds ? [state] : []));
  return new Set([...facts.map(keyOf), ...states]);
}

/** A state over all levels and by each; nothing when no level has it. */
function both(state: ExamState, year: number, named: readonly Level[]): CountedState[] {
  return named.length === 0 ? [] : [{ state, year }, ...named.map((level): CountedState => ({ state, year, level }))];
}

/** Counts people by every state they are in; who is not in service is in none. */
export function countRows(rows: Iterable<ExamRow>): ExamCounts {
  const counts: Record<string, number> = {};
  for (const row of rows) if (row.inService) for (const key of keysOf(row)) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}

/** Adds the counts of divisions that share nobody. */
export function sumCounts(parts: Iterable<ExamCounts>): ExamCounts {
  const sum: Record<string, number> = {};
  for (const part of parts) for (const [key, count] of Object.entries(part)) sum[key] = (sum[key] ?? 0) + count;
  return sum;
}

/** People in a state. */
export function countIn(counts: ExamCounts, of: CountedState): number {
  return counts[keyOf(of)] ?? 0;
}
