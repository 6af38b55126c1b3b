import type { Problem } from '../platform/http/forms.js';
import { newId } from '../platform/ids.js';
import { systemScope, type Scope } from '../platform/scope.js';
import type { Tx } from '../platform/transactions.js';
import type { WorkersService } from '../workers/workers.service.js';
import { decisionOf, resultText, type ExamAttempt, type Published } from './attempt.rules.js';
import { changeOf } from './attemptEvents.service.js';
import type { AttemptEligibility, EligibilityAnswer, EligibilityQuestion } from './attemptEligibility.service.js';
import type { AttemptsStore } from './attempts.store.js';
import type { CalendarService } from './calendar.service.js';
import type { Settlement } from './settlement.service.js';
import { isSubjectOf } from './standing.rules.js';

/** Done, with the ids written, or refused by a rule. */
export type ExamOutcome =
  { readonly ok: true; readonly ids: readonly string[] } | { readonly ok: false; readonly problems: readonly Problem[] };

/** The results of one person, year and level. */
export interface ResultsInput extends EligibilityQuestion {
  readonly workerId: string;
  readonly results: readonly Published[];
  readonly source: string;
}

/** A result of the past: everything about it is known, the caller vouches for it. */
export type HistoricAttempt = Pick<
  ExamAttempt,
  'workerId' | 'divisionPath' | 'year' | 'level' | 'subject' | 'sat' | 'score' | 'passed' | 'eligibleThatYear' | 'decidedOn' | 'source'
>;

interface ExamsDeps {
  readonly store: AttemptsStore;
  readonly calendar: CalendarService;
  readonly workers: Pick<WorkersService, 'byId'>;
  readonly eligibilityOf: AttemptEligibility;
  readonly settle: Settlement;
}

const named = systemScope('attempts of named people');

