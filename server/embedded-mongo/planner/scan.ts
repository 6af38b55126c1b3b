import type { FilterNode } from '../query/node.js';
import type { KeyRange, Pair, Reader } from '../storage/environment.js';
import { documentKey, idKeyOf } from '../storage/keyspace.js';
import type { Document } from '../values/types.js';
import { asBuffer, type Raw } from '../wire/rawBson.js';
import { isEverything } from './coverage.js';
import type { Decoding } from './decoding.js';
import { mergePairs } from './merge.js';
import type { Plan } from './plan.js';

/** What the documents of one scan have in common. */
interface Home {
  readonly reader: Reader;
  readonly collectionId: number;
  readonly decoding: Decoding;
  readonly examined: Examined;
}

/** How many entries of an index and how many documents a scan has looked at so far. */
export interface Examined {
  keys: number;
  docs: number;
}

/** A document on its way out: its key and, when someone first asks, its bytes and fields. */
export class Found {
  private decoded: Document | undefined;

  constructor(
    readonly id: Buffer,
    private readonly home: Home,
    private bytes?: Raw,
  ) {}

  /** The whole document as it lies in the file. */
  get raw(): Raw {
    if (this.bytes !== undefined) return this.bytes;
    this.home.examined.docs += 1;
    this.bytes = this.home.reader.get(documentKey(this.home.collectionId, this.id));
    if (this.bytes === undefined) throw new Error('an index lists a document that is not there');
    return this.bytes;
  }

  /** The fields that were asked for. */
  get doc(): Document {
    return (this.decoded ??= this.home.decoding.toRead(this));
  }

  /** Whether the document passes what is left of the filter. */
  passes({ test }: FilterNode): boolean {
    const { toTest, toRead } = this.home.decoding;
    return test(toTest === toRead ? this.doc : toTest(this));
  }

  /** For whoever holds many: the bytes only (decoded, a document takes several times the room), in memory of their own. */
  settle(): void {
    this.decoded = undefined;
    this.bytes = Uint8Array.prototype.slice.call(this.raw);
  }
}

/**
 * Walks a plan; gives every document that passes the filter, and `undefined` for each one looked at in vain,
 * so that whoever drives the scan can stop for others.
 */
export function* scan(
  reader: Reader,
  plan: Plan,
  { decoding, examined }: Pick<Home, 'decoding' | 'examined'>,
): Iterable<Found | undefined> {
  const home = { reader, collectionId: plan.collection.id, decoding, examined };
  const { residual } = plan;
  const isTested = !isEverything(residual);
  const found = plan.single ? point(plan, home) : inRanges(plan, home);
  for (const one of found) yield one !== undefined && isTested && !one.passes(residual) ? undefined : one;
}

/** One document by its `_id`: no cursor is needed. */
function* point({ ranges: [range] }: Plan, home: Home): Iterable<Found> {
  const raw = range === undefined ? undefined : home.reader.get(range.start);
  home.examined.keys += 1;
  home.examined.docs += raw === undefined ? 0 : 1;
  if (range !== undefined && raw !== undefined) yield new Found(idKeyOf(asBuffer(range.start)), home, raw);
}

function* inRanges(plan: Plan, home: Home): Iterable<Found | undefined> {
  const seen = plan.repeats ? new Set<string>() : undefined;
  const { examined } = home;
  for (const { key, value } of pairsOf(home.reader, plan)) {
    if (plan.index === undefined) examined.docs += 1;
    else examined.keys += 1;
    if (plan.index === undefined) yield new Found(idKeyOf(key), home, value);
    else if (seen === undefined) yield new Found(asBuffer(value), home);
    else yield isNew(seen, value) ? new Found(asBuffer(value), home) : undefined;
  }
}

function isNew(seen: Set<string>, id: Uint8Array): boolean {
  const before = seen.size;
  return seen.add(asBuffer(id).toString('latin1')).size > before;
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
