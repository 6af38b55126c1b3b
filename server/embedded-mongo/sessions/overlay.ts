import type { KeyRange, Pair, Reader } from '../storage/environment.js';

/** Private writes over a reader: what was put or removed here shows through it, in key order. */
export class Overlay implements Reader {
  private readonly values = new Map<string, Uint8Array | null>();
  /** The keys of `values` in byte order (latin1 text keeps that order). */
  private readonly sorted: string[] = [];

  constructor(private readonly below: Reader) {}

  get(key: Uint8Array): Uint8Array | undefined {
    if (this.sorted.length > 0) {
      const own = this.values.get(text(key));
      if (own !== undefined) return own ?? undefined;
    }
    return this.below.get(key);
  }

  set(key: Uint8Array, value: Uint8Array | null): void {
    const name = text(key);
    if (!this.values.has(name)) this.sorted.splice(this.position(name), 0, name);
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
    const own = this.sorted.slice(this.position(text(range.start)), this.position(text(range.end)));
    return reverse ? own.reverse() : own;
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
