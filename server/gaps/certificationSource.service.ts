import { yearOf, type CivilDay } from '../platform/civilDays.js';
import type { Clock } from '../platform/clock.js';
import { registrationPolicy } from '../certificates/certificates.policies.js';
import { certificationOf, type Certification } from '../certificates/certificate.rules.js';
import type { Division, DivisionsStore } from '../divisions/divisions.store.js';
import type { ExamJudgement, ExamStandings } from '../exams/standings.service.js';
import { levels } from '../certificates/level.rules.js';
import type { PoliciesService, PolicyBook } from '../policies/policies.service.js';
import type { RateBoardService, RateRow } from '../targets/board.service.js';
import type { TargetsService } from '../targets/targets.service.js';
import { hasLeft } from '../workers/posts.rules.js';
import { ceFlag, firstRegistrationFlag, lapsedPassesFlag, lastChanceFlag, rateFlag, renewalFlag } from './certificationFlags.rules.js';
import type { ClearedBy, FlagSource, FoundFlag } from './flagSources.rules.js';
import type { Flag, FlagRule } from './flags.rules.js';
import { flagTimingPolicy } from './gaps.policies.js';

interface CertificationSourceDeps {
  readonly examStandings: Pick<ExamStandings, 'judgementsOf'>;
  readonly rateBoard: Pick<RateBoardService, 'standingsOf'>;
  readonly targets: Pick<TargetsService, 'all'>;
  readonly divisionsStore: Pick<DivisionsStore, 'listByLevel'>;
  readonly policies: Pick<PoliciesService, 'load'>;
  readonly clock: Clock;
}

function examFlags(judged: ExamJudgement, today: CivilDay): (Flag | null)[] {
  const higher = levels.slice(judged.level === null ? 0 : levels.indexOf(judged.level) + 1);
  return higher.flatMap((level) => {
    const isRegistered = judged.entries.some((entry) => entry.year === judged.nextExam && entry.level === level);
    const standing = judged.standings[level];
    return [lastChanceFlag(standing, { line: judged.line, isRegistered }, today), lapsedPassesFlag(standing)];
  });
}

function certificateFlags(judged: Certification, book: PolicyBook, at: { today: CivilDay; path: readonly string[] }): (Flag | null)[] {
  const { counted, status, latest } = judged;
  if (counted === null || status === null) return [];
  const policies = {
    flags: book.on(flagTimingPolicy, at.path, at.today).value,
    registration: book.on(registrationPolicy, at.path, at.today).value,
  };
  const registered = { certificateId: counted.id, passedOn: counted.obtainedOn, status };
  const running = latest === null ? null : { certificateId: counted.id, ...latest };
  return [
    firstRegistrationFlag(registered, at.today, policies.flags),
    renewalFlag(registered, latest?.ce ?? null),
    running === null ? null : ceFlag(running, at.today, policies),
  ];
}

function whyOf(rule: FlagRule, judged: ExamJudgement): ClearedBy {
  if (hasLeft(judged.facts.worker.status)) return { because: 'notInService' };
  const qualified = judged.standings.SOCIAL_WORKER.kind === 'QUALIFIED';
  if (rule === 'E-LAST') return { because: qualified ? 'passedAll' : 'noLongerSo' };
  if (rule === 'C-REG1') return { because: 'registered' };
  if (rule === 'C-REN') return { because: 'renewed' };
  return { because: rule === 'C-CE' ? 'ceReached' : 'noLongerSo' };
}

function rateFound(row: RateRow, today: CivilDay): FoundFlag[] {
  const { division, count, standing, target } = row;
  if (standing === null || target === null) return [];
  const addressee = division.level === 'county' ? 'COUNTY' : 'CITY';
  const flag = rateFlag({ divisionId: division.id, addressee, count, standing }, today);
  if (flag === null) return [];
  return [
    {
      flag,
      subject: { kind: 'DIVISION', divisionId: division.id, divisionPath: division.path },
      year: yearOf(today),
      policyRowIds: [target.id],
    },
  ];
}

/** The certification rules E-LAST, E-ROLL, C-REG1, C-REN, C-CE and R-RATE of domain.md §2.7; who has left gets none. */
export function makeCertificationSource(deps: CertificationSourceDeps): FlagSource {
  return {
    name: 'certification',
    ruleIds: ['E-LAST', 'E-ROLL', 'C-REG1', 'C-REN', 'C-CE', 'R-RATE'],

    async evaluate(workerIds) {
      const today = deps.clock.today();
      const [judgements, book] = await Promise.all([
        deps.examStandings.judgementsOf(workerIds, today),
        deps.policies.load([flagTimingPolicy, registrationPolicy]),
      ]);
      return [...judgements].flatMap(([workerId, judged]): FoundFlag[] => {
        const { worker } = judged.facts;
        if (hasLeft(worker.status)) return [];
        const registration = book.on(registrationPolicy, worker.divisionPath, today);
        const certification = certificationOf(judged.certificates, today, registration.value);
        const at = { today, path: worker.divisionPath };
        const found = [...examFlags(judged, today), ...certificateFlags(certification, book, at)];
        const subject = { kind: 'WORKER', workerId, divisionPath: worker.divisionPath } as const;
        const policyRowIds = [...judged.policyRowIds, registration.rowId];
        return found.flatMap((flag) => (flag === null ? [] : [{ flag, subject, year: yearOf(today), policyRowIds }]));
      });
    },

    async evaluateDivisions() {
      const today = deps.clock.today();
      const inForce = (await deps.targets.all()).filter((row) => row.from <= today && (row.to === null || today < row.to));
      const rated = new Map<string, Division>();
      for (const { divisionId } of inForce) {
        for (const level of ['city', 'county'] as const) {
          for (const division of await deps.divisionsStore.listByLevel(divisionId, level)) rated.set(division.id, division);
        }
      }
      return (await deps.rateBoard.standingsOf([...rated.values()], today)).flatMap((row) => rateFound(row, today));
    },

    async whyCleared(rule, workerIds) {
      return new Map(
        [...(await deps.examStandings.judgementsOf(workerIds, deps.clock.today()))].map(([id, judged]) => [id, whyOf(rule, judged)]),
      );
    },
  };
}
