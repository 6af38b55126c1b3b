import { newId } from '../platform/ids.js';
import { NotFound } from '../platform/errors.js';
import { reaches, systemScope, type Scope } from '../platform/scope.js';
import type { Tx } from '../platform/transactions.js';
import type { Account, Grant } from './accounts.rules.js';
import type { AccountsStore } from './accounts.store.js';
import type { CredentialsStore } from './credentials.store.js';
import { isLoginName } from './logins.rules.js';
import { accepted, refused, type Outcome } from './outcome.rules.js';
import type { Passwords } from './passwords.js';
import { adminRoles, type Role } from './permissions.rules.js';

/** A new account of an office. Roles are the security administrator's to give; only setup and the demo bring them along. */
export interface NewOfficeAccount {
  readonly loginName: string;
  readonly name: string;
  readonly divisionPath: readonly string[];
  readonly roles?: readonly { readonly role: Role; readonly divisionPath: readonly string[] }[];
}

interface Versioned {
  readonly id: string;
  readonly version: number;
}

const anyoneLeft = systemScope('an installation keeps one administrator of each kind');

/** What the system administrator does with the accounts of offices (decision 4). */
export function makeOfficeAccountsService(deps: { store: AccountsStore; credentials: CredentialsStore; passwords: Passwords }) {
  const { store, credentials, passwords } = deps;

  async function byId(scope: Scope, id: string, tx?: Tx): Promise<Account> {
    const account = await store.byId(scope, id, tx);
    if (account.workerId !== null) throw new NotFound('account');
    return account;
  }

  async function isLastOfItsKind(account: Account, now: Date): Promise<Role | null> {
    for (const role of adminRoles.filter((one) => account.grants.some((grant) => grant.role === one))) {
      const open = await Promise.all(
        (['active', 'invited'] as const).map((state) => store.count(anyoneLeft, { who: 'office', role, state }, now)),
      );
      if (open.reduce((sum, one) => sum + one, 0) <= 1) return role;
    }
    return null;
  }

  return {
    /** An account of an office inside the scope. @throws NotFound, also for a worker's account */
    byId,

    /** Makes an account inside the scope. @returns its id; refused when the account name is of no use or taken */
    async create(tx: Tx, scope: Scope, input: NewOfficeAccount): Promise<Outcome<string>> {
      const loginName = input.loginName.normalize('NFKC').trim().toLowerCase();
      if (!isLoginName(loginName)) return refused('loginName', 'access.accounts.loginName.badForm');
      if (await store.loginNameTaken(tx, loginName)) return refused('loginName', 'access.accounts.loginName.taken', { loginName });
      if (!reaches(scope, input.divisionPath)) return refused('division', 'access.accounts.division.outside');
      const id = newId();
      const grants = (input.roles ?? []).map(({ role, divisionPath }): Grant => ({
        id: newId(),
        role,
        divisionId: divisionPath.at(-1) ?? '',
        divisionPath,
        from: tx.now,
      }));
      await store.add(tx, [
        { id, loginName, phoneIndex: null, name: input.name, workerId: null, divisionPath: input.divisionPath, grants },
      ]);
      const changes = [
        { field: 'loginName', from: null, to: loginName },
        ...grants.map((grant) => ({ field: 'role', from: null, to: grant.role })),
      ];
      tx.audit({ action: 'account.created', object: { kind: 'account', id }, divisionPath: input.divisionPath, changes });
      return accepted(id);
    },

    /** Shuts an account and ends its sessions. @throws Conflict on a stale version */
    async disable(tx: Tx, scope: Scope, of: Versioned & { reason: string }): Promise<Outcome<Account>> {
      const account = await byId(scope, of.id, tx);
      if (account.id === tx.actor.accountId) return refused('', 'access.accounts.disable.self');
      const last = await isLastOfItsKind(account, tx.now);
      if (last !== null) return refused('', 'access.accounts.disable.last');
      await store.change(tx, scope, of, { set: { disabledAt: tx.now }, endSessions: true });
      tx.audit({
        action: 'account.disabled',
        object: { kind: 'account', id: account.id },
        divisionPath: account.divisionPath,
        reason: of.reason,
      });
      return accepted(account);
    },

    /** Opens a shut account again; its password is still the old one. @throws Conflict on a stale version */
    async enable(tx: Tx, scope: Scope, of: Versioned): Promise<Account> {
      const account = await byId(scope, of.id, tx);
      await store.change(tx, scope, of, { set: { disabledAt: null } });
      tx.audit({ action: 'account.enabled', object: { kind: 'account', id: account.id }, divisionPath: account.divisionPath });
      return account;
    },

    /** Sets a password without a code: for setup, the demo's sign-in table and tests. */
    async setPassword(tx: Tx, accountId: string, password: string): Promise<void> {
      await credentials.setPassword(tx, accountId, { passwordHash: await passwords.hash(password) });
    },
  };
}

export type OfficeAccountsService = ReturnType<typeof makeOfficeAccountsService>;
