import type { Actor } from '../platform/audit.js';
import type { Clock } from '../platform/clock.js';
import type { Secrets } from '../platform/crypto.js';
import type { Transact, Tx } from '../platform/transactions.js';
import { homeOf, signedInFrom, type Account, type SignedInAccount } from './accounts.rules.js';
import type { AddressLimit } from './addressLimit.store.js';
import type { Credentials, CredentialsStore, LoginWhere } from './credentials.store.js';
import { readLogin } from './logins.rules.js';
import type { Passwords } from './passwords.js';

/** Where an attempt comes from. */
export interface Attempt {
  readonly address: string;
  readonly requestId: string;
}

/** The thresholds of the configuration. */
export interface SignInLimits {
  /** Wrong attempts before an account is locked. */
  readonly failures: number;
  readonly lockMinutes: number;
  /** Wrong attempts from one network address within the same minutes. */
  readonly addressFailures: number;
}

/** The account, or a refusal that does not say which part was wrong; `address`: too many failures from one address. */
export type SignInResult =
  { readonly ok: true; readonly account: SignedInAccount } | { readonly ok: false; readonly reason: 'refused' | 'address' };

interface Deps {
  readonly credentials: CredentialsStore;
  readonly passwords: Passwords;
  readonly secrets: Secrets;
  readonly addresses: AddressLimit;
  readonly transact: Transact;
  readonly clock: Clock;
  readonly limits: SignInLimits;
}

/** Signing in, activation by one-time code and the own password. Refusals are counted per account and per address. */
export function makeSignInService(deps: Deps) {
  const { credentials, passwords, secrets, clock, limits } = deps;

  function whereOf(login: string): LoginWhere {
    const key = readLogin(login);
    return key.kind === 'phone' ? { phoneIndex: secrets.blindIndex('phone', key.digits) } : { loginName: key.name };
  }

  async function attempt(
    login: string,
    from: Attempt,
    isRight: (held: Credentials | null) => Promise<boolean>,
  ): Promise<Credentials | 'refused' | 'address'> {
    if (await deps.addresses.isReached(from.address)) return 'address';
    const known = await credentials.find(whereOf(login));
    const held = known === null ? null : await credentials.reserveAttempt(known.id, limits.failures, clock.now());
    const right = await isRight(held);
    if (held !== null && right) return held;
    await deps.addresses.countFailure(from.address);
    if (held !== null && held.failures >= limits.failures) await lock(held.account, from);
    return 'refused';
  }

  async function lock(account: Account, from: Attempt): Promise<void> {
    await deps.transact(actorOf(account, from), async (tx) => {
      await credentials.lock(tx, account.id, new Date(tx.now.getTime() + limits.lockMinutes * 60_000));
      tx.audit({
        action: 'account.locked',
        object: { kind: 'account', id: account.id },
        divisionPath: account.divisionPath,
        count: limits.failures,
      });
    });
  }

  /** Whether a stored code fits: it is the right one, and not past its days. */
  function fits(code: string, held: Credentials | null): boolean {
    if (held === null || held.codeHash === null || held.account.codeExpiresAt === null) return false;
    return held.account.codeExpiresAt > clock.now() && secrets.verifyCode(code, held.codeHash);
  }

  return {
    limits,

    /** Checks account name or phone, and password. */
    async signIn(typed: { login: string; password: string }, from: Attempt): Promise<SignInResult> {
      const held = await attempt(typed.login, from, (one) => passwords.matches(typed.password, one?.passwordHash ?? null));
      if (typeof held === 'string') return { ok: false, reason: held };
      await deps.transact(actorOf(held.account, from), async (tx) => {
        await credentials.succeed(tx, held.account.id);
        tx.audit({ action: 'session.opened', object: { kind: 'account', id: held.account.id }, divisionPath: held.account.divisionPath });
      });
      return { ok: true, account: signedInFrom(held.account) };
    },

    /** Sets a password by a one-time code, which is used up; sessions of the account end. */
    async activate(typed: { login: string; code: string; password: string }, from: Attempt): Promise<SignInResult> {
      const held = await attempt(typed.login, from, async (one) => fits(typed.code, one));
      if (typeof held === 'string') return { ok: false, reason: held };
      const passwordHash = await passwords.hash(typed.password);
      const done = await deps.transact(actorOf(held.account, from), async (tx) => {
        const set = await credentials.setPassword(tx, held.account.id, { passwordHash, code: held.codeHash ?? '' });
        const action = held.passwordHash === null ? 'account.activated' : 'account.passwordReset';
        if (set) tx.audit({ action, object: { kind: 'account', id: held.account.id }, divisionPath: held.account.divisionPath });
        return set;
      });
      return done ? { ok: true, account: signedInFrom(held.account) } : { ok: false, reason: 'refused' };
    },

    /** The account of a session, or null when the session was ended: by a change of password or roles, or by disabling. */
    async sessionAccount(id: string, sessionVersion: number): Promise<SignedInAccount | null> {
      const account = await credentials.forSession(id);
      if (account === null || account.disabledAt !== null || account.sessionVersion !== sessionVersion) return null;
      return signedInFrom(account);
    },

    /** Whether this is the present password of a signed-in account; wrong ones count as failed sign-ins. */
    async isOwnPassword(accountId: string, password: string, from: Attempt): Promise<boolean> {
      const held = await credentials.reserveAttempt(accountId, limits.failures, clock.now());
      const right = held !== null && (await passwords.matches(password, held.passwordHash));
      if (held !== null && !right && held.failures >= limits.failures) await lock(held.account, from);
      return right;
    },

    /** The hash of a new password, to be made before the transaction begins. */
    hash: (password: string): Promise<string> => passwords.hash(password),

    /** Sets the own password; all sessions end, the caller begins a new one. */
    async changeOwnPassword(tx: Tx, accountId: string, passwordHash: string): Promise<void> {
      await credentials.setPassword(tx, accountId, { passwordHash });
      tx.audit({ action: 'account.passwordChanged', object: { kind: 'account', id: accountId } });
    },

    /** The own account of a session. */
    own: (id: string): Promise<Account | null> => credentials.forSession(id),

    /** The account as it is now, to begin a session after its version changed. */
    async fresh(id: string): Promise<SignedInAccount | null> {
      const account = await credentials.forSession(id);
      return account === null ? null : signedInFrom(account);
    },

    /** The end of a session by its own will. */
    async recordSignOut(tx: Tx, accountId: string): Promise<void> {
      tx.audit({ action: 'session.closed', object: { kind: 'account', id: accountId } });
    },
  };
}

export type SignInService = ReturnType<typeof makeSignInService>;

function actorOf(account: Account, from: Attempt): Actor {
  return { accountId: account.id, name: account.name, divisionId: homeOf(account), requestId: from.requestId };
}
