import { monthOf } from '../platform/civilDays.js';
import { totalOf } from '../attendance/hours.rules.js';
import { postClasses } from '../workers/posts.rules.js';
import type { PostClass } from '../workers/posts.rules.js';
import { tierRows } from './workerYear.rules.js';
import type { TierRow, WorkerYear } from './workerYear.rules.js';

/** New hires of a year: asked = done + open + overdue; doneLate is part of done. */
export interface OnboardingCounts {
  readonly asked: number;
  readonly done: number;
  readonly doneLate: number;
  readonly open: number;
  readonly overdue: number;
}

/** The counts of one division and year (decision 19). Persons are distinct; only `personTimes` are not. */
export interface RollUp {
  /** due + exempt + joinedAfterGrace. */
  readonly inService: number;
  /** trained + untrained. */
  readonly due: number;
  readonly trained: number;
  /** arranged + unarranged. */
  readonly untrained: number;
  readonly arranged: number;
  readonly unarranged: number;
  readonly exempt: number;
  readonly joinedAfterGrace: number;
  /** Due persons who meet the year's hours. */
  readonly hoursMet: number;
  /** Credit minutes of the due persons. */
  readonly minutes: number;
  readonly onboarding: OnboardingCounts;
  /** Persons in service with a completion in the row (rows do not add up to the total), and person-times booked here. */
  readonly rows: Readonly<Record<TierRow, { readonly persons: number; readonly personTimes: number }>>;
  readonly postClasses: Readonly<Record<PostClass, { readonly due: number; readonly trained: number }>>;
  /** Trained persons by month of first completion, January first; sums to `trained`. */
  readonly trainedByMonth: readonly number[];
  /** Arranged persons by the month their class ends; sums to `arranged`. */
  readonly arrangedByMonth: readonly number[];
}

const months = Array.from({ length: 12 }, (_, index) => index + 1);

const personCounts = [
  'inService',
  'due',
  'trained',
  'untrained',
  'arranged',
  'unarranged',
  'exempt',
  'joinedAfterGrace',
  'hoursMet',
  'minutes',
] as const;
const onboardingKeys = ['asked', 'done', 'doneLate', 'open', 'overdue'] as const;

function record<Key extends string, Value>(keys: readonly Key[], valueOf: (key: Key) => Value): Record<Key, Value> {
  return Object.fromEntries(keys.map((key) => [key, valueOf(key)])) as Record<Key, Value>;
}

/** The roll-up of a division without people: the neutral element of {@link mergeRollUps}. */
export const emptyRollUp: RollUp = {
  ...record(personCounts, () => 0),
  onboarding: record(onboardingKeys, () => 0),
  rows: record(tierRows, () => ({ persons: 0, personTimes: 0 })),
  postClasses: record(postClasses, () => ({ due: 0, trained: 0 })),
  trainedByMonth: months.map(() => 0),
  arrangedByMonth: months.map(() => 0),
};

function addMonthly(one: readonly number[], other: readonly number[]): number[] {
  return one.map((count, index) => count + (other[index] ?? 0));
}

/** Adds two roll-ups of divisions that share nobody: associative, commutative, {@link emptyRollUp} neutral. */
export function mergeRollUps(one: RollUp, other: RollUp): RollUp {
  return {
    ...record(personCounts, (key) => one[key] + other[key]),
    onboarding: record(onboardingKeys, (key) => one.onboarding[key] + other.onboarding[key]),
    rows: record(tierRows, (row) => ({
      persons: one.rows[row].persons + other.rows[row].persons,
      personTimes: one.rows[row].personTimes + other.rows[row].personTimes,
    })),
    postClasses: record(postClasses, (postClass) => ({
      due: one.postClasses[postClass].due + other.postClasses[postClass].due,
      trained: one.postClasses[postClass].trained + other.postClasses[postClass].trained,
    })),
    trainedByMonth: addMonthly(one.trainedByMonth, other.trainedByMonth),
    arrangedByMonth: addMonthly(one.arrangedByMonth, other.arrangedByMonth),
  };
}

const flag = (holds: boolean): number => (holds ? 1 : 0);

function onboardingCounts({ onboarding }: WorkerYear): OnboardingCounts {
  return {
    asked: flag(onboarding.kind !== 'NOT_ASKED'),
    done: flag(onboarding.kind === 'DONE'),
    doneLate: flag(onboarding.kind === 'DONE' && onboarding.isLate),
    open: flag(onboarding.kind === 'OPEN'),
    overdue: flag(onboarding.kind === 'OVERDUE'),
  };
}

function coverageCounts({ coverage, hours, earned }: WorkerYear) {
  const trained = coverage.kind === 'TRAINED' ? coverage : null;
  const arranged = coverage.kind === 'UNTRAINED' ? coverage.arranged : null;
  const untrained = coverage.kind === 'UNTRAINED';
  const isDue = untrained || trained !== null;
  const endsIn = arranged === null ? 0 : monthOf(arranged.endsOn);
  return {
    inService: flag(coverage.kind !== 'NOT_IN_SERVICE'),
    due: flag(isDue),
    trained: flag(trained !== null),
    untrained: flag(untrained),
    arranged: flag(arranged !== null),
    unarranged: flag(untrained && arranged === null),
    exempt: flag(coverage.kind === 'EXEMPT'),
    joinedAfterGrace: flag(coverage.kind === 'JOINED_AFTER_GRACE'),
    hoursMet: flag(isDue && hours !== null && hours.isMet),
    minutes: isDue ? totalOf(earned) : 0,
    trainedByMonth: months.map((month) => flag(trained?.month === month)),
    arrangedByMonth: months.map((month) => flag(endsIn === month)),
  };
}

function personTimesAt(person: WorkerYear, divisionId: string): Record<TierRow, number> {
  const here = person.bookings.filter((booking) => booking.divisionId === divisionId);
  return record(tierRows, (row) => here.reduce((sum, booking) => sum + (booking.row === row ? booking.personTimes : 0), 0));
}

/** What one person adds to a community: as a person where they belong now, as person-times where they were booked. */
function shareOf(person: WorkerYear, divisionId: string): RollUp {
  const personTimes = personTimesAt(person, divisionId);
  const rowsWith = (hasRow: (row: TierRow) => boolean) =>
    record(tierRows, (row) => ({ persons: flag(hasRow(row)), personTimes: personTimes[row] }));
  if (person.divisionId !== divisionId) return { ...emptyRollUp, rows: rowsWith(() => false) };
  const counts = coverageCounts(person);
  return {
    ...counts,
    onboarding: onboardingCounts(person),
    rows: rowsWith((row) => counts.inService === 1 && person.rows.includes(row)),
    postClasses: record(postClasses, (postClass) => {
      const isOwn = person.postClass === postClass;
      return { due: isOwn ? counts.due : 0, trained: isOwn ? counts.trained : 0 };
    }),
  };
}

/**
 * The roll-up of one community from the worker-years of everyone who belongs there or was booked there.
 * A worker-year that has nothing to do with the community adds nothing.
 */
export function foldCommunity(divisionId: string, workerYears: Iterable<WorkerYear>): RollUp {
  let rollUp = emptyRollUp;
  for (const person of workerYears) rollUp = mergeRollUps(rollUp, shareOf(person, divisionId));
  return rollUp;
}

/** A parent from its children. */
export function foldChildren(children: Iterable<RollUp>): RollUp {
  let rollUp = emptyRollUp;
  for (const child of children) rollUp = mergeRollUps(rollUp, child);
  return rollUp;
}
