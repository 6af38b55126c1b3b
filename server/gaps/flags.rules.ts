import type { CivilDay } from '../platform/civilDays.js';
import type { AttendanceSummary, CompletionProblem } from '../attendance/completion.rules.js';
import type { HoursStanding } from '../attendance/hours.rules.js';
import type { CeStanding } from '../certificates/registration.rules.js';
import type { Arrangement } from '../coverage/coverage.rules.js';
import type { CarriedPass, Subject } from '../exams/passes.rules.js';
import type { TargetStanding } from '../targets/path.rules.js';
import type { Purpose, Tier } from '../trainings/classes.rules.js';
import type { EnrolmentState } from '../trainings/enrolment.rules.js';

/** The catalogue of domain.md §2.7 that is raised so far. */
export const flagRules = [
  'T-COV',
  'T-HRS',
  'T-ONB',
  'T-SEC',
  'T-ATT',
  'T-CITY',
  'E-LAST',
  'E-ROLL',
  'C-REG1',
  'C-REN',
  'C-CE',
  'R-RATE',
] as const;
export type FlagRule = (typeof flagRules)[number];

/** NOTICE says something, SOON is due, LATE is past its time or about to be lost (amber and red of the design). */
export type FlagSeverity = 'NOTICE' | 'SOON' | 'LATE';

/** Who has to act. */
export type FlagAddressee = 'CITY' | 'COUNTY' | 'CLASS_TEACHER' | 'WORKER';

/** The fact that makes a flag go away by itself; flags are never ticked off. */
export type ClearsWhen =
  | 'COMPLETES_QUALIFYING_CLASS'
  | 'COMPLETES_ARRANGED_CLASS'
  | 'REACHES_HOURS'
  | 'COMPLETES_ONBOARDING'
  | 'COMPLETES_INDUCTION'
  | 'MAKES_UP_SESSIONS'
  | 'COMPLETES_CITY_CLASS'
  | 'PASSES_REMAINING_SUBJECTS'
  | 'NEXT_RESULTS'
  | 'REGISTERS'
  | 'RENEWS'
  | 'REACHES_CE_HOURS'
  | 'REACHES_PATH';

/** A place of this year that did not cover the person, and how it ended. */
export interface PlaceInVain {
  readonly classId: string;
  readonly tier: Tier;
  readonly purpose: Purpose;
  readonly state: EnrolmentState;
  readonly why: 'NOT_QUALIFYING' | 'NOT_COMPLETED';
}

interface FlagBase<Rule extends FlagRule, SubState extends string | null, Evidence> {
  readonly rule: Rule;
  readonly severity: FlagSeverity;
  /** Last day on which it can be put right; null when there is none. */
  readonly dueOn: CivilDay | null;
  readonly subState: SubState;
  readonly evidence: Evidence;
  readonly clearsWhen: ClearsWhen;
  readonly addressee: FlagAddressee;
}

type Arranged = 'ARRANGED' | 'UNARRANGED';

export type CoverageFlag = FlagBase<'T-COV', Arranged, { readonly arranged: Arrangement | null; readonly inVain: readonly PlaceInVain[] }>;
/** `byCheckDay` is what was required by that day; evidence of hours is in minutes. */
export type HoursFlag = FlagBase<'T-HRS', null, HoursStanding & { readonly checkDay: CivilDay; readonly requiredByCheckDay: number }>;
export type OnboardingFlag = FlagBase<'T-ONB', 'OPEN' | 'OVERDUE', { readonly joinedOn: CivilDay; readonly arranged: Arrangement | null }>;
export type InductionFlag = FlagBase<'T-SEC', 'OPEN' | 'OVERDUE', { readonly appointedOn: CivilDay }>;
export type AttendanceFlag = FlagBase<
  'T-ATT',
  'LEAVE' | 'ABSENCE' | 'LITTLE_ATTENDED',
  {
    readonly classId: string;
    readonly summary: AttendanceSummary;
    readonly problems: readonly CompletionProblem[];
    readonly makeUpHalfDays: number;
  }
>;
export type CityClassFlag = FlagBase<'T-CITY', Arranged, { readonly arranged: Arrangement | null; readonly leastTier: Tier }>;
export type LastChanceFlag = FlagBase<
  'E-LAST',
  'REGISTERED' | 'NOT_REGISTERED',
  { readonly examYear: number; readonly carried: readonly CarriedPass[]; readonly mustPass: readonly Subject[] }
>;
export type LapsedPassesFlag = FlagBase<
  'E-ROLL',
  null,
  { readonly lapsed: readonly { readonly subject: Subject; readonly passedIn: number }[]; readonly mustPass: readonly Subject[] }
>;
export type FirstRegistrationFlag = FlagBase<'C-REG1', 'OPEN' | 'OVERDUE', { readonly certificateId: string; readonly passedOn: CivilDay }>;
export type RenewalFlag = FlagBase<
  'C-REN',
  'RENEW_WINDOW' | 'LAPSED',
  { readonly certificateId: string; readonly validThrough: CivilDay; readonly ce: CeStanding | null }
>;
export type CeFlag = FlagBase<'C-CE', null, CeStanding & { readonly certificateId: string; readonly requiredByNow: number }>;
export type RateFlag = FlagBase<
  'R-RATE',
  null,
  TargetStanding & { readonly divisionId: string; readonly certified: number; readonly inService: number }
>;

/** One thing somebody must do, with its evidence and what clears it. */
export type Flag =
  | CoverageFlag
  | HoursFlag
  | OnboardingFlag
  | InductionFlag
  | AttendanceFlag
  | CityClassFlag
  | LastChanceFlag
  | LapsedPassesFlag
  | FirstRegistrationFlag
  | RenewalFlag
  | CeFlag
  | RateFlag;

/** When flags are raised and when they turn red; a policy. Days of the year are `MM-DD`. */
export interface FlagPolicy {
  /** T-COV stands from 1 January as a notice; ships soonFrom 07-01, lateFrom 11-01. */
  readonly coverage: { readonly soonFrom: string; readonly lateFrom: string };
  /** T-HRS compares with the share of the year gone by the last of these days; ships the ends of the quarters, red from 10-01. */
  readonly hours: { readonly checkDays: readonly string[]; readonly lateFrom: string };
  /** T-CITY; ships from 04-01 (after the first quarter), lateFrom 11-01, CITY. */
  readonly cityClass: { readonly from: string; readonly lateFrom: string; readonly leastTier: Tier };
  /** C-REG1; ships 60 days before the year is over. */
  readonly firstRegistration: { readonly warnDays: number };
  /** C-CE looks every so many months of a period, and is red in the last ones; ships 6 and 6. */
  readonly continuingEducation: { readonly everyMonths: number; readonly lateWithinMonths: number };
}

/** Red before amber before the rest. */
export const severities: readonly FlagSeverity[] = ['LATE', 'SOON', 'NOTICE'];

/** The identity of a flag: one per rule and subject, so that a rescan refreshes instead of raising twice. */
export function flagKey(flag: Flag, subjectId: string): string {
  if (flag.rule === 'T-ATT') return `${flag.rule} ${subjectId} ${flag.evidence.classId}`;
  if (flag.rule === 'C-REG1' || flag.rule === 'C-REN' || flag.rule === 'C-CE') {
    return `${flag.rule} ${subjectId} ${flag.evidence.certificateId}`;
  }
  return `${flag.rule} ${subjectId}`;
}
