import type { CivilDay } from '../platform/civilDays.js';
import type { Post, PostClass } from '../workers/posts.rules.js';
import type { Coverage } from './coverage.rules.js';
import type { Onboarding } from './onboarding.rules.js';
import type { StandingKeys } from './standings.rules.js';
import type { TierRow, WorkerYear } from './workerYear.rules.js';

/** A stored worker-year: the result of the rule and what lists ask by. */
export interface WorkerYearRow extends StandingKeys {
  readonly workerId: string;
  readonly year: number;
  readonly asOf: CivilDay;
  readonly divisionId: string | null;
  readonly divisionPath: readonly string[];
  readonly divisionCode: string;
  readonly sortPinyin: string;
  readonly searchKeys: readonly string[];
  /** Divisions whose roll-up it goes into. */
  readonly homes: readonly string[];
  /** `division:row` of person-times, for every ancestor of where they were booked. */
  readonly bookedIn: readonly string[];
  readonly bookedPaths: readonly string[];
  readonly standing: WorkerYear;
  readonly policyRowIds: readonly string[];
  readonly computedAt: Date;
}

/** What a list of people of a year is narrowed to; all conditions must hold. Every number of a board is one such filter. */
export interface PeopleFilter {
  readonly year: number;
  /** The subtree people belong to; with `bookedRow` the subtree their person-times were booked in. */
  readonly divisionId: string;
  readonly kinds?: readonly Coverage['kind'][];
  readonly isArranged?: boolean;
  readonly hoursMet?: boolean;
  readonly onboarding?: readonly Onboarding['kind'][];
  readonly isOnboardingLate?: boolean;
  /** Persons with a completion in this row of the board. */
  readonly row?: TierRow;
  /** Persons whose completions in this row were booked in the subtree. */
  readonly bookedRow?: TierRow;
  readonly post?: Post;
  readonly postClass?: PostClass;
  /** Month of the first completion (trained) or of the end of the arranged class. */
  readonly month?: { readonly from: number; readonly to: number };
  /** Trained, or arranged: who is covered by the end of a month if everybody enrolled completes. */
  readonly isCoveredOrArranged?: boolean;
  readonly search?: string;
  readonly workerIds?: readonly string[];
}
