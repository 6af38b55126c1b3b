import { addDays, addYears, firstDayOf } from '../platform/civilDays.js';
import type { CivilDay } from '../platform/civilDays.js';
import type { Level } from '../certificates/level.rules.js';
import { isEducationAtLeast } from '../workers/posts.rules.js';
import type { EducationLevel } from '../workers/posts.rules.js';
import type { Interval } from '../workers/service.rules.js';

/** One condition of the notice; any one that is met makes eligible (domain.md §1.6). Years are of social work. */
export interface EligibilityRow {
  /** Its name in the notice: `2026-S-4`. */
  readonly rule: string;
  readonly level: Level;
  readonly education: EducationLevel;
  /** Whether the row also serves those who studied more than `education`. */
  readonly orHigher: boolean;
  readonly major: 'SOCIAL_WORK' | 'ANY';
  readonly years: number;
  /** The years run from this certificate instead of from the start of service; null when none is needed. */
  readonly afterCertificate: Level | null;
}

/** The conditions of the exam notice; a policy on the exam day. */
export interface EligibilityPolicy {
  readonly rows: readonly EligibilityRow[];
}

/** A finished study. It counts for the exam of the year it was obtained in (ruling 32). */
export interface Education {
  readonly level: EducationLevel;
  readonly isSocialWork: boolean;
  readonly obtainedOn: CivilDay | null;
}

/** What the conditions ask of a person. */
export interface EligibilityFacts {
  readonly educations: readonly Education[];
  /** Times of social work; community work counts (domain.md §1.6). */
  readonly service: readonly Interval[];
  /** Full-time study: not counted as social work. */
  readonly fullTimeStudy: readonly Interval[];
  /** Day of the certificate of each level held. */
  readonly certificates: Partial<Readonly<Record<Level, CivilDay>>>;
}

export type Eligibility =
  | { readonly ok: true; readonly rule: string }
  | {
      readonly ok: false;
      /** The condition that is met soonest; null when education or certificate rules every one out. */
      readonly nearestRule: string | null;
      readonly shortfallYears: number | null;
      /** First exam year eligible if the present service goes on; null when service alone will not do it. */
      readonly earliestExamYear: number | null;
    };

/** A stretch of days with a known end. */
interface Stretch {
  readonly from: CivilDay;
  readonly to: CivilDay;
}

function clip(interval: Interval, from: CivilDay | null, to: CivilDay): Stretch[] {
  const start = from !== null && from > interval.from ? from : interval.from;
  const end = interval.to !== null && interval.to < to ? interval.to : to;
  return start < end ? [{ from: start, to: end }] : [];
}

function without(stretch: Stretch, gaps: readonly Interval[]): Stretch[] {
  let rest = [stretch];
  for (const gap of gaps) {
    rest = rest.flatMap((part) => [
      ...clip({ from: part.from, to: gap.from }, null, part.to),
      ...(gap.to === null ? [] : clip({ from: gap.to, to: part.to }, part.from, part.to)),
    ]);
  }
  return rest;
}

/** Joins stretches that touch or overlap, so that no day counts twice. */
function united(stretches: readonly Stretch[]): Stretch[] {
  const joined: Stretch[] = [];
  for (const next of [...stretches].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = joined.at(-1);
    if (last && next.from <= last.to) joined[joined.length - 1] = { from: last.from, to: next.to > last.to ? next.to : last.to };
    else joined.push(next);
  }
  return joined;
}

function lengthOf(stretch: Stretch): number {
  return (Date.parse(stretch.to) - Date.parse(stretch.from)) / 86_400_000;
}

/**
 * Completed years of social work up to 31 December of an exam year, that day included: 1 January Y to 31 December
 * Y+n−1 is n years (ruling 32). Interrupted service is laid end to end; full-time study is left out.
 */
export function serviceYearsAt(
  facts: Pick<EligibilityFacts, 'service' | 'fullTimeStudy'>,
  examYear: number,
  since: CivilDay | null,
): number {
  const end = firstDayOf(examYear + 1);
  const worked = united(
    facts.service.flatMap((interval) => clip(interval, since, end)).flatMap((part) => without(part, facts.fullTimeStudy)),
  );
  const start = addDays(end, -worked.reduce((days, part) => days + lengthOf(part), 0));
  let years = 0;
  while (addYears(start, years + 1) <= end) years += 1;
  return years;
}

function hasEducation(row: EligibilityRow, facts: EligibilityFacts, examYear: number): boolean {
  return facts.educations.some((education) => {
    if (education.obtainedOn !== null && education.obtainedOn >= firstDayOf(examYear + 1)) return false;
    if (row.major === 'SOCIAL_WORK' && !education.isSocialWork) return false;
    return row.orHigher ? isEducationAtLeast(education.level, row.education) : education.level === row.education;
  });
}

/** Years missing for a row in an exam year: 0 when met, null when education or certificate rules it out. */
function shortfall(row: EligibilityRow, facts: EligibilityFacts, examYear: number): number | null {
  if (!hasEducation(row, facts, examYear)) return null;
  const since = row.afterCertificate === null ? null : (facts.certificates[row.afterCertificate] ?? undefined);
  if (since === undefined || (since !== null && since >= firstDayOf(examYear + 1))) return null;
  return row.years === 0 ? 0 : Math.max(0, row.years - serviceYearsAt(facts, examYear, since));
}

function nearest(level: Level, facts: EligibilityFacts, examYear: number, policy: EligibilityPolicy) {
  const open = policy.rows
    .filter((row) => row.level === level)
    .map((row) => ({ rule: row.rule, years: shortfall(row, facts, examYear) }))
    .filter((row): row is { rule: string; years: number } => row.years !== null);
  return open.sort((a, b) => a.years - b.years)[0] ?? null;
}

/** How far ahead to look; no condition asks for more years than this. */
const yearsAhead = 10;

function earliestExamYear(level: Level, facts: EligibilityFacts, examYear: number, policy: EligibilityPolicy): number | null {
  for (let year = examYear + 1; year <= examYear + yearsAhead; year += 1) {
    if (nearest(level, facts, year, policy)?.years === 0) return year;
  }
  return null;
}

/** Whether a person meets a condition of a level in an exam year. */
export function isEligible(level: Level, facts: EligibilityFacts, examYear: number, policy: EligibilityPolicy): boolean {
  return nearest(level, facts, examYear, policy)?.years === 0;
}

/** Whether a person may sit a level in an exam year, by the most favourable of their degrees (domain.md §1.6, ruling 32). */
export function eligibilityFor(level: Level, facts: EligibilityFacts, examYear: number, policy: EligibilityPolicy): Eligibility {
  const best = nearest(level, facts, examYear, policy);
  if (best?.years === 0) return { ok: true, rule: best.rule };
  return {
    ok: false,
    nearestRule: best?.rule ?? null,
    shortfallYears: best?.years ?? null,
    earliestExamYear: earliestExamYear(level, facts, examYear, policy),
  };
}