/** Exam attempts: recording and correcting. Pass marks are in `passMarks.service.ts`. */
export function makeExamsService(deps: ExamsDeps) {
  const { store, calendar, eligibilityOf, settle } = deps;

  function announce(tx: Tx, attempts: readonly ExamAttempt[], action: string, reason: string): void {
    for (const attempt of attempts) {
      const changes = [{ field: attempt.subject, from: null, to: resultText(attempt) }];
      tx.audit({
        action,
        object: { kind: 'examAttempt', id: attempt.id },
        divisionPath: attempt.divisionPath,
        changes,
        ...(reason === '' ? {} : { reason }),
      });
    }
    tx.emit({ name: 'exam.recorded', workerIds: attempts.map((one) => one.workerId), years: attempts.map((one) => one.year) });
  }

  async function checkResults(tx: Tx, input: ResultsInput): Promise<Problem[]> {
    const problems: Problem[] = [];
    const years = await calendar.years(tx);
    const coming = await calendar.coming(tx.today, tx);
    if (!years.some((line) => line.year === input.year))
      problems.push({
        field: 'year',
        key: 'exams.year.unknown',
        values: { year: input.year },
        offer: { href: '/exam-years', label: String(input.year) },
      });
    else if (input.year >= coming)
      problems.push({
        field: 'year',
        key: 'exams.year.noResults',
        values: { year: input.year },
        offer: { href: '/exam-years', label: String(input.year) },
      });
    if (input.results.length === 0) problems.push({ field: 'level', key: 'exams.results.none' });
    const known = (await store.standing(named, [input.workerId], tx)).get(input.workerId) ?? [];
    for (const { subject } of input.results) {
      if (!isSubjectOf(subject, input.level)) problems.push({ field: subject, key: 'exams.results.notOfLevel' });
      const before = known.find((attempt) => attempt.year === input.year && attempt.subject === subject);
      if (before !== undefined)
        problems.push({
          field: subject,
          key: 'exams.results.known',
          values: { year: input.year },
          offer: { href: `/exams/attempts/${before.id}`, label: String(input.year) },
        });
    }
    return problems;
  }

  return {
    byId: (scope: Scope, id: string, tx?: Tx): Promise<ExamAttempt> => store.byId(scope, id, tx),
    byIds: (scope: Scope, ids: readonly string[]): Promise<readonly ExamAttempt[]> => store.byIds(scope, ids),
    historyOf: (scope: Scope, workerId: string): Promise<readonly ExamAttempt[]> => store.historyOf(scope, workerId),
    standingOf: (ids: readonly string[], tx?: Tx): Promise<ReadonlyMap<string, readonly ExamAttempt[]>> => store.standing(named, ids, tx),

    /** Records the results of a person; every subject of a form or none. */
    async record(tx: Tx, scope: Scope, input: ResultsInput): Promise<ExamOutcome> {
      const worker = await deps.workers.byId(scope, input.workerId, tx);
      const problems = await checkResults(tx, input);
      if (problems.length > 0) return { ok: false, problems };
      const [eligibility, marks] = [await eligibilityOf(tx, worker, input), await calendar.marks(input.year, tx)];
      const rows = input.results.map((published): ExamAttempt => ({
        id: newId(),
        workerId: worker.id,
        divisionPath: worker.divisionPath,
        year: input.year,
        level: input.level,
        ...published,
        ...decisionOf(published, marks, { year: input.year, divisionPath: worker.divisionPath, today: tx.today, now: tx.now }),
        ...eligibility,
        source: input.source,
        reason: '',
        recordedBy: tx.actor.name,
        supersedes: null,
        supersededAt: null,
      }));
      await store.add(tx, rows);
      announce(tx, rows, 'examAttempt.recorded', input.source);
      await settle(tx, worker.id);
      return { ok: true, ids: rows.map((row) => row.id) };
    },

    /** Corrects one result with a reason; the row that was wrong stays readable. */
    async correct(
      tx: Tx,
      scope: Scope,
      input: Omit<Published, 'subject'> & { id: string; eligibility: EligibilityAnswer; source: string; reason: string },
    ): Promise<ExamOutcome> {
      const wrong = await store.byId(scope, input.id, tx);
      const worker = await deps.workers.byId(scope, wrong.workerId, tx);
      const { sat, score, official, source, reason } = input;
      const published: Published = { subject: wrong.subject, sat, score, official };
      const eligibility = await eligibilityOf(tx, worker, { year: wrong.year, level: wrong.level, eligibility: input.eligibility });
      const marks = await calendar.marks(wrong.year, tx);
      if ((await store.supersede(tx, [wrong.id])) === 0) return { ok: false, problems: [{ field: '', key: 'exams.correction.gone' }] };
      const row: ExamAttempt = {
        ...wrong,
        ...published,
        ...decisionOf(published, marks, { year: wrong.year, divisionPath: worker.divisionPath, today: tx.today, now: tx.now }),
        ...eligibility,
        id: newId(),
        divisionPath: worker.divisionPath,
        source,
        reason,
        recordedBy: tx.actor.name,
        supersedes: wrong.id,
        supersededAt: null,
      };
      await store.add(tx, [row]);
      tx.audit(changeOf(wrong, row, reason));
      tx.emit({ name: 'exam.recorded', workerIds: [row.workerId], years: [row.year] });
      await settle(tx, row.workerId);
      return { ok: true, ids: [row.id] };
    },

    /** Inserts many results of the past at once; one event for all. Certificates are the caller's to add. */
    async addHistoric(tx: Tx, rows: readonly HistoricAttempt[]): Promise<void> {
      if (rows.length === 0) return;
      const attempts = rows.map((row): ExamAttempt => ({
        ...row,
        id: newId(),
        official: row.sat ? row.passed : null,
        decision: row.sat ? 'OFFICIAL' : 'ABSENT',
        mark: null,
        eligibleBy: 'REVIEW',
        eligibilityRule: '',
        decidedAt: new Date(`${row.decidedOn}T10:00:00+08:00`),
        reason: '',
        recordedBy: tx.actor.name,
        supersedes: null,
        supersededAt: null,
      }));
      await store.add(tx, attempts);
      tx.audit({ action: 'examAttempt.recorded', object: { kind: 'division', id: rows[0]?.divisionPath[0] ?? '' }, count: rows.length });
      tx.emit({ name: 'exam.recorded', workerIds: rows.map((row) => row.workerId), years: rows.map((row) => row.year) });
    },
  };
}

export type ExamsService = ReturnType<typeof makeExamsService>;
