import { yearOf } from '../platform/civilDays.js';
import type { CivilDay } from '../platform/civilDays.js';
import { hoursStanding, sumByBucket } from '../attendance/hours.rules.js';
import type { BucketMinutes, HoursCredit, HoursPolicy, HoursStanding } from '../attendance/hours.rules.js';
import { tiers } from '../trainings/classes.rules.js';
import type { Tier } from '../trainings/classes.rules.js';
import { hoursGroupOf, isPartyMember } from '../workers/posts.rules.js';
import type { PoliticalStatus, Post, PostClass } from '../workers/posts.rules.js';
import { monthsInService, projectionOn } from '../workers/service.rules.js';
import { completionsIn, coverageOf } from './coverage.rules.js';
import type { Coverage, CoverageFacts, CoveragePolicy, Participation } from './coverage.rules.js';
import { isInOnboardingCohort, onboardingOf } from './onboarding.rules.js';
import type { Onboarding, OnboardingPolicy } from './onboarding.rules.js';

/** The rows of the board "by tier"; onboarding is a row of its own, whoever organises it (decision 11). */
export const tierRows = [...tiers, 'ONBOARDING'] as const;
export type TierRow = Tier | 'ONBOARDING';

/** The board row a class is counted in. */
export function tierRowOf(place: Pick<Participation, 'tier' | 'purpose'>): TierRow {
  return place.purpose === 'ONBOARDING' ? 'ONBOARDING' : place.tier;
}

/** Everything the year of one person is computed from. */
export interface WorkerYearFacts extends CoverageFacts {
  readonly politicalStatus: PoliticalStatus | null;
  readonly credits: readonly HoursCredit[];
}

/** The policies in force, resolved for the person: coverage and hours on the as-of day, onboarding on the entry day. */
export interface WorkerYearPolicies {
  readonly coverage: CoveragePolicy;
  readonly hours: HoursPolicy;
  readonly onboarding: OnboardingPolicy;
}

/** Completed participations of one person booked to the home community of that time. */
export interface Booking {
  readonly divisionId: string;
  readonly row: TierRow;
  readonly personTimes: number;
}

/** One person in one year: what boards, lists and flags read (decision 19). Recomputed whole, never changed by deltas. */
export interface WorkerYear {
  readonly year: number;
  readonly asOf: CivilDay;
  /** Community of the primary appointment on the as-of day; null without one. */
  readonly divisionId: string | null;
  readonly post: Post | null;
  readonly postClass: PostClass | null;
  readonly joinedOn: CivilDay | null;
  readonly coverage: Coverage;
  /** Null for somebody not in service. */
  readonly hours: HoursStanding | null;
  readonly earned: BucketMinutes;
  /** NOT_ASKED also for those outside the year's cohort or not in service. */
  readonly onboarding: Onboarding;
  /** Board rows with at least one completion in the year, each once. */
  readonly rows: readonly TierRow[];
  readonly bookings: readonly Booking[];
}

function bookingsOf(completions: readonly Participation[]): Booking[] {
  const bookings = new Map<string, Booking>();
  for (const place of completions) {
    const row = tierRowOf(place);
    const key = `${place.divisionId} ${row}`;
    bookings.set(key, { divisionId: place.divisionId, row, personTimes: (bookings.get(key)?.personTimes ?? 0) + 1 });
  }
  return [...bookings.values()];
}

function hoursOf(facts: WorkerYearFacts, asOf: CivilDay, policies: WorkerYearPolicies): HoursStanding | null {
  const service = projectionOn(facts.history, asOf, policies.coverage.inService);
  if (!service.inService || service.appointment === null) return null;
  const year = yearOf(asOf);
  const { post, postClass } = service.appointment;
  const hoursFacts = {
    group: hoursGroupOf(post, postClass),
    isPartyMember: isPartyMember(facts.politicalStatus),
    isYearOfEntry: service.joinedOn !== null && yearOf(service.joinedOn) === year,
    monthsInService: monthsInService(facts.history, year, policies.coverage.inService),
    earned: sumByBucket(facts.credits, year),
    completedTiers: completionsIn(facts.participations, year, asOf).map((place) => place.tier),
  };
  return hoursStanding(hoursFacts, policies.hours);
}

/** Computes the year of one person as of a day; the year is that of the day. */
export function workerYearOf(facts: WorkerYearFacts, asOf: CivilDay, policies: WorkerYearPolicies): WorkerYear {
  const year = yearOf(asOf);
  const { appointment, joinedOn, inService } = projectionOn(facts.history, asOf, policies.coverage.inService);
  const completions = completionsIn(facts.participations, year, asOf);
  const onboarding = onboardingOf(joinedOn, facts.participations, asOf, policies.onboarding);
  return {
    year,
    asOf,
    divisionId: appointment?.divisionId ?? null,
    post: appointment?.post ?? null,
    postClass: appointment?.postClass ?? null,
    joinedOn,
    coverage: coverageOf(facts, asOf, policies.coverage),
    hours: hoursOf(facts, asOf, policies),
    earned: sumByBucket(facts.credits, year),
    onboarding: inService && isInOnboardingCohort(onboarding, joinedOn, year) ? onboarding : { kind: 'NOT_ASKED' },
    rows: tierRows.filter((row) => completions.some((place) => tierRowOf(place) === row)),
    bookings: bookingsOf(completions),
  };
}
