import { addDays, addMonths } from '../platform/civilDays.js';
import type { CivilDay } from '../platform/civilDays.js';
import type { Level } from './level.rules.js';

/** 登记 and 继续教育; a policy (民发〔2009〕44号 and 123号, domain.md §1.7). */
export interface RegistrationPolicy {
  /** First registration after the pass; ships 12. */
  readonly firstWithinMonths: number;
  /** How long one registration lasts; ships 36. */
  readonly validMonths: number;
  /** The renewal window before expiry; ships 3. */
  readonly renewWithinMonths: number;
  /** Continuing education per period, in minutes; ships 72 h, 90 h, 90 h. */
  readonly ceMinutes: Readonly<Record<Level, number>>;
  /** What a finished social-work degree is worth, once per degree; ships 90 h. */
  readonly degreeMinutes: number;
}

/** One registration period; `validThrough` is its last valid day. The level is that of its first day. */
export interface RegistrationPeriod {
  readonly from: CivilDay;
  readonly validThrough: CivilDay;
  readonly level: Level;
}

/** Where the registration of a certificate stands. All days named are the last on which something is in time. */
export type RegistrationStatus =
  | { readonly kind: 'NONE_WITHIN_1Y'; readonly registerBy: CivilDay }
  | { readonly kind: 'NONE_OVERDUE'; readonly registerBy: CivilDay }
  | { readonly kind: 'VALID'; readonly validThrough: CivilDay; readonly renewFrom: CivilDay }
  | { readonly kind: 'RENEW_WINDOW'; readonly validThrough: CivilDay; readonly renewFrom: CivilDay }
  | { readonly kind: 'LAPSED'; readonly validThrough: CivilDay };

/** The last valid day of a registration of which only the first is known: the day before the third anniversary (ruling 33). */
export function validThroughOf(from: CivilDay, policy: RegistrationPolicy): CivilDay {
  return addDays(addMonths(from, policy.validMonths), -1);
}

/** The day a pass counts from: the certificate's, else that of the results (ruling 33). */
export function passDay(certificateOn: CivilDay | null, resultsOn: CivilDay): CivilDay {
  return certificateOn ?? resultsOn;
}

/** The period that ends last; null when never registered. */
export function latestPeriod(periods: readonly RegistrationPeriod[]): RegistrationPeriod | null {
  return [...periods].sort((a, b) => (a.validThrough < b.validThrough ? 1 : -1))[0] ?? null;
}

/** The status on a day, from the pass day and every registration so far. */
export function registrationStatus(
  passedOn: CivilDay,
  periods: readonly RegistrationPeriod[],
  today: CivilDay,
  policy: RegistrationPolicy,
): RegistrationStatus {
  const latest = latestPeriod(periods);
  if (latest === null) {
    const registerBy = addMonths(passedOn, policy.firstWithinMonths);
    return { kind: registerBy < today ? 'NONE_OVERDUE' : 'NONE_WITHIN_1Y', registerBy };
  }
  const { validThrough } = latest;
  if (validThrough < today) return { kind: 'LAPSED', validThrough };
  const renewFrom = addMonths(validThrough, -policy.renewWithinMonths);
  return { kind: today >= renewFrom ? 'RENEW_WINDOW' : 'VALID', validThrough, renewFrom };
}

/** The period a renewal opens: early it starts at the old expiry, late on its own day; a higher level holds from here (ruling 33). */
export function renewedPeriod(last: RegistrationPeriod, renewedOn: CivilDay, level: Level, policy: RegistrationPolicy): RegistrationPeriod {
  const from = renewedOn <= last.validThrough ? addDays(last.validThrough, 1) : renewedOn;
  return { from, validThrough: validThroughOf(from, policy), level };
}

/** Continuing education that was accepted: training by its actual time, or a social-work degree obtained. */
export type CeRecord =
  | { readonly kind: 'TRAINING'; readonly endedOn: CivilDay; readonly minutes: number }
  | { readonly kind: 'DEGREE'; readonly degreeId: string; readonly endedOn: CivilDay };

export interface CeStanding {
  readonly requiredMinutes: number;
  readonly earnedMinutes: number;
  /** Never negative. */
  readonly missingMinutes: number;
}

/** Continuing education within a period: what ended in it counts, a degree once however often it was entered. */
export function ceStanding(period: RegistrationPeriod, records: readonly CeRecord[], policy: RegistrationPolicy): CeStanding {
  const counted = records.filter((record) => record.endedOn >= period.from && record.endedOn <= period.validThrough);
  const degrees = new Set(counted.flatMap((record) => (record.kind === 'DEGREE' ? [record.degreeId] : [])));
  const training = counted.reduce((sum, record) => sum + (record.kind === 'TRAINING' ? record.minutes : 0), 0);
  const requiredMinutes = policy.ceMinutes[period.level];
  const earnedMinutes = training + degrees.size * policy.degreeMinutes;
  return { requiredMinutes, earnedMinutes, missingMinutes: Math.max(0, requiredMinutes - earnedMinutes) };
}
