import type { Engine } from '../engine.js';
import { StoreError } from '../errors.js';
import type { SessionFields } from '../sessions/fields.js';
import type { Transaction } from '../sessions/transaction.js';
import type { Document } from '../values/types.js';
import type { Peer } from '../wire/connection.js';
import type { Raw } from '../wire/rawBson.js';
import type { Operation } from './operation.js';
import type { Limit } from './slices.js';

/** Everything a command works with. */
export interface Context {
  readonly engine: Engine;
  readonly peer: Peer;
  readonly name: string;
  readonly db: string;
  readonly command: Document;
  readonly sequences: ReadonlyMap<string, Raw[]>;
  readonly session: SessionFields | undefined;
  /** The multi-document transaction it belongs to. */
  readonly transaction: Transaction | undefined;
  /** What it has read, for the log of slow operations. */
  readonly operation: Operation;
  /** Ends the command when its time is over or the store is closed. */
  readonly limit: Limit;
}

/** A command answers with a document, or with bytes that are one. */
export type Reply = Document | Raw;
export type Command = (context: Context) => Reply | Promise<Reply>;

/** The reply to a command that failed. */
export function errorReply(error: unknown): Document {
  if (!(error instanceof StoreError)) {
    const message = error instanceof Error ? error.message : String(error);
    return { ok: 0, errmsg: message, code: 1, codeName: 'InternalError' };
  }
  const { labels, keyPattern, keyValue } = error.extra ?? {};
  return {
    ok: 0,
    errmsg: error.message,
    code: error.code,
    codeName: error.codeName,
    ...(labels === undefined ? {} : { errorLabels: labels }),
    ...(keyPattern === undefined ? {} : { keyPattern, keyValue }),
  };
}

/** One entry of a bulk reply's `writeErrors`. */
export function writeError(index: number, error: StoreError): Document {
  const { keyPattern, keyValue } = error.extra ?? {};
  return { index, code: error.code, errmsg: error.message, ...(keyPattern === undefined ? {} : { keyPattern, keyValue }) };
}
