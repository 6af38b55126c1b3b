import type { CivilDay } from '../platform/civilDays.js';

/** Where a file stands. */
export const importStates = ['checking', 'checked', 'committing', 'committed', 'abandoned', 'failed'] as const;
export type ImportState = (typeof importStates)[number];

/** What the check counted. */
export interface ImportCounts {
  readonly errors: number;
  /** Rows with at least one error. */
  readonly errorRows: number;
  readonly warnings: number;
  readonly added: number;
  readonly changed: number;
  readonly changedFields: number;
  readonly unchanged: number;
  readonly requested: number;
  readonly missing: number;
}

export const noCounts: ImportCounts = {
  errors: 0,
  errorRows: 0,
  warnings: 0,
  added: 0,
  changed: 0,
  changedFields: 0,
  unchanged: 0,
  requested: 0,
  missing: 0,
};

/** One uploaded file. */
export interface ImportBatch {
  readonly id: string;
  readonly kind: string;
  /** `2026-11-24-03`: the third of its area on that day. */
  readonly number: string;
  readonly fileName: string;
  readonly fileHash: string;
  readonly areaId: string;
  readonly divisionPath: readonly string[];
  readonly asOf: CivilDay;
  readonly state: ImportState;
  readonly headerRow: number;
  readonly columns: readonly { readonly key: string; readonly at: number }[];
  readonly unknownHeaders: readonly string[];
  readonly leftOut: readonly { readonly rowNumber: number; readonly text: string }[];
  readonly rowCount: number;
  /** Rows checked so far. */
  readonly done: number;
  readonly counts: ImportCounts | null;
  /** What happened that the next look must be told: a text key with values. */
  readonly note: { readonly key: string; readonly values: Readonly<Record<string, string | number>> } | null;
  readonly result: { readonly added: number; readonly changed: number; readonly requested: number } | null;
  readonly uploadedBy: string;
  readonly uploadedAt: Date;
  readonly startedAt: Date | null;
  readonly checkedAt: Date | null;
  readonly committedBy: string | null;
  readonly committedAt: Date | null;
  readonly runId: string | null;
  readonly leaseUntil: Date | null;
}

/** Whether a checked file may be written: every row is right, and there is something to write. */
export function mayCommit(batch: Pick<ImportBatch, 'state' | 'counts'>): boolean {
  if (batch.state !== 'checked' || batch.counts === null) return false;
  const { errors, added, changed, requested } = batch.counts;
  return errors === 0 && added + changed + requested > 0;
}

/** Whether work under way has lost its process: nobody renews the lease any more. */
export function isStranded(batch: Pick<ImportBatch, 'state' | 'leaseUntil'>, now: Date): boolean {
  const working = batch.state === 'checking' || batch.state === 'committing';
  return working && (batch.leaseUntil === null || batch.leaseUntil < now);
}
