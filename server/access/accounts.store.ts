import type { Connection, Model } from 'mongoose';
import { Conflict, NotFound } from '../platform/errors.js';
import type { Paging, Slice } from '../platform/http/paging.js';
import { within, type Scope } from '../platform/scope.js';
import type { Tx } from '../platform/transactions.js';
import { accountSchema } from './accounts.model.js';
import { knownRole, type Account, type AccountState, type Grant } from './accounts.rules.js';

/** What a list of accounts is narrowed by; absent means all. Workers' accounts are listed only when asked for. */
export interface AccountFilter {
  readonly who: 'office' | 'workers' | 'all';
  /** The beginning of a name or an account name. */
  readonly text?: string;
  readonly role?: string;
  readonly state?: AccountState;
  /** Only accounts that belong to this division or below it. */
  readonly divisionId?: string;
  /** Only these. */
  readonly ids?: readonly string[];
}

/** A stored account; secrets are mapped away by `toAccount`. */
export interface AccountRecord {
  readonly _id: string;
  readonly loginName: string | null;
  readonly phoneIndex: string | null;
  readonly name: string;
  readonly workerId: string | null;
  readonly divisionPath: string[];
  readonly grants: (Omit<Grant, 'role' | 'divisionPath'> & { role: string; divisionPath: string[] })[];
  readonly classIds: string[];
  readonly passwordHash: string | null;
  readonly codeHash: string | null;
  readonly codeExpiresAt: Date | null;
  readonly failures: number;
  readonly lockedUntil: Date | null;
  readonly disabledAt: Date | null;
  readonly lastSignInAt: Date | null;
  readonly createdAt: Date;
  readonly sessionVersion: number;
  readonly version: number;
  readonly changedAt: Date;
  readonly changedBy: string;
}

/** What a new account starts with. */
export interface NewAccount {
  readonly id: string;
  readonly loginName: string | null;
  readonly phoneIndex: string | null;
  readonly name: string;
  readonly workerId: string | null;
  readonly divisionPath: readonly string[];
  readonly grants: readonly Grant[];
}

/** The fields that a change may set; `endSessions` signs the account out everywhere. */
export interface AccountChange {
  readonly set?: Partial<Pick<AccountRecord, 'name' | 'loginName' | 'phoneIndex' | 'disabledAt' | 'lockedUntil' | 'failures'>> & {
    readonly divisionPath?: readonly string[];
    readonly grants?: readonly Grant[];
  };
  readonly endSessions?: boolean;
}

const scopeFields = { division: 'divisionPath', worker: 'workerId' } as const;

/** The model of accounts, shared by the stores of this feature. */
export function accountsModel(db: Connection): Model<AccountRecord> {
  return db.model<AccountRecord>('Account', accountSchema as never, 'accounts');
}

/** A record without its secrets. */
export function toAccount(record: AccountRecord): Account {
  const { _id, grants, passwordHash, phoneIndex, codeHash, failures, changedAt, changedBy, ...rest } = record;
  const known = grants.flatMap(({ role, ...grant }) => {
    const one = knownRole(role);
    return one === null ? [] : [{ ...grant, role: one }];
  });
  return { id: _id, ...rest, grants: known, activated: passwordHash !== null };
}

