import { z } from 'zod';
import { parseDay, type CivilDay } from '../platform/civilDays.js';
import { day, oneOf, text } from '../platform/http/fields.js';
import type { Problem } from '../platform/http/forms.js';
import type { PathPoint, TargetPath } from './path.rules.js';

type Body = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Milestones a form has room for. */
export const milestoneCount = 4;

/** The fields of the target form in their order. */
export const targetFields = [
  'kind',
  'from',
  'fromDay',
  'fromRate',
  'toDay',
  'toRate',
  'tolerance',
  'sourceDoc',
  'day1',
  'rate1',
  'day2',
  'rate2',
  'day3',
  'rate3',
  'day4',
  'rate4',
] as const;

/** What every target says, whatever its path. */
export const targetForm = z.object({
  kind: oneOf('targets.kind', ['LINEAR', 'STEPPED']),
  from: day('targets.from'),
  sourceDoc: text('targets.sourceDoc'),
});

/** The path of a form: two points, or the milestones that are filled in. */
export function pathFrom(body: Body, kind: TargetPath['kind']): { path: TargetPath; problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const point = (dayField: string, rateField: string): PathPoint => ({
    day: readDay(body, dayField, problems),
    basisPoints: readRate(body, rateField, problems),
  });
  if (kind === 'LINEAR') return { path: { kind, from: point('fromDay', 'fromRate'), to: point('toDay', 'toRate') }, problems };
  const filled = Array.from({ length: milestoneCount }, (_, index) => index + 1).filter(
    (n) => typed(body, `day${String(n)}`) !== '' || typed(body, `rate${String(n)}`) !== '',
  );
  return { path: { kind, milestones: filled.map((n) => point(`day${String(n)}`, `rate${String(n)}`)) }, problems };
}

/** A tolerance in percentage points as basis points; empty is none. */
export function toleranceFrom(body: Body): { basisPoints: number; problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const basisPoints = typed(body, 'tolerance') === '' ? 0 : readRate(body, 'tolerance', problems);
  return { basisPoints, problems };
}

function typed(body: Body, name: string): string {
  const value = body[name];
  return typeof value === 'string' ? value.trim() : '';
}

/** Which field is empty: those of a step are numbered. */
function nothingAt(name: string): Pick<Problem, 'key' | 'values'> {
  const [, kind, n] = /^(day|rate)(\d)$/.exec(name) ?? [];
  return kind === undefined || n === undefined ? { key: `targets.empty.${name}` } : { key: `targets.empty.${kind}`, values: { n } };
}

function readDay(body: Body, name: string, problems: Problem[]): CivilDay {
  const value = parseDay(typed(body, name));
  if (value === null)
    problems.push({
      field: name,
      ...(typed(body, name) === '' ? nothingAt(name) : { key: 'targets.day.notADay', values: { typed: typed(body, name) } }),
    });
  return value ?? ('' as CivilDay);
}

function readRate(body: Body, name: string, problems: Problem[]): number {
  const said = typed(body, name).replace(/[%％]$/, '');
  const rate = Number(said);
  if (said === '' || !/^\d{1,3}(\.\d{1,2})?$/.test(said) || rate > 100)
    problems.push({ field: name, ...(said === '' ? nothingAt(name) : { key: 'targets.rate.notAllowed', values: { typed: said } }) });
  return Math.round(rate * 100);
}
