import { civilDay, lastDayOf } from '../platform/civilDays.js';
import type { CivilDay } from '../platform/civilDays.js';
import { attendanceProblems, makeUpHalfDaysNeeded, summariseAttendance } from '../attendance/completion.rules.js';
import type { CompletionPolicy, CompletionProblem, SessionMark } from '../attendance/completion.rules.js';
import { elapsedShare, isBehind } from '../attendance/hours.rules.js';
import { isDue, isQualifying } from '../coverage/coverage.rules.js';
import type { Arrangement, CoveragePolicy, Participation } from '../coverage/coverage.rules.js';
import type { Induction } from '../coverage/induction.rules.js';
import type { WorkerYear } from '../coverage/workerYear.rules.js';
import { coverageYearOf, isStillToCome, isTierAtLeast } from '../trainings/classes.rules.js';
import type { ClassSession, ClassState } from '../trainings/classes.rules.js';
import { isOpen } from '../trainings/enrolment.rules.js';
import { isPrincipal } from '../workers/posts.rules.js';
import type {
  AttendanceFlag,
  CityClassFlag,
  CoverageFlag,
  FlagPolicy,
  HoursFlag,
  InductionFlag,
  OnboardingFlag,
  PlaceInVain,
} from './flags.rules.js';

/** A day of the year, `MM-DD`, in a year. */
function dayIn(year: number, monthDay: string): CivilDay {
  return civilDay(`${String(year)}-${monthDay}`);
}

function placesInVain(participations: readonly Participation[], year: number, policy: CoveragePolicy): PlaceInVain[] {
  return participations
    .filter((place) => coverageYearOf(place.lastDay) === year && !isOpen(place.state))
    .map(({ classId, tier, purpose, state }) => {
      const why = state === 'COMPLETED' && !isQualifying({ tier, purpose }, policy) ? 'NOT_QUALIFYING' : 'NOT_COMPLETED';
      return { classId, tier, purpose, state, why };
    });
}

/** T-COV: a due person without coverage, for the county; due on 31 December (decision 21). The 未训清单 is the list of these. */
export function coverageFlag(
  { coverage, year }: WorkerYear,
  participations: readonly Participation[],
  today: CivilDay,
  policies: { readonly flags: FlagPolicy; readonly coverage: CoveragePolicy },
): CoverageFlag | null {
  if (coverage.kind !== 'UNTRAINED') return null;
  const { soonFrom, lateFrom } = policies.flags.coverage;
  const { arranged } = coverage;
  const isSeason = today >= dayIn(year, soonFrom);
  return {
    rule: 'T-COV',
    severity: arranged !== null || !isSeason ? 'NOTICE' : today >= dayIn(year, lateFrom) ? 'LATE' : 'SOON',
    dueOn: lastDayOf(year),
    subState: arranged === null ? 'UNARRANGED' : 'ARRANGED',
    evidence: { arranged, inVain: placesInVain(participations, year, policies.coverage) },
    clearsWhen: arranged === null ? 'COMPLETES_QUALIFYING_CLASS' : 'COMPLETES_ARRANGED_CLASS',
    addressee: 'COUNTY',
  };
}

/**
 * T-HRS: hours below required × the share of the year gone by the last check day (ends of quarters), so that the list
 * changes quarterly and clears at once. Only due persons; silent before the first check day.
 */
export function hoursFlag({ coverage, hours, year }: WorkerYear, today: CivilDay, policy: FlagPolicy): HoursFlag | null {
  if (hours === null || !isDue(coverage)) return null;
  const checkDay = policy.hours.checkDays
    .map((monthDay) => dayIn(year, monthDay))
    .filter((day) => day <= today)
    .sort()
    .at(-1);
  if (checkDay === undefined || !isBehind(hours, year, checkDay)) return null;
  const { days, of } = elapsedShare(year, checkDay);
  return {
    rule: 'T-HRS',
    severity: today >= dayIn(year, policy.hours.lateFrom) ? 'LATE' : 'SOON',
    dueOn: lastDayOf(year),
    subState: null,
    evidence: { ...hours, checkDay, requiredByCheckDay: Math.ceil((hours.requiredMinutes * days) / of) },
    clearsWhen: 'REACHES_HOURS',
    addressee: 'COUNTY',
  };
}

function firstToEnd(participations: readonly Participation[], counts: (place: Participation) => boolean): Arrangement | null {
  const ends = participations
    .filter((place) => isOpen(place.state) && isStillToCome(place.classState) && counts(place))
    .map((place) => ({ classId: place.classId, endsOn: place.lastDay }));
  return ends.sort((a, b) => (a.endsOn < b.endsOn ? -1 : 1))[0] ?? null;
}

