import { refuse } from '../../errors.js';
import { isDocument, isType, typeName, type Document } from '../../values/types.js';
import { civilDate, MS_PER_DAY, weekday } from '../dates/civil.js';
import { utc, zoneNamed, type Zone } from '../dates/zone.js';
import { constant, folded, isNullish, type Evaluate, type Expression, type OperatorParser, type Parser } from './expression.js';

/** The instant of a date, or of the time inside an ObjectId or a timestamp, in milliseconds since 1970; error 16006 for other types. */
export function instantFrom(value: unknown): number {
  if (value instanceof Date) return value.getTime();
  if (isType(value, 'objectId')) return value.getTimestamp().getTime();
  if (isType(value, 'timestamp')) return value.t * 1000;
  throw refuse.location(16006, `can't convert from BSON type ${typeName(value)} to Date`);
}

/** The zone that an operand names: UTC when not given, undefined (the result is null) when null or missing. */
export function zoneFrom(value: unknown): Zone | undefined {
  if (isNullish(value)) return undefined;
  if (typeof value !== 'string') throw refuse.location(40517, `timezone must evaluate to a string, found ${typeName(value)}`);
  return zoneNamed(value);
}

/** Evaluates a `timezone` operand; a constant one is looked up once. */
export function zoneOperand(given: Expression | undefined): { zone: (root: Document) => Zone | undefined; part: Expression } {
  if (given === undefined) return { zone: () => utc, part: constant('UTC') };
  if (!given.constant) return { zone: (root) => zoneFrom(given.evaluate(root)), part: given };
  const zone = zoneFrom(given.evaluate({}));
  return { zone: () => zone, part: given };
}

interface DateOperands {
  readonly date: Expression;
  readonly timezone: Expression | undefined;
}

function namedOperands(operand: Document, parser: Parser, name: string): DateOperands {
  for (const key of Object.keys(operand)) {
    if (key !== 'date' && key !== 'timezone') throw refuse.location(40535, `unrecognized option to ${name}: "${key}"`);
  }
  if (!Object.hasOwn(operand, 'date'))
    throw refuse.location(40539, `missing 'date' argument to ${name}, provided: ${Object.keys(operand).join(', ')}`);
  return {
    date: parser.parse(operand['date']),
    timezone: Object.hasOwn(operand, 'timezone') ? parser.parse(operand['timezone']) : undefined,
  };
}

function dateOperands(operand: unknown, parser: Parser, name: string): DateOperands {
  if (Array.isArray(operand)) {
    if (operand.length !== 1) {
      throw refuse.location(40536, `${name} accepts exactly one argument if given an array, but was given ${operand.length}`);
    }
    return { date: parser.parse(operand[0]), timezone: undefined };
  }
  const isNamed = isDocument(operand) && Object.keys(operand)[0]?.startsWith('$') !== true;
  return isNamed ? namedOperands(operand, parser, name) : { date: parser.parse(operand), timezone: undefined };
}

/** `{ $year: date }` or `{ $year: { date, timezone } }`: one part of the wall clock, `local` in milliseconds. */
const datePart =
  (read: (local: number) => number): OperatorParser =>
  (operand, parser, name) => {
    const { date, timezone } = dateOperands(operand, parser, name);
    const { zone, part } = zoneOperand(timezone);
    const evaluate: Evaluate = (root) => {
      const value = date.evaluate(root);
      if (isNullish(value)) return null;
      const instant = instantFrom(value);
      const found = zone(root);
      return found === undefined ? null : read(instant + found.offsetAt(instant));
    };
    return folded(evaluate, [date, part]);
  };

const dayOf = (local: number): number => Math.floor(local / MS_PER_DAY);

/** Which unit of the clock: how long it is and after how many it begins again. */
const clockPart = (length: number, count: number): OperatorParser =>
  datePart((local) => Math.floor((local - dayOf(local) * MS_PER_DAY) / length) % count);

export const datePartOperators = {
  $year: datePart((local) => civilDate(dayOf(local)).year),
  $month: datePart((local) => civilDate(dayOf(local)).month),
  $dayOfMonth: datePart((local) => civilDate(dayOf(local)).day),
  $dayOfWeek: datePart((local) => weekday(dayOf(local)) + 1),
  $hour: clockPart(3_600_000, 24),
  $minute: clockPart(60_000, 60),
  $second: clockPart(1000, 60),
} satisfies Record<string, OperatorParser>;
