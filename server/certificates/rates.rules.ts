import type { CivilDay } from '../platform/civilDays.js';
import type { Level } from './level.rules.js';
import { levels } from './level.rules.js';

/** People in service of one division and year, and the certified among them by highest level (ruling 34). */
export interface RateCounts {
  readonly inService: number;
  readonly byLevel: Readonly<Record<Level, number>>;
}

/** The counts of a division at the end of a year. */
export interface CertificateRate extends RateCounts {
  readonly divisionId: string;
  readonly divisionPath: readonly string[];
  readonly parentId: string | null;
  readonly level: string;
  readonly year: number;
  readonly asOf: CivilDay;
  readonly computedAt: Date;
}

/** How one person stood at the end of a year (today in the running one). */
export interface YearEnd {
  readonly year: number;
  readonly divisionId: string;
  readonly inService: boolean;
  readonly level: Level | null;
}

export const noOne: RateCounts = { inService: 0, byLevel: { ASSISTANT: 0, SOCIAL_WORKER: 0, SENIOR: 0 } };

/** Certified people, each once. */
export function certifiedOf(counts: RateCounts): number {
  return levels.reduce((sum, level) => sum + counts.byLevel[level], 0);
}

/** Adds the counts of divisions that share nobody. */
export function sumRates(parts: Iterable<RateCounts>): RateCounts {
  const sum = { inService: 0, byLevel: { ...noOne.byLevel } };
  for (const part of parts) {
    sum.inService += part.inService;
    for (const level of levels) sum.byLevel[level] += part.byLevel[level];
  }
  return sum;
}

/** The counts of a community and year from its people; who is not in service counts in neither number. */
export function ratesOf(ends: Iterable<YearEnd>, divisionId: string, year: number): RateCounts {
  const counts: RateCounts[] = [];
  for (const end of ends) {
    if (end.divisionId !== divisionId || end.year !== year || !end.inService) continue;
    counts.push({ inService: 1, byLevel: end.level === null ? noOne.byLevel : { ...noOne.byLevel, [end.level]: 1 } });
  }
  return sumRates(counts);
}
