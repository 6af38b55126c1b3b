import { ObjectId } from 'bson';
import type { FilterNode } from '../query/filter.js';
import { NO_FIELDS } from '../planner/decoding.js';
import { Source, type Selection } from '../planner/source.js';
import { Held } from '../sessions/conflicts.js';
import { applyChange } from '../storage/changes.js';
import type { Collection } from '../storage/catalogue.js';
import { idKey } from '../storage/entries.js';
import type { Reader } from '../storage/environment.js';
import { documentKey } from '../storage/keyspace.js';
import type { Target } from '../storage/target.js';
import type { WriteWork } from '../storage/writeQueue.js';
import { applyUpdate, seedUpsert, type UpdatePlan } from '../update/update.js';
import { decode, encode } from '../values/codec.js';
import type { Document } from '../values/types.js';
import type { Context } from './context.js';
import { checked } from './insert.js';
import { pull } from './slices.js';

/** A change of some documents: an update or, without one, a removal. */
export interface Modification {
  readonly context: Context;
  readonly collection: Collection;
  readonly selection: Selection;
  readonly update: UpdatePlan | undefined;
  readonly upsert: boolean;
}

/** What happened to one document. */
export interface Outcome {
  readonly before: Document | undefined;
  readonly after: Document | undefined;
  readonly changed: boolean;
  readonly inserted: boolean;
}

/** Documents looked at inside a batch, where nobody else runs; longer searches happen outside on a snapshot. */
const MOST_IN_BATCH = 1000;

/** Changes the first document that passes, or inserts one for an upsert; undefined when there is none. */
export function* modifyOne(target: Target, modification: Modification): WriteWork<Outcome | undefined> {
  for (;;) {
    const [hit] = yield* search(target, modification, true);
    try {
      if (hit === undefined) return modification.upsert ? insertNew(target, modification) : undefined;
      const outcome = changeOne(target, modification, hit);
      if (outcome !== undefined) return outcome;
    } catch (error) {
      if (!(error instanceof Held)) throw error;
      yield error.holder.ended;
    }
  }
}

/** Changes all documents that pass, one after the other; `each` is told of every one. */
export function* modifyMany(target: Target, modification: Modification, each: (outcome: Outcome) => void): WriteWork<void> {
  const hits = yield* search(target, modification, false);
  if (hits.length === 0 && modification.upsert) {
    const outcome = yield* modifyOne(target, modification);
    if (outcome !== undefined) each(outcome);
    return;
  }
  for (const hit of hits) {
    const outcome = yield* changePatiently(target, modification, hit);
    if (outcome !== undefined) each(outcome);
    if (target.timeIsUp()) yield undefined;
  }
}

function* changePatiently(target: Target, modification: Modification, hit: Buffer): WriteWork<Outcome | undefined> {
  for (;;) {
    try {
      return changeOne(target, modification, hit);
    } catch (error) {
      if (!(error instanceof Held)) throw error;
      yield error.holder.ended;
    }
  }
}

/** The ids of what passes: searched in place as long as that is quick. */
function* search(target: Target, { context, collection, selection }: Modification, onlyFirst: boolean): WriteWork<Buffer[]> {
  const source = context.operation.uses(new Source(collection, selection, NO_FIELDS));
  const hits: Buffer[] = [];
  let seen = 0;
  for (const found of source.run(target)) {
    if (found !== undefined) hits.push(Buffer.from(found.id));
    if (found !== undefined && onlyFirst) break;
    seen += 1;
    if (context.transaction !== undefined) {
      if (target.timeIsUp()) yield undefined;
    } else if (seen > MOST_IN_BATCH) {
      return (yield searchOutside(context, source, onlyFirst)) as Buffer[];
    }
  }
  return hits;
}

/** Searches on a snapshot of everything that was written before, by the batch under way too. */
async function searchOutside(context: Context, source: Source, onlyFirst: boolean): Promise<Buffer[]> {
  // The batch is committed as soon as the statement that asks for this gives way.
  await Promise.resolve();
  const snapshot = context.engine.env.snapshot();
  const hits: Buffer[] = [];
  const items = source.run(snapshot)[Symbol.iterator]();
  try {
    await pull(items, (found) => hits.push(Buffer.from(found.id)) > 0 && !onlyFirst, context.limit);
    return hits;
  } finally {
    items.return?.();
    snapshot.release();
  }
}

/** Changes one document unless it has gone or no longer passes. */
function changeOne(target: Target, modification: Modification, id: Buffer): Outcome | undefined {
  const { collection, selection, update } = modification;
  const before = current(target, collection, id, selection.filter);
  if (before === undefined) return undefined;
  if (update === undefined) {
    applyChange(target, collection, { id, before, after: undefined, raw: undefined });
    return { before, after: undefined, changed: true, inserted: false };
  }
  const { doc: after, changed } = applyUpdate(update, before, { now: new Date(), isInsert: false });
  if (changed) {
    const { raw } = checked(after, encode(after));
    applyChange(target, collection, { id, before, after, raw });
  } else {
    // Read, not written: in a transaction it still counts as its own.
    target.claim(documentKey(collection.id, id));
  }
  return { before, after, changed, inserted: false };
}

function current(from: Reader, collection: Collection, id: Buffer, filter: FilterNode): Document | undefined {
  const raw = from.get(documentKey(collection.id, id));
  if (raw === undefined) return undefined;
  const doc = decode(raw);
  return filter.test(doc) ? doc : undefined;
}

function insertNew(target: Target, { collection, selection, update }: Modification): Outcome {
  const plan = update as UpdatePlan;
  const { doc } = applyUpdate(plan, seedUpsert(selection.filter, plan.kind), { now: new Date(), isInsert: true });
  const after = doc['_id'] === undefined ? { _id: new ObjectId(), ...doc } : doc;
  const { raw } = checked(after, encode(after));
  applyChange(target, collection, { id: idKey(after['_id']), before: undefined, after, raw });
  return { before: undefined, after, changed: true, inserted: true };
}
