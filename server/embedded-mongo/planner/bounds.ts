import { BSONRegExp } from 'bson';
import type { CompiledRegex, FilterNode } from '../query/node.js';
import { after } from '../storage/keyspace.js';
import { encodeKey } from '../values/keys.js';
import { arrayIndex, ELEMENT } from '../values/paths.js';
import { typeInfo } from '../values/types.js';

/** A stretch of one index component's bytes, `end` not included. A point holds exactly one value. */
export interface Interval {
  readonly start: Buffer;
  readonly end: Buffer;
  readonly point: boolean;
}

/** The conditions that must all hold: the members of an outermost `$and`, or the one condition. */
export function conjuncts(node: FilterNode): readonly FilterNode[] {
  return node.op === 'and' ? node.nodes.flatMap(conjuncts) : [node];
}

const encode = (value: unknown): Buffer => encodeKey([value], [1]);

/**
 * Where the values that pass a filter on `path` can lie, in ascending form; undefined when it says nothing of the path.
 * Wider than exact is allowed (every document is tested again), narrower never. On a path with arrays two conditions
 * may be met by two elements, so only the narrowest single one counts.
 */
export function intervalsOf(conditions: readonly FilterNode[], path: string, multikey: boolean): Interval[] | undefined {
  let best: Interval[] | undefined;
  for (const node of conditions) {
    const found = nodeIntervals(node, path);
    if (found === undefined) continue;
    if (best === undefined) best = found;
    else best = multikey ? narrower(best, found) : intersect(best, found);
  }
  return best;
}

/** A number in a path is a position or a field's name, and only one of them is listed in an index. */
const hasPosition = (path: string): boolean => path.split('.').some((part) => arrayIndex(part) >= 0);

/** Null is found where either is missing; an array at a position is listed whole, but `$elemMatch` looks into it. */
function escapesIndex(node: FilterNode & { path: string }): boolean {
  if (node.op === 'elemMatchValue') return true;
  return 'values' in node ? node.values.includes(null) : 'value' in node && node.value === null;
}

function nodeIntervals(node: FilterNode, path: string): Interval[] | undefined {
  if (!('path' in node) || node.path !== path || (hasPosition(path) && escapesIndex(node))) return undefined;
  return intervalsFor(node);
}

function intervalsFor(node: FilterNode): Interval[] | undefined {
  if (node.op === 'eq') return points([node.value]);
  if (isOrder(node)) return ordered(node.op, node.value);
  if (node.op === 'in') return listed(node.values, node.patterns);
  if (node.op === 'regex') return listed([], [node]);
  // All conditions of an $elemMatch are met by the same element, so here they may be intersected.
  if (node.op === 'elemMatchValue') return intervalsOf(conjuncts(node.node), ELEMENT, false);
  return node.op === 'exists' && !node.wanted ? points([null]) : undefined;
}

type OrderOp = 'gt' | 'gte' | 'lt' | 'lte';
const isOrder = (node: FilterNode): node is FilterNode & { op: OrderOp; value: unknown } => ['gt', 'gte', 'lt', 'lte'].includes(node.op);

/** Values whose entries in an index are not simply the value itself. */
const isSpread = (value: unknown): boolean => {
  const { alias } = typeInfo(value);
  return alias === 'array' || alias === 'regex' || alias === 'undefined';
};

function points(values: readonly unknown[]): Interval[] | undefined {
  if (values.some(isSpread)) return undefined;
  const byText = new Map(values.map(encode).map((bytes) => [bytes.toString('latin1'), bytes]));
  const sorted = [...byText.values()].sort((a, b) => Buffer.compare(a, b));
  return sorted.map((start) => ({ start, end: after(start), point: true }));
}

/** Equal to a value, or a text of a pattern, or the pattern itself as a value. */
function listed(values: readonly unknown[], patterns: readonly CompiledRegex[]): Interval[] | undefined {
  const exact = points(values);
  if (exact === undefined || patterns.some(({ prefix }) => prefix === '')) return undefined;
  const found = patterns.flatMap((pattern) => [prefixInterval(pattern.prefix), patternInterval(pattern)]);
  return withoutOverlaps([...exact, ...found].sort((a, b) => Buffer.compare(a.start, b.start)));
}

/** What lies inside a prefix would be visited twice. Two of them are apart, or one is in the other. */
function withoutOverlaps(sorted: readonly Interval[]): Interval[] {
  const kept: Interval[] = [];
  let covered: Buffer | undefined;
  for (const one of sorted) {
    if (covered !== undefined && Buffer.compare(one.start, covered) < 0) continue;
    kept.push(one);
    if (!one.point) covered = one.end;
  }
  return kept;
}

function prefixInterval(prefix: string): Interval {
  // Without the two bytes that end a text.
  const start = encode(prefix).subarray(0, -2);
  return { start, end: after(start), point: false };
}

function patternInterval({ source, options }: CompiledRegex): Interval {
  const start = encode(new BSONRegExp(source, options));
  return { start, end: after(start), point: false };
}

const OPEN_ENDED = new Set(['minKey', 'maxKey', 'array', 'object', 'regex', 'undefined', 'javascript']);

/** Order holds within the operand's type only, whose values share their first byte. */
function ordered(op: OrderOp, value: unknown): Interval[] | undefined {
  if (value === null) return op === 'gte' || op === 'lte' ? points([null]) : [];
  if (OPEN_ENDED.has(typeInfo(value).alias)) return undefined;
  const bytes = encode(value);
  const type = bytes.subarray(0, 1);
  const start = op === 'gt' ? after(bytes) : op === 'gte' ? bytes : type;
  const end = op === 'lt' ? bytes : op === 'lte' ? after(bytes) : after(type);
  return [{ start, end, point: false }];
}

function intersect(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const both: Interval[] = [];
  for (const x of a) {
    for (const y of b) {
      const start = Buffer.compare(x.start, y.start) >= 0 ? x.start : y.start;
      const end = Buffer.compare(x.end, y.end) <= 0 ? x.end : y.end;
      if (Buffer.compare(start, end) < 0) both.push({ start, end, point: x.point || y.point });
    }
  }
  return both;
}

const weight = (intervals: readonly Interval[]): number => intervals.reduce((sum, one) => sum + (one.point ? 1 : 1000), 0);

const narrower = (a: Interval[], b: Interval[]): Interval[] => (weight(a) <= weight(b) ? a : b);

const inverted = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => ~byte));

/** The same stretch in a descending component, whose bytes are turned round. */
export function descending(intervals: readonly Interval[]): Interval[] {
  return intervals
    .map(({ start, end, point }) =>
      // A point's end is the start's own successor: turn the value, then take its successor again.
      point && after(start).equals(end)
        ? { start: inverted(start), end: after(inverted(start)), point }
        : { start: after(inverted(end)), end: after(inverted(start)), point },
    )
    .sort((a, b) => Buffer.compare(a.start, b.start));
}
