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
}

const presentStatuses = serviceStatuses.filter((status) => !hasLeft(status));

/** The query of a filter, without the scope. Searches are anchored prefixes, so that the index serves them (decision 9). */
export function rosterQuery(filter: RosterFilter): Record<string, unknown> {
  const term = searchPrefix(filter.search ?? '');
  const conditions = [...fieldConditions(filter), ...(term === '' ? [] : [{ searchKeys: { $regex: `^${escapePattern(term)}` } }])];
  return conditions.length === 0 ? {} : { $and: conditions };
}

function fieldConditions(filter: RosterFilter): Record<string, unknown>[] {
  const wanted: readonly (readonly [string, unknown])[] = [
    ['divisionPath', filter.divisionId],
    ['divisionId', listed(filter.divisionIds)],
    ['postClass', filter.postClass],
    ['status', filter.status],
    ['status', listed(filter.statuses)],
    ['status', filter.present === true ? listed(presentStatuses) : undefined],
    ['phoneTail', filter.phoneTail],
  ];
  return wanted.filter(([, value]) => value !== undefined).map(([field, value]) => ({ [field]: value }));
}

const listed = (values: readonly string[] | undefined): { $in: string[] } | undefined =>
  values === undefined ? undefined : { $in: [...values] };

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
