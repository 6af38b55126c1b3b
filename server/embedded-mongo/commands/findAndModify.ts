import { refuse, StoreError } from '../errors.js';
import { parseFilter } from '../query/filter.js';
import { compileProjection } from '../query/projection.js';
import { rememberedReply, remember } from '../sessions/retries.js';
import type { SessionFields } from '../sessions/fields.js';
import type { Batch } from '../storage/batch.js';
import type { WriteWork } from '../storage/writeQueue.js';
import { parseUpdate, type UpdatePlan } from '../update/update.js';
import type { Document } from '../values/types.js';
import { booleanArgument, collectionName, documentArgument, hintName, sortArgument } from './arguments.js';
import type { Command, Context } from './context.js';
import { ensureCollection } from './ensureCollection.js';
import { modifyOne, type Modification, type Outcome } from './modify.js';
import { runInTransaction } from './slices.js';

type Shape = (outcome: Outcome | undefined) => Document;

/** `findAndModify`: changes or removes one document and gives it back, as it was or as it is now. */
export const findAndModify: Command = async (context) => {
  const name = collectionName(context);
  const update = updateOf(context);
  const upsert = booleanArgument(context, 'upsert', false);
  const selection = {
    filter: parseFilter(documentArgument(context, 'query')),
    sort: sortArgument(context),
    skip: 0,
    limit: 0,
    hint: hintName(context.command['hint']),
  };
  const shape = replyShape(context, update === undefined);
  const collection = upsert ? await ensureCollection(context, name) : context.engine.catalogue.find(context.db, name);
  if (collection === undefined) return shape(undefined);
  const modification: Modification = { context, collection, selection, update, upsert };
  const { engine, transaction, session, limit } = context;
  if (transaction !== undefined) return shape(await runInTransaction(modifyOne(transaction, modification), transaction, limit));
  return engine.writes.run(once(engine.writes.batch, modification, shape, session), limit);
};

/** With a number, the reply is kept in the same commit and given again to a retry. */
function* once(batch: Batch, modification: Modification, shape: Shape, session: SessionFields | undefined): WriteWork<Document> {
  const known = session === undefined ? undefined : rememberedReply(batch, session);
  if (known !== undefined) return known;
  const reply = shape(yield* modifyOne(batch, modification));
  if (session !== undefined) remember(batch, session, reply);
  return reply;
}

function updateOf(context: Context): UpdatePlan | undefined {
  const remove = booleanArgument(context, 'remove', false);
  const { update } = context.command;
  if (!remove) {
    if (update === undefined) throw refuse.failedToParse('Either an update or remove=true must be specified');
    return parseUpdate(update as Document);
  }
  if (update !== undefined) throw refuse.failedToParse('Cannot specify both an update and remove=true');
  if (booleanArgument(context, 'new', false))
    throw new StoreError("Cannot specify both new=true and remove=true; 'remove' always returns the deleted document", 9, 'FailedToParse');
  if (booleanArgument(context, 'upsert', false)) throw refuse.failedToParse('Cannot specify both upsert=true and remove=true');
  return undefined;
}

function replyShape(context: Context, isRemoval: boolean): Shape {
  const project = compileProjection(documentArgument(context, 'fields'));
  const wantsNew = booleanArgument(context, 'new', false);
  return (outcome) => {
    const value = wantsNew ? outcome?.after : outcome?.before;
    const shown = value === undefined ? null : project(value);
    return { lastErrorObject: lastErrorObject(outcome, isRemoval), value: shown, ok: 1 };
  };
}

function lastErrorObject(outcome: Outcome | undefined, isRemoval: boolean): Document {
  const n = outcome === undefined ? 0 : 1;
  if (isRemoval) return { n };
  if (outcome?.inserted === true) return { n, updatedExisting: false, upserted: outcome.after?.['_id'] };
  return { n, updatedExisting: n === 1 };
}
