import { lastDayOf } from '../platform/civilDays.js';
import type { Problem } from '../platform/http/forms.js';
import { newId } from '../platform/ids.js';
import { systemScope, type Scope } from '../platform/scope.js';
import type { Tx } from '../platform/transactions.js';
import { certificateDays } from '../certificates/certificate.rules.js';
import type { CertificatesService } from '../certificates/certificates.service.js';
import { levels, type Level } from '../certificates/level.rules.js';
import type { PoliciesService } from '../policies/policies.service.js';
import type { Worker } from '../workers/worker.rules.js';
import type { WorkersService } from '../workers/workers.service.js';
import { resultsOf, type ExamAttempt } from './attempt.rules.js';
import type { AttemptsStore } from './attempts.store.js';
import type { CalendarOutcome, CalendarService, MarkInput } from './calendar.service.js';
import { eligibilityFor } from './eligibility.rules.js';
import { eligibilityPolicy } from './exams.policies.js';
import { decidePass, passMarkFor, type PassMark } from './passMarks.rules.js';
import { levelStanding, type Subject } from './passes.rules.js';
import { eligibilityFactsOf, isSubjectOf } from './standing.rules.js';

/** Done, with the ids written, or refused by a rule. */
export type ExamOutcome = { readonly ok: true; readonly ids: readonly string[] } | { readonly ok: false; readonly problems: readonly Problem[] };

/** One subject as it was published. */
export interface Published {
  readonly subject: Subject;
  readonly sat: boolean;
  readonly score: number | null;
  readonly official: boolean | null;
}

/** What 资格审核 said; RULE lets the conditions of the notice decide. */
export type EligibilityAnswer = 'RULE' | 'REVIEW_PASSED' | 'REVIEW_REFUSED';

/** The results of one person, year and level. */
export interface ResultsInput {
  readonly workerId: string;
  readonly year: number;
  readonly level: Level;
  readonly results: readonly Published[];
  readonly eligibility: EligibilityAnswer;
  readonly source: string;
}

/** A result of the past: everything about it is known, the caller vouches for it. */
export type HistoricAttempt = Pick<ExamAttempt, 'workerId' | 'divisionPath' | 'year' | 'level' | 'subject' | 'sat' | 'score' | 'passed' | 'eligibleThatYear' | 'decidedOn' | 'source'>;

interface ExamsDeps {
  readonly store: AttemptsStore;
  readonly calendar: CalendarService;
  readonly workers: Pick<WorkersService, 'byId' | 'byIds' | 'factsFor'>;
  readonly certificates: Pick<CertificatesService, 'ofWorkers' | 'recordPass' | 'withdrawPass'>;
  readonly policies: Pick<PoliciesService, 'load'>;
}

const named = systemScope('attempts of named people, and those a pass mark moves');

