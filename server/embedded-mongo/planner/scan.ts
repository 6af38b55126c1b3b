import type { FilterNode } from '../query/node.js';
import type { KeyRange, Pair, Reader } from '../storage/environment.js';
import { documentKey, idKeyOf } from '../storage/keyspace.js';
import type { Document } from '../values/types.js';
import { asBuffer, type Raw } from '../wire/rawBson.js';
import type { Decoding } from './decoding.js';
import { mergePairs } from './merge.js';
import type { Plan } from './plan.js';

/** A document on its way out: its key and bytes, decoded when someone first asks. */
export class Found {
  private decoded: Document | undefined;

  constructor(
    readonly id: Buffer,
    private bytes: Raw,
    private readonly decoding: Decoding,
  ) {}

  /** The whole document as it lies in the file. */
  get raw(): Raw {
    return this.bytes;
  }

  /** The fields that were asked for. */
  get doc(): Document {
    this.decoded ??= this.decoding.toRead(this.bytes);
    return this.decoded;
  }

  /** Whether the document passes a filter. */
  passes(filter: FilterNode): boolean {
    const { toTest, toRead } = this.decoding;
    return filter.test(toTest === toRead ? this.doc : toTest(this.bytes));
  }

  /** For whoever holds many: the bytes only (decoded, a document takes several times the room), in memory of their own. */
  settle(): void {
    this.decoded = undefined;
    this.bytes = Uint8Array.prototype.slice.call(this.bytes);
  }
}

/**
 * Walks a plan; gives every document that passes the filter, and `undefined` for each one looked at in vain,
 * so that whoever drives the scan can stop for others.
 */
export function* scan(reader: Reader, plan: Plan, filter: FilterNode, decoding: Decoding): Iterable<Found | undefined> {
  if (plan.exact) {
    yield* point(reader, plan, decoding);
    return;
  }
  const seen = plan.repeats ? new Set<string>() : undefined;
  for (const pair of pairsOf(reader, plan)) {
    const stored = storedBy(reader, plan, pair, seen);
    const found = stored && new Found(stored.id, stored.raw, decoding);
    yield found?.passes(filter) === true ? found : undefined;
  }
}

/** One document by its `_id`: no cursor is needed. */
function* point(reader: Reader, { ranges: [range] }: Plan, decoding: Decoding): Iterable<Found> {
  const raw = range === undefined ? undefined : reader.get(range.start);
  if (range !== undefined && raw !== undefined) yield new Found(idKeyOf(asBuffer(range.start)), raw, decoding);
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

interface Stored {
  readonly id: Buffer;
  readonly raw: Raw;
}

function storedBy(reader: Reader, plan: Plan, { key, value }: Pair, seen: Set<string> | undefined): Stored | undefined {
  if (plan.index === undefined) return { id: idKeyOf(key), raw: value };
  const id = asBuffer(value);
  if (seen !== undefined) {
    const text = id.toString('latin1');
    if (seen.has(text)) return undefined;
    seen.add(text);
  }
  const raw = reader.get(documentKey(plan.collection.id, id));
  return raw === undefined ? undefined : { id, raw };
}
