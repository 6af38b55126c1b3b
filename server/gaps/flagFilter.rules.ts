import { addDays } from '../platform/civilDays.js';
import type { CivilDay } from '../platform/civilDays.js';
import type { Post, PostClass } from '../workers/posts.rules.js';
import type { FlagAddressee, FlagRule, FlagSeverity } from './flags.rules.js';
import type { AgeBand } from './storedFlag.rules.js';

/** What a list of flags is narrowed to; all conditions must hold. */
export interface FlagFilter {
  readonly open: boolean;
  /** A subtree. */
  readonly divisionId?: string;
  readonly ruleIds?: readonly FlagRule[];
  readonly year?: number;
  readonly workerIds?: readonly string[];
  readonly severity?: FlagSeverity;
  readonly subState?: string;
  readonly reason?: string;
  readonly addressee?: FlagAddressee;
  readonly post?: Post;
  readonly postClass?: PostClass;
  readonly raised?: { readonly from: CivilDay | null; readonly to: CivilDay | null };
  readonly search?: string;
}

/** The days on which a flag of an age band was raised; null is no bound. */
export function raisedWithin(band: AgeBand, today: CivilDay): { readonly from: CivilDay | null; readonly to: CivilDay | null } {
  if (band === 'WEEK') return { from: addDays(today, -7), to: null };
  if (band === 'MONTH') return { from: addDays(today, -30), to: addDays(today, -8) };
  return { from: null, to: addDays(today, -31) };
}
