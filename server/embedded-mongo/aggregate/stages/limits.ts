import { refuse } from '../../errors.js';
import { toNumber } from '../../values/numbers.js';
import { show } from '../../values/show.js';
import { isNumeric } from '../../values/types.js';
import { Needs } from '../needs.js';
import type { Source, StageParser } from './stage.js';

/** A whole number within int64; the problem as MongoDB words it otherwise. */
function wholeNumber(spec: unknown): { count: number; problem?: string } {
  if (!isNumeric(spec)) return { count: 0, problem: 'Expected a number in' };
  const count = toNumber(spec);
  if (!Number.isInteger(count)) return { count: 0, problem: 'Expected an integer' };
  if (Math.abs(count) > 2 ** 63) return { count: 0, problem: 'Cannot represent as a 64-bit integer' };
  return count < 0 ? { count, problem: 'Expected a non-negative number in' } : { count };
}

function* limit(source: Source, count: number): Source {
  let left = count;
  for (const doc of source) {
    yield doc;
    if (doc === undefined) continue;
    left -= 1;
    if (left === 0) return;
  }
}

/** `{ $limit: n }`, n > 0. */
export const parseLimit: StageParser = (spec, name) => {
  const { count, problem } = wholeNumber(spec);
  if (problem !== undefined) throw refuse.location(5107201, `invalid argument to $limit stage: ${problem}: $limit: ${show(spec)}`);
  if (count === 0) throw refuse.location(15958, 'the limit must be positive');
  return { name, needs: new Needs(), closes: false, run: (source) => limit(source, count), lead: { kind: 'limit', count } };
};

function* skip(source: Source, count: number): Source {
  let left = count;
  for (const doc of source) {
    if (doc === undefined || left === 0) yield doc;
    else {
      left -= 1;
      yield undefined;
    }
  }
}

/** `{ $skip: n }`, n ≥ 0. */
export const parseSkip: StageParser = (spec, name) => {
  const { count, problem } = wholeNumber(spec);
  if (problem !== undefined) throw refuse.location(5107200, `invalid argument to $skip stage: ${problem}: $skip: ${show(spec)}`);
  return { name, needs: new Needs(), closes: false, run: (source) => skip(source, count), lead: { kind: 'skip', count } };
};
