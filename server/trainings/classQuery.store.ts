import { searchPrefix } from '../platform/text/pinyin.js';
import type { ClassFilter } from './classFilter.rules.js';

/** One condition per field of the filter; a field left out asks nothing. */
const conditions: { readonly [Name in keyof Required<ClassFilter>]: (value: NonNullable<ClassFilter[Name]>) => Record<string, unknown> } = {
  year: (year) => ({ year }),
  tiers: (tiers) => ({ tier: { $in: tiers } }),
  purposes: (purposes) => ({ purpose: { $in: purposes } }),
  notPurpose: (purpose) => ({ purpose: { $ne: purpose } }),
  states: (states) => ({ state: { $in: states } }),
  seenBy: (id) => ({ seenBy: id }),
  ownerDivisionId: (id) => ({ ownerDivisionId: id }),
  teacherAccountId: (id) => ({ teacherAccountId: id }),
  during: ({ from, to }) => ({ firstDay: { $lte: to }, lastDay: { $gte: from } }),
  startsAfter: (day) => ({ firstDay: { $gt: day } }),
  endsBefore: (day) => ({ lastDay: { $lt: day } }),
  endsIn: (month) => ({ lastDay: { $gte: `${month}-01`, $lte: `${month}-31` } }),
  external: (external) => ({ external }),
  search: (text) => ({ namePinyin: { $regex: `^${searchPrefix(text).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}` } }),
};

/** The query of a filter. */
export function classQuery(filter: ClassFilter): Record<string, unknown> {
  const parts = (Object.keys(filter) as (keyof ClassFilter)[]).flatMap((name) => {
    const value = filter[name];
    return value === undefined || value === '' ? [] : [(conditions[name] as (given: unknown) => Record<string, unknown>)(value)];
  });
  return parts.length === 0 ? {} : { $and: parts };
}
