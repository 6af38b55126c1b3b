import type { Connection } from 'mongoose';
import type { Paging, Slice } from '../platform/http/paging.js';
import { within, type Scope } from '../platform/scope.js';
import { searchPrefix } from '../platform/text/pinyin.js';
import { inTx, type Tx } from '../platform/transactions.js';
import type { Level } from '../certificates/level.rules.js';
import type { ExamRow, ExamState } from './counts.rules.js';
import { workerExamSchema } from './exams.model.js';

/** What lists and counts read of one person's exams. */
export interface WorkerExam extends ExamRow {
  readonly workerId: string;
  readonly name: string;
  /** The division the person belongs to itself: the last of the path. */
  readonly divisionId: string;
  readonly divisionPath: readonly string[];
  readonly divisionCode: string;
  readonly sortPinyin: string;
  readonly searchKeys: readonly string[];
  readonly nextExam: number;
  /** Highest level that counts. */
  readonly level: Level | null;
  /** First exam year of each higher level, where one can be named. */
  readonly earliest: readonly { readonly level: Level; readonly year: number }[];
  readonly policyRowIds: readonly string[];
  readonly computedAt: Date;
}

/** What the list is narrowed to. */
export interface ExamFilter {
  readonly divisionId: string;
  readonly year: number;
  readonly level?: Level;
  readonly state?: ExamState;
  readonly inService?: boolean;
  readonly search?: string;
}

type Stored = WorkerExam & { readonly _id: string };

const place = { division: 'divisionPath', worker: '_id' } as const;
const sorts = { pinyin: ['sortPinyin'], division: ['divisionCode', 'sortPinyin'] } as const;
/** The ways the list can be sorted; the first is the default. */
export const examSorts = ['pinyin', 'division'] as const satisfies readonly (keyof typeof sorts)[];

function ofYear(filter: ExamFilter, more: Record<string, unknown>): Record<string, unknown> {
  return { years: { $elemMatch: { year: filter.year, ...(filter.level === undefined ? {} : { level: filter.level }), ...more } } };
}

function ofComing(filter: ExamFilter, field: 'eligible' | 'entered'): Record<string, unknown> {
  return filter.level === undefined ? { [`${field}.0`]: { $exists: true } } : { [field]: filter.level };
}

const stateQueries: Readonly<Record<ExamState, (filter: ExamFilter) => Record<string, unknown>>> = {
  sat: (filter) => ofYear(filter, { sat: { $gt: 0 } }),
  qualified: (filter) => ofYear(filter, { qualified: true }),
  partial: (filter) => ofYear(filter, { qualified: false, passed: { $gt: 0 } }),
  failed: (filter) => ofYear(filter, { passed: 0, sat: { $gt: 0 } }),
  couldSit: (filter) => ({ couldSit: filter.year }),
  enteredYear: (filter) => ({ enteredYears: filter.year }),
  lastChance: () => ({ isLastChance: true }),
  lapsed: () => ({ hasLapsed: true }),
  notEntered: (filter) => ({ $and: [ofComing(filter, 'eligible'), { 'entered.0': { $exists: false } }] }),
  entered: (filter) => ofComing(filter, 'entered'),
  unknownEducation: () => ({ educationKnown: false, inService: true }),
};

function queryOf(filter: ExamFilter): Record<string, unknown> {
  const conditions: Record<string, unknown>[] = [{ divisionPath: filter.divisionId }];
  if (filter.state !== undefined) conditions.push(stateQueries[filter.state](filter));
  else conditions.push(ofYear(filter, {}));
  if (filter.inService !== undefined) conditions.push({ inService: filter.inService });
  const term = searchPrefix(filter.search ?? '');
  if (term !== '') conditions.push({ searchKeys: { $regex: `^${term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}` } });
  return { $and: conditions };
}

/** Queries and writes of how people stand towards the exam. */
export function makeExamStandingsStore(db: Connection) {
  const people = db.model<Stored>('WorkerExam', workerExamSchema as never, 'worker_exams');
  const toRow = ({ _id, ...row }: Stored): WorkerExam => row;
  const scoped = (scope: Scope, query: Record<string, unknown>): Record<string, unknown> => ({ $and: [within(scope, place), query] });

  return {
    /** `total` where it is known already; else it is counted. */
    async list(
      scope: Scope,
      filter: ExamFilter,
      paging: Pick<Paging, 'skip' | 'size' | 'sort' | 'direction'>,
      total?: number,
    ): Promise<Slice<WorkerExam>> {
      const query = scoped(scope, queryOf(filter));
      const keys = sorts[paging.sort as keyof typeof sorts];
      const order = Object.fromEntries([...keys.map((key) => [key, paging.direction] as const), ['_id', paging.direction]]);
      const [records, all] = await Promise.all([
        people.find(query).sort(order).skip(paging.skip).limit(paging.size).lean<Stored[]>(),
        total ?? people.countDocuments(query),
      ]);
      return { rows: records.map(toRow), total: all };
    },

    count: (scope: Scope, filter: ExamFilter): Promise<number> => people.countDocuments(scoped(scope, queryOf(filter))),

    async ofWorkers(scope: Scope, ids: readonly string[], tx?: Tx): Promise<ReadonlyMap<string, WorkerExam>> {
      const records = await people.find(scoped(scope, { _id: { $in: [...ids] } }), null, inTx(tx)).lean<Stored[]>();
      return new Map(records.map((record) => [record.workerId, toRow(record)]));
    },

    /** Everybody who belongs to some divisions itself, not to what lies below them. */
    async at(scope: Scope, divisionIds: readonly string[], tx: Tx): Promise<readonly WorkerExam[]> {
      const found = await people.find(scoped(scope, { divisionId: { $in: [...divisionIds] } }), null, inTx(tx)).lean<Stored[]>();
      return found.map(toRow);
    },

    async save(tx: Tx, rows: readonly WorkerExam[]): Promise<void> {
      if (rows.length === 0) return;
      const operations = rows.map((row) => ({
        replaceOne: { filter: { _id: row.workerId }, replacement: { _id: row.workerId, ...row }, upsert: true },
      }));
      await people.collection.bulkWrite(operations as never, { ordered: false, session: tx.session });
    },
  };
}

export type ExamStandingsStore = ReturnType<typeof makeExamStandingsStore>;
