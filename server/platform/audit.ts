import type { ClientSession, Connection } from 'mongoose';
import { Schema } from 'mongoose';

/** Who did it: an account, or a job by its name. */
export interface Actor {
  readonly accountId: string | null;
  readonly name: string;
  readonly divisionId: string | null;
  readonly requestId: string;
}

/** One changed field, as text; secrets and personal numbers are never written here. */
export interface AuditChange {
  readonly field: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** What happened to what: `action` in the past tense (`class.cancelled`), object by kind and id. */
export interface AuditEntry {
  readonly action: string;
  readonly object: { readonly kind: string; readonly id: string };
  readonly divisionPath?: readonly string[];
  readonly changes?: readonly AuditChange[];
  readonly reason?: string;
  readonly count?: number;
}

/** The trail: append-only, written in the transaction of the change (decision 6); `audit` reads it. */
export const auditSchema = new Schema(
  {
    _id: String,
    at: { type: Date, required: true },
    accountId: { type: String, default: null },
    actorName: { type: String, required: true },
    actorDivisionId: { type: String, default: null },
    requestId: { type: String, required: true },
    action: { type: String, required: true },
    objectKind: { type: String, required: true },
    objectId: { type: String, required: true },
    divisionPath: { type: [String], default: [] },
    changes: { type: [{ _id: false, field: String, from: String, to: String }], default: [] },
    reason: { type: String, default: null },
    count: { type: Number, default: null },
  },
  { autoIndex: false, autoCreate: false, versionKey: false },
);

/** Writes the rows of one use case inside its transaction. */
export async function appendAudit(
  db: Connection,
  rows: readonly (AuditEntry & { id: string })[],
  by: { actor: Actor; at: Date; session: ClientSession },
): Promise<void> {
  if (rows.length === 0) return;
  const documents = rows.map((row) => ({
    _id: row.id,
    at: by.at,
    accountId: by.actor.accountId,
    actorName: by.actor.name,
    actorDivisionId: by.actor.divisionId,
    requestId: by.actor.requestId,
    action: row.action,
    objectKind: row.object.kind,
    objectId: row.object.id,
    divisionPath: [...(row.divisionPath ?? [])],
    changes: [...(row.changes ?? [])],
    reason: row.reason ?? null,
    count: row.count ?? null,
  }));
  await db.model('AuditRow', auditSchema, 'audit_rows').insertMany(documents, { session: by.session, lean: true });
}
