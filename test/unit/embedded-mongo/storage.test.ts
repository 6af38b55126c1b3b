import { expect } from 'chai';
import fc from 'fast-check';
import { mergePairs } from '../../../server/embedded-mongo/planner/merge.js';
import { Overlay } from '../../../server/embedded-mongo/sessions/overlay.js';
import type { KeyRange, Pair, Reader } from '../../../server/embedded-mongo/storage/environment.js';
import { after, bounded, cutBound, isLong } from '../../../server/embedded-mongo/storage/keyspace.js';
import { seed } from '../../support/property.js';

/** Pairs in memory, in key order. */
class Pairs implements Reader {
  readonly held = new Map<string, Uint8Array>();

  get(key: Uint8Array): Uint8Array | undefined {
    return this.held.get(Buffer.from(key).toString('hex'));
  }

  *pairs({ start, end }: KeyRange, reverse = false): Iterable<Pair> {
    const all = [...this.held].map(([key, value]) => ({ key: Buffer.from(key, 'hex'), value }));
    const inside = all.filter(({ key }) => Buffer.compare(key, start) >= 0 && Buffer.compare(key, end) < 0);
    inside.sort((a, b) => Buffer.compare(a.key, b.key) * (reverse ? -1 : 1));
    yield* inside;
  }

  *keys(range: KeyRange, reverse = false): Iterable<Buffer> {
    for (const { key } of this.pairs(range, reverse)) yield key;
  }
}

const bytes = fc
  .uint8Array({ minLength: 1, maxLength: 3 })
  .map((value) => Buffer.from(value.map((byte) => [0, 1, 2, 0xfe, 0xff][byte % 5] ?? 0)));
const settings = { seed, numRuns: 300 };
const shown = (pairs: Iterable<Pair>): string[] =>
  [...pairs].map(({ key, value }) => `${key.toString('hex')}=${Buffer.from(value).toString('hex')}`);

describe('keys of the store', () => {
  it('after a prefix lies above all that begins with it and nothing else', () => {
    fc.assert(
      fc.property(bytes, bytes, (prefix, key) => {
        const end = after(prefix);
        const begins = key.subarray(0, prefix.length).equals(prefix);
        expect(Buffer.compare(key, prefix) >= 0 && Buffer.compare(key, end) < 0).to.equal(begins);
      }),
      settings,
    );
  });

  it('keep long values apart, within the limit of a key, above their cut bound', () => {
    const long = (end: string): Buffer => Buffer.from('x'.repeat(2000) + end);
    expect(bounded(long('a'))).to.have.length(900);
    expect(bounded(long('a')).equals(bounded(long('b')))).to.equal(false);
    expect(bounded(long('a')).equals(bounded(long('a')))).to.equal(true);
    expect([isLong(Buffer.alloc(900)), isLong(Buffer.alloc(901))]).to.deep.equal([false, true]);
    expect(Buffer.compare(Buffer.from(cutBound(long('a'))), bounded(long('a')))).to.equal(-1);
  });
});

describe('private writes over a snapshot', () => {
  const write = fc.tuple(bytes, fc.option(fc.uint8Array({ minLength: 1, maxLength: 1 })));

  it('read like one store with the writes made', () => {
    fc.assert(
      fc.property(
        fc.array(write, { maxLength: 12 }),
        fc.array(write, { maxLength: 40 }),
        fc.tuple(bytes, bytes, fc.boolean()),
        (first, later, [a, b, reverse]) => {
          const [below, expected] = [new Pairs(), new Pairs()];
          const overlay = new Overlay(below);
          for (const [key, value] of first)
            if (value !== null) for (const store of [below, expected]) store.held.set(key.toString('hex'), value);
          const [start, end] = [a, b].sort((x, y) => Buffer.compare(x, y)) as [Buffer, Buffer];
          const compare = (): void => {
            expect(shown(overlay.pairs({ start, end }, reverse))).to.deep.equal(shown(expected.pairs({ start, end }, reverse)));
          };
          for (const [i, [key, value]] of later.entries()) {
            // Few and many writes between two reads.
            if (i === 3 || i === 20) compare();
            overlay.set(key, value);
            if (value === null) expected.held.delete(key.toString('hex'));
            else expected.held.set(key.toString('hex'), value);
          }
          compare();
          for (const [key] of [...first, ...later]) expect(overlay.get(key)).to.deep.equal(expected.get(key));
        },
      ),
      settings,
    );
  });
});

describe('ranges read side by side', () => {
  it('give the order of what follows their prefixes', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(20), { maxLength: 6 }), { maxLength: 5 }), fc.boolean(), (lists, reverse) => {
        const sides = lists.map((numbers, side) => {
          const sorted = numbers.sort((x, y) => (reverse ? y - x : x - y));
          return { prefix: 1, pairs: sorted.map((n) => ({ key: Buffer.from([side, n]), value: Buffer.from([n]) })) };
        });
        const merged = [...mergePairs(sides, reverse)].map(({ value }) => value[0]);
        expect(merged).to.deep.equal(lists.flat().sort((x, y) => (reverse ? y - x : x - y)));
      }),
      settings,
    );
  });
});
