import type { Connection } from 'mongoose';
import { auditSchema, type AuditChange } from '../platform/audit.js';
import type { Paging, Slice } from '../platform/http/paging.js';
import { within, type Scope } from '../platform/scope.js';

/** A row of the trail. */
export interface TrailRow {
  readonly id: string;
  readonly at: Date;
  readonly accountId: string | null;
  readonly actorName: string;
  readonly actorDivisionId: string | null;
  readonly requestId: string;
  /** In the past tense: `class.cancelled`. */
  readonly action: string;
  readonly object: { readonly kind: string; readonly id: string };
  readonly divisionPath: readonly string[];
  readonly changes: readonly AuditChange[];
  readonly reason: string | null;
  readonly count: number | null;
}

/** What the trail is narrowed by; absent means all. `before` is exclusive. */
export interface TrailFilter {
  /** The beginning of the name of who did it. */
  readonly who?: string;
  /** An action, or its beginning up to a dot (`class.`). */
  readonly action?: string;
  readonly kind?: string;
  readonly objectId?: string;
  readonly from?: Date;
  readonly before?: Date;
  /** Only rows about this division or below it. */
  readonly divisionId?: string;
}

interface AuditRecord {
  readonly _id: string;
  readonly at: Date;
  readonly accountId: string | null;
  readonly actorName: string;
  readonly actorDivisionId: string | null;
  readonly requestId: string;
  readonly action: string;
  readonly objectKind: string;
  readonly objectId: string;
  readonly divisionPath: string[];
  readonly changes: AuditChange[];
  readonly reason: string | null;
  readonly count: number | null;
}

/** Reading of the trail; nothing here writes to it. */
export function makeAuditStore(db: Connection) {
  const rows = db.model<AuditRecord>('AuditRow', auditSchema as never, 'audit_rows');
  const newestFirst = { at: -1, _id: -1 } as const;

  return {
    async list(scope: Scope, filter: TrailFilter, paging: Paging): Promise<Slice<TrailRow>> {
      const query = queryOf(scope, filter);
      const [records, total] = await Promise.all([
        rows.find(query).sort(newestFirst).skip(paging.skip).limit(paging.size).lean<AuditRecord[]>(),
        rows.countDocuments(query),
      ]);
      return { rows: records.map(toRow), total };
    },

    /** The newest rows of a filter, at most so many, for the export. */
    async newest(scope: Scope, filter: TrailFilter, most: number): Promise<readonly TrailRow[]> {
      const records = await rows.find(queryOf(scope, filter)).sort(newestFirst).limit(most).lean<AuditRecord[]>();
      return records.map(toRow);
    },

    /** What happened to one object, for whoever may see the object (decision 4). */
    async ofObject(object: { kind: string; id: string }, most: number): Promise<readonly TrailRow[]> {
      const records = await rows.find({ objectKind: object.kind, objectId: object.id }).sort(newestFirst).limit(most).lean<AuditRecord[]>();
      return records.map(toRow);
    },
  };
}

export type AuditStore = ReturnType<typeof makeAuditStore>;

function toRow(record: AuditRecord): TrailRow {
  const { _id, objectKind, objectId, ...rest } = record;
  return { id: _id, object: { kind: objectKind, id: objectId }, ...rest };
}

/** Rows without a division concern the installation (jobs, shipped rules): every auditor sees them, they hold no person. */
function queryOf(scope: Scope, filter: TrailFilter): Record<string, unknown> {
  const parts: Record<string, unknown>[] = [{ $or: [within(scope, { division: 'divisionPath' }), { divisionPath: [] }] }];
  if (filter.who !== undefined && filter.who !== '') parts.push({ actorName: { $regex: `^${escaped(filter.who)}` } });
  if (filter.action !== undefined && filter.action !== '') parts.push({ action: { $regex: `^${escaped(filter.action)}` } });
  if (filter.kind !== undefined) parts.push({ objectKind: filter.kind });
  if (filter.objectId !== undefined) parts.push({ objectId: filter.objectId });
  if (filter.divisionId !== undefined) parts.push({ divisionPath: filter.divisionId });
  if (filter.from !== undefined) parts.push({ at: { $gte: filter.from } });
  if (filter.before !== undefined) parts.push({ at: { $lt: filter.before } });
  return { $and: parts };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
