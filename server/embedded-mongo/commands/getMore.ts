import type { Long } from 'bson';
import { refuse } from '../errors.js';
import { isNumeric } from '../values/types.js';
import { CursorReply } from '../wire/cursorReply.js';
import { listArgument, numberArgument } from './arguments.js';
import type { Command } from './context.js';

const cursorId = (value: unknown): bigint => {
  if (!isNumeric(value)) throw refuse.typeMismatch("BSON field 'getMore.getMore' is the wrong type, expected type 'long'");
  return BigInt((value as Long).toString());
};

/** `getMore`: the next batch of a cursor. */
export const getMore: Command = async (context) => {
  const { engine, command, db } = context;
  const ns = `${db}.${String(command['collection'])}`;
  const id = cursorId(command['getMore']);
  const session = context.session === undefined ? undefined : Buffer.from(context.session.id).toString('latin1');
  const cursor = engine.cursors.take(id, ns, session);
  context.operation.continues(cursor.operation);
  try {
    const reply = new CursorReply(ns, 'nextBatch');
    await cursor.next(numberArgument(context, 'batchSize', 0) || Infinity, reply, context.limit);
    context.operation.nreturned = reply.count;
    return reply.finish(engine.cursors.putBack(id, cursor));
  } catch (error) {
    cursor.close();
    throw error;
  }
};

/** `killCursors`: the client does not want the rest. */
export const killCursors: Command = (context) => {
  const ids = listArgument(context, 'cursors');
  const cursorsKilled: unknown[] = [];
  const cursorsNotFound: unknown[] = [];
  for (const id of ids) (context.engine.cursors.kill(cursorId(id)) ? cursorsKilled : cursorsNotFound).push(id);
  return { cursorsKilled, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [], ok: 1 };
};
