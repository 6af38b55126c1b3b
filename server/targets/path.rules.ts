import { daysBetween } from '../platform/civilDays.js';
import type { CivilDay } from '../platform/civilDays.js';

/** A point of a target path. Rates are in basis points (3000 = 30 %), so that people needed are exact. */
export interface PathPoint {
  readonly day: CivilDay;
  readonly basisPoints: number;
}

/** How a rate is to rise: in a straight line between two days, or by milestones reached (ruling 34). */
export type TargetPath =
  | { readonly kind: 'LINEAR'; readonly from: PathPoint; readonly to: PathPoint }
  | { readonly kind: 'STEPPED'; readonly milestones: readonly PathPoint[] };

/** What a division has promised; a policy. */
export interface RateTarget {
  readonly path: TargetPath;
  /** How far below the path is borne, in basis points. */
  readonly toleranceBasisPoints: number;
}

/** Certified and in service on a day; a person counts once, at the highest level that counts. */
export interface CertifiedCount {
  readonly certified: number;
  readonly inService: number;
}

/** A rate as an exact fraction of basis points, so that rounding up to people never trips over a binary fraction. */
interface Rate {
  readonly numerator: number;
  readonly denominator: number;
}

function rateAt(path: TargetPath, day: CivilDay): Rate {
  if (path.kind === 'STEPPED') {
    const reached = path.milestones.filter((point) => point.day <= day).sort((a, b) => (a.day < b.day ? 1 : -1));
    return { numerator: reached[0]?.basisPoints ?? 0, denominator: 1 };
  }
  const { from, to } = path;
  if (day >= to.day) return { numerator: to.basisPoints, denominator: 1 };
  if (day <= from.day) return { numerator: from.basisPoints, denominator: 1 };
  const denominator = daysBetween(from.day, to.day);
  return { numerator: from.basisPoints * denominator + (to.basisPoints - from.basisPoints) * daysBetween(from.day, day), denominator };
}

/**
 * The rate the path asks for on a day, in basis points. A line is held at its end values outside its days; steps
 * stand at the last milestone reached, and at 0 before the first.
 */
export function pathAt(path: TargetPath, day: CivilDay): number {
  const { numerator, denominator } = rateAt(path, day);
  return numerator / denominator;
}

/** The last point of a path: the target itself; null for steps without a milestone. */
export function finalPoint(path: TargetPath): PathPoint | null {
  if (path.kind === 'LINEAR') return path.to;
  return [...path.milestones].sort((a, b) => (a.day < b.day ? 1 : -1))[0] ?? null;
}

function missingFor(count: CertifiedCount, rate: Rate): number {
  return Math.max(0, Math.ceil((count.inService * rate.numerator) / (10_000 * rate.denominator)) - count.certified);
}

/** People still to be certified until a rate is reached with this headcount; rounds up, never negative (ruling 34). */
export function peopleNeeded(count: CertifiedCount, basisPoints: number): number {
  return missingFor(count, { numerator: basisPoints, denominator: 1 });
}

/** Where a division stands against its target. */
export interface TargetStanding {
  readonly pathBasisPoints: number;
  /** Null when nobody is in service. */
  readonly actualBasisPoints: number | null;
  /** Below the path by more than the tolerance. */
  readonly isBehind: boolean;
  readonly neededByNow: number;
  readonly finalPoint: PathPoint | null;
  readonly neededInAll: number;
}

/** Compares a count with the path of a day; with nobody in service nothing is behind. */
export function targetStanding(count: CertifiedCount, target: RateTarget, day: CivilDay): TargetStanding {
  const { certified, inService } = count;
  const rate = rateAt(target.path, day);
  const final = finalPoint(target.path);
  const leastBasisPoints = rate.numerator - target.toleranceBasisPoints * rate.denominator;
  return {
    pathBasisPoints: rate.numerator / rate.denominator,
    actualBasisPoints: inService === 0 ? null : (certified * 10_000) / inService,
    isBehind: certified * 10_000 * rate.denominator < leastBasisPoints * inService,
    neededByNow: missingFor(count, rate),
    finalPoint: final,
    neededInAll: final === null ? 0 : peopleNeeded(count, final.basisPoints),
  };
}

/** 每万城镇常住人口配备 n 名: the staffing quota rounds up (ruling 34). */
export function staffingQuota(urbanPopulation: number, perTenThousand: number): number {
  return Math.ceil((urbanPopulation * perTenThousand) / 10_000);
}
