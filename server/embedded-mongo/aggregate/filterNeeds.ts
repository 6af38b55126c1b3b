import type { FilterNode } from '../query/node.js';
import { parseExpression } from './expressions.js';
import type { Needs } from './needs.js';

/** Notes the fields that a filter reads. */
export function noteFilter(node: FilterNode, needs: Needs): void {
  if ('nodes' in node) for (const inner of node.nodes) noteFilter(inner, needs);
  else if (node.op === 'expr') parseExpression(node.expression, needs);
  else needs.field(node.path);
}
