import { Schema, type Connection } from 'mongoose';
import type { Tx } from '../transactions.js';
import type { Notice, Reply } from './reply.js';

/** One answered form: a repeat of it gets the same address (decision 10). Rows go after a day by a TTL index. */
export const onceSchema = new Schema(
  {
    _id: String,
    to: { type: String, required: true },
    notice: { type: Schema.Types.Mixed, default: null },
    at: { type: Date, required: true },
  },
  { autoIndex: false, autoCreate: false, versionKey: false },
);

interface OnceRef {
  readonly key: string;
  readonly accountId: string;
}

/** The answer that this account's form already got, or null. */
export async function replayOf(db: Connection, ref: OnceRef): Promise<Reply | null> {
  if (ref.key === '') return null;
  const row = await db.model('OnceKey', onceSchema, 'once_keys').findById(rowId(ref)).lean();
  return row === null ? null : { kind: 'redirect', to: row.to, notice: row.notice as Notice | null };
}

/** Remembers the answer in the transaction of the command; a rival that did the same first makes this one fail (11000). */
export async function rememberOnce(db: Connection, ref: OnceRef, answer: { reply: Reply & { kind: 'redirect' }; tx: Tx }): Promise<void> {
  if (ref.key === '') return;
  const row = { _id: rowId(ref), to: answer.reply.to, notice: answer.reply.notice, at: answer.tx.now };
  await db.model('OnceKey', onceSchema, 'once_keys').insertMany([row], { session: answer.tx.session });
}

function rowId(ref: OnceRef): string {
  return `${ref.accountId}:${ref.key}`;
}
