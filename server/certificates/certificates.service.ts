import { yearOf, type CivilDay } from '../platform/civilDays.js';
import type { AuditChange } from '../platform/audit.js';
import type { Problem } from '../platform/http/forms.js';
import { newId } from '../platform/ids.js';
import { systemScope, type Scope } from '../platform/scope.js';
import type { Tx } from '../platform/transactions.js';
import type { PoliciesService } from '../policies/policies.service.js';
import type { Worker } from '../workers/worker.rules.js';
import type { WorkersService } from '../workers/workers.service.js';
import { certificationOf, titleOfYear, type Certificate, type Certification } from './certificate.rules.js';
import { registrationPolicy } from './certificates.policies.js';
import type { CertificatesStore } from './certificates.store.js';
import { makeCertificateCheck, type CertificateInput } from './certificateCheck.service.js';
import type { Level, ReviewState } from './level.rules.js';

/** Done, with the id of what was written, or refused by a rule. */
export type CertificateOutcome = { readonly ok: true; readonly id: string } | { readonly ok: false; readonly problems: readonly Problem[] };

/** A pass of the whole exam, reported by `exams`: 合格待审 until the certificate is entered (documents.md §4.2). */
export interface FinalPass {
  readonly workerId: string;
  readonly level: Level;
  readonly examYear: number;
  readonly passedOn: CivilDay;
}

/** A certificate of the demo or of a take-over of old papers. */
export interface HistoricCertificate extends CertificateInput {
  readonly workerId: string;
  readonly divisionPath: readonly string[];
  readonly registrations: Certificate['registrations'];
  readonly ce: Certificate['ce'];
}

interface CertificatesDeps {
  readonly store: CertificatesStore;
  readonly workers: Pick<WorkersService, 'byId' | 'byIds'>;
  readonly policies: Pick<PoliciesService, 'load'>;
}

const named = systemScope('certificates of named people, and a management number wherever it is');
const refused = (field: string, key: string, values: Problem['values'] = {}): CertificateOutcome => ({
  ok: false,
  problems: [{ field, key, values }],
});

function reviewOf(input: CertificateInput): ReviewState {
  return input.level === 'SENIOR' ? (input.reviewPassed ? 'PASSED' : 'PENDING') : 'PASSED';
}

