import { searchPrefix } from '../platform/text/pinyin.js';
import type { PostClass, ServiceStatus } from './posts.rules.js';
import { serviceStatuses, hasLeft } from './posts.rules.js';

/** What a list of people is narrowed to; every field is one condition, all must hold. */
export interface RosterFilter {
  /** The subtree people belong to. */
  readonly divisionId?: string;
  readonly divisionIds?: readonly string[];
  readonly postClass?: PostClass;
  readonly status?: ServiceStatus;
  /** Only those who have not left. */
  readonly present?: boolean;
  readonly statuses?: readonly ServiceStatus[];
  /** Name, pinyin or initials, from the start of any character. */
  readonly search?: string;
  /** HMAC of the last four digits of a phone. */
  readonly phoneTail?: string;
  readonly notIds?: readonly string[];
}

const presentStatuses = serviceStatuses.filter((status) => !hasLeft(status));

/** The query of a filter, without the scope. Searches are anchored prefixes, so that the index serves them (decision 9). */
export function rosterQuery(filter: RosterFilter): Record<string, unknown> {
  const conditions: Record<string, unknown>[] = [];
  if (filter.divisionId !== undefined) conditions.push({ divisionPath: filter.divisionId });
  if (filter.divisionIds !== undefined) conditions.push({ divisionId: { $in: [...filter.divisionIds] } });
  if (filter.postClass !== undefined) conditions.push({ postClass: filter.postClass });
  if (filter.status !== undefined) conditions.push({ status: filter.status });
  if (filter.statuses !== undefined) conditions.push({ status: { $in: [...filter.statuses] } });
  if (filter.present === true) conditions.push({ status: { $in: presentStatuses } });
  if (filter.phoneTail !== undefined) conditions.push({ phoneTail: filter.phoneTail });
  if (filter.notIds !== undefined) conditions.push({ _id: { $nin: [...filter.notIds] } });
  const term = searchPrefix(filter.search ?? '');
  if (term !== '') conditions.push({ searchKeys: { $regex: `^${escapePattern(term)}` } });
  return conditions.length === 0 ? {} : { $and: conditions };
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
