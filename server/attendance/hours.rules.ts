import { daysBetween, firstDayOf, lastDayOf, yearOf } from '../platform/civilDays.js';
import type { CivilDay } from '../platform/civilDays.js';
import { countedSessions, isTierAtLeast } from '../trainings/classes.rules.js';
import type { ClassSession, SessionForm, Tier } from '../trainings/classes.rules.js';
import { slotDay } from '../trainings/slots.rules.js';
import type { HoursGroup } from '../workers/posts.rules.js';
import { isAttended } from './completion.rules.js';
import type { SessionMark } from './completion.rules.js';

/** The buckets hours are kept in; none is capped inside the total (domain.md §2.4, ruling 30). */
export const hoursBuckets = ['IN_CLASS', 'ONLINE', 'PRACTICE'] as const;
export type HoursBucket = (typeof hoursBuckets)[number];
export type BucketMinutes = Readonly<Record<HoursBucket, number>>;

const bucketByForm: Partial<Readonly<Record<SessionForm, HoursBucket>>> = {
  ONLINE_STUDY: 'ONLINE',
  JOB_SHADOWING: 'PRACTICE',
  SECONDMENT_PRACTICE: 'PRACTICE',
};

/** The bucket of a session's form: self-study online, practice on the job, everything else in class (a branch room too). */
export function bucketOf(form: SessionForm): HoursBucket {
  return bucketByForm[form] ?? 'IN_CLASS';
}

/** One line to write for a person when a class closes. Hours belong to the day of each session (decision 16). */
export interface HoursCredit {
  readonly year: number;
  readonly bucket: HoursBucket;
  readonly minutes: number;
}

/** A line of the ledger; a reversal carries the negative minutes and the id of the line it takes back. */
export interface LedgerEntry extends HoursCredit {
  readonly id: string;
  readonly classId: string;
  readonly reverses: string | null;
}

/**
 * What closing a class credits to one person: the counted sessions attended, whether completed or not unless the
 * policy says so; leave is never credited (ruling 30). One line per year and bucket, in that order.
 */
export function creditsOf(
  sessions: readonly ClassSession[],
  sessionMarks: readonly SessionMark[],
  outcome: { readonly completed: boolean; readonly requireCompletion: boolean },
): HoursCredit[] {
  if (outcome.requireCompletion && !outcome.completed) return [];
  const attended = new Set(sessionMarks.filter(isAttended).map((mark) => mark.sessionId));
  const lines = new Map<string, HoursCredit>();
  for (const session of countedSessions(sessions)) {
    if (!attended.has(session.id)) continue;
    const [year, bucket] = [yearOf(slotDay(session.slot)), bucketOf(session.form)];
    const key = `${String(year)} ${bucket}`;
    lines.set(key, { year, bucket, minutes: (lines.get(key)?.minutes ?? 0) + session.creditMinutes });
  }
  return [...lines.values()].filter((line) => line.minutes > 0);
}

/** The lines that take back what a class credited: one per line not yet reversed (decision 15, reopening). */
export function reversalsOf(entries: readonly LedgerEntry[]): Omit<LedgerEntry, 'id'>[] {
  const reversed = new Set(entries.map((entry) => entry.reverses));
  return entries
    .filter((entry) => entry.reverses === null && !reversed.has(entry.id))
    .map(({ id, year, bucket, minutes, classId }) => ({ year, bucket, minutes: -minutes, classId, reverses: id }));
}

/** Minutes of a year by bucket. */
export function sumByBucket(entries: readonly HoursCredit[], year: number): BucketMinutes {
  const sums: Record<HoursBucket, number> = { IN_CLASS: 0, ONLINE: 0, PRACTICE: 0 };
  for (const entry of entries) if (entry.year === year) sums[entry.bucket] += entry.minutes;
  return sums;
}

/** All buckets together, without a cap (ruling 30). */
export function totalOf(buckets: BucketMinutes): number {
  return hoursBuckets.reduce((sum, bucket) => sum + buckets[bucket], 0);
}