/** Exam attempts: recording, correcting, deciding again. */
export function makeExamsService(deps: ExamsDeps) {
  const { store, calendar } = deps;

  async function eligibilityOf(tx: Tx, worker: Worker, input: Pick<ResultsInput, 'year' | 'level' | 'eligibility'>): Promise<Pick<ExamAttempt, 'eligibleThatYear' | 'eligibleBy' | 'eligibilityRule'>> {
    const facts = (await deps.workers.factsFor([worker.id], tx)).get(worker.id);
    if (input.eligibility !== 'RULE') return { eligibleThatYear: input.eligibility === 'REVIEW_PASSED', eligibleBy: 'REVIEW', eligibilityRule: '' };
    // without an education nothing can be said: the authority let the person in
    if (facts === undefined || worker.education === null) return { eligibleThatYear: true, eligibleBy: 'UNKNOWN', eligibilityRule: '' };
    const line = (await calendar.years(tx)).find((one) => one.year === input.year);
    const policy = (await deps.policies.load([eligibilityPolicy])).on(eligibilityPolicy, worker.divisionPath, line?.firstDay ?? tx.today);
    const certificates = (await deps.certificates.ofWorkers([worker.id], tx)).get(worker.id) ?? [];
    const found = eligibilityFor(input.level, eligibilityFactsOf(facts, certificateDays(certificates, lastDayOf(input.year))), input.year, policy.value);
    return { eligibleThatYear: found.ok, eligibleBy: 'RULE', eligibilityRule: found.ok ? found.rule : (found.nearestRule ?? '') };
  }

  function decided(tx: Tx, published: Published, marks: readonly PassMark[], at: { year: number; divisionPath: readonly string[] }): Pick<ExamAttempt, 'decision' | 'passed' | 'mark' | 'decidedOn' | 'decidedAt'> {
    const mark = passMarkFor(marks, { ...at, subject: published.subject, asOf: tx.today });
    const decision = decidePass(published, mark);
    return { decision: decision.kind, passed: 'passed' in decision ? decision.passed : decision.kind === 'ABSENT' ? false : null, mark: decision.kind === 'BY_MARK' ? decision.mark : null, decidedOn: tx.today, decidedAt: tx.now };
  }

  /** Lets certificates know: a completed set waits for its certificate, one that no longer stands does not. */
  async function settle(tx: Tx, workerId: string): Promise<void> {
    const attempts = (await store.standing(named, [workerId], tx)).get(workerId) ?? [];
    const years = await calendar.years(tx);
    const next = Math.max(...attempts.map((attempt) => attempt.year)) + 1;
    for (const level of levels.filter((one) => attempts.some((attempt) => attempt.level === one))) {
      const standing = levelStanding(level, resultsOf(attempts), next);
      if (standing.kind === 'OPEN') {
        await deps.certificates.withdrawPass(tx, { workerId, level }, '成绩更正，不再全科合格');
        continue;
      }
      const line = years.find((one) => one.year === standing.year);
      const passedOn = line?.resultsOn ?? line?.lastDay ?? lastDayOf(standing.year);
      await deps.certificates.recordPass(tx, { workerId, level, examYear: standing.year, passedOn: passedOn > tx.today ? tx.today : passedOn });
    }
  }

  function announce(tx: Tx, attempts: readonly ExamAttempt[], action: string, reason: string): void {
    for (const attempt of attempts) {
      const changes = [{ field: attempt.subject, from: null, to: resultText(attempt) }];
      tx.audit({ action, object: { kind: 'examAttempt', id: attempt.id }, divisionPath: attempt.divisionPath, changes, ...(reason === '' ? {} : { reason }) });
    }
    tx.emit({ name: 'exam.recorded', workerIds: attempts.map((one) => one.workerId), years: attempts.map((one) => one.year) });
  }

  async function checkResults(tx: Tx, input: ResultsInput): Promise<Problem[]> {
    const problems: Problem[] = [];
    const years = await calendar.years(tx);
    const coming = await calendar.coming(tx.today, tx);
    if (!years.some((line) => line.year === input.year)) problems.push({ field: 'year', key: 'exams.year.unknown', values: { year: input.year }, offer: { href: '/exam-years', label: String(input.year) } });
    else if (input.year >= coming) problems.push({ field: 'year', key: 'exams.year.noResults', values: { year: input.year }, offer: { href: '/exam-years', label: String(input.year) } });
    if (input.results.length === 0) problems.push({ field: 'level', key: 'exams.results.none' });
    const known = (await store.standing(named, [input.workerId], tx)).get(input.workerId) ?? [];
    for (const { subject } of input.results) {
      if (!isSubjectOf(subject, input.level)) problems.push({ field: subject, key: 'exams.results.notOfLevel' });
      const before = known.find((attempt) => attempt.year === input.year && attempt.subject === subject);
      if (before !== undefined) problems.push({ field: subject, key: 'exams.results.known', values: { year: input.year }, offer: { href: `/exams/attempts/${before.id}`, label: String(input.year) } });
    }
    return problems;
  }

  /** Decides the attempts that a mark can move again; the ids of the people whose result changed. */
  async function decideAgain(tx: Tx, mark: MarkInput): Promise<readonly string[]> {
    const marks = await calendar.marks(mark.year, tx);
    const open = await store.openToMark(tx, named, mark);
    const moved = open.flatMap((attempt): { attempt: ExamAttempt; successor: ExamAttempt }[] => {
      const after = decided(tx, attempt, marks, attempt);
      if (after.passed === attempt.passed && after.mark === attempt.mark) return [];
      return [{ attempt, successor: { ...attempt, ...after, id: newId(), source: mark.source, reason: '', recordedBy: tx.actor.name, supersedes: attempt.id } }];
    });
    await store.supersede(tx, moved.map(({ attempt }) => attempt.id));
    await store.add(tx, moved.map(({ successor }) => successor));
    const turned = moved.filter(({ attempt, successor }) => attempt.passed !== successor.passed);
    for (const { attempt, successor } of turned) {
      const changes = [{ field: attempt.subject, from: resultText(attempt), to: resultText(successor) }];
      tx.audit({ action: 'examAttempt.changed', object: { kind: 'examAttempt', id: successor.id }, divisionPath: attempt.divisionPath, changes, reason: mark.source });
    }
    const workerIds = [...new Set(turned.map(({ attempt }) => attempt.workerId))];
    for (const workerId of workerIds) await settle(tx, workerId);
    if (workerIds.length > 0) tx.emit({ name: 'exam.recorded', workerIds, years: [mark.year] });
    return workerIds;
  }

  return {
    byId: (scope: Scope, id: string, tx?: Tx): Promise<ExamAttempt> => store.byId(scope, id, tx),
    historyOf: (scope: Scope, workerId: string): Promise<readonly ExamAttempt[]> => store.historyOf(scope, workerId),
    standingOf: (ids: readonly string[], tx?: Tx): Promise<ReadonlyMap<string, readonly ExamAttempt[]>> => store.standing(named, ids, tx),

    /** Records the results of a person; every subject of a form or none. */
    async record(tx: Tx, scope: Scope, input: ResultsInput): Promise<ExamOutcome> {
      const worker = await deps.workers.byId(scope, input.workerId, tx);
      const problems = await checkResults(tx, input);
      if (problems.length > 0) return { ok: false, problems };
      const [eligibility, marks] = [await eligibilityOf(tx, worker, input), await calendar.marks(input.year, tx)];
      const rows = input.results.map((published): ExamAttempt => ({
        id: newId(), workerId: worker.id, divisionPath: worker.divisionPath, year: input.year, level: input.level, ...published,
        ...decided(tx, published, marks, { year: input.year, divisionPath: worker.divisionPath }), ...eligibility,
        source: input.source, reason: '', recordedBy: tx.actor.name, supersedes: null, supersededAt: null,
      }));
      await store.add(tx, rows);
      announce(tx, rows, 'examAttempt.recorded', input.source);
      await settle(tx, worker.id);
      return { ok: true, ids: rows.map((row) => row.id) };
    },

    /** Corrects one result with a reason; the row that was wrong stays readable. */
    async correct(tx: Tx, scope: Scope, input: Omit<Published, 'subject'> & { id: string; eligibility: EligibilityAnswer; source: string; reason: string }): Promise<ExamOutcome> {
      const wrong = await store.byId(scope, input.id, tx);
      const worker = await deps.workers.byId(scope, wrong.workerId, tx);
      const { sat, score, official, source, reason } = input;
      const published: Published = { subject: wrong.subject, sat, score, official };
      const eligibility = await eligibilityOf(tx, worker, { year: wrong.year, level: wrong.level, eligibility: input.eligibility });
      const marks = await calendar.marks(wrong.year, tx);
      if ((await store.supersede(tx, [wrong.id])) === 0) return { ok: false, problems: [{ field: '', key: 'exams.correction.gone' }] };
      const row: ExamAttempt = {
        ...wrong, ...published, ...decided(tx, published, marks, { year: wrong.year, divisionPath: worker.divisionPath }), ...eligibility,
        id: newId(), divisionPath: worker.divisionPath, source, reason, recordedBy: tx.actor.name, supersedes: wrong.id, supersededAt: null,
      };
      await store.add(tx, [row]);
      const changes = [{ field: row.subject, from: resultText(wrong), to: resultText(row) }];
      tx.audit({ action: 'examAttempt.changed', object: { kind: 'examAttempt', id: row.id }, divisionPath: row.divisionPath, changes, reason });
      tx.emit({ name: 'exam.recorded', workerIds: [row.workerId], years: [row.year] });
      await settle(tx, row.workerId);
      return { ok: true, ids: [row.id] };
    },

    /** Announces a pass mark and decides again what it moves: a fail may become a pass months later (decision 22). */
    async announceMark(tx: Tx, input: MarkInput): Promise<CalendarOutcome & { readonly turned?: number }> {
      const outcome = await calendar.addMark(tx, input);
      if (!outcome.ok) return outcome;
      const turned = await decideAgain(tx, input);
      const changes = [{ field: input.subject, from: null, to: String(input.mark) }];
      tx.audit({ action: 'passMark.announced', object: { kind: 'passMark', id: outcome.id }, changes, reason: input.source, count: turned.length });
      return { ...outcome, turned: turned.length };
    },

    /** Inserts many results of the past at once; one event for all. Certificates are the caller's to add. */
    async addHistoric(tx: Tx, rows: readonly HistoricAttempt[]): Promise<void> {
      if (rows.length === 0) return;
      const attempts = rows.map((row): ExamAttempt => ({
        ...row, id: newId(), official: row.sat ? row.passed : null, decision: row.sat ? 'OFFICIAL' : 'ABSENT', mark: null,
        eligibleBy: 'REVIEW', eligibilityRule: '', decidedAt: new Date(`${row.decidedOn}T10:00:00+08:00`),
        reason: '', recordedBy: tx.actor.name, supersedes: null, supersededAt: null,
      }));
      await store.add(tx, attempts);
      tx.audit({ action: 'examAttempt.recorded', object: { kind: 'division', id: rows[0]?.divisionPath[0] ?? '' }, count: rows.length });
      tx.emit({ name: 'exam.recorded', workerIds: rows.map((row) => row.workerId), years: rows.map((row) => row.year) });
    },
  };
}

export type ExamsService = ReturnType<typeof makeExamsService>;

/** A result in one short text for the trail. */
function resultText(attempt: Pick<ExamAttempt, 'score' | 'passed' | 'sat' | 'decidedOn'>): string {
  const score = attempt.score === null ? '' : `${String(attempt.score)} `;
  return `${score}${attempt.sat ? (attempt.passed === null ? '?' : attempt.passed ? '√' : '×') : '—'}`;
}
