import type { FilterNode } from '../query/node.js';
import type { KeyRange, Pair, Reader } from '../storage/environment.js';
import { documentKey, idKeyOf } from '../storage/keyspace.js';
import { decode } from '../values/codec.js';
import type { Document } from '../values/types.js';
import { asBuffer, type Raw } from '../wire/rawBson.js';
import { mergePairs } from './merge.js';
import type { Plan } from './plan.js';

/** A document on its way out: its key and bytes, decoded when someone first asks. */
export class Found {
  private decoded: Document | undefined;

  constructor(
    readonly id: Buffer,
    readonly raw: Raw,
  ) {}

  get doc(): Document {
    this.decoded ??= decode(this.raw);
    return this.decoded;
  }

  /** Keeps the bytes only: decoded, a document takes several times the room. */
  forget(): void {
    this.decoded = undefined;
  }
}

/**
 * Walks a plan; gives every document that passes the filter, and `undefined` for each one looked at in vain,
 * so that whoever drives the scan can stop for others.
 */
export function* scan(reader: Reader, plan: Plan, filter: FilterNode): Iterable<Found | undefined> {
  if (plan.exact) {
    yield* point(reader, plan);
    return;
  }
  const seen = plan.repeats ? new Set<string>() : undefined;
  for (const pair of pairsOf(reader, plan)) {
    const found = foundBy(reader, plan, pair, seen);
    yield found !== undefined && filter.test(found.doc) ? found : undefined;
  }
}

/** One document by its `_id`: no cursor is needed. */
function* point(reader: Reader, { ranges: [range] }: Plan): Iterable<Found> {
  const raw = range === undefined ? undefined : reader.get(range.start);
  if (range !== undefined && raw !== undefined) yield new Found(idKeyOf(asBuffer(range.start)), raw);
}

function pairsOf(reader: Reader, plan: Plan): Iterable<Pair> {
  const { merge } = plan;
  if (merge !== undefined) {
    const sides = plan.ranges.map((range, i) => ({ prefix: merge[i] ?? 0, pairs: reader.pairs(range, plan.reverse) }));
    return mergePairs(sides, plan.reverse);
  }
  return inTurn(reader, plan.reverse ? [...plan.ranges].reverse() : plan.ranges, plan.reverse);
}

function* inTurn(reader: Reader, ranges: readonly KeyRange[], reverse: boolean): Iterable<Pair> {
  for (const range of ranges) yield* reader.pairs(range, reverse);
}

function foundBy(reader: Reader, plan: Plan, { key, value }: Pair, seen: Set<string> | undefined): Found | undefined {
  if (plan.index === undefined) return new Found(idKeyOf(key), value);
  const id = asBuffer(value);
  if (seen !== undefined) {
    const text = id.toString('latin1');
    if (seen.has(text)) return undefined;
    seen.add(text);
  }
  const raw = reader.get(documentKey(plan.collection.id, id));
  return raw === undefined ? undefined : new Found(id, raw);
}
