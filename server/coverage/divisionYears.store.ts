import type { Connection } from 'mongoose';
import type { CivilDay } from '../platform/civilDays.js';
import type { Slice } from '../platform/http/paging.js';
import { within, type Scope } from '../platform/scope.js';
import { divisionDaySchema, divisionYearSchema } from './coverage.model.js';
import type { RollUp } from './rollup.rules.js';

interface Counts {
  readonly divisionId: string;
  readonly divisionPath: readonly string[];
  readonly level: string;
  readonly year: number;
  readonly rollUp: RollUp;
}

/** The counts of a division and year as they stand. */
export interface DivisionYear extends Counts {
  readonly parentId: string | null;
  readonly asOf: CivilDay;
  readonly computedAt: Date;
}

/** The counts of a division as they stood at the end of a day. */
export interface DivisionDay extends Counts {
  readonly day: CivilDay;
}

/** Which kept days are asked for. */
export interface KeptDays {
  readonly divisionId: string;
  readonly year: number;
  readonly upTo?: CivilDay;
}

type Stored<T> = T & { readonly _id: string };

const place = { division: 'divisionPath' } as const;

/** Queries and writes of roll-ups and of their daily copies. Only the roll-up and its jobs write them. */
export function makeDivisionYearsStore(db: Connection) {
  const years = db.model<Stored<DivisionYear>>('DivisionYear', divisionYearSchema as never, 'division_years');
  const days = db.model<Stored<DivisionDay>>('DivisionDay', divisionDaySchema as never, 'division_days');
  const toYear = ({ _id, ...row }: Stored<DivisionYear>): DivisionYear => row;
  const toDay = ({ _id, ...row }: Stored<DivisionDay>): DivisionDay => row;

  async function find(scope: Scope, query: Record<string, unknown>): Promise<readonly DivisionYear[]> {
    return (await years.find({ $and: [within(scope, place), query] }).lean<Stored<DivisionYear>[]>()).map(toYear);
  }

  return {
    async find(scope: Scope, divisionId: string, year: number): Promise<DivisionYear | null> {
      return (await find(scope, { _id: `${divisionId}-${String(year)}` }))[0] ?? null;
    },

    ofParents: (scope: Scope, parentIds: readonly string[], year: number): Promise<readonly DivisionYear[]> =>
      find(scope, { parentId: { $in: [...parentIds] }, year }),

    /** Every division of a year, of some levels or of all. */
    ofYear: (scope: Scope, year: number, levels?: readonly string[]): Promise<readonly DivisionYear[]> =>
      find(scope, { year, ...(levels === undefined ? {} : { level: { $in: [...levels] } }) }),

    /** The years that have been rolled up. */
    async years(scope: Scope): Promise<readonly number[]> {
      return (await find(scope, { parentId: null })).map((row) => row.year).sort((a, b) => a - b);
    },

    async save(rows: readonly DivisionYear[]): Promise<void> {
      if (rows.length === 0) return;
      const operations = rows.map((row) => {
        const id = `${row.divisionId}-${String(row.year)}`;
        return { replaceOne: { filter: { _id: id }, replacement: { _id: id, ...row }, upsert: true } };
      });
      await years.collection.bulkWrite(operations as never, { ordered: false });
    },

    /** Keeps a day's copies; a second run of the same day replaces them. */
    async keepDay(rows: readonly DivisionDay[]): Promise<void> {
      if (rows.length === 0) return;
      const operations = rows.map((row) => {
        const id = `${row.divisionId}-${row.day}`;
        return { replaceOne: { filter: { _id: id }, replacement: { _id: id, ...row }, upsert: true } };
      });
      await days.collection.bulkWrite(operations as never, { ordered: false });
    },

    /** The kept days of a division in a year, newest first; up to a day when one is given. */
    async daysOf(scope: Scope, at: KeptDays, paging: { skip: number; size: number }): Promise<Slice<DivisionDay>> {
      const query = {
        $and: [
          within(scope, place),
          { divisionId: at.divisionId, year: at.year, ...(at.upTo === undefined ? {} : { day: { $lte: at.upTo } }) },
        ],
      };
      const [records, total] = await Promise.all([
        days.find(query).sort({ day: -1 }).skip(paging.skip).limit(paging.size).lean<Stored<DivisionDay>[]>(),
        days.countDocuments(query),
      ]);
      return { rows: records.map(toDay), total };
    },
  };
}

export type DivisionYearsStore = ReturnType<typeof makeDivisionYearsStore>;
