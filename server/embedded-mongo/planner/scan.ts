import type { FilterNode } from '../query/node.js';
import type { Reader } from '../storage/environment.js';
import { documentKey, idKeyOf } from '../storage/keyspace.js';
import { asBuffer, type Raw } from '../wire/rawBson.js';
import { decode } from '../values/codec.js';
import type { Document } from '../values/types.js';
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
}

/**
 * Walks a plan; gives every document that passes the filter, and `undefined` for each one looked at in vain,
 * so that whoever drives the scan can stop for others.
 */
export function* scan(reader: Reader, plan: Plan, filter: FilterNode): Iterable<Found | undefined> {
  const seen = plan.repeats ? new Set<string>() : undefined;
  for (const found of candidates(reader, plan)) {
    if (found === undefined || seen?.has(latin1(found.id)) === true) {
      yield undefined;
      continue;
    }
    seen?.add(latin1(found.id));
    yield plan.exact || filter.test(found.doc) ? found : undefined;
  }
}

const latin1 = (key: Buffer): string => key.toString('latin1');

function* candidates(reader: Reader, plan: Plan): Iterable<Found | undefined> {
  const ranges = plan.reverse ? [...plan.ranges].reverse() : plan.ranges;
  for (const range of ranges) {
    if (plan.index === undefined) {
      for (const { key, value } of reader.pairs(range, plan.reverse)) yield new Found(idKeyOf(key), value);
    } else {
      for (const { value } of reader.pairs(range, plan.reverse)) {
        const id = asBuffer(value);
        const raw = reader.get(documentKey(plan.collection.id, id));
        yield raw === undefined ? undefined : new Found(id, raw);
      }
    }
  }
}
