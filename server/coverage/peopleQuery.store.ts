import { searchPrefix } from '../platform/text/pinyin.js';
import type { PeopleFilter } from './people.rules.js';
import { bookingKey } from './standings.rules.js';

/** The query of a filter, without the scope. */
export function peopleQuery(filter: PeopleFilter): Record<string, unknown> {
  const { year, divisionId, bookedRow, month } = filter;
  const conditions: Record<string, unknown>[] = [
    { year, ...(bookedRow === undefined ? { divisionPath: divisionId } : { bookedIn: bookingKey(divisionId, bookedRow) }) },
    ...equalities(filter),
  ];
  if (filter.isCoveredOrArranged === true) conditions.push({ $or: [{ kind: 'TRAINED' }, { isArranged: true }] });
  if (month !== undefined) conditions.push({ month: { $gte: month.from, $lte: month.to } });
  const term = searchPrefix(filter.search ?? '');
  if (term !== '') conditions.push({ searchKeys: { $regex: `^${term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}` } });
  return { $and: conditions };
}

/** The conditions that are a plain equality or a list of values. */
function equalities(filter: PeopleFilter): Record<string, unknown>[] {
  const wanted: Record<string, unknown> = {
    kind: filter.kinds === undefined ? undefined : { $in: [...filter.kinds] },
    isArranged: filter.isArranged,
    hoursMet: filter.hoursMet,
    onboardingKind: filter.onboarding === undefined ? undefined : { $in: [...filter.onboarding] },
    isOnboardingLate: filter.isOnboardingLate,
    rows: filter.row,
    post: filter.post,
    postClass: filter.postClass,
    workerId: filter.workerIds === undefined ? undefined : { $in: [...filter.workerIds] },
  };
  return Object.entries(wanted).flatMap(([field, value]) => (value === undefined ? [] : [{ [field]: value }]));
}
