import { parseFilter } from '../query/filter.js';
import { shapingFor, type Shaping } from '../planner/shaping.js';
import { Source, type Selection } from '../planner/source.js';
import type { Found } from '../planner/scan.js';
import type { Reader, Snapshot } from '../storage/environment.js';
import { CursorReply } from '../wire/cursorReply.js';
import type { Raw } from '../wire/rawBson.js';
import { booleanArgument, collectionName, documentArgument, hintName, numberArgument, sortArgument } from './arguments.js';
import type { Command, Context } from './context.js';
import { Cursor } from './cursors.js';

/** MongoDB's size of a first batch when the client does not say. */
export const FIRST_BATCH = 101;

/** `find`: the documents that pass a filter, in batches. */
export const find: Command = async (context) => {
  const name = collectionName(context);
  const selection = selectionOf(context);
  const shaping = shapingFor(documentArgument(context, 'projection'));
  const collection = context.engine.catalogue.find(context.db, name);
  const source = collection && context.operation.uses(new Source(collection, selection, shaping.reads));
  const rows = (reader: Reader): Iterable<Raw | undefined> => (source === undefined ? [] : shaped(source.run(reader), shaping));
  return openCursor(context, name, rows, numberArgument(context, 'batchSize', FIRST_BATCH));
};

/** Filter, order and cut of a `find`; everything is checked, also when the collection does not exist. */
export function selectionOf(context: Context): Selection {
  return {
    filter: parseFilter(documentArgument(context, 'filter')),
    sort: sortArgument(context),
    skip: numberArgument(context, 'skip', 0),
    limit: numberArgument(context, 'limit', 0),
    hint: hintName(context.command['hint']),
  };
}

function* shaped(found: Iterable<Found | undefined>, { shape }: Shaping): Iterable<Raw | undefined> {
  for (const one of found) yield one === undefined ? undefined : shape(one);
}

/** Runs rows over a snapshot (or the transaction) and answers with the first batch. */
export async function openCursor(
  context: Context,
  name: string,
  rows: (reader: Reader) => Iterable<Raw | undefined>,
  batchSize: number,
): Promise<Raw> {
  const { engine, transaction } = context;
  const ns = `${context.db}.${name}`;
  const snapshot: Snapshot | undefined = transaction === undefined ? engine.env.snapshot() : undefined;
  const release = (): void => snapshot?.release();
  const session = context.session === undefined ? undefined : Buffer.from(context.session.id).toString('latin1');
  const items = rows(transaction ?? (snapshot as Snapshot))[Symbol.iterator]();
  const cursor = new Cursor(ns, items, release, { session, operation: context.operation });
  void transaction?.ended.then(() => {
    cursor.close();
  });
  try {
    const reply = new CursorReply(ns, 'firstBatch');
    await cursor.next(batchSize, reply, context.limit);
    context.operation.nreturned = reply.count;
    if (booleanArgument(context, 'singleBatch', false)) cursor.close();
    return reply.finish(engine.cursors.keep(cursor));
  } catch (error) {
    cursor.close();
    throw error;
  }
}
