import { refuse } from '../../errors.js';
import { compileSort } from '../../query/sort.js';
import { isDocument } from '../../values/types.js';
import { approximateSize } from '../memory.js';
import { Needs } from '../needs.js';
import { sortItems } from '../sorting.js';
import type { Stage, StageParser } from './stage.js';

/** `{ $sort: { field: 1 | -1 } }`; when a limit follows, only the first documents are kept. */
export const parseSort: StageParser = (spec, name) => {
  if (!isDocument(spec)) throw refuse.location(15973, 'the $sort key specification must be an object');
  if (Object.keys(spec).length === 0) throw refuse.location(15976, '$sort stage must have at least one sort key');
  const sorter = compileSort(spec);
  const needs = new Needs();
  for (const { path } of sorter.fields) needs.field(path);
  const { keyOf, compareKeys } = sorter;
  const run: Stage['run'] = (source, _context, count) => sortItems(source, { keyOf, compareKeys, hold: approximateSize, count });
  return { name, needs, closes: false, run, lead: { kind: 'sort', sort: spec } };
};
