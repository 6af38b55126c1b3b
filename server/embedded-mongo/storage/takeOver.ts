import type { Collection, Index } from './catalogue.js';

/** True when memory says more of an index than the file; an open transaction may rely on it. */
export const knowsMore = ({ multikey, longKeys, saved }: Index): boolean =>
  longKeys !== saved.longKeys || multikey.some((seen, i) => seen !== saved.multikey[i]);

/** What is known of a collection brought to what the file says of it. */
export function takeOver(known: Collection | undefined, stored: Collection): Collection {
  if (known === undefined) return stored;
  known.count = stored.count;
  const before = new Map(known.indexes.map((index) => [index.id, index]));
  const indexes = stored.indexes.map((index) => {
    const same = before.get(index.id);
    return same === undefined ? index : Object.assign(same, { saved: index.saved, building: index.building });
  });
  known.indexes.splice(0, known.indexes.length, ...indexes);
  return known;
}
