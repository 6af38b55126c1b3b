import type { CivilDay } from '../platform/civilDays.js';

/** One dated, scoped policy row (decision 18). `to` is the first day it no longer holds; null runs on. */
export interface PolicyRow<Value = unknown> {
  readonly id: string;
  readonly kind: string;
  readonly divisionId: string;
  readonly from: CivilDay;
  readonly to: CivilDay | null;
  readonly value: Value;
}

/** The row that holds for a division on a day; what was computed with it stores its id. */
export interface ResolvedPolicy<Value> {
  readonly rowId: string;
  readonly divisionId: string;
  readonly value: Value;
}

type Dated = Pick<PolicyRow, 'from' | 'to'>;

function holdsOn(row: Dated, day: CivilDay): boolean {
  return row.from <= day && (row.to === null || day < row.to);
}

/**
 * The row of a kind that holds on a day: nearest division wins (county before city before province before nation).
 * @param divisionPath ids from the root down to the division asked about, both included
 * @returns null when no division on the path has one
 */
export function resolvePolicy<Value>(
  rows: readonly PolicyRow<Value>[],
  kind: string,
  divisionPath: readonly string[],
  day: CivilDay,
): ResolvedPolicy<Value> | null {
  const ofKind = rows.filter((row) => row.kind === kind && holdsOn(row, day));
  for (const divisionId of [...divisionPath].reverse()) {
    const row = ofKind.find((candidate) => candidate.divisionId === divisionId);
    if (row) return { rowId: row.id, divisionId, value: row.value };
  }
  return null;
}

/** Why a row cannot be added. */
export type PolicyRowProblem<Row> = { readonly kind: 'EMPTY' } | { readonly kind: 'OVERLAP'; readonly row: Row };

/** Whether a row could stand beside the others: it has a day, and shares none with a row of its kind and division. */
export function findPolicyRowProblem<Row extends Omit<PolicyRow, 'value'>>(
  rows: readonly Row[],
  candidate: Row,
): PolicyRowProblem<Row> | null {
  if (candidate.to !== null && candidate.to <= candidate.from) return { kind: 'EMPTY' };
  const overlapping = rows.find(
    (row) =>
      row.id !== candidate.id &&
      row.kind === candidate.kind &&
      row.divisionId === candidate.divisionId &&
      (candidate.to === null || row.from < candidate.to) &&
      (row.to === null || candidate.from < row.to),
  );
  return overlapping === undefined ? null : { kind: 'OVERLAP', row: overlapping };
}
