import { lastDayOf, type CivilDay } from '../platform/civilDays.js';
import type { Subscriber } from '../platform/outbox.js';
import { systemScope, type Scope } from '../platform/scope.js';
import { searchKeys, sortKeys } from '../platform/text/pinyin.js';
import { systemActor, type Transact, type Tx } from '../platform/transactions.js';
import type { PolicyKind } from '../policies/kinds.js';
import type { PoliciesService, PolicyBook } from '../policies/policies.service.js';
import type { InServicePolicy } from '../workers/service.rules.js';
import type { WorkerFacts } from '../workers/worker.rules.js';
import type { WorkersService } from '../workers/workers.service.js';
import { certificationOf, type Certificate } from './certificate.rules.js';
import { registrationPolicy } from './certificates.policies.js';
import type { CertificatesStore } from './certificates.store.js';
import { ratesOf, sumRates, type CertificateRate } from './rates.rules.js';
import { registrationDays, yearEndsOf, yearsOn, type CertificationRow } from './standing.rules.js';
import type { StandingsStore } from './standings.store.js';

/** A division as the sums need it. */
interface SummedDivision {
  readonly id: string;
  readonly level: string;
  readonly parentId: string | null;
  readonly path: readonly string[];
}

/** The policy of another feature that says which statuses are in service; wiring gives coverage's. */
export type InServiceKind = PolicyKind<{ readonly inService: InServicePolicy }>;

interface RatesDeps {
  readonly certificates: CertificatesStore;
  readonly standings: StandingsStore;
  readonly workers: Pick<WorkersService, 'factsFor' | 'streamIds'>;
  readonly tree: { byIds(ids: readonly string[]): Promise<ReadonlyMap<string, SummedDivision>> };
  readonly policies: Pick<PoliciesService, 'load'>;
  readonly inService: InServiceKind;
  readonly transact: Transact;
  /** Asks for a whole recomputation by the job. */
  readonly rebuildLater: () => Promise<void>;
}

const everything = systemScope('certificate rates from the certificates of everybody');
const actor = systemActor('certificates.rates');
const batchSize = 300;

function batches<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / batchSize) }, (_, index) => items.slice(index * batchSize, (index + 1) * batchSize));
}

/** The fields of a row that come from the certificate that counts. */
function countedFields(counted: Certificate | null) {
  if (counted === null) return { level: null, certificateId: null, managementNo: null, obtainedOn: null, examYear: null };
  const { level, id, managementNo, obtainedOn, examYear } = counted;
  return { level, certificateId: id, managementNo, obtainedOn, examYear };
}

/** The row of a person from facts and certificates as they stand. */
function rowOf(
  facts: WorkerFacts,
  certificates: readonly Certificate[],
  at: { book: PolicyBook; inService: InServiceKind; today: CivilDay; now: Date },
): CertificationRow {
  const { worker } = facts;
  const registration = at.book.on(registrationPolicy, worker.divisionPath, at.today);
  const inService = at.book.on(at.inService, worker.divisionPath, at.today);
  const certification = certificationOf(certificates, at.today, registration.value);
  const { counted, latest } = certification;
  const held = certificates.filter((one) => one.voidedOn === null);
  return {
    workerId: worker.id,
    name: worker.name,
    status: worker.status,
    inService: inService.value.inService.statuses.includes(worker.status),
    divisionPath: worker.divisionPath,
    divisionCode: worker.divisionCode,
    sortPinyin: sortKeys(worker.name).pinyin,
    searchKeys: searchKeys(worker.name),
    isHolder: held.length > 0,
    ...countedFields(counted),
    managementNos: held.flatMap((one) => one.managementNo ?? []),
    pendingLevels: certification.pending.map((one) => one.level),
    ...registrationDays(certification),
    ceEarnedMinutes: latest?.ce.earnedMinutes ?? null,
    ceRequiredMinutes: latest?.ce.requiredMinutes ?? null,
    ends: yearEndsOf(facts, certificates, { today: at.today, inService: inService.value.inService }),
    policyRowIds: [registration.rowId, inService.rowId],
    computedAt: at.now,
  };
}

