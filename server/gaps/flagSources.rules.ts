import type { CivilDay } from '../platform/civilDays.js';
import type { Flag, FlagRule } from './flags.rules.js';

/** Whom a flag is about: a person, or a division (R-RATE). */
export type FlagSubject =
  | { readonly kind: 'WORKER'; readonly workerId: string; readonly divisionPath: readonly string[] }
  | { readonly kind: 'DIVISION'; readonly divisionId: string; readonly divisionPath: readonly string[] };

/** A flag that stands now, as a source found it. */
export interface FoundFlag {
  readonly flag: Flag;
  readonly subject: FlagSubject;
  /** The year it belongs to; at New Year what belongs to the old year ends by itself. */
  readonly year: number;
  /** Ids of the policy rows that were read to find it. */
  readonly policyRowIds: readonly string[];
}

/** The fact that made a flag go away, kept with it as evidence. */
export interface ClearedBy {
  /** Text key after `gaps.cleared.` */
  readonly because: string;
  readonly classId?: string;
  readonly on?: CivilDay;
}

/**
 * Finds the flags of some rules. The registry in wiring collects sources; `gaps.refresh` and the nightly scan ask them, raise what is
 * new, refresh what stands and clear what is no longer found. A source lives in `server/gaps/` and reads the services below.
 */
export interface FlagSource {
  readonly name: string;
  /** Every rule it answers for: an open flag of these rules that it no longer finds is cleared. */
  readonly ruleIds: readonly FlagRule[];
  /** All flags that stand today for these people. Called with at most a few hundred ids, after every change of theirs and each night. */
  evaluate(workerIds: readonly string[]): Promise<readonly FoundFlag[]>;
  /** All flags of divisions that stand today; asked each night and when a source's division facts change. */
  evaluateDivisions?(): Promise<readonly FoundFlag[]>;
  /** Why flags of a rule are gone, by worker id; who is missing is written down as "no longer so". */
  whyCleared?(rule: FlagRule, workerIds: readonly string[]): Promise<ReadonlyMap<string, ClearedBy>>;
}
