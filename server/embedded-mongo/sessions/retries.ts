import { Long } from 'bson';
import { decode, encode } from '../values/codec.js';
import { fieldDecoder } from '../values/fields.js';
import type { Document } from '../values/types.js';
import type { Reader } from '../storage/environment.js';
import { prefixRange, retryKey, spaces } from '../storage/keyspace.js';
import type { WriteWork } from '../storage/writeQueue.js';
import { StoreError } from '../errors.js';
import type { SessionFields } from './fields.js';

/** Half an hour, MongoDB's logicalSessionTimeoutMinutes. */
export const KEPT_MS = 30 * 60_000;

/** Which write and when; the reply itself is only read for a retry. */
const decodeHead = fieldDecoder(new Set(['number', 'at']));

interface Writable extends Reader {
  put(key: Uint8Array, value: Uint8Array): void;
  remove(key: Uint8Array): void;
}

type Numbered = Pick<SessionFields, 'id' | 'number'>;

/**
 * What this session's write of this number has answered, or how far it came, if it was made before.
 * @throws StoreError 225 when a newer write of the session is known
 */
export function rememberedReply(from: Reader, { id, number }: Numbered): Document | undefined {
  const stored = from.get(retryKey(id));
  if (stored === undefined) return undefined;
  const known = (decodeHead(stored) as { number: Long }).number.toBigInt();
  if (known > number) throw tooOld(number, known);
  return known === number ? (decode(stored)['reply'] as Document) : undefined;
}

/** Keeps the reply in the commit of the write itself: a retry after a crash is answered, not applied again. */
export function remember(into: Writable, { id, number }: Numbered, reply: Document): void {
  into.put(retryKey(id), encode({ number: Long.fromBigInt(number), at: new Date(), reply }));
}

/** Forgets the replies of sessions that are over. */
export function* sweepReplies(env: Writable, before: number): WriteWork<void> {
  const old: Buffer[] = [];
  for (const { key, value } of env.pairs(prefixRange(spaces.retries))) {
    if ((decodeHead(value) as { at: Date }).at.getTime() < before) old.push(key);
  }
  for (const key of old) {
    env.remove(key);
    yield undefined;
  }
}

/** Code 225: a newer transaction or write of the same session is known. */
export const tooOld = (number: bigint, known: bigint): StoreError =>
  new StoreError(
    `Cannot start transaction ${String(number)} on session because a newer transaction ${String(known)} has already started.`,
    225,
    'TransactionTooOld',
  );