/** 学时 as shown: one decimal, rounded once, half up (ruling 30): 93 minutes are `1.6`, 92 are `1.5`. */
export function showHours(minutes: number): string {
  const tenths = Math.floor((minutes + 3) / 6);
  return (tenths / 10).toFixed(1);
}

/** What a group must reach in a year. */
export interface HoursRequirement {
  readonly minutes: number;
  /** For party members where it differs (56 against 40 for committee members); null when it does not. */
  readonly partyMemberMinutes: number | null;
  /** Completed classes, and of which tier or above (null: any, ruling 30). The second condition beside the minutes. */
  readonly classes: { readonly count: number; readonly leastTier: Tier | null };
  /** In-class minutes within the total; 0 when there is no such rule. */
  readonly inClassMinutes: number;
}

/** 年度学时; a policy on the as-of day (domain.md §2.4). */
export interface HoursPolicy {
  readonly groups: Readonly<Record<HoursGroup, HoursRequirement>>;
  /** In the year of entry this row applies instead (ruling 30). */
  readonly newHire: HoursRequirement;
  /** Ships false: attended minutes count even when the class was not completed. */
  readonly requireCompletion: boolean;
}

/** The person as the hours rule sees them on the as-of day. */
export interface HoursFacts {
  readonly group: HoursGroup;
  readonly isPartyMember: boolean;
  /** The present service began in this year. */
  readonly isYearOfEntry: boolean;
  /** Begun months in service this year, 0–12. */
  readonly monthsInService: number;
  readonly earned: BucketMinutes;
  /** Tiers of the classes completed this year, one entry per class. */
  readonly completedTiers: readonly Tier[];
}

export interface HoursStanding {
  readonly requiredMinutes: number;
  readonly earnedMinutes: number;
  readonly missingMinutes: number;
  readonly classesRequired: number;
  readonly classesDone: number;
  readonly inClassMissingMinutes: number;
  /** Minutes, classes and in-class minimum all reached. */
  readonly isMet: boolean;
}

/** The requirement row of a person: the new-hire row in the year of entry, else that of the group. */
export function requirementOf(facts: Pick<HoursFacts, 'group' | 'isYearOfEntry'>, policy: HoursPolicy): HoursRequirement {
  return facts.isYearOfEntry ? policy.newHire : policy.groups[facts.group];
}

/** How a person stands against the year's requirement; a part-year owes begun months ÷ 12, the new-hire row is owed whole. */
export function hoursStanding(facts: HoursFacts, policy: HoursPolicy): HoursStanding {
  const row = requirementOf(facts, policy);
  const months = facts.isYearOfEntry ? 12 : facts.monthsInService;
  const whole = facts.isPartyMember && row.partyMemberMinutes !== null ? row.partyMemberMinutes : row.minutes;
  const requiredMinutes = Math.ceil((whole * months) / 12);
  const earnedMinutes = totalOf(facts.earned);
  const { count, leastTier } = row.classes;
  const classesDone = facts.completedTiers.filter((tier) => leastTier === null || isTierAtLeast(tier, leastTier)).length;
  const inClassMissingMinutes = Math.max(0, Math.ceil((row.inClassMinutes * months) / 12) - facts.earned.IN_CLASS);
  const missingMinutes = Math.max(0, requiredMinutes - earnedMinutes);
  const isMet = missingMinutes === 0 && inClassMissingMinutes === 0 && classesDone >= count;
  return { requiredMinutes, earnedMinutes, missingMinutes, classesRequired: count, classesDone, inClassMissingMinutes, isMet };
}

/** Days of a year up to today, today included, and the days of that year (ruling 30): 0 before it, all after it. */
export function elapsedShare(year: number, today: CivilDay): { readonly days: number; readonly of: number } {
  const of = daysBetween(firstDayOf(year), lastDayOf(year)) + 1;
  return { days: Math.min(of, Math.max(0, daysBetween(firstDayOf(year), today) + 1)), of };
}

/** Whether the minutes lag behind the part of the year that has gone (flag T-HRS); exactly on the line is not behind. */
export function isBehind(standing: HoursStanding, year: number, today: CivilDay): boolean {
  const { days, of } = elapsedShare(year, today);
  return standing.earnedMinutes * of < standing.requiredMinutes * days;
}
