import type { Pair } from '../storage/environment.js';

/** Pairs in the order of what follows the first `prefix` bytes of their keys. */
export interface Ordered {
  readonly prefix: number;
  readonly pairs: Iterable<Pair>;
}

interface Head {
  readonly prefix: number;
  readonly rest: Iterator<Pair>;
  pair: Pair;
}

/** Reads several ranges side by side as one, in the order of their keys without the prefixes. */
export function* mergePairs(ranges: readonly Ordered[], reverse: boolean): Iterable<Pair> {
  const heads: Head[] = [];
  try {
    for (const { prefix, pairs } of ranges) {
      const rest = pairs[Symbol.iterator]();
      const first = rest.next();
      if (first.done !== true) heads.push({ prefix, rest, pair: first.value });
    }
    while (heads.length > 0) {
      const head = heads.reduce((least, other) => (isBefore(other, least, reverse) ? other : least));
      yield head.pair;
      const next = head.rest.next();
      if (next.done === true) heads.splice(heads.indexOf(head), 1);
      else head.pair = next.value;
    }
  } finally {
    for (const { rest } of heads) rest.return?.();
  }
}

function isBefore(a: Head, b: Head, reverse: boolean): boolean {
  const order = Buffer.compare(a.pair.key.subarray(a.prefix), b.pair.key.subarray(b.prefix));
  return reverse ? order > 0 : order < 0;
}
