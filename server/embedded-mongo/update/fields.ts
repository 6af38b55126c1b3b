import { refuse } from '../errors.js';
import { compareValues } from '../values/compare.js';
import { identical } from '../values/identical.js';
import { addWhole, multiply, multiplyWhole } from '../values/numbers.js';
import { Double, Int32, Long } from 'bson';
import type { Path } from '../values/paths.js';
import { show } from '../values/show.js';
import { isDocument, isNumeric, isType, typeName, type Document, type NumericValue } from '../values/types.js';
import { modify, valueAt, type Change } from './modify.js';
import { idOf, leafName, type ParsePathUpdate } from './operator.js';

const keepIdentical =
  (next: unknown): Change =>
  (current) =>
    identical(current, next) ? current : next;

/** `$set`. */
export const parseSet: ParsePathUpdate = (path, argument) => ({
  apply: (doc) => modify(doc, path, keepIdentical(argument), { missing: 'create' }),
});

/** `$setOnInsert`. */
export const parseSetOnInsert: ParsePathUpdate = (path, argument) => ({
  apply: (doc, { isInsert }) => (isInsert ? modify(doc, path, keepIdentical(argument), { missing: 'create' }) : doc),
});

/** `$unset`; the argument has no meaning. */
export const parseUnset: ParsePathUpdate = (path) => ({
  apply: (doc) => (valueAt(doc, path) === undefined ? doc : modify(doc, path, () => undefined, { missing: 'skip' })),
});

/** `$min` and `$max` in the order of all types. */
const parseExtreme =
  (sign: 1 | -1): ParsePathUpdate =>
  (path, argument) => ({
    apply: (doc) =>
      modify(doc, path, (current) => (current === undefined || compareValues(argument, current) * sign > 0 ? argument : current), {
        missing: 'create',
      }),
  });

export const parseMin = parseExtreme(-1);
export const parseMax = parseExtreme(1);

interface Arithmetic {
  readonly name: '$inc' | '$mul';
  readonly verb: string;
  readonly combine: (a: NumericValue, b: NumericValue) => NumericValue | undefined;
  /** The value of a missing field after the operation. */
  readonly initial: (argument: NumericValue) => NumericValue;
}

function typedZero(argument: NumericValue): NumericValue {
  if (isType(argument, 'long')) return Long.ZERO;
  return isType(argument, 'int') ? new Int32(0) : new Double(0);
}

const increment: Arithmetic = { name: '$inc', verb: 'increment', combine: addWhole, initial: (argument) => argument };
const multiplication: Arithmetic = { name: '$mul', verb: 'multiply', combine: multiplyWhole, initial: typedZero };

function combined(arithmetic: Arithmetic, current: unknown, argument: NumericValue, where: { doc: Document; path: Path }): unknown {
  if (current === undefined) return arithmetic.initial(argument);
  const { name } = arithmetic;
  if (!isNumeric(current)) {
    throw refuse.typeMismatch(
      `Cannot apply ${name} to a value of non-numeric type. ${idOf(where.doc)} has the field '${leafName(where.path)}' of non-numeric type ${typeName(current)}`,
    );
  }
  const result = arithmetic.combine(current, argument);
  if (result === undefined) {
    throw refuse.badValue(`Failed to apply ${name} operations to current value (${show(current)}) for document ${idOf(where.doc)}`);
  }
  return identical(result, current) ? current : result;
}

const parseArithmetic =
  (arithmetic: Arithmetic): ParsePathUpdate =>
  (path, argument) => {
    if (!isNumeric(argument)) {
      throw refuse.typeMismatch(`Cannot ${arithmetic.verb} with non-numeric argument: {${path.text}: ${show(argument)}}`);
    }
    // Refuses Decimal128 before anything runs.
    multiply(argument, argument);
    return {
      apply: (doc) => modify(doc, path, (current) => combined(arithmetic, current, argument, { doc, path }), { missing: 'create' }),
    };
  };

export const parseInc = parseArithmetic(increment);
export const parseMul = parseArithmetic(multiplication);

/** `$currentDate: { f: true }` or `{ f: { $type: 'date' } }`. */
export const parseCurrentDate: ParsePathUpdate = (path, argument) => {
  checkDateArgument(argument);
  return { apply: (doc, { now }) => modify(doc, path, keepIdentical(now), { missing: 'create' }) };
};

function checkDateArgument(argument: unknown): void {
  if (typeof argument === 'boolean') return;
  if (!isDocument(argument)) {
    throw refuse.badValue(
      `${typeName(argument)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
    );
  }
  for (const name of Object.keys(argument)) {
    if (name !== '$type') throw refuse.badValue(`Unrecognized $currentDate option: ${name}`);
  }
  if (argument.$type === 'timestamp') throw refuse.badValue("$currentDate with {$type: 'timestamp'} is not supported");
  if (argument.$type !== 'date') {
    throw refuse.badValue("The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}");
  }
}
