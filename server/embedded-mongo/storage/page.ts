import type { KeyRange } from './environment.js';

const ZERO = Buffer.from([0]);

/** The first items, at most so many: what one step of long work takes. */
export function page<T>(items: Iterable<T>, most: number): T[] {
  const taken: T[] = [];
  for (const item of items) {
    taken.push(item);
    if (taken.length === most) break;
  }
  return taken;
}

/** What of a range lies beyond a key. */
export const beyond = (key: Uint8Array, { end }: KeyRange): KeyRange => ({ start: Buffer.concat([key, ZERO]), end });
