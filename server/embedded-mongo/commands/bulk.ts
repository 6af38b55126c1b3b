import { StoreError } from '../errors.js';
import { rememberedReply, remember } from '../sessions/retries.js';
import type { SessionFields } from '../sessions/fields.js';
import type { Batch } from '../storage/batch.js';
import type { Target } from '../storage/target.js';
import type { WriteWork } from '../storage/writeQueue.js';
import type { Document } from '../values/types.js';
import { writeError, type Context } from './context.js';
import { runInTransaction } from './slices.js';

/** What the statements of one write command have done so far; also what a retry is answered with. */
export interface Tally {
  n: number;
  nModified: number;
  upserted: Document[];
  writeErrors: Document[];
}

/** One statement of a write command; adds what it did to the tally. */
export type Statement = (target: Target, tally: Tally) => WriteWork<void>;

/**
 * Runs the statements of `insert`, `update` or `delete`. Outside a transaction they go through the write queue: between
 * statements the batch may be committed, together with how far the command came, so that a retry goes on from there.
 */
export async function runStatements(context: Context, statements: readonly Statement[], ordered: boolean): Promise<Tally> {
  const { engine, transaction, session, limit } = context;
  if (transaction !== undefined) {
    const tally = await runInTransaction(inTransaction(statements, transaction), transaction, limit);
    if (tally.writeErrors.length > 0 && session !== undefined) engine.sessions.abortFailed(session);
    return tally;
  }
  return engine.writes.run(inBatches(engine.writes.batch, statements, ordered, session), limit);
}

const emptyTally = (): Tally => ({ n: 0, nModified: 0, upserted: [], writeErrors: [] });

/** A tally as it was kept, its counts as plain numbers again. */
function storedTally(known: Document): Tally {
  const { n, nModified, upserted, writeErrors } = known['tally'] as Document;
  return { n: Number(n), nModified: Number(nModified), upserted: upserted as Document[], writeErrors: writeErrors as Document[] };
}

/** In a transaction the first failing statement ends the command, and with it the transaction. */
function* inTransaction(statements: readonly Statement[], target: Target): WriteWork<Tally> {
  const tally = emptyTally();
  for (const [i, statement] of statements.entries()) {
    try {
      yield* statement(target, tally);
    } catch (error) {
      if (!(error instanceof StoreError) || error.extra?.labels !== undefined) throw error;
      tally.writeErrors.push(writeError(i, error));
      return tally;
    }
    if (target.timeIsUp()) yield undefined;
  }
  return tally;
}

function* inBatches(
  batch: Batch,
  statements: readonly Statement[],
  ordered: boolean,
  session: SessionFields | undefined,
): WriteWork<Tally> {
  const { tally, done: before } = startingPoint(batch, session);
  const keep = (done: number): void => {
    if (session !== undefined) remember(batch, session, { tally, done });
  };
  for (let done = before; done < statements.length;) {
    const failed = yield* attempt(batch, statements[done] as Statement, tally, done);
    done = failed && ordered ? statements.length : done + 1;
    if (done === statements.length) keep(done);
    else if (batch.timeIsUp()) {
      keep(done);
      yield undefined;
    }
  }
  return tally;
}

/** Nothing done yet, or how far the same command came before. */
function startingPoint(batch: Batch, session: SessionFields | undefined): { tally: Tally; done: number } {
  const known = session === undefined ? undefined : rememberedReply(batch, session);
  return known === undefined ? { tally: emptyTally(), done: 0 } : { tally: storedTally(known), done: Number(known['done']) };
}

/** The time is over, or the store closes: not the fault of one statement. */
const endsCommand = new Set([50, 11600]);

/** One statement; true when it was refused. */
function* attempt(batch: Batch, statement: Statement, tally: Tally, index: number): WriteWork<boolean> {
  try {
    yield* statement(batch, tally);
    return false;
  } catch (error) {
    if (!(error instanceof StoreError) || endsCommand.has(error.code)) throw error;
    tally.writeErrors.push(writeError(index, error));
    return true;
  }
}

/** Part of a bulk reply that is only there when it is not empty. */
export const errorsOf = ({ writeErrors }: Tally): Document => (writeErrors.length === 0 ? {} : { writeErrors });
