import { searchPrefix } from '../platform/text/pinyin.js';
import type { FlagFilter } from './flagFilter.rules.js';

/** The query of a filter, without the scope. */
export function flagQuery(filter: FlagFilter): Record<string, unknown> {
  const conditions: Record<string, unknown>[] = [{ open: filter.open }, ...equalities(filter)];
  const { from = null, to = null } = filter.raised ?? {};
  if (from !== null) conditions.push({ raisedOn: { $gte: from } });
  if (to !== null) conditions.push({ raisedOn: { $lte: to } });
  const term = searchPrefix(filter.search ?? '');
  if (term !== '') conditions.push({ searchKeys: { $regex: `^${term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}` } });
  return { $and: conditions };
}

function equalities(filter: FlagFilter): Record<string, unknown>[] {
  const wanted: Record<string, unknown> = {
    divisionPath: filter.divisionId,
    ruleId: filter.ruleIds === undefined ? undefined : { $in: [...filter.ruleIds] },
    year: filter.year,
    workerId: filter.workerIds === undefined ? undefined : { $in: [...filter.workerIds] },
    severity: filter.severity,
    subState: filter.subState,
    reason: filter.reason,
    addressee: filter.addressee,
    post: filter.post,
    postClass: filter.postClass,
  };
  return Object.entries(wanted).flatMap(([field, value]) => (value === undefined ? [] : [{ [field]: value }]));
}
