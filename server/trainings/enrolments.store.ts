import type { Connection } from 'mongoose';
import { Conflict, NotFound } from '../platform/errors.js';
import { within, type Scope } from '../platform/scope.js';
import { inTx, type Tx } from '../platform/transactions.js';
import { enrolmentSchema } from './classes.model.js';
import type { EnrolmentState } from './enrolment.rules.js';
import { isActive } from './enrolment.rules.js';
import type { Slot } from './slots.rules.js';
import type { Enrolment } from './trainingClass.rules.js';

/** An enrolment as stored: `active` mirrors the state for the unique index on half-days. */
export type EnrolmentRow = Enrolment & { readonly seenBy: readonly string[] };
type EnrolmentRecord = Omit<EnrolmentRow, 'id'> & { readonly _id: string; readonly active: boolean };

/** Seen where the person belonged at class time, by the owner of the class, by its teacher and by the person. */
const place = { division: 'seenBy', trainingClass: 'classId', worker: 'workerId' } as const;

function toEnrolment(record: EnrolmentRecord): Enrolment {
  const { _id, active: _active, seenBy: _seenBy, ...rest } = record;
  return { id: _id, ...rest };
}

/** Queries and writes of enrolments. */
export function makeEnrolmentsStore(db: Connection) {
  const enrolments = db.model<EnrolmentRecord>('Enrolment', enrolmentSchema as never, 'enrolments');
  const scoped = (scope: Scope, query: Record<string, unknown>): Record<string, unknown> => ({ $and: [within(scope, place), query] });

  async function many(scope: Scope, query: Record<string, unknown>, tx?: Tx): Promise<readonly Enrolment[]> {
    const records = await enrolments
      .find(scoped(scope, query), null, inTx(tx))
      .sort({ classId: 1, sortPinyin: 1 })
      .lean<EnrolmentRecord[]>();
    return records.map(toEnrolment);
  }

  return {
    /** @throws NotFound */
    async byId(scope: Scope, id: string, tx?: Tx): Promise<Enrolment> {
      const record = await enrolments.findOne(scoped(scope, { _id: id }), null, inTx(tx)).lean<EnrolmentRecord>();
      if (record === null) throw new NotFound('enrolment');
      return toEnrolment(record);
    },

    byIds: (scope: Scope, ids: readonly string[]): Promise<readonly Enrolment[]> => many(scope, { _id: { $in: [...ids] } }),

    /** The places of a class that the scope may see, by pinyin of the name. */
    ofClass: (scope: Scope, classId: string, states?: readonly EnrolmentState[], tx?: Tx): Promise<readonly Enrolment[]> =>
      many(scope, states === undefined ? { classId } : { classId, state: { $in: states } }, tx),

    /** The places of some persons, of one class. */
    ofPersonsInClass: (scope: Scope, classId: string, workerIds: readonly string[], tx?: Tx): Promise<readonly Enrolment[]> =>
      many(scope, { classId, workerId: { $in: [...workerIds] } }, tx),

    /** All places of some persons, of every year or of some. */
    ofWorkers: (scope: Scope, workerIds: readonly string[], years?: readonly number[], tx?: Tx): Promise<readonly Enrolment[]> =>
      many(scope, { workerId: { $in: [...workerIds] }, ...(years === undefined ? {} : { year: { $in: [...years] } }) }, tx),

    /** Active places of some persons that hold one of some half-days. */
    holding: (scope: Scope, workerIds: readonly string[], slots: readonly string[], tx?: Tx): Promise<readonly Enrolment[]> =>
      many(scope, { active: true, workerId: { $in: [...workerIds] }, slots: { $in: [...slots] } }, tx),

    /** How many places a class has in each state. */
    async countByState(
      scope: Scope,
      classIds: readonly string[],
    ): Promise<ReadonlyMap<string, Readonly<Partial<Record<EnrolmentState, number>>>>> {
      const groups = await enrolments.aggregate<{ _id: { classId: string; state: EnrolmentState }; n: number }>([
        { $match: scoped(scope, { classId: { $in: [...classIds] } }) },
        { $group: { _id: { classId: '$classId', state: '$state' }, n: { $sum: 1 } } },
      ]);
      const counts = new Map<string, Partial<Record<EnrolmentState, number>>>();
      for (const { _id, n } of groups) counts.set(_id.classId, { ...counts.get(_id.classId), [_id.state]: n });
      return counts;
    },

    /** How many active places each quota of a class holds; null stands for those outside every quota. */
    async usedQuotas(scope: Scope, classIds: readonly string[]): Promise<ReadonlyMap<string, ReadonlyMap<string | null, number>>> {
      const groups = await enrolments.aggregate<{ _id: { classId: string; quota: string | null }; n: number }>([
        { $match: scoped(scope, { classId: { $in: [...classIds] }, active: true }) },
        { $group: { _id: { classId: '$classId', quota: '$quotaDivisionId' }, n: { $sum: 1 } } },
      ]);
      const used = new Map<string, Map<string | null, number>>();
      for (const { _id, n } of groups) used.set(_id.classId, new Map([...(used.get(_id.classId) ?? []), [_id.quota, n]]));
      return used;
    },

    /** Adds places. Error 11000 on `one_place_per_half_day` means a person has another active place then. */
    async add(tx: Tx, rows: readonly EnrolmentRow[]): Promise<void> {
      if (rows.length === 0) return;
      const records = rows.map(({ id, ...rest }) => ({ _id: id, ...rest, active: isActive(rest.state) }));
      await enrolments.insertMany(records as never[], { session: tx.session, lean: true });
    },

    /**
     * Writes fields of one place and raises its version; `active` follows the state.
     * @throws Conflict when it was changed meanwhile
     */
    async change(tx: Tx, at: Pick<Enrolment, 'id' | 'version'>, fields: Partial<EnrolmentRow>): Promise<void> {
      const follows = fields.state === undefined ? {} : { active: isActive(fields.state) };
      const update = { $set: { ...fields, ...follows, version: at.version + 1 } };
      const result = await enrolments.updateOne({ _id: at.id, version: at.version }, update, { session: tx.session });
      if (result.matchedCount === 0) throw new Conflict(tx.actor.name, tx.now);
    },

    /** Writes the facts of a class onto all its places. */
    async followClass(
      tx: Tx,
      classId: string,
      facts: Partial<Pick<EnrolmentRow, 'classState' | 'firstDay' | 'lastDay' | 'year' | 'tier' | 'purpose'>>,
    ): Promise<void> {
      await enrolments.updateMany({ classId }, { $set: facts, $inc: { version: 1 } }, { session: tx.session });
    },

    /** Moves the half-days of the active places of a class. Error 11000: somebody has another active place then. */
    async moveActive(tx: Tx, classId: string, slots: readonly Slot[]): Promise<void> {
      await enrolments.updateMany({ classId, active: true }, { $set: { slots: [...slots] } }, { session: tx.session });
    },
  };
}

export type EnrolmentsStore = ReturnType<typeof makeEnrolmentsStore>;
