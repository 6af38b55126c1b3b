import type { Connection } from 'mongoose';
import { Conflict, NotFound } from '../platform/errors.js';
import { inTx, type Tx } from '../platform/transactions.js';
import type { CalendarYear } from './calendar.rules.js';
import { examYearSchema, passMarkSchema } from './exams.model.js';
import type { PassMark } from './passMarks.rules.js';

/** A pass mark as it is kept. */
export interface StoredPassMark extends PassMark {
  readonly id: string;
  readonly source: string;
  readonly recordedBy: string;
}

type Stored<T> = Omit<T, 'id'> & { readonly _id: string };

/** Queries and writes of the exam calendar and of pass marks. Both are published: whoever may open the page may read every row. */
export function makeCalendarStore(db: Connection) {
  const years = db.model<Stored<CalendarYear>>('ExamYear', examYearSchema as never, 'exam_years');
  const marks = db.model<Stored<StoredPassMark>>('PassMark', passMarkSchema as never, 'pass_marks');
  const toYear = ({ _id, ...rest }: Stored<CalendarYear>): CalendarYear => ({ id: _id, ...rest });
  const toMark = ({ _id, ...rest }: Stored<StoredPassMark>): StoredPassMark => ({ id: _id, ...rest });

  return {
    /** Every line, the oldest first. */
    async years(tx?: Tx): Promise<readonly CalendarYear[]> {
      return (await years.find({}, null, inTx(tx)).sort({ year: 1 }).lean<Stored<CalendarYear>[]>()).map(toYear);
    },

    /** @throws NotFound */
    async yearById(id: string, tx?: Tx): Promise<CalendarYear> {
      const record = await years.findById(id, null, inTx(tx)).lean<Stored<CalendarYear>>();
      if (record === null) throw new NotFound('examYear');
      return toYear(record);
    },

    async addYears(tx: Tx, rows: readonly CalendarYear[]): Promise<void> {
      if (rows.length === 0) return;
      await years.insertMany(rows.map(({ id, ...rest }) => ({ _id: id, ...rest })) as never[], { session: tx.session });
    },

    /** @throws Conflict when somebody else was faster */
    async changeYear(
      tx: Tx,
      seen: { readonly id: string; readonly version: number },
      fields: Partial<Omit<CalendarYear, 'id'>>,
    ): Promise<void> {
      const stamp = { version: seen.version + 1, changedBy: tx.actor.name, changedAt: tx.now };
      const result = await years.updateOne(
        { _id: seen.id, version: seen.version },
        { $set: { ...fields, ...stamp } },
        { session: tx.session },
      );
      if (result.matchedCount === 1) return;
      const current = await years.findById(seen.id, null, { session: tx.session }).lean<Stored<CalendarYear>>();
      if (current === null) throw new NotFound('examYear');
      throw new Conflict(current.changedBy, current.changedAt);
    },

    /** Every pass mark, of one year or of all. */
    async marks(year?: number, tx?: Tx): Promise<readonly StoredPassMark[]> {
      const found = await marks
        .find(year === undefined ? {} : { year }, null, inTx(tx))
        .sort({ year: 1, subject: 1, announcedOn: 1 })
        .lean<Stored<StoredPassMark>[]>();
      return found.map(toMark);
    },

    async addMarks(tx: Tx, rows: readonly StoredPassMark[]): Promise<void> {
      if (rows.length === 0) return;
      await marks.insertMany(rows.map(({ id, ...rest }) => ({ _id: id, ...rest })) as never[], { session: tx.session });
    },
  };
}

export type CalendarStore = ReturnType<typeof makeCalendarStore>;
