import { Held, type Conflicts } from '../sessions/conflicts.js';
import type { Catalogue, Collection } from './catalogue.js';
import type { Environment, KeyRange, Pair } from './environment.js';
import type { Target } from './target.js';

/** The commit under way as a target: writes go straight into the open lmdb transaction. */
export class Batch implements Target {
  private sliceEnd = 0;

  constructor(
    private readonly env: Environment,
    private readonly catalogue: Catalogue,
    private readonly conflicts: Conflicts,
  ) {}

  get(key: Uint8Array): Uint8Array | undefined {
    return this.env.get(key);
  }

  pairs(range: KeyRange, reverse?: boolean): Iterable<Pair> {
    return this.env.pairs(range, reverse);
  }

  keys(range: KeyRange, reverse?: boolean): Iterable<Buffer> {
    return this.env.keys(range, reverse);
  }

  put(key: Uint8Array, value: Uint8Array): void {
    this.env.put(key, value);
  }

  remove(key: Uint8Array): void {
    this.env.remove(key);
  }

  claim(key: Buffer): void {
    if (this.conflicts.isIdle) return;
    const text = key.toString('latin1');
    const holder = this.conflicts.holderOf(text);
    if (holder !== undefined) throw new Held(holder);
    this.conflicts.changed(text);
  }

  startSlice(end: number): void {
    this.sliceEnd = end;
  }

  timeIsUp(): boolean {
    return performance.now() > this.sliceEnd;
  }

  addCount(collection: Collection, by: number): void {
    if (by !== 0) this.catalogue.addCount(collection, by);
  }

  learned(collection: Collection): void {
    this.catalogue.learned(collection);
  }
}
