import type { CheckedRow, Finding, Message } from '../imports/kinds.js';
import type { CivilDay } from '../platform/civilDays.js';
import type { Sealed } from '../platform/crypto.js';
import type { Post, PostClass, ServiceStatus } from './posts.rules.js';
import type { RosterCareer } from './rosterDiff.import.js';
import type { RosterRow } from './rosterRow.import.js';
import type { WorkerDetails } from './worker.rules.js';

/** What is written for a new person. */
export interface NewPayload {
  readonly sort: 'new';
  readonly details: WorkerDetails;
  readonly idSealed: Sealed;
  readonly idIndex: string;
  readonly phoneSealed: Sealed | null;
  readonly divisionId: string;
  readonly post: Post;
  readonly postClass: PostClass;
  readonly status: ServiceStatus;
  readonly from: CivilDay;
  readonly postSince: CivilDay;
}

/** What is written for a known person; only when the version is still the one that was compared. */
export interface ChangePayload {
  readonly sort: 'change';
  readonly workerId: string;
  readonly version: number;
  readonly details: Partial<WorkerDetails>;
  readonly phoneSealed: Sealed | null;
  readonly career: RosterCareer | null;
}

/** What is asked of another county. */
export interface RequestPayload {
  readonly sort: 'request';
  readonly workerId: string;
  readonly name: string;
  readonly divisionId: string;
  readonly post: Post;
  readonly postClass: PostClass;
  readonly effectiveOn: CivilDay;
}

export type RosterPayload = NewPayload | ChangePayload | RequestPayload;

/** A checked row: with an error nothing of it is written. */
export function verdict(
  row: RosterRow,
  findings: readonly Finding[],
  rest: Partial<CheckedRow> & { readonly payload?: RosterPayload } = {},
): CheckedRow {
  const failed = findings.some((finding) => finding.severity === 'error');
  const { subjectId = null, changes = [], outcome = 'unchanged', payload = null } = rest;
  return {
    line: row.line,
    name: row.name,
    subjectId,
    changes,
    findings,
    outcome: failed ? 'error' : outcome,
    payload: failed ? null : payload,
  };
}

/** A finding that is no reading of the cell but follows from what is known. */
export function found(severity: Finding['severity'], column: string, key: string, values: Message['values'] = {}): Finding {
  return { severity, column, shown: '', message: { key, values } };
}
