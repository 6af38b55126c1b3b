import type { Engine } from '../engine.js';
import { StoreError } from '../errors.js';
import { decode } from '../values/codec.js';
import type { Collection, Index } from './catalogue.js';
import { enter, refuseDropped } from './changes.js';
import type { KeyRange } from './environment.js';
import { documentPrefix, idKeyOf, prefixRange } from './keyspace.js';
import { beyond, page } from './page.js';
import type { Target } from './target.js';
import { patiently, type WriteWork } from './writeQueue.js';

const DOCUMENTS_PER_STEP = 100;

/**
 * Adds indexes to a collection and fills them from what is there. Writers maintain an index from the moment it is in the
 * catalogue; readers use it when it is full. One that is not finished when the process ends is removed at the next start.
 * `choose` names the indexes when nothing stands in the way any more.
 */
export function* buildIndexes(engine: Engine, collection: Collection, choose: () => readonly Index[]): WriteWork<number> {
  yield* whenUntouched(engine, collection);
  dropAbandoned(engine, collection);
  const indexes = choose();
  for (const index of indexes) {
    index.building = true;
    engine.builds.add(index);
    engine.catalogue.addIndex(collection, index);
  }
  try {
    yield* fill(engine.writes.batch, collection, indexes);
    yield* whenSeenByAll(engine);
    refuseChanged(collection, indexes);
  } catch (error) {
    if (error instanceof StoreError) yield* giveUp(engine, collection, indexes);
    throw error;
  } finally {
    for (const index of indexes) engine.builds.delete(index);
  }
  for (const index of indexes) index.building = false;
  if (indexes.length > 0) engine.catalogue.save(collection);
  return indexes.length;
}

/** Takes the indexes away again; what a transaction has written to them must not come after their end. */
function* giveUp(engine: Engine, collection: Collection, indexes: readonly Index[]): WriteWork<void> {
  yield* whenUntouched(engine, collection);
  if (collection.dropped) return;
  for (const index of indexes.filter((one) => collection.indexes.includes(one))) engine.catalogue.dropIndex(collection, index);
  engine.garbage.collect();
}

/** Takes away what a build has left that ended with a commit that failed. */
function dropAbandoned(engine: Engine, collection: Collection): void {
  const abandoned = collection.indexes.filter((index) => index.building && !engine.builds.has(index));
  for (const index of abandoned) engine.catalogue.dropIndex(collection, index);
  if (abandoned.length > 0) engine.garbage.collect();
}

/** @throws StoreError when the collection, or an index that is being filled, was dropped meanwhile */
function refuseChanged(collection: Collection, indexes: readonly Index[]): void {
  refuseDropped(collection);
  const gone = indexes.find((index) => !collection.indexes.includes(index));
  if (gone !== undefined) throw new StoreError(`Index build aborted: ${gone.name} was dropped`, 276, 'IndexBuildAborted');
}

/** Waits until no open transaction has written into the collection: it would not know of a change of its indexes. */
export function* whenUntouched(engine: Engine, collection: Collection): WriteWork<void> {
  for (;;) {
    const writing = engine.sessions.transactions().find((transaction) => transaction.touches(collection));
    if (writing === undefined) return;
    yield writing.ended;
  }
}

/** Commits, and waits for the transactions whose snapshots are older: they must not read what those do not hold. */
function* whenSeenByAll(engine: Engine): WriteWork<void> {
  const older = engine.sessions.transactions();
  if (older.length > 0) yield Promise.all(older.map((transaction) => transaction.ended));
}

function* fill(target: Target, collection: Collection, indexes: readonly Index[]): WriteWork<void> {
  if (indexes.length === 0) return;
  for (let range: KeyRange = prefixRange(documentPrefix(collection.id)); ;) {
    const some = page(target.keys(range), DOCUMENTS_PER_STEP);
    for (const key of some) {
      yield* patiently(() => {
        enterOne(target, collection, indexes, key);
      });
    }
    const last = some.at(-1);
    if (last === undefined) return;
    range = beyond(last, range);
    if (target.timeIsUp()) yield undefined;
  }
}

/** Enters one document as it is now; it may have changed or gone while others ran. */
function enterOne(target: Target, collection: Collection, indexes: readonly Index[], key: Buffer): void {
  refuseChanged(collection, indexes);
  const raw = target.get(key);
  if (raw === undefined) return;
  const change = { id: Buffer.from(idKeyOf(key)), before: undefined, after: decode(raw), raw: undefined };
  for (const index of indexes) enter(target, collection, index, change);
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
