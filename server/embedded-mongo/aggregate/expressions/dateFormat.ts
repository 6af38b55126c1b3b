import { refuse } from '../../errors.js';
import { toNumber } from '../../values/numbers.js';
import { isDocument, isNumeric, isType, typeName, type Document } from '../../values/types.js';
import { dateFormat, ISO_LOCAL, ISO_UTC, type DateFormat } from '../dates/format.js';
import { timeUnits, truncateInstant, type Bins, type TimeUnit } from '../dates/truncate.js';
import { instantFrom, zoneOperand } from './date.js';
import { constant, folded, isNullish, type Evaluate, type Expression, type OperatorParser, type Parser } from './expression.js';

type Operands<K extends string> = Partial<Record<K, Expression>>;

/** Parses `{ name: expression }` operands; the caller has checked the names. */
function parseOperands<K extends string>(operand: Document, parser: Parser): Operands<K> {
  return Object.fromEntries(Object.entries(operand).map(([key, value]) => [key, parser.parse(value)])) as Operands<K>;
}

/** Computes a part of an operator once when its operand is constant; undefined (null or missing) makes the result null. */
function prepared<T>(given: Expression | undefined, read: (value: unknown) => T | undefined): (root: Document) => T | undefined {
  if (given?.constant !== true) return (root) => read(given?.evaluate(root));
  const once = read(given.evaluate({}));
  return () => once;
}

const unlessNullish =
  <T>(read: (value: unknown) => T) =>
  (value: unknown): T | undefined =>
    isNullish(value) ? undefined : read(value);

function formatFrom(value: unknown): DateFormat {
  if (typeof value === 'string') return dateFormat(value);
  throw refuse.location(18533, `$dateToString requires that 'format' be a string, found: ${typeName(value)}`);
}

const formatOperands = ['date', 'format', 'timezone', 'onNull'] as const;

/** `{ $dateToString: { date, format, timezone, onNull } }`. */
const dateToString: OperatorParser = (operand, parser) => {
  if (!isDocument(operand)) throw refuse.location(18629, '$dateToString only supports an object as its argument');
  const unknown = Object.keys(operand).find((key) => !formatOperands.some((known) => known === key));
  if (unknown !== undefined) throw refuse.location(18534, `Unrecognized argument to $dateToString: ${unknown}`);
  const { date, format, timezone, onNull } = parseOperands<(typeof formatOperands)[number]>(operand, parser);
  if (date === undefined) throw refuse.location(18628, "Missing 'date' parameter to $dateToString");
  const print = prepared(format, unlessNullish(formatFrom));
  const { zone, part } = zoneOperand(timezone);
  const evaluate: Evaluate = (root) => {
    const printer = format === undefined ? undefined : print(root);
    const found = zone(root);
    const value = date.evaluate(root);
    if (isNullish(value)) return onNull === undefined ? null : onNull.evaluate(root);
    if (found === undefined || (format !== undefined && printer === undefined)) return null;
    return (printer ?? (found.isUtc ? ISO_UTC : ISO_LOCAL))(instantFrom(value), found);
  };
  return folded(evaluate, [date, part, format ?? constant(''), onNull ?? constant(null)]);
};

function unitFrom(value: unknown): TimeUnit {
  if (typeof value !== 'string') throw refuse.location(5439013, `$dateTrunc requires 'unit' to be a string, but got ${typeName(value)}`);
  const unit = timeUnits.find((known) => known === value);
  if (unit === undefined) {
    throw refuse.failedToParse(`$dateTrunc parameter 'unit' value parsing failed :: caused by :: unknown time unit value: ${value}`);
  }
  return unit;
}

function binSizeFrom(value: unknown): number {
  const size = isNumeric(value) ? toNumber(value) : NaN;
  if (!Number.isSafeInteger(size)) {
    throw refuse.location(5439017, `$dateTrunc requires 'binSize' to be a 64-bit integer, but got a value of type ${typeName(value)}`);
  }
  if (size <= 0) throw refuse.location(5439018, `$dateTrunc requires 'binSize' to be greater than 0, but got value ${size}`);
  return size;
}

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const weekdayNames = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** Any case, whole name or its first three letters. */
function startOfWeekFrom(value: unknown): number {
  if (typeof value !== 'string') {
    throw refuse.location(5439015, `$dateTrunc requires 'startOfWeek' to be a string, but got ${typeName(value)}`);
  }
  const name = value.toLowerCase();
  const day = Math.max(weekdays.indexOf(name), weekdayNames.indexOf(name));
  if (day < 0) {
    throw refuse.location(5439016, `$dateTrunc parameter 'startOfWeek' value cannot be recognized as a day of a week: ${value}`);
  }
  return day;
}

const truncOperands = ['date', 'unit', 'binSize', 'timezone', 'startOfWeek'] as const;
type TruncOperands = Operands<(typeof truncOperands)[number]>;

/** Which bins to cut into; undefined when an operand is null or missing. `startOfWeek` counts for weeks only. */
function binsFrom({ unit, binSize, startOfWeek }: TruncOperands): (root: Document) => Bins | undefined {
  const unitOf = prepared(unit, unlessNullish(unitFrom));
  const sizeOf = prepared(binSize ?? constant(1), unlessNullish(binSizeFrom));
  const startOf = prepared(startOfWeek ?? constant('sunday'), unlessNullish(startOfWeekFrom));
  return (root) => {
    const found = { unit: unitOf(root), size: sizeOf(root) };
    if (found.unit === undefined || found.size === undefined) return undefined;
    const start = found.unit === 'week' ? startOf(root) : 0;
    return start === undefined ? undefined : { unit: found.unit, size: found.size, startOfWeek: start };
  };
}

function truncatable(value: unknown): number {
  if (value instanceof Date || isType(value, 'objectId') || isType(value, 'timestamp')) return instantFrom(value);
  throw refuse.location(5166307, `$dateTrunc requires 'date' to be a date, but got ${typeName(value)}`);
}

/** `{ $dateTrunc: { date, unit, binSize, timezone, startOfWeek } }`. */
const dateTrunc: OperatorParser = (operand, parser) => {
  if (!isDocument(operand)) throw refuse.location(5439007, '$dateTrunc only supports an object as its argument');
  const unknown = Object.keys(operand).find((key) => !truncOperands.some((known) => known === key));
  if (unknown !== undefined) {
    throw refuse.location(
      5439008,
      `Unrecognized argument to $dateTrunc: ${unknown}. Expected arguments are date, unit, and optionally, binSize, timezone, startOfWeek`,
    );
  }
  const operands: TruncOperands = parseOperands(operand, parser);
  const { date, unit, timezone } = operands;
  if (date === undefined) throw refuse.location(5439009, "Missing 'date' parameter to $dateTrunc");
  if (unit === undefined) throw refuse.location(5439010, "Missing 'unit' parameter to $dateTrunc");
  const bins = binsFrom(operands);
  const { zone } = zoneOperand(timezone);
  const evaluate: Evaluate = (root) => {
    const value = date.evaluate(root);
    if (isNullish(value)) return null;
    const cut = bins(root);
    const found = zone(root);
    if (cut === undefined || found === undefined) return null;
    return new Date(truncateInstant(truncatable(value), cut, found));
  };
  return folded(evaluate, Object.values(operands));
};

export const dateFormatOperators = { $dateToString: dateToString, $dateTrunc: dateTrunc } satisfies Record<string, OperatorParser>;
