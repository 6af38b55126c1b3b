import { completionPolicy } from '../attendance/attendance.policies.js';
import { yearOf, type CivilDay } from '../platform/civilDays.js';
import type { Clock } from '../platform/clock.js';
import type { CoverageService } from '../coverage/coverage.service.js';
import { coveragePolicy, inductionPolicy } from '../coverage/coverage.policies.js';
import type { Judgement } from '../coverage/facts.service.js';
import { inductionOf, secretarySince, type Induction } from '../coverage/induction.rules.js';
import type { PoliciesService, PolicyBook } from '../policies/policies.service.js';
import type { ClearedBy, FlagSource, FoundFlag } from './flagSources.rules.js';
import type { Flag, FlagRule } from './flags.rules.js';
import { flagTimingPolicy } from './gaps.policies.js';
import {
  attendanceFlag,
  cityClassFlag,
  coverageFlag,
  hoursFlag,
  inductionFlag,
  onboardingFlag,
  type AttendanceFacts,
} from './trainingFlags.rules.js';

/** Attendance as T-ATT asks for it: of classes that go on, everybody's marks so far. */
export interface AttendancePort {
  runningFactsOf(
    workerIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly (AttendanceFacts & { readonly ownerPath: readonly string[] })[]>>;
}

interface TrainingSourceDeps {
  readonly coverage: Pick<CoverageService, 'judge'>;
  readonly attendance: AttendancePort;
  readonly policies: Pick<PoliciesService, 'load'>;
  readonly clock: Clock;
}

type RunningFacts = Awaited<ReturnType<AttendancePort['runningFactsOf']>> extends ReadonlyMap<string, infer List> ? List : never;

/** A flag with the policy rows that decided it, beside those of the judgement. */
type Decided = { readonly flag: Flag | null; readonly rowIds: readonly string[] };

function inductionOn(judged: Judgement, book: PolicyBook, today: CivilDay): { induction: Induction; rowId: string } {
  const since = secretarySince(judged.history, today) ?? today;
  const { value, rowId } = book.on(inductionPolicy, judged.divisionPath, since);
  return { induction: inductionOf(judged.history, judged.participations, today, value), rowId };
}

function decide(judged: Judgement, book: PolicyBook, today: CivilDay): Decided[] {
  const { standing, participations, divisionPath } = judged;
  const timing = book.on(flagTimingPolicy, divisionPath, today);
  const coverage = book.on(coveragePolicy, divisionPath, today);
  const { induction, rowId } = inductionOn(judged, book, today);
  return [
    { flag: coverageFlag(standing, participations, today, { flags: timing.value, coverage: coverage.value }), rowIds: [timing.rowId] },
    { flag: hoursFlag(standing, today, timing.value), rowIds: [timing.rowId] },
    { flag: onboardingFlag(standing, participations), rowIds: [] },
    { flag: inductionFlag(induction), rowIds: [rowId] },
    { flag: cityClassFlag(standing, participations, today, timing.value), rowIds: [timing.rowId] },
  ];
}

function decideAttendance(running: RunningFacts, book: PolicyBook): Decided[] {
  return running.map((facts) => {
    const { value, rowId } = book.on(completionPolicy, facts.ownerPath, facts.lastDay);
    return { flag: attendanceFlag(facts, value), rowIds: [rowId] };
  });
}

function completed(because: string, done: { readonly kind: string; readonly classId?: string; readonly doneOn?: CivilDay }): ClearedBy {
  if (done.kind !== 'DONE' || done.classId === undefined || done.doneOn === undefined) return { because: 'noLongerSo' };
  return { because, classId: done.classId, on: done.doneOn };
}

function whyOf(rule: FlagRule, judged: Judgement, induction: Induction): ClearedBy {
  const { coverage, onboarding } = judged.standing;
  if (coverage.kind === 'NOT_IN_SERVICE') return { because: 'notInService' };
  if (rule === 'T-ONB') return completed('onboarded', onboarding);
  if (rule === 'T-SEC') return completed('inducted', induction);
  if (rule === 'T-ATT') return { because: 'madeUp' };
  if (coverage.kind === 'EXEMPT') return { because: 'exempt' };
  if (rule === 'T-HRS') return { because: 'hoursReached' };
  if (coverage.kind !== 'TRAINED') return { because: 'noLongerSo' };
  return rule === 'T-COV' ? { because: 'trained', classId: coverage.classId, on: coverage.completedOn } : { because: 'cityClass' };
}

/** The training rules T-COV, T-HRS, T-ONB, T-SEC, T-ATT and T-CITY of domain.md §2.7. */
export function makeTrainingSource(deps: TrainingSourceDeps): FlagSource {
  return {
    name: 'training',
    ruleIds: ['T-COV', 'T-HRS', 'T-ONB', 'T-SEC', 'T-ATT', 'T-CITY'],

    async evaluate(workerIds) {
      const today = deps.clock.today();
      const [judgements, running, book] = await Promise.all([
        deps.coverage.judge(workerIds, today),
        deps.attendance.runningFactsOf(workerIds),
        deps.policies.load([flagTimingPolicy, coveragePolicy, inductionPolicy, completionPolicy]),
      ]);
      return [...judgements].flatMap(([workerId, judged]): FoundFlag[] => {
        const subject = { kind: 'WORKER', workerId, divisionPath: judged.divisionPath } as const;
        const decided = [...decide(judged, book, today), ...decideAttendance(running.get(workerId) ?? [], book)];
        return decided.flatMap(({ flag, rowIds }) =>
          flag === null ? [] : [{ flag, subject, year: yearOf(today), policyRowIds: [...judged.policyRowIds, ...rowIds] }],
        );
      });
    },

    async whyCleared(rule, workerIds) {
      const today = deps.clock.today();
      const [judgements, book] = [await deps.coverage.judge(workerIds, today), await deps.policies.load([inductionPolicy])];
      return new Map([...judgements].map(([id, judged]) => [id, whyOf(rule, judged, inductionOn(judged, book, today).induction)]));
    },
  };
}
