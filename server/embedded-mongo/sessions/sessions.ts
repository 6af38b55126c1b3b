import { StoreError } from '../errors.js';
import type { Catalogue } from '../storage/catalogue.js';
import type { Environment } from '../storage/environment.js';
import type { WriteQueue } from '../storage/writeQueue.js';
import type { Conflicts } from './conflicts.js';
import type { SessionFields } from './fields.js';
import { KEPT_MS, rememberedReply, remember, sweepReplies, tooOld } from './retries.js';
import { noSuchTransaction, Transaction } from './transaction.js';

interface OpenTransaction {
  readonly number: bigint;
  readonly transaction: Transaction;
  readonly begun: number;
}

/** MongoDB's transactionLifetimeLimitSeconds, looked after every second. */
const LIFETIME_MS = 60_000;
const EXPIRE_MS = 1000;
const SWEEP_MS = 300_000;

/** Open multi-document transactions by session, and the replies of finished writes by session. */
export class Sessions {
  private readonly open = new Map<string, OpenTransaction>();
  /** Asked to be committed, but not in the file yet. */
  private readonly committing = new Set<Transaction>();
  private readonly newest = new Map<string, { number: bigint; at: number }>();
  private readonly sweeper: NodeJS.Timeout;
  private readonly expirer: NodeJS.Timeout;

  constructor(
    private readonly env: Environment,
    private readonly conflicts: Conflicts,
    private readonly writes: WriteQueue,
    private readonly catalogue: Catalogue,
  ) {
    this.sweeper = setInterval(() => void this.sweep(), SWEEP_MS);
    this.sweeper.unref();
    this.expirer = setInterval(() => {
      this.abortOlder(Date.now() - LIFETIME_MS);
    }, EXPIRE_MS);
    this.expirer.unref();
  }

  /** The transaction that a statement belongs to; begins it when the statement says so. */
  transaction(fields: SessionFields): Transaction {
    const key = keyOf(fields.id);
    const known = this.newest.get(key)?.number ?? -1n;
    if (fields.number < known) throw tooOld(fields.number, known);
    if (fields.starts) return this.begin(key, fields.number, known);
    const open = this.open.get(key);
    if (open?.number !== fields.number) throw noSuchTransaction(fields.number);
    return open.transaction;
  }

  private begin(key: string, number: bigint, known: bigint): Transaction {
    if (number === known) {
      if (!this.open.has(key)) throw noSuchTransaction(number);
      throw new StoreError(`Transaction ${String(number)} has already been started`, 117, 'ConflictingOperationInProgress');
    }
    this.abort(key);
    const begun = Date.now();
    this.newest.set(key, { number, at: begun });
    const transaction = new Transaction(this.env.snapshot(), this.conflicts, this.catalogue);
    this.open.set(key, { number, transaction, begun });
    return transaction;
  }

  /** Commits; a commit that is asked for again after it was done answers the same. */
  async commit(fields: SessionFields): Promise<void> {
    const key = keyOf(fields.id);
    const open = this.open.get(key);
    if (open?.number !== fields.number) {
      if (rememberedReply(this.env, fields)?.['committed'] === true) return;
      throw noSuchTransaction(fields.number);
    }
    this.open.delete(key);
    this.committing.add(open.transaction);
    try {
      await this.writes.once((batch) => {
        open.transaction.apply(batch);
        remember(batch, fields, { committed: true });
      });
    } finally {
      this.committing.delete(open.transaction);
      open.transaction.end();
    }
  }

  /** Abandons the transaction of this number. */
  abortNumbered(fields: SessionFields): void {
    const key = keyOf(fields.id);
    if (this.open.get(key)?.number !== fields.number) throw noSuchTransaction(fields.number);
    this.abort(key);
  }

  /** Abandons after a statement failed, as MongoDB does; it may have ended already. */
  abortFailed(fields: SessionFields): void {
    const key = keyOf(fields.id);
    if (this.open.get(key)?.number === fields.number) this.abort(key);
  }

  private abort(key: string): void {
    const open = this.open.get(key);
    if (open === undefined) return;
    this.open.delete(key);
    open.transaction.end();
  }

  /** Abandons those that were begun before: one that its client has forgotten would hold its snapshot and its documents for ever. */
  abortOlder(begunBefore: number): void {
    for (const [key, { begun }] of this.open) if (begun < begunBefore) this.abort(key);
  }

  /** The client says that it is done with these sessions. */
  endSessions(ids: readonly Uint8Array[]): void {
    for (const id of ids) {
      this.abort(keyOf(id));
      this.newest.delete(keyOf(id));
    }
  }

  abortAll(): void {
    for (const key of [...this.open.keys()]) this.abort(key);
  }

  /** Every transaction that has not ended; those that change the catalogue wait for the ones that write to the collection. */
  transactions(): Transaction[] {
    return [...this.committing, ...[...this.open.values()].map((one) => one.transaction)];
  }

  /** Number of sessions that have begun a transaction of late. */
  get size(): number {
    return this.newest.size;
  }

  private async sweep(): Promise<void> {
    const before = Date.now() - KEPT_MS;
    for (const [key, { at }] of this.newest) if (at < before && !this.open.has(key)) this.newest.delete(key);
    await this.writes.run(sweepReplies(this.env, before));
  }

  close(): void {
    clearInterval(this.sweeper);
    clearInterval(this.expirer);
    this.abortAll();
  }
}

const keyOf = (id: Uint8Array): string => Buffer.from(id).toString('latin1');
