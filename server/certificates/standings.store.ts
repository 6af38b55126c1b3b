import type { Connection } from 'mongoose';
import type { CivilDay } from '../platform/civilDays.js';
import type { Paging, Slice } from '../platform/http/paging.js';
import { within, type Scope } from '../platform/scope.js';
import { searchPrefix } from '../platform/text/pinyin.js';
import { inTx, type Tx } from '../platform/transactions.js';
import { certificateRateSchema, workerCertificationSchema } from './certificates.model.js';
import type { Level } from './level.rules.js';
import type { CertificateRate } from './rates.rules.js';
import type { CertificationRow, RegistrationState } from './standing.rules.js';

/** What the ledger is narrowed to; every field is one condition. */
export interface LedgerFilter {
  readonly divisionId: string;
  readonly level?: Level;
  /** Any level that counts, none pending alone. */
  readonly certified?: boolean;
  readonly pending?: boolean;
  readonly inService?: boolean;
  readonly registration?: RegistrationState;
  /** Name, pinyin, initials or the start of a management number. */
  readonly search?: string;
  readonly today: CivilDay;
}

type Stored<T> = T & { readonly _id: string };

const place = { division: 'divisionPath', worker: '_id' } as const;
const sorts = {
  pinyin: ['sortPinyin'],
  division: ['divisionCode', 'sortPinyin'],
  until: ['validThrough', 'sortPinyin'],
  obtained: ['obtainedOn', 'sortPinyin'],
} as const;
/** The ways the ledger can be sorted; the first is the default. */
export const ledgerSorts = ['pinyin', 'division', 'until', 'obtained'] as const satisfies readonly (keyof typeof sorts)[];

function onDay(state: RegistrationState, today: CivilDay): Record<string, unknown> {
  const unregistered = { level: { $ne: null }, validThrough: null };
  switch (state) {
    case 'NONE_WITHIN_1Y':
      return { ...unregistered, registerBy: { $gte: today } };
    case 'NONE_OVERDUE':
      return { ...unregistered, registerBy: { $lt: today } };
    case 'VALID':
      return { level: { $ne: null }, renewFrom: { $gt: today } };
    case 'RENEW_WINDOW':
      return { level: { $ne: null }, renewFrom: { $lte: today }, validThrough: { $gte: today } };
    case 'LAPSED':
      return { level: { $ne: null }, validThrough: { $lt: today } };
  }
}

function searchOf(text: string): Record<string, unknown>[] {
  const term = searchPrefix(text);
  if (term === '') return [];
  const anchored = { $regex: `^${term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}` };
  const number = text.trim();
  return [/^[0-9A-Za-z]{10,25}$/.test(number) ? { managementNos: number.toUpperCase() } : { searchKeys: anchored }];
}

function queryOf(filter: LedgerFilter): Record<string, unknown> {
  const conditions: Record<string, unknown>[] = [{ divisionPath: filter.divisionId, isHolder: true }, ...searchOf(filter.search ?? '')];
  if (filter.level !== undefined) conditions.push({ level: filter.level });
  if (filter.certified === true) conditions.push({ level: { $ne: null } });
  if (filter.pending === true) conditions.push({ 'pendingLevels.0': { $exists: true } });
  if (filter.inService !== undefined) conditions.push({ inService: filter.inService });
  if (filter.registration !== undefined) conditions.push(onDay(filter.registration, filter.today));
  return { $and: conditions };
}

/** Queries and writes of what follows from certificates: one row per person, one per division and year. */
export function makeStandingsStore(db: Connection) {
  const people = db.model<Stored<CertificationRow>>('WorkerCertification', workerCertificationSchema as never, 'worker_certification');
  const rates = db.model<Stored<CertificateRate>>('CertificateRate', certificateRateSchema as never, 'certificate_rates');
  const toRow = ({ _id, ...row }: Stored<CertificationRow>): CertificationRow => row;
  const toRate = ({ _id, ...rate }: Stored<CertificateRate>): CertificateRate => rate;
  const scoped = (scope: Scope, query: Record<string, unknown>): Record<string, unknown> => ({ $and: [within(scope, place), query] });

  async function save(collection: 'people' | 'rates', rows: readonly { readonly _id: string }[], tx: Tx): Promise<void> {
    if (rows.length === 0) return;
    const operations = rows.map((row) => ({ replaceOne: { filter: { _id: row._id }, replacement: row, upsert: true } }));
    const model = collection === 'people' ? people : rates;
    await model.collection.bulkWrite(operations as never, { ordered: false, session: tx.session });
  }

  return {
    async ofWorkers(scope: Scope, ids: readonly string[], tx?: Tx): Promise<ReadonlyMap<string, CertificationRow>> {
      const found = await people
        .find(scoped(scope, { _id: { $in: [...new Set(ids)] } }), null, inTx(tx))
        .lean<Stored<CertificationRow>[]>();
      return new Map(found.map((row) => [row.workerId, toRow(row)]));
    },

    /** Everybody who belonged to one of some communities at the end of a kept year. */
    async endsOf(scope: Scope, divisionIds: readonly string[], tx: Tx): Promise<readonly Pick<CertificationRow, 'ends'>[]> {
      return people
        .find(scoped(scope, { 'ends.divisionId': { $in: [...divisionIds] } }), { ends: 1 }, inTx(tx))
        .lean<Stored<CertificationRow>[]>();
    },

    async list(
      scope: Scope,
      filter: LedgerFilter,
      paging: Pick<Paging, 'skip' | 'size' | 'sort' | 'direction'>,
    ): Promise<Slice<CertificationRow>> {
      const query = scoped(scope, queryOf(filter));
      const keys = sorts[paging.sort as keyof typeof sorts];
      const order = Object.fromEntries([...keys.map((key) => [key, paging.direction] as const), ['_id', paging.direction]]);
      const [records, total] = await Promise.all([
        people.find(query, { ends: 0, searchKeys: 0 }).sort(order).skip(paging.skip).limit(paging.size).lean<Stored<CertificationRow>[]>(),
        people.countDocuments(query),
      ]);
      return { rows: records.map(toRow), total };
    },

    count: (scope: Scope, filter: LedgerFilter): Promise<number> => people.countDocuments(scoped(scope, queryOf(filter))),

    savePeople: (tx: Tx, rows: readonly CertificationRow[]): Promise<void> =>
      save(
        'people',
        rows.map((row) => ({ _id: row.workerId, ...row })),
        tx,
      ),

    saveRates: (tx: Tx, rows: readonly CertificateRate[]): Promise<void> =>
      save(
        'rates',
        rows.map((row) => ({ _id: `${row.divisionId}-${String(row.year)}`, ...row })),
        tx,
      ),

    /** The rates of a division, one per kept year, oldest first. */
    async ratesOf(scope: Scope, divisionIds: readonly string[]): Promise<readonly CertificateRate[]> {
      const query = scoped(scope, { divisionId: { $in: [...divisionIds] } });
      return (await rates.find(query).sort({ year: 1 }).lean<Stored<CertificateRate>[]>()).map(toRate);
    },

    async ratesUnder(scope: Scope, parentIds: readonly string[], at: { year?: number; tx?: Tx }): Promise<readonly CertificateRate[]> {
      const query = scoped(scope, { parentId: { $in: [...parentIds] }, ...(at.year === undefined ? {} : { year: at.year }) });
      return (await rates.find(query, null, inTx(at.tx)).lean<Stored<CertificateRate>[]>()).map(toRate);
    },
  };
}

export type StandingsStore = ReturnType<typeof makeStandingsStore>;
