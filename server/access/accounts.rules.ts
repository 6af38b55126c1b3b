import { isRole, type Role } from './permissions.rules.js';

/** A role at a division; `divisionPath` holds the ids of its ancestors and itself, root first. */
export interface Grant {
  readonly id: string;
  readonly role: Role;
  readonly divisionId: string;
  readonly divisionPath: readonly string[];
  readonly from: Date;
}

/** An account as others may see it: no secret, no phone. Workers' accounts carry an opaque `workerId` (decision 3). */
export interface Account {
  readonly id: string;
  readonly loginName: string | null;
  readonly name: string;
  readonly workerId: string | null;
  /** Where the account belongs, root first: the office that keeps it, or the worker's community. */
  readonly divisionPath: readonly string[];
  readonly grants: readonly Grant[];
  readonly classIds: readonly string[];
  /** A password was set: by its first one-time code. */
  readonly activated: boolean;
  readonly codeExpiresAt: Date | null;
  readonly disabledAt: Date | null;
  readonly lockedUntil: Date | null;
  readonly lastSignInAt: Date | null;
  readonly createdAt: Date;
  readonly sessionVersion: number;
  readonly version: number;
}

/** A signed-in account: what the pages know (`SignedIn`) and what its permissions are resolved from. */
export interface SignedInAccount {
  readonly id: string;
  readonly name: string;
  readonly workerId: string | null;
  readonly roles: readonly string[];
  readonly homeDivisionId: string | null;
  readonly grants: readonly Grant[];
  readonly classIds: readonly string[];
  readonly sessionVersion: number;
}

/** The states an account can be in, as lists filter them. */
export const accountStates = ['active', 'invited', 'locked', 'disabled'] as const;
export type AccountState = (typeof accountStates)[number];

/** The state of an account now: disabled, locked, not yet activated, or usable. */
export function stateOf(account: Account, now: Date): AccountState {
  if (account.disabledAt !== null) return 'disabled';
  if (account.lockedUntil !== null && account.lockedUntil > now) return 'locked';
  return account.activated ? 'active' : 'invited';
}

/** Where an account's own work is: the division of its first grant, else where the account belongs. */
export function homeOf(account: Pick<Account, 'grants' | 'divisionPath'>): string | null {
  return account.grants[0]?.divisionId ?? account.divisionPath.at(-1) ?? null;
}

/** What a session knows of its account. */
export function signedInFrom(account: Account): SignedInAccount {
  const { id, name, workerId, grants, classIds, sessionVersion } = account;
  return {
    id,
    name,
    workerId,
    grants,
    classIds,
    sessionVersion,
    roles: [...new Set(grants.map((grant) => grant.role))],
    homeDivisionId: homeOf(account),
  };
}

/** The role of a stored grant; a role that this release does not know holds nothing, so the grant is left out. */
export function knownRole(text: string): Role | null {
  return isRole(text) ? text : null;
}
