import { firstDayOf, lastDayOf, monthOf, yearOf } from '../platform/civilDays.js';
import type { CivilDay } from '../platform/civilDays.js';
import { coverageYearOf, isStillToCome } from '../trainings/classes.rules.js';
import type { ClassState, Purpose, Tier } from '../trainings/classes.rules.js';
import { isOpen } from '../trainings/enrolment.rules.js';
import type { EnrolmentState } from '../trainings/enrolment.rules.js';
import type { ServiceStatus } from '../workers/posts.rules.js';
import { holdsOn, projectionOn } from '../workers/service.rules.js';
import type { InServicePolicy, Interval, ServiceHistory } from '../workers/service.rules.js';

/** 年度培训全覆盖, a policy on the as-of day (domain.md §2.3, decisions 11, 17, ruling 29). */
export interface CoveragePolicy {
  readonly inService: InServicePolicy;
  /** Who joins after this day of the year (`MM-DD`) is left to the onboarding rule. Ships `10-01`; that day itself is due. */
  readonly graceDate: string;
  /** Tiers whose classes count; ships all but TOWNSHIP. */
  readonly qualifyingTiers: readonly Tier[];
  /** Whether an ONBOARDING class counts; ships false. */
  readonly countsOnboarding: boolean;
}

/** An exemption asked for by the county and decided by the city; it counts while approved and in force on the as-of day. */
export interface Exemption extends Interval {
  readonly id: string;
  /** As the county wrote it: 长期病假, 产假, 脱产学习, 抽调 … */
  readonly reason: string;
  readonly state: 'REQUESTED' | 'APPROVED' | 'REFUSED' | 'WITHDRAWN';
}

/** One place of a person in a class, of any state, with what coverage asks of the class. */
export interface Participation {
  readonly classId: string;
  readonly tier: Tier;
  readonly purpose: Purpose;
  readonly classState: ClassState;
  readonly firstDay: CivilDay;
  /** Day of the last session: it decides the year (decision 16). */
  readonly lastDay: CivilDay;
  readonly state: EnrolmentState;
  /** Home community at class time: person-times are booked to it for good (ruling 29). */
  readonly divisionId: string;
}

/** The facts that decide one person's coverage. */
export interface CoverageFacts {
  readonly history: ServiceHistory;
  readonly exemptions: readonly Exemption[];
  readonly participations: readonly Participation[];
}

/** How a person stands in the year of the as-of day. Due are TRAINED and UNTRAINED, nobody else. */
export type Coverage =
  | { readonly kind: 'TRAINED'; readonly classId: string; readonly tier: Tier; readonly completedOn: CivilDay; readonly month: number }
  /** `arranged` is the open place that ends first, if there is one: the sub-state of T-COV (decision 21). */
  | { readonly kind: 'UNTRAINED'; readonly arranged: Arrangement | null }
  | { readonly kind: 'EXEMPT'; readonly exemptionId: string; readonly reason: string; readonly to: CivilDay | null }
  | { readonly kind: 'JOINED_AFTER_GRACE'; readonly joinedOn: CivilDay }
  | { readonly kind: 'NOT_IN_SERVICE'; readonly status: ServiceStatus | null };

/** An open place in a qualifying class that ends by 31 December. */
export interface Arrangement {
  readonly classId: string;
  readonly endsOn: CivilDay;
}

/** Whether a class of this tier and purpose counts for coverage. */
export function isQualifying(kind: Pick<Participation, 'tier' | 'purpose'>, policy: CoveragePolicy): boolean {
  return policy.qualifyingTiers.includes(kind.tier) && (policy.countsOnboarding || kind.purpose !== 'ONBOARDING');
}

/** Completed places of a year up to a day, first completion first; any tier and purpose. */
export function completionsIn(participations: readonly Participation[], year: number, asOf: CivilDay): Participation[] {
  return participations
    .filter((place) => place.state === 'COMPLETED' && coverageYearOf(place.lastDay) === year && place.lastDay <= asOf)
    .sort((a, b) => (a.lastDay === b.lastDay ? (a.classId < b.classId ? -1 : 1) : a.lastDay < b.lastDay ? -1 : 1));
}

/** The open place that ends first in a qualifying class of the year; null when nothing is arranged. */
export function arrangementIn(participations: readonly Participation[], year: number, policy: CoveragePolicy): Arrangement | null {
  const ends = participations
    .filter((place) => isOpen(place.state) && isStillToCome(place.classState) && isQualifying(place, policy))
    .filter((place) => place.lastDay >= firstDayOf(year) && place.lastDay <= lastDayOf(year))
    .map((place) => ({ classId: place.classId, endsOn: place.lastDay }));
  return ends.sort((a, b) => (a.endsOn < b.endsOn ? -1 : 1))[0] ?? null;
}

/**
 * One person's coverage in the year of `asOf` (today, or 31 December for a closed year). In this order: not in
 * service is neither due nor exempt; an approved exemption in force; joined after the grace day; then trained or not.
 * A class completed before joining counts, for coverage follows the person.
 */
export function coverageOf(facts: CoverageFacts, asOf: CivilDay, policy: CoveragePolicy): Coverage {
  const year = yearOf(asOf);
  const service = projectionOn(facts.history, asOf, policy.inService);
  if (!service.inService) return { kind: 'NOT_IN_SERVICE', status: service.status };
  const exemption = facts.exemptions.find((row) => row.state === 'APPROVED' && holdsOn(row, asOf));
  if (exemption) return { kind: 'EXEMPT', exemptionId: exemption.id, reason: exemption.reason, to: exemption.to };
  const { joinedOn } = service;
  if (joinedOn !== null && joinedOn > `${String(year)}-${policy.graceDate}`) return { kind: 'JOINED_AFTER_GRACE', joinedOn };
  const first = completionsIn(facts.participations, year, asOf).find((place) => isQualifying(place, policy));
  if (first === undefined) return { kind: 'UNTRAINED', arranged: arrangementIn(facts.participations, year, policy) };
  return { kind: 'TRAINED', classId: first.classId, tier: first.tier, completedOn: first.lastDay, month: monthOf(first.lastDay) };
}

/** Whether a person is in the denominator. */
export function isDue(coverage: Coverage): boolean {
  return coverage.kind === 'TRAINED' || coverage.kind === 'UNTRAINED';
}

/** A share in tenths of a per cent, half up; null when nobody is due, never 0 % or 100 % (ruling 29). */
export function rateInTenths(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.floor((part * 2000 + whole) / (whole * 2));
}

/** A rate as shown, `87.8`; null stays null and is printed as —. */
export function showRate(part: number, whole: number): string | null {
  const tenths = rateInTenths(part, whole);
  return tenths === null ? null : (tenths / 10).toFixed(1);
}