/** Certificates: entering, confirming, taking back. Registrations and education are in `registrations.service.ts`. */
export function makeCertificatesService(deps: CertificatesDeps) {
  const { store, workers } = deps;
  const check = makeCertificateCheck({ store, workers });

  function announce(
    tx: Tx,
    certificate: Pick<Certificate, 'id' | 'workerId' | 'divisionPath' | 'obtainedOn'>,
    action: string,
    more: { changes?: AuditChange[]; reason?: string } = {},
  ): void {
    tx.audit({ action, object: { kind: 'certificate', id: certificate.id }, divisionPath: certificate.divisionPath, ...more });
    tx.emit({
      name: 'certificate.changed',
      workerIds: [certificate.workerId],
      years: yearsFrom(certificate.obtainedOn, tx.today),
      objectId: certificate.id,
    });
  }

  function fieldsOf(input: CertificateInput): Pick<Certificate, 'level' | 'managementNo' | 'title' | 'obtainedOn' | 'examYear' | 'review'> {
    const { level, managementNo, title, obtainedOn, examYear } = input;
    return {
      level,
      managementNo,
      title: title === '' ? titleOfYear(examYear ?? yearOf(obtainedOn)) : title,
      obtainedOn,
      examYear,
      review: reviewOf(input),
    };
  }

  function newCertificate(
    tx: Tx,
    worker: Pick<Worker, 'id' | 'divisionPath'>,
    fields: ReturnType<typeof fieldsOf> | (Omit<ReturnType<typeof fieldsOf>, 'managementNo'> & { managementNo: null }),
  ): Certificate {
    return {
      id: newId(),
      workerId: worker.id,
      divisionPath: worker.divisionPath,
      ...fields,
      voidedOn: null,
      voidReason: '',
      registrations: [],
      ce: [],
      version: 1,
      changedBy: tx.actor.name,
      changedAt: tx.now,
    };
  }

  /** Enters a certificate; a pass of the level that waits becomes it. */
  async function enter(tx: Tx, scope: Scope, input: CertificateInput & { workerId: string }): Promise<CertificateOutcome> {
    const worker = await workers.byId(scope, input.workerId, tx);
    const held = (await store.ofWorkers(named, [worker.id], tx)).get(worker.id) ?? [];
    const waiting = held.find((one) => one.level === input.level && one.managementNo === null && one.voidedOn === null);
    const problems = await check(tx, scope, input, { id: waiting?.id ?? null, workerId: worker.id });
    if (problems.length > 0) return { ok: false, problems };
    if (waiting !== undefined) await store.change(tx, waiting, { ...fieldsOf(input), divisionPath: worker.divisionPath });
    const made = waiting ?? newCertificate(tx, worker, fieldsOf(input));
    if (waiting === undefined) await store.add(tx, [made]);
    announce(tx, { ...made, obtainedOn: input.obtainedOn }, 'certificate.added', {
      changes: [{ field: 'level', from: null, to: input.level }],
    });
    return { ok: true, id: made.id };
  }

  /** Corrects a certificate. @throws Conflict */
  async function edit(
    tx: Tx,
    scope: Scope,
    input: CertificateInput & { id: string; version: number; reason: string },
  ): Promise<CertificateOutcome> {
    const seen = await store.byId(scope, input.id, tx);
    const problems = await check(tx, scope, input, { id: seen.id, workerId: seen.workerId });
    if (problems.length > 0) return { ok: false, problems };
    const fields = fieldsOf(input);
    await store.change(tx, { id: seen.id, version: input.version }, fields);
    const text = (value: string | number | null): string | null => (value === null || value === '' ? null : String(value));
    const changes = (Object.keys(fields) as (keyof typeof fields)[])
      .filter((field) => fields[field] !== seen[field])
      .map((field) => ({ field, from: text(seen[field]), to: text(fields[field]) }));
    const earliest = seen.obtainedOn < input.obtainedOn ? seen.obtainedOn : input.obtainedOn;
    announce(tx, { ...seen, obtainedOn: earliest }, 'certificate.changed', { changes, reason: input.reason });
    return { ok: true, id: seen.id };
  }

  /** Takes a certificate back from a day on: it was entered for the wrong person, or withdrawn by the authority. */
  async function takeBack(
    tx: Tx,
    scope: Scope,
    input: { id: string; version: number; from: CivilDay; reason: string },
  ): Promise<CertificateOutcome> {
    const seen = await store.byId(scope, input.id, tx);
    if (input.from > tx.today) return refused('from', 'certificates.voidFrom.future', { day: input.from });
    if (input.from < seen.obtainedOn) return refused('from', 'certificates.voidFrom.beforeObtained', { day: seen.obtainedOn });
    await store.change(tx, { id: seen.id, version: input.version }, { voidedOn: input.from, voidReason: input.reason, managementNo: null });
    const changes = [
      { field: 'managementNo', from: seen.managementNo, to: null },
      { field: 'voidedOn', from: null, to: input.from },
    ];
    announce(tx, seen, 'certificate.changed', { changes, reason: input.reason });
    return { ok: true, id: seen.id };
  }

  return {
    enter,
    edit,
    takeBack,
    byId: (scope: Scope, id: string, tx?: Tx): Promise<Certificate> => store.byId(scope, id, tx),
    byIds: (scope: Scope, ids: readonly string[]): Promise<readonly Certificate[]> => store.byIds(scope, ids),

    /** Certificates of named people, wherever they are: for services that hold their ids already. */
    ofWorkers: (ids: readonly string[], tx?: Tx): Promise<ReadonlyMap<string, readonly Certificate[]>> => store.ofWorkers(named, ids, tx),

    /** Notes a final pass as 合格待审; nothing when the level is held or waits already. */
    async recordPass(tx: Tx, pass: FinalPass): Promise<void> {
      const held = (await store.ofWorkers(named, [pass.workerId], tx)).get(pass.workerId) ?? [];
      if (held.some((one) => one.level === pass.level && one.voidedOn === null)) return;
      const worker = (await workers.byIds([pass.workerId], tx)).get(pass.workerId);
      if (worker === undefined) return;
      const { level, examYear, passedOn } = pass;
      const made = newCertificate(tx, worker, {
        level,
        managementNo: null,
        title: titleOfYear(examYear),
        obtainedOn: passedOn,
        examYear,
        review: 'PENDING',
      });
      await store.add(tx, [made]);
      announce(tx, made, 'certificate.awaited', { changes: [{ field: 'level', from: null, to: level }] });
    },

    /** A pass no longer stands: what waited for its certificate is taken back; an entered certificate stays, somebody has seen it. */
    async withdrawPass(tx: Tx, pass: Pick<FinalPass, 'workerId' | 'level'>, reason: string): Promise<void> {
      const held = (await store.ofWorkers(named, [pass.workerId], tx)).get(pass.workerId) ?? [];
      const waiting = held.find((one) => one.level === pass.level && one.managementNo === null && one.voidedOn === null);
      if (waiting === undefined) return;
      await store.change(tx, waiting, { voidedOn: waiting.obtainedOn, voidReason: reason });
      announce(tx, waiting, 'certificate.changed', { changes: [{ field: 'voidedOn', from: null, to: waiting.obtainedOn }], reason });
    },

    /** Inserts many certificates of the past at once; one event for all. The caller vouches for them. */
    async addHistoric(tx: Tx, rows: readonly HistoricCertificate[]): Promise<void> {
      const made = rows.map((row) => ({
        ...newCertificate(tx, { id: row.workerId, divisionPath: row.divisionPath }, fieldsOf(row)),
        registrations: row.registrations,
        ce: row.ce,
      }));
      await store.add(tx, made);
      if (rows.length === 0) return;
      const first = rows.map((row) => row.obtainedOn).sort()[0] ?? tx.today;
      tx.audit({ action: 'certificate.added', object: { kind: 'division', id: rows[0]?.divisionPath[0] ?? '' }, count: rows.length });
      tx.emit({ name: 'certificate.changed', workerIds: rows.map((row) => row.workerId), years: yearsFrom(first, tx.today) });
    },

    /** What follows from the certificates of some people today, with the policy row of each. */
    async certificationsOf(
      people: readonly { readonly id: string; readonly divisionPath: readonly string[] }[],
      today: CivilDay,
      tx?: Tx,
    ): Promise<ReadonlyMap<string, Certification & { readonly policyRowId: string }>> {
      const [book, certificates] = await Promise.all([
        deps.policies.load([registrationPolicy]),
        store.ofWorkers(
          named,
          people.map((one) => one.id),
          tx,
        ),
      ]);
      return new Map(
        people.map(({ id, divisionPath }) => {
          const policy = book.on(registrationPolicy, divisionPath, today);
          return [id, { ...certificationOf(certificates.get(id) ?? [], today, policy.value), policyRowId: policy.rowId }];
        }),
      );
    },
  };
}

export type CertificatesService = ReturnType<typeof makeCertificatesService>;

/** The years whose rates a certificate of a day can move. */
export function yearsFrom(day: CivilDay, today: CivilDay): number[] {
  const [first, last] = [yearOf(day), yearOf(today)];
  return Array.from({ length: Math.max(1, last - first + 1) }, (_, index) => first + index);
}
