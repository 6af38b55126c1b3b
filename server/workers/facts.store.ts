import type { Connection } from 'mongoose';
import { inTx, type Tx } from '../platform/transactions.js';
import { appointmentSchema, serviceStatusSchema } from './facts.model.js';
import type { AppointmentFact, StatusFact } from './worker.rules.js';

type Stored<T> = Omit<T, 'id'> & { readonly _id: string };

/** The two fact lists of some people. */
export interface FactLists {
  readonly appointments: readonly AppointmentFact[];
  readonly statuses: readonly StatusFact[];
}

const nothing: FactLists = { appointments: [], statuses: [] };

function fromStored<T extends { id: string }>(records: readonly Stored<T>[]): T[] {
  return records.map(({ _id, ...rest }) => ({ id: _id, ...rest }) as unknown as T);
}

function toStored<T extends { id: string }>(rows: readonly T[]): Stored<T>[] {
  return rows.map(({ id, ...rest }) => ({ _id: id, ...rest }));
}

/** Appointments and service statuses. Rows are added and superseded, never changed; whoever asks has checked the worker's scope. */
export function makeFactsStore(db: Connection) {
  const appointments = db.model<Stored<AppointmentFact>>('Appointment', appointmentSchema as never, 'appointments');
  const statuses = db.model<Stored<StatusFact>>('ServiceStatus', serviceStatusSchema as never, 'service_statuses');

  async function read(query: Record<string, unknown>, tx?: Tx): Promise<ReadonlyMap<string, FactLists>> {
    const [posts, periods] = [
      await appointments.find(query, null, inTx(tx)).sort({ workerId: 1, from: 1, _id: 1 }).lean<Stored<AppointmentFact>[]>(),
      await statuses.find(query, null, inTx(tx)).sort({ workerId: 1, from: 1, _id: 1 }).lean<Stored<StatusFact>[]>(),
    ];
    const byWorker = new Map<string, { appointments: AppointmentFact[]; statuses: StatusFact[] }>();
    const of = (workerId: string): { appointments: AppointmentFact[]; statuses: StatusFact[] } => {
      const lists = byWorker.get(workerId) ?? { appointments: [], statuses: [] };
      byWorker.set(workerId, lists);
      return lists;
    };
    for (const row of fromStored<AppointmentFact>(posts)) of(row.workerId).appointments.push(row);
    for (const row of fromStored<StatusFact>(periods)) of(row.workerId).statuses.push(row);
    return byWorker;
  }

  return {
    /** The facts that stand, by worker. */
    async standing(workerIds: readonly string[], tx?: Tx): Promise<ReadonlyMap<string, FactLists>> {
      return read({ workerId: { $in: [...workerIds] }, supersededAt: null }, tx);
    },

    /** The facts of one worker that stand. */
    async standingOf(workerId: string, tx?: Tx): Promise<FactLists> {
      return (await read({ workerId, supersededAt: null }, tx)).get(workerId) ?? nothing;
    },

    /** Takes rows out of force; they stay readable. To be called before their successors are added. */
    async supersede(tx: Tx, facts: { readonly appointmentIds: readonly string[]; readonly statusIds: readonly string[] }): Promise<void> {
      const gone = { $set: { supersededAt: tx.now } };
      const options = { session: tx.session };
      if (facts.appointmentIds.length > 0) await appointments.updateMany({ _id: { $in: [...facts.appointmentIds] } }, gone, options);
      if (facts.statusIds.length > 0) await statuses.updateMany({ _id: { $in: [...facts.statusIds] } }, gone, options);
    },

    async add(tx: Tx, facts: FactLists): Promise<void> {
      const options = { session: tx.session, lean: true };
      if (facts.appointments.length > 0) await appointments.insertMany(toStored(facts.appointments) as never[], options);
      if (facts.statuses.length > 0) await statuses.insertMany(toStored(facts.statuses) as never[], options);
    },
  };
}

export type FactsStore = ReturnType<typeof makeFactsStore>;
