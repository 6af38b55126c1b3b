import type { Connection } from 'mongoose';
import { Conflict, Forbidden, NotFound } from '../platform/errors.js';
import type { Paging, Slice } from '../platform/http/paging.js';
import { within, type Scope } from '../platform/scope.js';
import { inTx, type Tx } from '../platform/transactions.js';
import { classSchema } from './classes.model.js';
import type { ClassFilter } from './classFilter.rules.js';
import { classQuery } from './classQuery.store.js';
import type { Slot } from './slots.rules.js';
import type { TrainingClass } from './trainingClass.rules.js';

/** A class as stored: `seenBy` holds every division whose scope may see it, so that one index answers. */
export type ClassRow = TrainingClass & { readonly seenBy: readonly string[]; readonly namePinyin: readonly string[] };
type ClassRecord = Omit<ClassRow, 'id'> & { readonly _id: string };

const sorts = { first: ['firstDay', '_id'], last: ['lastDay', '_id'], name: ['name', '_id'] } as const;

/** The ways a list of classes can be sorted; the first is the default. */
export const classSorts = ['first', 'last', 'name'] as const satisfies readonly (keyof typeof sorts)[];

/** Seen by its owner's line and by whom it invites; managed by the owner's line. */
const seen = { division: 'seenBy', trainingClass: '_id' } as const;
const managed = { division: 'ownerPath', trainingClass: '_id' } as const;

function toClass(record: ClassRecord): TrainingClass {
  const { _id, seenBy: _seenBy, namePinyin: _namePinyin, ...rest } = record;
  return { id: _id, ...rest };
}

/** Queries and writes of training classes. */
export function makeClassesStore(db: Connection) {
  const classes = db.model<ClassRecord>('TrainingClass', classSchema as never, 'classes');
  const visible = (scope: Scope, query: Record<string, unknown>): Record<string, unknown> => ({ $and: [within(scope, seen), query] });
  const ownable = (scope: Scope, query: Record<string, unknown>): Record<string, unknown> => ({ $and: [within(scope, managed), query] });

  async function find(scope: Scope, id: string, tx?: Tx): Promise<TrainingClass | null> {
    const record = await classes.findOne(visible(scope, { _id: id }), null, inTx(tx)).lean<ClassRecord>();
    return record === null ? null : toClass(record);
  }

  return {
    find,

    /** @throws NotFound */
    async byId(scope: Scope, id: string, tx?: Tx): Promise<TrainingClass> {
      const found = await find(scope, id, tx);
      if (found === null) throw new NotFound('class');
      return found;
    },

    /** A class that the scope manages. @throws NotFound, or Forbidden when the scope merely sees it */
    async managedById(scope: Scope, id: string, tx?: Tx): Promise<TrainingClass> {
      const record = await classes.findOne(ownable(scope, { _id: id }), null, inTx(tx)).lean<ClassRecord>();
      if (record !== null) return toClass(record);
      throw (await find(scope, id, tx)) === null ? new NotFound('class') : new Forbidden('trainings.errors.notManaged');
    },

    async byIds(scope: Scope, ids: readonly string[], tx?: Tx): Promise<ReadonlyMap<string, TrainingClass>> {
      const records = await classes.find(visible(scope, { _id: { $in: [...new Set(ids)] } }), null, inTx(tx)).lean<ClassRecord[]>();
      return new Map(records.map((record) => [record._id, toClass(record)]));
    },

    async list(scope: Scope, filter: ClassFilter, paging: Paging): Promise<Slice<TrainingClass>> {
      const query = visible(scope, classQuery(filter));
      const keys = sorts[paging.sort as keyof typeof sorts];
      const order = Object.fromEntries(keys.map((key) => [key, paging.direction]));
      const [records, total] = await Promise.all([
        classes.find(query).sort(order).skip(paging.skip).limit(paging.size).lean<ClassRecord[]>(),
        classes.countDocuments(query),
      ]);
      return { rows: records.map(toClass), total };
    },

    /** Every class of a filter, by first day; for a month, a year plan or an export. */
    async all(scope: Scope, filter: ClassFilter): Promise<readonly TrainingClass[]> {
      const records = await classes
        .find(visible(scope, classQuery(filter)))
        .sort({ firstDay: 1, _id: 1 })
        .lean<ClassRecord[]>();
      return records.map(toClass);
    },

    async count(scope: Scope, filter: ClassFilter): Promise<number> {
      return classes.countDocuments(visible(scope, classQuery(filter)));
    },

    /** Classes still to be held at a place in one of some half-days, wherever they belong. */
    async holdingPlace(at: { readonly place: string; readonly slots: readonly Slot[] }, tx: Tx): Promise<readonly TrainingClass[]> {
      const query: Record<string, unknown> = {
        place: at.place,
        state: { $in: ['DRAFT', 'PUBLISHED', 'IN_PROGRESS'] },
        'sessions.slot': { $in: [...at.slots] },
      };
      const records = await classes.find(query, null, inTx(tx)).sort({ firstDay: 1 }).lean<ClassRecord[]>();
      return records.map(toClass);
    },

    async add(tx: Tx, rows: readonly ClassRow[]): Promise<void> {
      await classes.insertMany(rows.map(({ id, ...rest }) => ({ _id: id, ...rest })) as never[], { session: tx.session });
    },

    /**
     * Writes fields of a class the scope manages and raises its version.
     * @throws Conflict when the version is no longer the one that was seen
     */
    async change(tx: Tx, scope: Scope, at: { readonly id: string; readonly version: number }, fields: Partial<ClassRow>): Promise<void> {
      const stamp = { version: at.version + 1, changedBy: tx.actor.name, changedAt: tx.now };
      const query = ownable(scope, { _id: at.id, version: at.version });
      const result = await classes.updateOne(query, { $set: { ...fields, ...stamp } }, { session: tx.session });
      if (result.matchedCount === 1) return;
      const current = await classes.findOne(ownable(scope, { _id: at.id }), null, { session: tx.session }).lean<ClassRecord>();
      if (current === null) throw new NotFound('class');
      throw new Conflict(current.changedBy, current.changedAt);
    },

    /** Takes seats while there are any left; false when the class is full. The write itself settles who of two rivals gets the last one. */
    async takeSeats(tx: Tx, id: string, seats: number, capacity: number): Promise<boolean> {
      const room = { _id: id, takenSeats: { $lte: capacity - seats }, capacity };
      const result = await classes.updateOne(room, { $inc: { takenSeats: seats } }, { session: tx.session });
      return result.modifiedCount === 1;
    },

    /** Takes one seat even beyond the capacity: somebody stands in the hall. */
    async addSeat(tx: Tx, id: string): Promise<void> {
      await classes.updateOne({ _id: id }, { $inc: { takenSeats: 1 } }, { session: tx.session });
    },

    async freeSeats(tx: Tx, id: string, seats: number): Promise<void> {
      if (seats > 0) await classes.updateOne({ _id: id }, { $inc: { takenSeats: -seats } }, { session: tx.session });
    },
  };
}

export type ClassesStore = ReturnType<typeof makeClassesStore>;