/** T-ONB: raised on the very day of deadline − warning, red once it is past; for the county (ruling 31). */
export function onboardingFlag(
  { onboarding, joinedOn }: Pick<WorkerYear, 'onboarding' | 'joinedOn'>,
  participations: readonly Participation[],
): OnboardingFlag | null {
  const isRaised = onboarding.kind === 'OVERDUE' || (onboarding.kind === 'OPEN' && onboarding.isWarned);
  if (!isRaised || joinedOn === null) return null;
  return {
    rule: 'T-ONB',
    severity: onboarding.kind === 'OVERDUE' ? 'LATE' : 'SOON',
    dueOn: onboarding.deadline,
    subState: onboarding.kind,
    evidence: { joinedOn, arranged: firstToEnd(participations, (place) => place.purpose === 'ONBOARDING') },
    clearsWhen: 'COMPLETES_ONBOARDING',
    addressee: 'COUNTY',
  };
}

/** T-SEC: a new secretary without 任职培训, raised as the half year ends, red once it is past; for the city. */
export function inductionFlag(induction: Induction): InductionFlag | null {
  const isRaised = induction.kind === 'OVERDUE' || (induction.kind === 'OPEN' && induction.isWarned);
  if (!isRaised) return null;
  return {
    rule: 'T-SEC',
    severity: induction.kind === 'OVERDUE' ? 'LATE' : 'SOON',
    dueOn: induction.deadline,
    subState: induction.kind,
    evidence: { appointedOn: induction.appointedOn },
    clearsWhen: 'COMPLETES_INDUCTION',
    addressee: 'CITY',
  };
}

const subStateByProblem: Partial<Readonly<Record<CompletionProblem['kind'], AttendanceFlag['subState']>>> = {
  ABSENT: 'ABSENCE',
  LEAVE_OVER_SHARE: 'LEAVE',
  LEAVE_OVER_HALF_DAYS: 'LEAVE',
};

/** What T-ATT looks at: one person in one class, at the close of each session. */
export interface AttendanceFacts {
  readonly classId: string;
  readonly classState: ClassState;
  readonly lastDay: CivilDay;
  readonly sessions: readonly ClassSession[];
  readonly marks: readonly SessionMark[];
}

/** T-ATT: leave or absence beyond what the class allows, for its teacher; gone once made up, corrected or closed. */
export function attendanceFlag(facts: AttendanceFacts, policy: CompletionPolicy): AttendanceFlag | null {
  if (!isStillToCome(facts.classState)) return null;
  const summary = summariseAttendance(facts.sessions, facts.marks);
  const problems = attendanceProblems(summary, policy);
  const kinds = problems.map((problem) => subStateByProblem[problem.kind] ?? 'LITTLE_ATTENDED');
  const [first] = kinds;
  if (first === undefined) return null;
  return {
    rule: 'T-ATT',
    severity: 'LATE',
    dueOn: facts.lastDay,
    subState: kinds.includes('ABSENCE') ? 'ABSENCE' : first,
    evidence: { classId: facts.classId, summary, problems, makeUpHalfDays: makeUpHalfDaysNeeded(facts.sessions, facts.marks, policy) },
    clearsWhen: 'MAKES_UP_SESSIONS',
    addressee: 'CLASS_TEACHER',
  };
}

/** T-CITY: a chief post of the two committees without a city-or-above class in the year; for the city. */
export function cityClassFlag(
  { coverage, post, rows, year }: WorkerYear,
  participations: readonly Participation[],
  today: CivilDay,
  policy: FlagPolicy,
): CityClassFlag | null {
  const { from, lateFrom, leastTier } = policy.cityClass;
  if (post === null || !isPrincipal(post) || !isDue(coverage) || today < dayIn(year, from)) return null;
  if (rows.some((row) => row !== 'ONBOARDING' && isTierAtLeast(row, leastTier))) return null;
  const counts = (place: Participation) =>
    place.purpose !== 'ONBOARDING' && isTierAtLeast(place.tier, leastTier) && coverageYearOf(place.lastDay) === year;
  const arranged = firstToEnd(participations, counts);
  return {
    rule: 'T-CITY',
    severity: arranged !== null ? 'NOTICE' : today >= dayIn(year, lateFrom) ? 'LATE' : 'SOON',
    dueOn: lastDayOf(year),
    subState: arranged === null ? 'UNARRANGED' : 'ARRANGED',
    evidence: { arranged, leastTier },
    clearsWhen: 'COMPLETES_CITY_CLASS',
    addressee: 'CITY',
  };
}
