import type { Engine } from '../engine.js';
import { StoreError } from '../errors.js';
import { decode } from '../values/codec.js';
import type { Collection, Index } from './catalogue.js';
import { enter } from './changes.js';
import { after, documentPrefix, idKeyOf, prefixRange } from './keyspace.js';
import type { Target } from './target.js';
import type { WriteWork } from './writeQueue.js';

const DOCUMENTS_PER_STEP = 100;

/**
 * Adds indexes to a collection and fills them from what is there. Writers maintain an index from the moment it is in the
 * catalogue; readers use it when it is full. One that is not finished when the process ends is removed at the next start.
 */
export function* buildIndexes(engine: Engine, collection: Collection, indexes: readonly Index[]): WriteWork<void> {
  const { batch } = engine.writes;
  for (const index of indexes) {
    index.building = true;
    engine.catalogue.addIndex(collection, index);
  }
  try {
    yield* fill(batch, collection, indexes);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    for (const index of indexes) engine.catalogue.dropIndex(collection, index);
    engine.garbage.collect();
    throw error;
  }
  for (const index of indexes) index.building = false;
  engine.catalogue.save(collection);
}

function* fill(target: Target, collection: Collection, indexes: readonly Index[]): WriteWork<void> {
  const whole = prefixRange(documentPrefix(collection.id));
  let { start } = whole;
  for (;;) {
    const some: { id: Buffer; value: Uint8Array }[] = [];
    for (const { key, value } of target.pairs({ start, end: whole.end })) {
      some.push({ id: Buffer.from(idKeyOf(key)), value });
      start = after(key);
      if (some.length === DOCUMENTS_PER_STEP) break;
    }
    for (const { id, value } of some) {
      const doc = decode(value);
      for (const index of indexes) enter(target, collection, index, { id, before: undefined, after: doc, raw: undefined });
    }
    if (some.length < DOCUMENTS_PER_STEP) return;
    if (target.timeIsUp()) yield undefined;
  }
}

/** Removes indexes whose building was cut short by the end of the process. */
export function dropUnfinished(engine: Engine): void {
  const unfinished = engine.catalogue
    .list()
    .flatMap((collection) => collection.indexes.filter((i) => i.building).map((index) => ({ collection, index })));
  if (unfinished.length === 0) return;
  engine.env.commit(() => {
    for (const { collection, index } of unfinished) engine.catalogue.dropIndex(collection, index);
  });
}
