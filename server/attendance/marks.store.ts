import type { Connection } from 'mongoose';
import { inTx, type Tx } from '../platform/transactions.js';
import { guardSchema, markSchema, rollCallSchema } from './attendance.model.js';
import type { SessionMark } from './completion.rules.js';

/** A mark as it was made: by whom, when, in which act, and why when it corrects. */
export interface MarkRow extends SessionMark {
  readonly id: string;
  readonly classId: string;
  readonly enrolmentId: string;
  readonly workerId: string;
  readonly reason: string;
  /** Marks made with one press share an act, so that they can be undone together. */
  readonly actId: string;
  readonly byAccountId: string | null;
  readonly byName: string;
  readonly at: Date;
  readonly supersededAt: Date | null;
  /** The act that took its place; null while it is in force or when it was undone. */
  readonly supersededBy: string | null;
}

/** A handed-in roll. */
export interface RollCall {
  readonly sessionId: string;
  readonly classId: string;
  readonly submittedAt: Date;
  readonly submittedBy: string;
}

type MarkRecord = Omit<MarkRow, 'id'> & { readonly _id: string };
type RollCallRecord = Omit<RollCall, 'sessionId'> & { readonly _id: string };

const toMark = ({ _id, ...rest }: MarkRecord): MarkRow => ({ id: _id, ...rest });

/** Marks and handed-in rolls. Whoever asks has checked the class or the person against the scope. */
export function makeMarksStore(db: Connection) {
  const marks = db.model<MarkRecord>('AttendanceMark', markSchema as never, 'attendance_marks');
  const rollCalls = db.model<RollCallRecord>('RollCall', rollCallSchema as never, 'roll_calls');
  const guards = db.model('RollGuard', guardSchema, 'roll_guards');

  async function many(query: Record<string, unknown>, tx?: Tx): Promise<readonly MarkRow[]> {
    return (await marks.find(query, null, inTx(tx)).sort({ at: 1, _id: 1 }).lean<MarkRecord[]>()).map(toMark);
  }

  return {
    /** Makes commands on one session, or on one class, follow one after the other: a rival's transaction runs again. */
    async guard(tx: Tx, id: string): Promise<void> {
      await guards.updateOne({ _id: id }, { $inc: { acts: 1 } }, { session: tx.session, upsert: true });
    },

    /** The marks in force of some classes. */
    ofClasses: (classIds: readonly string[], tx?: Tx): Promise<readonly MarkRow[]> =>
      many({ classId: { $in: [...classIds] }, supersededAt: null }, tx),

    /** The marks in force of one session. */
    ofSession: (sessionId: string, tx?: Tx): Promise<readonly MarkRow[]> => many({ sessionId, supersededAt: null }, tx),

    /** The newest mark in force that an account made in a session, or null. */
    async lastOf(sessionId: string, accountId: string, tx?: Tx): Promise<MarkRow | null> {
      const own = { sessionId, byAccountId: accountId, supersededAt: null };
      const record = await marks.findOne(own, null, inTx(tx)).sort({ at: -1, _id: -1 }).lean<MarkRecord>();
      return record === null ? null : toMark(record);
    },

    /** The marks of an act that are in force, and those that it took the place of. */
    async ofAct(actId: string, tx: Tx): Promise<{ made: readonly MarkRow[]; replaced: readonly MarkRow[] }> {
      return { made: await many({ actId, supersededAt: null }, tx), replaced: await many({ supersededBy: actId }, tx) };
    },

    /** Takes marks out of force; they stay readable. */
    async supersede(tx: Tx, ids: readonly string[], actId: string | null): Promise<void> {
      if (ids.length === 0) return;
      await marks.updateMany(
        { _id: { $in: [...ids] }, supersededAt: null },
        { $set: { supersededAt: tx.now, supersededBy: actId } },
        { session: tx.session },
      );
    },

    /** Adds marks. Error 11000 means that somebody marked one of the persons at the same time. */
    async add(tx: Tx, rows: readonly MarkRow[]): Promise<void> {
      if (rows.length === 0) return;
      await marks.insertMany(rows.map(({ id, ...rest }) => ({ _id: id, ...rest })) as never[], { session: tx.session, lean: true });
    },

    /** The handed-in rolls of some classes, by session id. */
    async rollCallsOf(classIds: readonly string[], tx?: Tx): Promise<ReadonlyMap<string, RollCall>> {
      const records = await rollCalls.find({ classId: { $in: [...classIds] } }, null, inTx(tx)).lean<RollCallRecord[]>();
      return new Map(records.map(({ _id, ...rest }) => [_id, { sessionId: _id, ...rest }]));
    },

    async addRollCalls(tx: Tx, rows: readonly RollCall[]): Promise<void> {
      if (rows.length === 0) return;
      await rollCalls.insertMany(rows.map(({ sessionId, ...rest }) => ({ _id: sessionId, ...rest })) as never[], { session: tx.session });
    },
  };
}

export type MarksStore = ReturnType<typeof makeMarksStore>;
