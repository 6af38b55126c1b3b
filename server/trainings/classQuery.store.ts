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
  /** The beginning of the name or of its pinyin. */
  readonly search?: string;
  readonly external?: boolean;
}

/** The query of a filter. */
export function classQuery(filter: ClassFilter): Record<string, unknown> {
  const parts: Record<string, unknown>[] = [];
  if (filter.year !== undefined) parts.push({ year: filter.year });
  if (filter.tiers !== undefined) parts.push({ tier: { $in: filter.tiers } });
  if (filter.purposes !== undefined) parts.push({ purpose: { $in: filter.purposes } });
  if (filter.states !== undefined) parts.push({ state: { $in: filter.states } });
  if (filter.seenBy !== undefined) parts.push({ seenBy: filter.seenBy });
  if (filter.ownerDivisionId !== undefined) parts.push({ ownerDivisionId: filter.ownerDivisionId });
  if (filter.teacherAccountId !== undefined) parts.push({ teacherAccountId: filter.teacherAccountId });
  if (filter.during !== undefined) parts.push({ firstDay: { $lte: filter.during.to }, lastDay: { $gte: filter.during.from } });
  if (filter.external !== undefined) parts.push({ external: filter.external });
  const search = (filter.search ?? '').trim().toLowerCase();
  if (search !== '') parts.push({ namePinyin: { $regex: `^${search.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}` } });
  return parts.length === 0 ? {} : { $and: parts };
}
