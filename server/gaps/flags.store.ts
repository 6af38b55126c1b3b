import type { Connection } from 'mongoose';
import type { CivilDay } from '../platform/civilDays.js';
import { NotFound } from '../platform/errors.js';
import type { Paging, Slice } from '../platform/http/paging.js';
import { newId } from '../platform/ids.js';
import { within, type Scope } from '../platform/scope.js';
import type { FlagFilter } from './flagFilter.rules.js';
import { flagQuery } from './flagQuery.store.js';
import type { FlagRule } from './flags.rules.js';
import { flagSchema } from './gaps.model.js';
import type { ClearedBy } from './flagSources.rules.js';
import type { FlagIdentity, FlagState, StoredFlag } from './storedFlag.rules.js';

type FlagRecord = Omit<StoredFlag, 'id'> & { readonly _id: string };

/** A flag that was found; raised when no open one has its identity, else refreshed. */
export interface FlagWrite {
  readonly identity: FlagIdentity;
  readonly workerId: string | null;
  readonly classId: string | null;
  readonly state: FlagState;
}

/** A flag that is gone, with what made it go. */
export interface FlagEnd {
  readonly id: string;
  readonly clearedBy: ClearedBy;
}

/** When a scan writes. */
export interface ScanTime {
  readonly now: Date;
  readonly today: CivilDay;
}

const sorts = {
  urgency: [
    ['severityRank', 1],
    ['dueOn', 1],
    ['sortPinyin', 1],
  ],
  state: [
    ['subState', -1],
    ['divisionCode', 1],
    ['sortPinyin', 1],
  ],
  division: [
    ['divisionCode', 1],
    ['sortPinyin', 1],
  ],
  name: [['sortPinyin', 1]],
  age: [
    ['raisedOn', 1],
    ['sortPinyin', 1],
  ],
  cleared: [
    ['clearedOn', -1],
    ['sortPinyin', 1],
  ],
} as const;
export type FlagSort = keyof typeof sorts;

const place = { division: 'divisionPath', trainingClass: 'classId', worker: 'workerId' } as const;

function toFlag({ _id, ...rest }: FlagRecord): StoredFlag {
  return { id: _id, ...rest };
}

/** Queries and writes of flags. Only the scan writes them. */
export function makeFlagsStore(db: Connection) {
  const flags = db.model<FlagRecord>('Flag', flagSchema as never, 'flags');
  const scoped = (scope: Scope, query: Record<string, unknown>): Record<string, unknown> => ({ $and: [within(scope, place), query] });

  async function find(scope: Scope, query: Record<string, unknown>): Promise<readonly StoredFlag[]> {
    return (await flags.find(scoped(scope, query)).sort({ severityRank: 1, dueOn: 1 }).lean<FlagRecord[]>()).map(toFlag);
  }

  return {
    /** @throws NotFound */
    async byId(scope: Scope, id: string): Promise<StoredFlag> {
      const [found] = await find(scope, { _id: id });
      if (found === undefined) throw new NotFound('flag');
      return found;
    },

    /** Open flags of some rules and people. */
    openOf: (scope: Scope, ruleIds: readonly FlagRule[], workerIds: readonly string[]): Promise<readonly StoredFlag[]> =>
      find(scope, { open: true, ruleId: { $in: [...ruleIds] }, workerId: { $in: [...workerIds] } }),

    /** Open flags of some rules that are about divisions. */
    openOfDivisions: (scope: Scope, ruleIds: readonly FlagRule[]): Promise<readonly StoredFlag[]> =>
      find(scope, { open: true, ruleId: { $in: [...ruleIds] }, workerId: null }),

    async list(scope: Scope, filter: FlagFilter, paging: Pick<Paging, 'skip' | 'size' | 'sort' | 'direction'>): Promise<Slice<StoredFlag>> {
      const query = scoped(scope, flagQuery(filter));
      const keys = sorts[paging.sort as FlagSort];
      const order = Object.fromEntries([...keys.map(([key, way]) => [key, way * paging.direction]), ['_id', 1]] as [string, 1 | -1][]);
      const [records, total] = await Promise.all([
        flags.find(query).sort(order).skip(paging.skip).limit(paging.size).lean<FlagRecord[]>(),
        flags.countDocuments(query),
      ]);
      return { rows: records.map(toFlag), total };
    },

    async count(scope: Scope, filter: FlagFilter): Promise<number> {
      return flags.countDocuments(scoped(scope, flagQuery(filter)));
    },

    /** How many flags of a filter each rule has, by the day they were raised. */
    async countByRuleAndDay(scope: Scope, filter: FlagFilter): Promise<readonly { ruleId: FlagRule; raisedOn: CivilDay; count: number }[]> {
      const groups = await flags.aggregate<{ _id: { ruleId: FlagRule; raisedOn: CivilDay }; n: number }>([
        { $match: scoped(scope, flagQuery(filter)) },
        { $group: { _id: { ruleId: '$ruleId', raisedOn: '$raisedOn' }, n: { $sum: 1 } } },
      ]);
      return groups.map(({ _id, n }) => ({ ..._id, count: n }));
    },

    /** Raises or refreshes; the unique index on open flags settles rivals. */
    async save(writes: readonly FlagWrite[], at: ScanTime): Promise<void> {
      if (writes.length === 0) return;
      const operations = writes.map(({ identity, workerId, classId, state }) => ({
        updateOne: {
          filter: { ...identity, open: true },
          update: {
            $set: { ...state, refreshedAt: at.now },
            $setOnInsert: {
              _id: newId(),
              workerId,
              classId,
              raisedOn: at.today,
              raisedAt: at.now,
              clearedOn: null,
              clearedAt: null,
              clearedBy: null,
            },
          },
          upsert: true,
        },
      }));
      await flags.collection.bulkWrite(operations, { ordered: false });
    },

    async clear(ends: readonly FlagEnd[], at: ScanTime): Promise<void> {
      if (ends.length === 0) return;
      const operations = ends.map(({ id, clearedBy }) => ({
        updateOne: {
          filter: { _id: id, open: true },
          update: { $set: { open: false, clearedOn: at.today, clearedAt: at.now, clearedBy } },
        },
      }));
      await flags.collection.bulkWrite(operations as never, { ordered: false });
    },
  };
}

export type FlagsStore = ReturnType<typeof makeFlagsStore>;
