import type { CivilDay } from '../platform/civilDays.js';
import type { Post, PostClass } from '../workers/posts.rules.js';
import type { ClearedBy, FlagSubject, FoundFlag } from './flagSources.rules.js';
import { flagKey, severities } from './flags.rules.js';
import type { ClearsWhen, Flag, FlagAddressee, FlagRule, FlagSeverity } from './flags.rules.js';

/** Who a flag is about, as lists show and find them. */
export interface FlagPerson {
  readonly name: string;
  readonly sortPinyin: string;
  readonly searchKeys: readonly string[];
  readonly divisionCode: string;
  readonly post: Post | null;
  readonly postClass: PostClass | null;
}

/** What a rescan may change in an open flag. */
export interface FlagState extends FlagPerson {
  readonly divisionId: string;
  readonly divisionPath: readonly string[];
  readonly severity: FlagSeverity;
  /** 0 for red; lists put it first. */
  readonly severityRank: number;
  readonly subState: string | null;
  /** One word for why, that lists are filtered by. */
  readonly reason: string;
  readonly dueOn: CivilDay | null;
  readonly evidence: Flag['evidence'];
  readonly clearsWhen: ClearsWhen;
  readonly addressee: FlagAddressee;
  readonly policyRowIds: readonly string[];
}

/** What names a flag: at most one of these is open. */
export interface FlagIdentity {
  readonly ruleId: FlagRule;
  readonly subjectId: string;
  readonly year: number;
}

/** A flag as it is kept. */
export interface StoredFlag extends FlagState, FlagIdentity {
  readonly id: string;
  readonly workerId: string | null;
  readonly classId: string | null;
  readonly raisedOn: CivilDay;
  readonly raisedAt: Date;
  readonly refreshedAt: Date;
  readonly open: boolean;
  readonly clearedOn: CivilDay | null;
  readonly clearedAt: Date | null;
  readonly clearedBy: ClearedBy | null;
}

/** Why a due person is not covered: no class at all, one that does not count, or one that was not completed. */
export const coverageReasons = ['NO_CLASS', 'NOT_COMPLETED', 'NOT_QUALIFYING'] as const;
export type CoverageReason = (typeof coverageReasons)[number];

/** The one word by which a flag is filtered; of T-COV the strongest of what was in vain, of the others the sub-state. */
export function reasonOf(flag: Flag): string {
  if (flag.rule !== 'T-COV') return flag.subState ?? '';
  const { inVain } = flag.evidence;
  const strongest: CoverageReason = inVain.some((place) => place.why === 'NOT_COMPLETED') ? 'NOT_COMPLETED' : 'NOT_QUALIFYING';
  return inVain.length === 0 ? 'NO_CLASS' : strongest;
}

function subjectIdOf(subject: FlagSubject): string {
  return subject.kind === 'WORKER' ? subject.workerId : subject.divisionId;
}

/** What names a found flag. */
export function identityOf({ flag, subject, year }: FoundFlag): FlagIdentity {
  return { ruleId: flag.rule, subjectId: flagKey(flag, subjectIdOf(subject)).slice(flag.rule.length + 1), year };
}

/** One text per identity. */
export function identityKey({ ruleId, subjectId, year }: FlagIdentity): string {
  return `${ruleId} ${subjectId} ${String(year)}`;
}

/** What is written of a found flag. */
export function stateOf(found: FoundFlag, person: FlagPerson): FlagState {
  const { flag, subject, policyRowIds } = found;
  return {
    ...person,
    divisionId: subject.kind === 'DIVISION' ? subject.divisionId : (subject.divisionPath.at(-1) ?? ''),
    divisionPath: subject.divisionPath,
    severity: flag.severity,
    severityRank: severities.indexOf(flag.severity),
    subState: flag.subState,
    reason: reasonOf(flag),
    dueOn: flag.dueOn,
    evidence: flag.evidence,
    clearsWhen: flag.clearsWhen,
    addressee: flag.addressee,
    policyRowIds,
  };
}

/** Bands of how long a flag has been open, in days: within a week, within thirty days, longer. */
export const ageBands = ['WEEK', 'MONTH', 'LONGER'] as const;
export type AgeBand = (typeof ageBands)[number];

/** The band of an age in whole days; the day it was raised is day 0, and 7 and 30 still belong to their band. */
export function ageBandOf(days: number): AgeBand {
  if (days <= 7) return 'WEEK';
  return days <= 30 ? 'MONTH' : 'LONGER';
}
