import type { KeyRange, Pair } from '../../../server/embedded-mongo/storage/environment.js';
import type { Target } from '../../../server/embedded-mongo/storage/target.js';

/** Pairs in memory to read from and to write to, for tests of what lies above the file. */
export class MemoryTarget implements Target {
  private readonly held = new Map<string, Uint8Array>();

  get(key: Uint8Array): Uint8Array | undefined {
    return this.held.get(Buffer.from(key).toString('latin1'));
  }

  *pairs({ start, end }: KeyRange, reverse = false): Iterable<Pair> {
    const [low, high] = [start, end].map((bound) => Buffer.from(bound).toString('latin1')) as [string, string];
    const inside = [...this.held.keys()].filter((key) => key >= low && key < high).sort();
    for (const key of reverse ? inside.reverse() : inside)
      yield { key: Buffer.from(key, 'latin1'), value: this.held.get(key) as Uint8Array };
  }

  *keys(range: KeyRange, reverse = false): Iterable<Buffer> {
    for (const { key } of this.pairs(range, reverse)) yield key;
  }

  put(key: Uint8Array, value: Uint8Array): void {
    this.held.set(Buffer.from(key).toString('latin1'), value);
  }

  remove(key: Uint8Array): void {
    this.held.delete(Buffer.from(key).toString('latin1'));
  }

  claim(): void {
    // Nobody else writes here.
  }

  timeIsUp(): boolean {
    return false;
  }

  addCount(): void {
    // Nobody counts here.
  }

  learned(): void {
    // The catalogue is the test's own.
  }
}
