import { addDays, addMonths } from '../platform/civilDays.js';
import type { CivilDay } from '../platform/civilDays.js';
import type { CeStanding, RegistrationPeriod, RegistrationPolicy, RegistrationStatus } from '../certificates/registration.rules.js';
import { registrationPhase } from '../exams/examYears.rules.js';
import type { ExamYear } from '../exams/examYears.rules.js';
import type { LevelStanding } from '../exams/passes.rules.js';
import type { CertifiedCount, TargetStanding } from '../targets/path.rules.js';
import type {
  CeFlag,
  FirstRegistrationFlag,
  FlagAddressee,
  FlagPolicy,
  LapsedPassesFlag,
  LastChanceFlag,
  RateFlag,
  RenewalFlag,
} from './flags.rules.js';

/** The coming exam as the person stands towards it. */
export interface ComingExam {
  /** The calendar line of the next exam; undefined until the city has entered it. */
  readonly line: ExamYear | undefined;
  readonly isRegistered: boolean;
}

function isPressing(exam: ComingExam, today: CivilDay): boolean {
  const phase = registrationPhase(exam.line, today);
  return !exam.isRegistered && (phase === 'OPEN' || phase === 'OVER');
}

/**
 * E-LAST: passes that die with the next exam unless it completes the set. Raised when the results before it are in;
 * red from the opening of registration until the person has registered (decision 21).
 */
export function lastChanceFlag(standing: LevelStanding, exam: ComingExam, today: CivilDay): LastChanceFlag | null {
  if (standing.kind === 'QUALIFIED' || !standing.isLastChance) return null;
  return {
    rule: 'E-LAST',
    severity: isPressing(exam, today) ? 'LATE' : 'SOON',
    dueOn: (exam.isRegistered ? exam.line?.firstDay : exam.line?.registrationTo) ?? null,
    subState: exam.isRegistered ? 'REGISTERED' : 'NOT_REGISTERED',
    evidence: { examYear: standing.nextExam, carried: standing.carried, mustPass: standing.mustPass },
    clearsWhen: 'PASSES_REMAINING_SUBJECTS',
    addressee: 'WORKER',
  };
}

/** E-ROLL: passes that died with the last results; a notice to the person until the next results. */
export function lapsedPassesFlag(standing: LevelStanding): LapsedPassesFlag | null {
  if (standing.kind === 'QUALIFIED' || standing.lapsed.length === 0) return null;
  const { lapsed, mustPass } = standing;
  return {
    rule: 'E-ROLL',
    severity: 'NOTICE',
    dueOn: null,
    subState: null,
    evidence: { lapsed, mustPass },
    clearsWhen: 'NEXT_RESULTS',
    addressee: 'WORKER',
  };
}

/** A certificate and where its registration stands. */
export interface RegisteredCertificate {
  readonly certificateId: string;
  readonly passedOn: CivilDay;
  readonly status: RegistrationStatus;
}

/** C-REG1: never registered and the first year nearly or wholly over. */
export function firstRegistrationFlag(
  { certificateId, passedOn, status }: RegisteredCertificate,
  today: CivilDay,
  policy: FlagPolicy,
): FirstRegistrationFlag | null {
  if (status.kind !== 'NONE_WITHIN_1Y' && status.kind !== 'NONE_OVERDUE') return null;
  const isOverdue = status.kind === 'NONE_OVERDUE';
  if (!isOverdue && today < addDays(status.registerBy, -policy.firstRegistration.warnDays)) return null;
  return {
    rule: 'C-REG1',
    severity: isOverdue ? 'LATE' : 'SOON',
    dueOn: status.registerBy,
    subState: isOverdue ? 'OVERDUE' : 'OPEN',
    evidence: { certificateId, passedOn },
    clearsWhen: 'REGISTERS',
    addressee: 'WORKER',
  };
}

/** C-REN: inside the window before expiry, or lapsed. */
export function renewalFlag({ certificateId, status }: RegisteredCertificate, ce: CeStanding | null): RenewalFlag | null {
  if (status.kind !== 'RENEW_WINDOW' && status.kind !== 'LAPSED') return null;
  const { validThrough } = status;
  return {
    rule: 'C-REN',
    severity: status.kind === 'LAPSED' ? 'LATE' : 'SOON',
    dueOn: validThrough,
    subState: status.kind,
    evidence: { certificateId, validThrough, ce },
    clearsWhen: 'RENEWS',
    addressee: 'WORKER',
  };
}

function stepsGone(from: CivilDay, today: CivilDay, everyMonths: number): number {
  let steps = 0;
  while (addMonths(from, (steps + 1) * everyMonths) <= today) steps += 1;
  return steps;
}

/** The running registration period and its continuing education. */
export interface RunningPeriod {
  readonly certificateId: string;
  readonly period: RegistrationPeriod;
  readonly ce: CeStanding;
}

/** C-CE: continuing education behind the share of the period that has gone, looked at half-yearly; red near expiry. */
export function ceFlag(
  { certificateId, period, ce }: RunningPeriod,
  today: CivilDay,
  policies: { readonly flags: FlagPolicy; readonly registration: RegistrationPolicy },
): CeFlag | null {
  if (today < period.from || today > period.validThrough || ce.missingMinutes === 0) return null;
  const { everyMonths, lateWithinMonths } = policies.flags.continuingEducation;
  const isNearExpiry = today >= addMonths(period.validThrough, -lateWithinMonths);
  const monthsGone = stepsGone(period.from, today, everyMonths) * everyMonths;
  const byNow = Math.ceil((ce.requiredMinutes * monthsGone) / policies.registration.validMonths);
  const requiredByNow = isNearExpiry ? ce.requiredMinutes : Math.min(byNow, ce.requiredMinutes);
  if (ce.earnedMinutes >= requiredByNow) return null;
  return {
    rule: 'C-CE',
    severity: isNearExpiry ? 'LATE' : 'SOON',
    dueOn: period.validThrough,
    subState: null,
    evidence: { ...ce, certificateId, requiredByNow },
    clearsWhen: 'REACHES_CE_HOURS',
    addressee: 'WORKER',
  };
}

/** The division a rate is reported for, and who answers for it. */
export interface RatedDivision {
  readonly divisionId: string;
  readonly addressee: Extract<FlagAddressee, 'CITY' | 'COUNTY'>;
  readonly count: CertifiedCount;
  readonly standing: TargetStanding;
}

/** R-RATE: the certificate rate below the path by more than the tolerance; red once the final day is past. */
export function rateFlag({ divisionId, addressee, count, standing }: RatedDivision, today: CivilDay): RateFlag | null {
  if (!standing.isBehind) return null;
  const { finalPoint } = standing;
  return {
    rule: 'R-RATE',
    severity: finalPoint !== null && today > finalPoint.day ? 'LATE' : 'SOON',
    dueOn: finalPoint?.day ?? null,
    subState: null,
    evidence: { ...standing, divisionId, certified: count.certified, inService: count.inService },
    clearsWhen: 'REACHES_PATH',
    addressee,
  };
}