/** Rows and rates by recomputation, never by deltas (decision 19). */
export function makeRatesService(deps: RatesDeps) {
  const { standings, tree, inService } = deps;

  /** Sums communities from their people and everything above from its children, in the transaction that wrote the people. */
  async function fold(tx: Tx, divisionIds: readonly string[]): Promise<void> {
    const touched = await tree.byIds(divisionIds);
    const all = [...(await tree.byIds([...touched.values()].flatMap((one) => [...one.path]))).values()];
    const ends = (
      await standings.endsOf(
        everything,
        all.map((one) => one.id),
        tx,
      )
    ).flatMap((row) => row.ends);
    const years = yearsOn(tx.today);
    for (const depth of [...new Set(all.map((one) => one.path.length))].sort((a, b) => b - a)) {
      const level = all.filter((one) => one.path.length === depth);
      const below = await standings.ratesUnder(
        everything,
        level.map((one) => one.id),
        { tx },
      );
      const rows = level.flatMap((division) =>
        years.map((year): CertificateRate => {
          const children = below.filter((rate) => rate.parentId === division.id && rate.year === year);
          const counts = sumRates([...children, ratesOf(ends, division.id, year)]);
          const asOf = year === Number(tx.today.slice(0, 4)) ? tx.today : lastDayOf(year);
          const { id, path, parentId } = division;
          return { divisionId: id, divisionPath: path, parentId, level: division.level, year, asOf, ...counts, computedAt: tx.now };
        }),
      );
      await standings.saveRates(tx, rows);
    }
  }

  async function recomputeBatch(ids: readonly string[]): Promise<number> {
    const book = await deps.policies.load([registrationPolicy, inService]);
    return deps.transact(actor, async (tx) => {
      const facts = await deps.workers.factsFor(ids, tx);
      const certificates = await deps.certificates.ofWorkers(everything, ids, tx);
      const before = await standings.ofWorkers(everything, ids, tx);
      const at = { book, inService, today: tx.today, now: tx.now };
      const rows = [...facts.values()].map((one) => rowOf(one, certificates.get(one.worker.id) ?? [], at));
      for (const row of rows) {
        const stale = (certificates.get(row.workerId) ?? []).some((one) => one.divisionPath.join() !== row.divisionPath.join());
        if (stale) await deps.certificates.move(tx, row.workerId, row.divisionPath);
      }
      await standings.savePeople(tx, rows);
      await fold(tx, [...new Set([...before.values(), ...rows].flatMap((row) => row.ends.map((end) => end.divisionId)))]);
      return rows.length;
    });
  }

  async function recompute(workerIds: readonly string[]): Promise<void> {
    for (const batch of batches([...new Set(workerIds)])) await recomputeBatch(batch);
  }

  return {
    /** Recomputes some people and every sum above them. */
    recompute,

    /** The rates of divisions at the ends of the kept years, oldest first. */
    ratesOf: (scope: Scope, divisionIds: readonly string[]): Promise<readonly CertificateRate[]> => standings.ratesOf(scope, divisionIds),

    /** The rates of a year of the children of a division. */
    ratesUnder: (scope: Scope, parentId: string, year: number): Promise<readonly CertificateRate[]> =>
      standings.ratesUnder(scope, [parentId], { year }),

    /** Recomputes everybody, page by page: each night, so that a new day and a new year are seen. How many people. */
    async rebuild(): Promise<number> {
      let people = 0;
      for await (const batch of deps.workers.streamIds()) {
        await recompute(batch);
        people += batch.length;
      }
      return people;
    },

    /** Follows the changes below; a policy row moves everybody. */
    subscriber: {
      name: 'certificates',
      events: ['worker.changed', 'certificate.changed', 'policy.changed'],
      async handle(events) {
        if (events.some((event) => event.name === 'policy.changed')) await deps.rebuildLater();
        await recompute(events.flatMap((event) => event.workerIds));
      },
    } satisfies Subscriber as Subscriber,
  };
}

export type RatesService = ReturnType<typeof makeRatesService>;
