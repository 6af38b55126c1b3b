import type { CivilDay } from '../platform/civilDays.js';
import type { ClassState, Purpose, Tier } from './classes.rules.js';

/** What a list of classes is narrowed to; everything is optional and joined by "and". */
export interface ClassFilter {
  readonly year?: number;
  readonly tiers?: readonly Tier[];
  readonly purposes?: readonly Purpose[];
  readonly states?: readonly ClassState[];
  /** A division: classes it owns or is invited to. */
  readonly seenBy?: string;
  readonly ownerDivisionId?: string;
  readonly teacherAccountId?: string;
  /** Classes with a day in this stretch, both included. */
  readonly during?: { readonly from: CivilDay; readonly to: CivilDay };
  /** First day later than this. */
  readonly startsAfter?: CivilDay;
  /** Last day earlier than this. */
  readonly endsBefore?: CivilDay;
  /** Last day within this month, `YYYY-MM`: the month a class is counted in. */
  readonly endsIn?: string;
  readonly notPurpose?: Purpose;
  /** Any part of the name, of its pinyin or initials. */
  readonly search?: string;
  readonly external?: boolean;
}