/** Queries and writes of accounts, without anything secret: see `credentials.store.ts`. */
export function makeAccountsStore(db: Connection) {
  const accounts = accountsModel(db);

  const sessionOf = (tx?: Tx) => ({ session: tx?.session ?? null });

  async function find(scope: Scope, id: string, tx?: Tx): Promise<Account | null> {
    const record = await accounts.findOne({ $and: [within(scope, scopeFields), { _id: id }] }, null, sessionOf(tx)).lean<AccountRecord>();
    return record === null ? null : toAccount(record);
  }

  async function byId(scope: Scope, id: string, tx?: Tx): Promise<Account> {
    const account = await find(scope, id, tx);
    if (account === null) throw new NotFound('account');
    return account;
  }

  return {
    find,
    /** @throws NotFound */
    byId,

    async list(scope: Scope, filter: AccountFilter, paging: Paging, now: Date): Promise<Slice<Account>> {
      const query = { $and: [within(scope, scopeFields), queryOf(filter, now)] };
      const sort: Record<string, 1 | -1> = { [paging.sort]: paging.direction, _id: 1 };
      const [records, total] = await Promise.all([
        accounts.find(query).sort(sort).skip(paging.skip).limit(paging.size).lean<AccountRecord[]>(),
        accounts.countDocuments(query),
      ]);
      return { rows: records.map(toAccount), total };
    },

    /** Up to `most` accounts by name, for sheets of codes. */
    async take(scope: Scope, filter: AccountFilter, most: number, at: { now: Date; tx?: Tx }): Promise<readonly Account[]> {
      const query = { $and: [within(scope, scopeFields), queryOf(filter, at.now)] };
      const records = await accounts.find(query, null, sessionOf(at.tx)).sort({ name: 1, _id: 1 }).limit(most).lean<AccountRecord[]>();
      return records.map(toAccount);
    },

    async count(scope: Scope, filter: AccountFilter, now: Date): Promise<number> {
      return accounts.countDocuments({ $and: [within(scope, scopeFields), queryOf(filter, now)] });
    },

    /** Names by id, for the trail. */
    async names(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
      const records = await accounts.find({ _id: { $in: [...new Set(ids)] } }, { name: 1 }).lean<AccountRecord[]>();
      return new Map(records.map((record) => [record._id, record.name]));
    },

    async byWorkers(workerIds: readonly string[], tx?: Tx): Promise<readonly Account[]> {
      const records = await accounts.find({ workerId: { $in: workerIds } }, null, sessionOf(tx)).lean<AccountRecord[]>();
      return records.map(toAccount);
    },

    /** Of these phone indexes, the ones that an account already signs in with, and whose it is. */
    async phonesTaken(tx: Tx, phoneIndexes: readonly string[]): Promise<ReadonlyMap<string, string>> {
      const records = await accounts.find({ phoneIndex: { $in: phoneIndexes } }, { phoneIndex: 1 }, sessionOf(tx)).lean<AccountRecord[]>();
      return new Map(records.map((record) => [record.phoneIndex ?? '', record._id]));
    },

    async loginNameTaken(tx: Tx, loginName: string): Promise<boolean> {
      return (await accounts.findOne({ loginName }, { _id: 1 }, sessionOf(tx)).lean()) !== null;
    },

    /** Accounts whose role of a class teacher reaches a division: granted at it, above it or below it. */
    async listTeachers(divisionPath: readonly string[]): Promise<readonly Account[]> {
      const records = await accounts
        .find({ 'grants.role': 'classTeacher', disabledAt: null })
        .sort({ name: 1, _id: 1 })
        .lean<AccountRecord[]>();
      const here = divisionPath.at(-1) ?? '';
      const near = (grant: Grant): boolean =>
        grant.role === 'classTeacher' && (grant.divisionPath.includes(here) || divisionPath.includes(grant.divisionId));
      return records.map(toAccount).filter((account) => account.grants.some(near));
    },

    async add(tx: Tx, added: readonly NewAccount[]): Promise<void> {
      const records = added.map(({ id, divisionPath, grants, ...rest }) => ({
        _id: id,
        ...rest,
        divisionPath: [...divisionPath],
        grants: grants.map((grant) => ({ ...grant, divisionPath: [...grant.divisionPath] })),
        createdAt: tx.now,
        changedAt: tx.now,
        changedBy: tx.actor.name,
      }));
      await accounts.insertMany(records, { session: tx.session });
    },

    /** @throws NotFound outside the scope, Conflict when the version is no longer the stored one */
    async change(tx: Tx, scope: Scope, of: { id: string; version: number }, change: AccountChange): Promise<void> {
      const result = await accounts.updateOne(
        { $and: [within(scope, scopeFields), { _id: of.id, version: of.version }] },
        {
          $set: { ...change.set, changedAt: tx.now, changedBy: tx.actor.name },
          $inc: { version: 1, ...(change.endSessions === true ? { sessionVersion: 1 } : {}) },
        },
        { session: tx.session },
      );
      if (result.matchedCount === 1) return;
      await byId(scope, of.id, tx);
      const record = await accounts.findById(of.id, null, sessionOf(tx)).lean<AccountRecord>();
      throw new Conflict(record?.changedBy ?? '', record?.changedAt ?? tx.now);
    },

    async addClass(tx: Tx, id: string, classId: string): Promise<boolean> {
      const result = await accounts.updateOne({ _id: id }, { $addToSet: { classIds: classId } }, { session: tx.session });
      return result.matchedCount === 1;
    },

    async removeClass(tx: Tx, id: string, classId: string): Promise<void> {
      await accounts.updateOne({ _id: id }, { $pull: { classIds: classId } }, { session: tx.session });
    },
  };
}

export type AccountsStore = ReturnType<typeof makeAccountsStore>;

function queryOf(filter: AccountFilter, now: Date): Record<string, unknown> {
  const parts: Record<string, unknown>[] = [];
  if (filter.who !== 'all') parts.push({ workerId: filter.who === 'office' ? null : { $gt: '' } });
  if (filter.divisionId !== undefined) parts.push({ divisionPath: filter.divisionId });
  if (filter.ids !== undefined) parts.push({ _id: { $in: filter.ids } });
  if (filter.role !== undefined) parts.push({ 'grants.role': filter.role });
  if (filter.text !== undefined && filter.text !== '') {
    const beginning = `^${filter.text.slice(0, 100).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`;
    parts.push({ $or: [{ name: { $regex: beginning } }, { loginName: { $regex: beginning.toLowerCase() } }] });
  }
  if (filter.state !== undefined) parts.push(stateQuery(filter.state, now));
  return parts.length === 0 ? {} : { $and: parts };
}

function stateQuery(state: AccountState, now: Date): Record<string, unknown> {
  const unlocked = { $or: [{ lockedUntil: null }, { lockedUntil: { $lte: now } }] };
  switch (state) {
    case 'disabled':
      return { disabledAt: { $ne: null } };
    case 'locked':
      return { disabledAt: null, lockedUntil: { $gt: now } };
    case 'invited':
      return { disabledAt: null, passwordHash: null, ...unlocked };
    case 'active':
      return { disabledAt: null, passwordHash: { $ne: null }, ...unlocked };
  }
}
