import { parseFilter, type FilterNode } from '../query/filter.js';
import type { Document } from '../values/types.js';
import type { Lead, Stage } from './stages/stage.js';

/** What the beginning of a pipeline asks of the read itself: filter, then order, then skip, then limit. */
export interface PipelineLead {
  /** All leading `$match` together; `{}` if there is none. */
  readonly filter: Document;
  readonly filterNode: FilterNode;
  readonly sort: Document | undefined;
  readonly skip: number;
  /** Undefined for none; 0 if nothing is wanted. */
  readonly limit: number | undefined;
  /** How many stages the filter stands for, and how many the whole lead. */
  readonly matchStages: number;
  readonly leadStages: number;
}

function* leadsFrom(stages: readonly Stage[], from: number, kinds: readonly Lead['kind'][]): Generator<Lead> {
  for (const { lead } of stages.slice(from)) {
    if (lead === undefined || !kinds.includes(lead.kind)) return;
    yield lead;
  }
}

interface Window {
  readonly skip: number;
  readonly limit: number | undefined;
}

/** A later `$skip` eats into an earlier `$limit`. */
function narrowed({ skip, limit }: Window, lead: Lead): Window {
  if (lead.kind === 'skip') return { skip: skip + lead.count, limit: limit === undefined ? undefined : Math.max(0, limit - lead.count) };
  if (lead.kind === 'limit') return { skip, limit: Math.min(limit ?? Infinity, lead.count) };
  return { skip, limit };
}

/** Reads off the leading `$match`, at most one `$sort`, then `$skip` and `$limit` in any order. */
export function readLead(stages: readonly Stage[]): PipelineLead {
  const filters = [...leadsFrom(stages, 0, ['match'])].flatMap((lead) => (lead.kind === 'match' ? [lead.filter] : []));
  const [only, ...more] = filters;
  const filter = more.length === 0 ? (only ?? {}) : { $and: filters };
  const sortLead = stages[filters.length]?.lead;
  const sort = sortLead?.kind === 'sort' ? sortLead.sort : undefined;
  const windowStart = filters.length + (sort === undefined ? 0 : 1);
  const cuts = [...leadsFrom(stages, windowStart, ['skip', 'limit'])];
  return {
    filter,
    filterNode: parseFilter(filter),
    sort,
    ...cuts.reduce<Window>(narrowed, { skip: 0, limit: undefined }),
    matchStages: filters.length,
    leadStages: windowStart + cuts.length,
  };
}
