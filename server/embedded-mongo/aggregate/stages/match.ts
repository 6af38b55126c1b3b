import { refuse } from '../../errors.js';
import { matches, parseFilter, type FilterNode } from '../../query/filter.js';
import { isDocument } from '../../values/types.js';
import { noteFilter } from '../filterNeeds.js';
import { Needs } from '../needs.js';
import type { Source, StageParser } from './stage.js';

function* filtered(source: Source, node: FilterNode): Source {
  for (const doc of source) yield doc !== undefined && matches(node, doc) ? doc : undefined;
}

/** `{ $match: filter }`. */
export const parseMatch: StageParser = (spec, name) => {
  if (!isDocument(spec)) throw refuse.location(15959, 'the match filter must be an object');
  const node = parseFilter(spec);
  const needs = new Needs();
  noteFilter(node, needs);
  return { name, needs, closes: false, run: (source) => filtered(source, node), lead: { kind: 'match', filter: spec } };
};
