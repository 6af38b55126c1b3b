import type { Connection } from 'mongoose';
import type { Paging, Slice } from '../platform/http/paging.js';
import { within, type Scope } from '../platform/scope.js';
import { workerYearSchema } from './coverage.model.js';
import type { PeopleFilter, WorkerYearRow } from './people.rules.js';
import { peopleQuery } from './peopleQuery.store.js';

type WorkerYearRecord = WorkerYearRow & { readonly _id: string };

const sorts = {
  name: ['sortPinyin'],
  division: ['divisionCode', 'sortPinyin'],
  month: ['month', 'sortPinyin'],
} as const;

/** The ways a list of people can be sorted; the first is the default. */
export const peopleSorts = ['division', 'name', 'month'] as const satisfies readonly (keyof typeof sorts)[];

const home = { division: 'divisionPath', worker: 'workerId' } as const;
/** Who was booked here may have moved on: the place that sent the person still sees the line. */
const booked = { division: 'bookedPaths', worker: 'workerId' } as const;

function toRow({ _id, ...row }: WorkerYearRecord): WorkerYearRow {
  return row;
}

/** Queries and writes of worker-years. They are derived: only the roll-up writes them. */
export function makeWorkerYearsStore(db: Connection) {
  const rows = db.model<WorkerYearRecord>('WorkerYear', workerYearSchema as never, 'worker_years');
  const scoped = (scope: Scope, filter: PeopleFilter): Record<string, unknown> => ({
    $and: [within(scope, filter.bookedRow === undefined ? home : booked), peopleQuery(filter)],
  });

  return {
    async ofWorkers(scope: Scope, workerIds: readonly string[], year: number): Promise<ReadonlyMap<string, WorkerYearRow>> {
      const query = { $and: [within(scope, home), { workerId: { $in: [...workerIds] }, year }] };
      const records = await rows.find(query).lean<WorkerYearRecord[]>();
      return new Map(records.map((record) => [record.workerId, toRow(record)]));
    },

    /** Everybody whose year goes into the roll-up of some divisions. */
    async ofHomes(scope: Scope, divisionIds: readonly string[], year: number): Promise<readonly WorkerYearRow[]> {
      const query = { $and: [within(scope, home), { homes: { $in: [...divisionIds] }, year }] };
      return (await rows.find(query).lean<WorkerYearRecord[]>()).map(toRow);
    },

    async list(
      scope: Scope,
      filter: PeopleFilter,
      paging: Pick<Paging, 'skip' | 'size' | 'sort' | 'direction'>,
    ): Promise<Slice<WorkerYearRow>> {
      const query = scoped(scope, filter);
      const keys = sorts[paging.sort as keyof typeof sorts];
      const order = Object.fromEntries([...keys.map((key) => [key, paging.direction] as const), ['_id', paging.direction]]);
      const [records, total] = await Promise.all([
        rows.find(query).sort(order).skip(paging.skip).limit(paging.size).lean<WorkerYearRecord[]>(),
        rows.countDocuments(query),
      ]);
      return { rows: records.map(toRow), total };
    },

    async count(scope: Scope, filter: PeopleFilter): Promise<number> {
      return rows.countDocuments(scoped(scope, filter));
    },

    /** Replaces rows; one row per worker and year. */
    async save(changed: readonly WorkerYearRow[]): Promise<void> {
      if (changed.length === 0) return;
      const operations = changed.map((row) => {
        const id = `${row.workerId}-${String(row.year)}`;
        return { replaceOne: { filter: { _id: id }, replacement: { _id: id, ...row }, upsert: true } };
      });
      await rows.collection.bulkWrite(operations as never, { ordered: false });
    },
  };
}

export type WorkerYearsStore = ReturnType<typeof makeWorkerYearsStore>;
