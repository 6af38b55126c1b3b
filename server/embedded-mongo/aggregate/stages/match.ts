import { refuse } from '../../errors.js';
import { matches, parseFilter, type FilterNode } from '../../query/filter.js';
import { isDocument } from '../../values/types.js';
import { parseExpression } from '../expressions.js';
import { Needs } from '../needs.js';
import type { Source, StageParser } from './stage.js';

/** Notes the fields that a filter reads. */
function noteFields(node: FilterNode, needs: Needs): void {
  if ('nodes' in node) node.nodes.forEach((inner) => noteFields(inner, needs));
  else if (node.op === 'expr') parseExpression(node.expression, needs);
  else needs.field(node.path);
}

function* filtered(source: Source, node: FilterNode): Source {
  for (const doc of source) yield doc !== undefined && matches(node, doc) ? doc : undefined;
}

/** `{ $match: filter }`. */
export const parseMatch: StageParser = (spec, name) => {
  if (!isDocument(spec)) throw refuse.location(15959, 'the match filter must be an object');
  const node = parseFilter(spec);
  const needs = new Needs();
  noteFields(node, needs);
  return { name, needs, closes: false, run: (source) => filtered(source, node), lead: { kind: 'match', filter: spec } };
};
