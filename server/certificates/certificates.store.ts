import type { Connection } from 'mongoose';
import { Conflict, NotFound } from '../platform/errors.js';
import { within, type Scope } from '../platform/scope.js';
import { inTx, type Tx } from '../platform/transactions.js';
import type { Certificate } from './certificate.rules.js';
import { certificateSchema } from './certificates.model.js';

type CertificateRecord = Omit<Certificate, 'id'> & { readonly _id: string };

const place = { division: 'divisionPath', worker: 'workerId' } as const;

function toCertificate({ _id, ...rest }: CertificateRecord): Certificate {
  return { id: _id, ...rest };
}

/** Queries and writes of certificates. */
export function makeCertificatesStore(db: Connection) {
  const certificates = db.model<CertificateRecord>('Certificate', certificateSchema as never, 'certificates');
  const scoped = (scope: Scope, query: Record<string, unknown>): Record<string, unknown> => ({ $and: [within(scope, place), query] });

  return {
    /** @throws NotFound */
    async byId(scope: Scope, id: string, tx?: Tx): Promise<Certificate> {
      const record = await certificates.findOne(scoped(scope, { _id: id }), null, inTx(tx)).lean<CertificateRecord>();
      if (record === null) throw new NotFound('certificate');
      return toCertificate(record);
    },

    /** Those of some ids that lie inside the scope. */
    async byIds(scope: Scope, ids: readonly string[]): Promise<readonly Certificate[]> {
      return (await certificates.find(scoped(scope, { _id: { $in: [...ids] } })).lean<CertificateRecord[]>()).map(toCertificate);
    },

    /** Everything of some people, oldest first; void ones too. */
    async ofWorkers(scope: Scope, workerIds: readonly string[], tx?: Tx): Promise<ReadonlyMap<string, readonly Certificate[]>> {
      const query = scoped(scope, { workerId: { $in: [...new Set(workerIds)] } });
      const records = await certificates.find(query, null, inTx(tx)).sort({ obtainedOn: 1, _id: 1 }).lean<CertificateRecord[]>();
      const byWorker = new Map<string, Certificate[]>();
      for (const record of records) byWorker.set(record.workerId, [...(byWorker.get(record.workerId) ?? []), toCertificate(record)]);
      return byWorker;
    },

    async byManagementNo(scope: Scope, managementNo: string, tx: Tx): Promise<Certificate | null> {
      const record = await certificates.findOne(scoped(scope, { managementNo }), null, inTx(tx)).lean<CertificateRecord>();
      return record === null ? null : toCertificate(record);
    },

    async add(tx: Tx, rows: readonly Certificate[]): Promise<void> {
      if (rows.length === 0) return;
      await certificates.insertMany(rows.map(({ id, ...rest }) => ({ _id: id, ...rest })) as never[], { session: tx.session });
    },

    /** Writes fields of one certificate and raises the version. @throws Conflict when somebody else was faster */
    async change(tx: Tx, seen: { readonly id: string; readonly version: number }, fields: Partial<Omit<Certificate, 'id'>>): Promise<void> {
      const stamp = { version: seen.version + 1, changedBy: tx.actor.name, changedAt: tx.now };
      const filter = { _id: seen.id, version: seen.version };
      const result = await certificates.updateOne(filter, { $set: { ...fields, ...stamp } }, { session: tx.session });
      if (result.matchedCount === 1) return;
      const current = await certificates.findById(seen.id, null, { session: tx.session }).lean<CertificateRecord>();
      if (current === null) throw new NotFound('certificate');
      throw new Conflict(current.changedBy, current.changedAt);
    },

    /** Lets the certificates of a person follow to where the person belongs now. */
    async move(tx: Tx, workerId: string, divisionPath: readonly string[]): Promise<void> {
      await certificates.updateMany(
        { workerId, divisionPath: { $ne: [...divisionPath] } },
        { $set: { divisionPath: [...divisionPath] } },
        { session: tx.session },
      );
    },
  };
}

export type CertificatesStore = ReturnType<typeof makeCertificatesStore>;
