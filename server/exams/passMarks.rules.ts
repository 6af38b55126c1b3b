import type { CivilDay } from '../platform/civilDays.js';
import type { Level } from '../certificates/level.rules.js';
import type { Subject } from './passes.rules.js';

/** One published pass mark, keyed by year, level, subject and region (decision 22). */
export interface PassMark {
  readonly year: number;
  readonly level: Level;
  readonly subject: Subject;
  /** Division the line is for; the national line hangs at the root. */
  readonly divisionId: string;
  readonly mark: number;
  /** Local lines come months after the results: the latest announced by the day asked about wins. */
  readonly announcedOn: CivilDay;
}

/** What a pass mark is asked for. `divisionPath` runs from the root to the division. */
export interface PassMarkQuestion {
  readonly year: number;
  readonly subject: Subject;
  readonly divisionPath: readonly string[];
  readonly asOf: CivilDay;
}

/** The mark that holds: nearest region first, then the one announced last; null when none is known yet. */
export function passMarkFor(rows: readonly PassMark[], question: PassMarkQuestion): PassMark | null {
  const { year, subject, divisionPath, asOf } = question;
  const known = rows.filter(
    (row) => row.year === year && row.subject === subject && row.announcedOn <= asOf && divisionPath.includes(row.divisionId),
  );
  const nearness = (row: PassMark) => divisionPath.indexOf(row.divisionId);
  known.sort((a, b) => nearness(b) - nearness(a) || (a.announcedOn < b.announcedOn ? 1 : -1));
  return known[0] ?? null;
}

/** How a result comes to be pass or fail. */
export type PassDecision =
  | { readonly kind: 'OFFICIAL'; readonly passed: boolean }
  /** No official flag yet: the published integer score against the mark. */
  | { readonly kind: 'BY_MARK'; readonly passed: boolean; readonly mark: number }
  | { readonly kind: 'ABSENT' }
  | { readonly kind: 'UNDECIDED' };

/** The official flag decides; without it the published score is compared with the mark, which itself passes (domain.md §1.4). */
export function decidePass(
  published: { readonly score: number | null; readonly official: boolean | null; readonly sat: boolean },
  mark: PassMark | null,
): PassDecision {
  if (published.official !== null) return { kind: 'OFFICIAL', passed: published.official };
  if (!published.sat) return { kind: 'ABSENT' };
  if (published.score === null || mark === null) return { kind: 'UNDECIDED' };
  return { kind: 'BY_MARK', passed: published.score >= mark.mark, mark: mark.mark };
}
