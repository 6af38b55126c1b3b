import { newId } from '../platform/ids.js';
import { NotFound } from '../platform/errors.js';
import { reaches, type Scope } from '../platform/scope.js';
import type { Tx } from '../platform/transactions.js';
import type { Account, Grant } from './accounts.rules.js';
import type { AccountsStore } from './accounts.store.js';
import { accepted, refused, type Outcome } from './outcome.rules.js';
import { roleClash, type Role } from './permissions.rules.js';

/** Which account, as the form showed it. */
interface Versioned {
  readonly accountId: string;
  readonly version: number;
}

/** What the security administrator does: roles at divisions, and lockouts (decision 4). */
export function makeGrantsService(deps: { store: AccountsStore }) {
  const { store } = deps;

  async function office(tx: Tx, scope: Scope, id: string): Promise<Account> {
    const account = await store.byId(scope, id, tx);
    if (account.workerId !== null) throw new NotFound('account');
    return account;
  }

  return {
    /** Gives a role at a division; the sessions of the account end. Nobody gives a role to the own account. */
    async give(tx: Tx, scope: Scope, of: Versioned & { role: Role; divisionPath: readonly string[] }): Promise<Outcome<Account>> {
      const account = await office(tx, scope, of.accountId);
      const divisionId = of.divisionPath.at(-1) ?? '';
      if (account.id === tx.actor.accountId) return refused('', 'access.grants.own');
      if (!reaches(scope, of.divisionPath)) return refused('division', 'access.grants.division.outside');
      if (account.grants.some((grant) => grant.role === of.role && grant.divisionId === divisionId))
        return refused('role', 'access.grants.role.held');
      const held = account.grants.map((grant) => grant.role);
      if (roleClash(of.role, held) !== null) return refused('role', 'access.grants.role.clash');
      const grant: Grant = { id: newId(), role: of.role, divisionId, divisionPath: of.divisionPath, from: tx.now };
      await store.change(
        tx,
        scope,
        { id: account.id, version: of.version },
        { set: { grants: [...account.grants, grant] }, endSessions: true },
      );
      record(tx, account, { action: 'account.roleGiven', role: of.role, to: true });
      return accepted(account);
    },

    /** Takes a role away; the sessions of the account end. */
    async withdraw(tx: Tx, scope: Scope, of: Versioned & { grantId: string; reason: string }): Promise<Outcome<Account>> {
      const account = await office(tx, scope, of.accountId);
      const grant = account.grants.find((one) => one.id === of.grantId);
      if (grant === undefined) throw new NotFound('grant');
      if (account.id === tx.actor.accountId) return refused('', 'access.grants.own');
      const grants = account.grants.filter((one) => one.id !== of.grantId);
      await store.change(tx, scope, { id: account.id, version: of.version }, { set: { grants }, endSessions: true });
      record(tx, account, { action: 'account.roleWithdrawn', role: grant.role, to: false, reason: of.reason });
      return accepted(account);
    },

    /** Ends a lockout before its time. */
    async unlock(tx: Tx, scope: Scope, of: Versioned): Promise<Account> {
      const account = await store.byId(scope, of.accountId, tx);
      await store.change(tx, scope, { id: account.id, version: of.version }, { set: { lockedUntil: null, failures: 0 } });
      tx.audit({ action: 'account.unlocked', object: { kind: 'account', id: account.id }, divisionPath: account.divisionPath });
      return account;
    },
  };
}

export type GrantsService = ReturnType<typeof makeGrantsService>;

function record(tx: Tx, account: Account, what: { action: string; role: Role; to: boolean; reason?: string }): void {
  tx.audit({
    action: what.action,
    object: { kind: 'account', id: account.id },
    divisionPath: account.divisionPath,
    changes: [{ field: 'role', from: what.to ? null : what.role, to: what.to ? what.role : null }],
    ...(what.reason === undefined ? {} : { reason: what.reason }),
  });
}
