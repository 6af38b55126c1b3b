import { refuse } from '../../errors.js';
import { Needs } from '../needs.js';
import { wholeCount } from '../total.js';
import type { Source, StageParser } from './stage.js';

function checkField(field: unknown): string {
  if (typeof field !== 'string') throw refuse.location(40156, 'the count field must be a non-empty string');
  if (field === '') throw refuse.location(40157, 'the count field must be a non-empty string');
  if (field.startsWith('$')) throw refuse.location(40158, 'the count field cannot be a $-prefixed path');
  if (field.includes('\0')) throw refuse.location(40159, 'the count field cannot contain a null byte');
  if (field.includes('.')) throw refuse.location(40160, "the count field cannot contain '.'");
  return field;
}

function* count(source: Source, field: string): Source {
  let n = 0;
  for (const doc of source) {
    if (doc !== undefined) n += 1;
    yield undefined;
  }
  if (n > 0) yield { [field]: wholeCount(n) };
}

/** `{ $count: "n" }`: one document with the number, none when nothing came in. */
export const parseCount: StageParser = (spec, name) => {
  const field = checkField(spec);
  return { name, needs: new Needs(), closes: true, run: (source) => count(source, field) };
};
