import type { KeyRange, Pair, Reader } from '../storage/environment.js';

/** Private writes over a reader: what was put or removed here shows through it, in key order. */
export class Overlay implements Reader {
  private readonly values = new Map<string, Uint8Array | null>();
  /** The keys of `values` in byte order (latin1 text keeps that order), without those of `fresh`. */
  private sorted: string[] = [];
  /** Keys written since the last range was read: a transaction writes thousands between two reads, so they are merged in together. */
  private fresh: string[] = [];

  constructor(private readonly below: Reader) {}

  get(key: Uint8Array): Uint8Array | undefined {
    if (this.values.size > 0) {
      const own = this.values.get(text(key));
      if (own !== undefined) return own ?? undefined;
    }
    return this.below.get(key);
  }

  set(key: Uint8Array, value: Uint8Array | null): void {
    const name = text(key);
    if (!this.values.has(name)) this.fresh.push(name);
    this.values.set(name, value);
  }

  /** Everything that was put (bytes) or removed (null). */
  *entries(): Iterable<[Buffer, Uint8Array | null]> {
    for (const [name, value] of this.values) yield [Buffer.from(name, 'latin1'), value];
  }

  pairs(range: KeyRange, reverse = false): Iterable<Pair> {
    const own = this.within(range, reverse);
    if (own.length === 0) return this.below.pairs(range, reverse);
    return this.merged(own, this.below.pairs(range, reverse), reverse);
  }

  *keys(range: KeyRange, reverse = false): Iterable<Buffer> {
    for (const { key } of this.pairs(range, reverse)) yield key;
  }

  private *merged(own: string[], below: Iterable<Pair>, reverse: boolean): Iterable<Pair> {
    let next = 0;
    const isBefore = (a: string, b: string): boolean => (reverse ? a > b : a < b);
    for (const pair of below) {
      const name = text(pair.key);
      while (next < own.length && isBefore(own[next] as string, name)) {
        yield* this.own(own[next] as string);
        next += 1;
      }
      if (own[next] === name) {
        yield* this.own(name);
        next += 1;
      } else yield pair;
    }
    for (; next < own.length; next += 1) yield* this.own(own[next] as string);
  }

  private *own(name: string): Iterable<Pair> {
    const value = this.values.get(name);
    if (value !== null && value !== undefined) yield { key: Buffer.from(name, 'latin1'), value };
  }

  private within(range: KeyRange, reverse: boolean): string[] {
    this.settle();
    const own = this.sorted.slice(this.position(text(range.start)), this.position(text(range.end)));
    return reverse ? own.reverse() : own;
  }

  /** Brings the fresh keys into order: a few are put in their places, many are sorted with the rest (two runs, so in one pass). */
  private settle(): void {
    if (this.fresh.length === 0) return;
    if (this.fresh.length < 8) for (const name of this.fresh) this.sorted.splice(this.position(name), 0, name);
    else this.sorted = merge(this.sorted, this.fresh.sort(byBytes));
    this.fresh = [];
  }

  /** Index of the first kept key that is not below `name`. */
  private position(name: string): number {
    let low = 0;
    let high = this.sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.sorted[middle] as string) < name) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const text = (key: Uint8Array): string => Buffer.from(key.buffer, key.byteOffset, key.length).toString('latin1');

const byBytes = (a: string, b: string): number => (a < b ? -1 : 1);

/** Two ordered lists without common members as one. */
function merge(one: readonly string[], other: readonly string[]): string[] {
  const all: string[] = [];
  let at = 0;
  for (const name of other) {
    while (at < one.length && (one[at] as string) < name) all.push(one[at++] as string);
    all.push(name);
  }
  for (; at < one.length; at += 1) all.push(one[at] as string);
  return all;
}
