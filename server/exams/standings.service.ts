import type { CivilDay } from '../platform/civilDays.js';
import type { Subscriber } from '../platform/outbox.js';
import { systemScope } from '../platform/scope.js';
import { searchKeys, sortKeys } from '../platform/text/pinyin.js';
import { systemActor, type Transact, type Tx } from '../platform/transactions.js';
import { certificateDays, type Certificate } from '../certificates/certificate.rules.js';
import type { CertificatesService } from '../certificates/certificates.service.js';
import type { InServiceKind } from '../certificates/rates.service.js';
import { countedLevel, levels } from '../certificates/level.rules.js';
import type { PoliciesService, PolicyBook } from '../policies/policies.service.js';
import type { WorkerFacts } from '../workers/worker.rules.js';
import type { WorkersService } from '../workers/workers.service.js';
import type { ExamAttempt, ExamEntry } from './attempt.rules.js';
import type { AttemptsStore } from './attempts.store.js';
import { comingYear, lineFor, type CalendarYear } from './calendar.rules.js';
import type { CalendarService } from './calendar.service.js';
import { eligibilityPolicy } from './exams.policies.js';
import type { ExamCountsService } from './counts.service.js';
import type { ExamYear } from './examYears.rules.js';
import { couldSit, personExams, yearResultsOf, type ExamGround, type PersonExams } from './standing.rules.js';
import type { ExamStandingsStore, WorkerExam } from './standings.store.js';

interface StandingsDeps {
  readonly store: AttemptsStore;
  readonly standings: ExamStandingsStore;
  readonly counts: Pick<ExamCountsService, 'fold'>;
  readonly calendar: CalendarService;
  readonly workers: Pick<WorkersService, 'factsFor' | 'streamIds'>;
  readonly certificates: Pick<CertificatesService, 'ofWorkers'>;
  readonly policies: Pick<PoliciesService, 'load'>;
  readonly inService: InServiceKind;
  readonly transact: Transact;
  readonly rebuildLater: () => Promise<void>;
}

/** One person judged before the coming exam, with what the judgement rests on. */
export interface ExamJudgement extends PersonExams {
  readonly facts: WorkerFacts;
  readonly certificates: readonly Certificate[];
  readonly attempts: readonly ExamAttempt[];
  readonly entries: readonly ExamEntry[];
  readonly level: ExamGround['level'];
  /** The calendar line of the coming exam as the person's division has it. */
  readonly line: ExamYear | undefined;
  readonly policyRowIds: readonly string[];
}

interface Book {
  readonly policies: PolicyBook;
  readonly years: readonly CalendarYear[];
  readonly today: CivilDay;
  readonly attempts: ReadonlyMap<string, readonly ExamAttempt[]>;
  readonly entries: ReadonlyMap<string, readonly ExamEntry[]>;
  readonly certificates: ReadonlyMap<string, readonly Certificate[]>;
}

const everything = systemScope('exam standings from the attempts of everybody');
const actor = systemActor('exams.standings');
const batchSize = 300;
/** Exam years before the coming one whose funnel is shown. */
const yearsBefore = 2;

function groundOf(facts: WorkerFacts, book: Book): ExamGround & { policyRowId: string; own: readonly Certificate[] } {
  const { worker } = facts;
  const nextExam = comingYear(book.years, book.today);
  const day = book.years.find((line) => line.year === nextExam)?.firstDay ?? book.today;
  const policy = book.policies.on(eligibilityPolicy, worker.divisionPath, day);
  const own = book.certificates.get(worker.id) ?? [];
  return {
    facts,
    attempts: book.attempts.get(worker.id) ?? [],
    held: certificateDays(own, book.today),
    level: countedLevel(own, book.today),
    nextExam,
    policy: policy.value,
    policyRowId: policy.rowId,
    own,
  };
}

function judge(facts: WorkerFacts, book: Book): { judgement: ExamJudgement; ground: ExamGround } {
  const { policyRowId, own, ...ground } = groundOf(facts, book);
  const line = book.years.find((one) => one.year === ground.nextExam);
  const judgement = {
    ...personExams(ground),
    facts,
    certificates: own,
    attempts: ground.attempts,
    entries: book.entries.get(facts.worker.id) ?? [],
    level: ground.level,
    line: line === undefined ? undefined : lineFor(line, facts.worker.divisionPath),
    policyRowIds: [policyRowId],
  };
  return { judgement, ground };
}

function earliestOf(judgement: ExamJudgement): WorkerExam['earliest'] {
  return levels.flatMap((level) => {
    const found = judgement.eligibility[level];
    const year = found.ok ? judgement.nextExam : found.earliestExamYear;
    return year === null ? [] : [{ level, year }];
  });
}

