import { refuse } from '../../errors.js';
import { isDocument, type Document } from '../../values/types.js';
import { accumulators, type Accumulator } from '../accumulators.js';
import { parseExpression } from '../expressions.js';
import type { Evaluate } from '../expressions/expression.js';
import { checkFieldName } from '../fieldPath.js';
import { accumulatorList, listed, type AccumulatorName } from '../list.js';
import { MemoryMeter } from '../memory.js';
import { Needs } from '../needs.js';
import { groupKey } from './groupKey.js';
import type { Source, StageParser } from './stage.js';

/** How a group is told from others: a text per document, and its `_id`, made only for the first one. */
interface GroupId {
  readonly key: Evaluate;
  readonly value: Evaluate;
}

interface Field {
  readonly name: string;
  readonly make: () => Accumulator;
  readonly evaluate: Evaluate;
}

interface Group {
  readonly id: unknown;
  readonly fields: readonly Accumulator[];
}

/** About what a group costs besides what its lists hold. */
const GROUP_BYTES = 200;

const isLiteral = (spec: unknown): spec is Document => isDocument(spec) && Object.keys(spec)[0]?.startsWith('$') === false;

/** A missing id is null; inside a document id a missing field stays out, which is another group than null. */
function parseId(spec: unknown, needs: Needs): GroupId {
  const whole = parseExpression(spec, needs).evaluate;
  const value: Evaluate = (root) => whole(root) ?? null;
  if (!isLiteral(spec)) return { key: (root) => groupKey(value(root)), value };
  const parts = Object.values(spec).map((part) => parseExpression(part, needs).evaluate);
  return { value, key: (root) => parts.reduce((text, part) => text + groupKey(part(root)), '') };
}

function checkCount(operand: unknown): void {
  if (!isDocument(operand) || Object.keys(operand).length > 0) {
    throw refuse.typeMismatch('$count takes no arguments, i.e. $count:{}');
  }
}

function parseAccumulator(name: string, spec: unknown, needs: Needs): Field {
  if (!isDocument(spec) || Object.keys(spec)[0]?.startsWith('$') !== true) {
    throw refuse.location(40234, `The field '${name}' must be an accumulator object`);
  }
  if (name.includes('.')) throw refuse.location(40235, `The field name '${name}' cannot contain '.'`);
  if (name.startsWith('$')) throw refuse.location(40236, `The field name '${name}' cannot be an operator name`);
  checkFieldName(name);
  const [operator = '', ...others] = Object.keys(spec);
  if (others.length > 0) throw refuse.location(40238, `The field '${name}' must specify one accumulator`);
  if (!listed(accumulatorList, operator)) throw refuse.location(15952, `unknown group operator '${operator}'`);
  return { name, make: accumulators[operator], evaluate: parseOperand(operator, spec[operator], needs) };
}

function parseOperand(operator: AccumulatorName, operand: unknown, needs: Needs): Evaluate {
  if (operator === '$count') {
    checkCount(operand);
    return () => undefined;
  }
  if (Array.isArray(operand)) throw refuse.location(40237, `The ${operator} accumulator is a unary operator`);
  return parseExpression(operand, needs).evaluate;
}

class Grouping {
  private readonly groups = new Map<unknown, Group>();
  private readonly memory = new MemoryMeter(
    "Exceeded memory limit for $group, but didn't allow external sort. Pass allowDiskUse:true to opt in.",
  );

  constructor(
    private readonly id: GroupId,
    private readonly fields: readonly Field[],
  ) {}

  take(doc: Document): void {
    const key = this.id.key(doc);
    const group = this.groups.get(key) ?? this.open(key, doc);
    let grown = 0;
    for (let i = 0; i < this.fields.length; i += 1) {
      grown += (group.fields[i] as Accumulator).add((this.fields[i] as Field).evaluate(doc));
    }
    if (grown > 0) this.memory.add(grown);
  }

  private open(key: unknown, doc: Document): Group {
    const group = { id: this.id.value(doc), fields: this.fields.map((field) => field.make()) };
    this.groups.set(key, group);
    this.memory.add(GROUP_BYTES + 2 * String(key).length);
    return group;
  }

  *results(): Source {
    for (const group of this.groups.values()) {
      const doc: Document = { _id: group.id };
      this.fields.forEach(({ name }, i) => (doc[name] = group.fields[i]?.result()));
      yield doc;
    }
  }
}

function* grouped(source: Source, grouping: Grouping): Source {
  for (const doc of source) {
    if (doc !== undefined) grouping.take(doc);
    yield undefined;
  }
  yield* grouping.results();
}

/** `{ $group: { _id, field: { $accumulator: expression } } }`; groups come out in the order in which they first appeared. */
export const parseGroup: StageParser = (spec, name) => {
  if (!isDocument(spec)) throw refuse.location(15947, "a group's fields must be specified in an object");
  if (!Object.hasOwn(spec, '_id')) throw refuse.location(15955, 'a group specification must include an _id');
  const needs = new Needs();
  const id = parseId(spec['_id'], needs);
  const fields = Object.entries(spec)
    .filter(([field]) => field !== '_id')
    .map(([field, accumulator]) => parseAccumulator(field, accumulator, needs));
  return { name, needs, closes: true, run: (source) => grouped(source, new Grouping(id, fields)) };
};
