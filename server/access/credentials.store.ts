import type { Connection } from 'mongoose';
import type { Tx } from '../platform/transactions.js';
import type { Account } from './accounts.rules.js';
import { accountsModel, toAccount, type AccountRecord } from './accounts.store.js';

/** Where an account is looked up before anybody is signed in; hence no scope. */
export type LoginWhere = { readonly loginName: string } | { readonly phoneIndex: string };

/** An account with what proves who it is; never leaves the services of this feature. */
export interface Credentials {
  readonly account: Account;
  readonly passwordHash: string | null;
  readonly codeHash: string | null;
  readonly failures: number;
}

/** Passwords, one-time codes and failed attempts. */
export function makeCredentialsStore(db: Connection) {
  const accounts = accountsModel(db);

  return {
    /** An account by id with its session version, for every request of a session. */
    async forSession(id: string): Promise<Account | null> {
      const record = await accounts.findById(id).lean<AccountRecord>();
      return record === null ? null : toAccount(record);
    },

    async find(where: LoginWhere): Promise<Account | null> {
      const record = await accounts.findOne(where).lean<AccountRecord>();
      return record === null ? null : toAccount(record);
    },

    /**
     * Takes one of the attempts that are left before it is known whether it is right, so that many at once cannot be more
     * than `most`. Null when the account is locked, disabled or has none left.
     */
    async reserveAttempt(id: string, most: number, now: Date): Promise<Credentials | null> {
      const record = await accounts
        .findOneAndUpdate(
          { _id: id, disabledAt: null, failures: { $lt: most }, $or: [{ lockedUntil: null }, { lockedUntil: { $lte: now } }] },
          { $inc: { failures: 1 } },
          { returnDocument: 'after' },
        )
        .lean<AccountRecord>();
      return record === null ? null : toCredentials(record);
    },

    /** The attempt was right: earlier failures are forgotten. */
    async succeed(tx: Tx, id: string): Promise<void> {
      await accounts.updateOne({ _id: id }, { $set: { failures: 0, lockedUntil: null, lastSignInAt: tx.now } }, { session: tx.session });
    },

    async lock(tx: Tx, id: string, until: Date): Promise<void> {
      await accounts.updateOne({ _id: id }, { $set: { failures: 0, lockedUntil: until } }, { session: tx.session });
    },

    /**
     * Sets a password and ends all sessions. With `code`, only while that code is still the account's: it is used up by this.
     * @returns whether it was set
     */
    async setPassword(tx: Tx, id: string, set: { passwordHash: string; code?: string }): Promise<boolean> {
      const result = await accounts.updateOne(
        { _id: id, ...(set.code === undefined ? {} : { codeHash: set.code, codeExpiresAt: { $gt: tx.now } }) },
        {
          $set: {
            passwordHash: set.passwordHash,
            codeHash: null,
            codeExpiresAt: null,
            failures: 0,
            lockedUntil: null,
            changedAt: tx.now,
            changedBy: tx.actor.name,
          },
          $inc: { sessionVersion: 1, version: 1 },
        },
        { session: tx.session },
      );
      return result.matchedCount === 1;
    },

    /** Puts new one-time codes in place of older ones. */
    async setCodes(tx: Tx, codes: readonly { id: string; codeHash: string }[], expiresAt: Date): Promise<void> {
      if (codes.length === 0) return;
      await accounts.bulkWrite(
        codes.map(({ id, codeHash }) => ({
          updateOne: {
            filter: { _id: id },
            update: { $set: { codeHash, codeExpiresAt: expiresAt, changedAt: tx.now, changedBy: tx.actor.name }, $inc: { version: 1 } },
          },
        })),
        { session: tx.session },
      );
    },
  };
}

export type CredentialsStore = ReturnType<typeof makeCredentialsStore>;

function toCredentials(record: AccountRecord): Credentials {
  return { account: toAccount(record), passwordHash: record.passwordHash, codeHash: record.codeHash, failures: record.failures };
}