function rowOf(facts: WorkerFacts, book: Book, at: { inService: InServiceKind; now: Date }): WorkerExam {
  const { judgement, ground } = judge(facts, book);
  const { worker } = facts;
  const { nextExam, entries, attempts } = judgement;
  const statuses = book.policies.on(at.inService, worker.divisionPath, book.today).value.inService.statuses;
  const funnel = Array.from({ length: yearsBefore + 1 }, (_, index) => nextExam - yearsBefore + index);
  return {
    workerId: worker.id,
    name: worker.name,
    inService: statuses.includes(worker.status),
    divisionId: worker.divisionPath.at(-1) ?? '',
    divisionPath: worker.divisionPath,
    divisionCode: worker.divisionCode,
    sortPinyin: sortKeys(worker.name).pinyin,
    searchKeys: searchKeys(worker.name),
    nextExam,
    level: judgement.level,
    eligible: judgement.open,
    earliest: earliestOf(judgement),
    entered: entries.filter((entry) => entry.year === nextExam).map((entry) => entry.level),
    isLastChance: judgement.isLastChance,
    hasLapsed: judgement.hasLapsed,
    educationKnown: judgement.educationKnown,
    years: yearResultsOf(attempts, judgement.standings),
    couldSit: funnel.filter((year) => couldSit(ground, year)),
    enteredYears: [...new Set([...entries.map((entry) => entry.year), ...attempts.map((attempt) => attempt.year)])],
    policyRowIds: judgement.policyRowIds,
    computedAt: at.now,
  };
}

/** How people stand towards the coming exam: judged on demand for one person, kept in rows for lists and counts. */
export function makeExamStandings(deps: StandingsDeps) {
  async function open(ids: readonly string[], today: CivilDay, tx?: Tx): Promise<Book> {
    const [policies, years] = [await deps.policies.load([eligibilityPolicy, deps.inService]), await deps.calendar.years(tx)];
    const [attempts, entries] = [await deps.store.standing(everything, ids, tx), await deps.store.entriesOf(everything, ids, tx)];
    return { policies, years, today, attempts, entries, certificates: await deps.certificates.ofWorkers(ids, tx) };
  }

  async function recomputeBatch(ids: readonly string[]): Promise<void> {
    await deps.transact(actor, async (tx) => {
      const facts = await deps.workers.factsFor(ids, tx);
      const book = await open(ids, tx.today, tx);
      for (const { worker } of facts.values()) {
        const stored = [...(book.attempts.get(worker.id) ?? []), ...(book.entries.get(worker.id) ?? [])];
        if (stored.some((one) => one.divisionPath.join() !== worker.divisionPath.join()))
          await deps.store.move(tx, worker.id, worker.divisionPath);
      }
      const before = await deps.standings.ofWorkers(everything, ids, tx);
      const rows = [...facts.values()].map((one) => rowOf(one, book, { inService: deps.inService, now: tx.now }));
      await deps.standings.save(tx, rows);
      await deps.counts.fold(tx, [...new Set([...before.values(), ...rows].map((row) => row.divisionId))]);
    });
  }

  async function recompute(workerIds: readonly string[]): Promise<void> {
    const ids = [...new Set(workerIds)];
    for (let at = 0; at < ids.length; at += batchSize) await recomputeBatch(ids.slice(at, at + batchSize));
  }

  return {
    recompute,

    /** Judges named people as of a day. */
    async judgementsOf(ids: readonly string[], today: CivilDay): Promise<ReadonlyMap<string, ExamJudgement>> {
      const [facts, book] = [await deps.workers.factsFor(ids), await open(ids, today)];
      return new Map([...facts].map(([id, one]) => [id, judge(one, book).judgement]));
    },

    /** Recomputes everybody, page by page: each night, and when calendar or conditions change. How many people. */
    async rebuild(): Promise<number> {
      let people = 0;
      for await (const batch of deps.workers.streamIds()) {
        await recompute(batch);
        people += batch.length;
      }
      return people;
    },

    subscriber: {
      name: 'exams',
      events: ['worker.changed', 'certificate.changed', 'exam.recorded', 'examYear.changed', 'policy.changed'],
      async handle(events) {
        if (events.some((event) => event.name === 'policy.changed' || event.name === 'examYear.changed')) await deps.rebuildLater();
        await recompute(events.flatMap((event) => event.workerIds));
      },
    } satisfies Subscriber as Subscriber,
  };
}

export type ExamStandings = ReturnType<typeof makeExamStandings>;
