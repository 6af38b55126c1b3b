import { grantScope, type Scope } from '../platform/scope.js';
import type { SignedInAccount } from './accounts.rules.js';
import { holds, reachOf, type ReachKind } from './permissions.rules.js';

/**
 * What an account may reach with one permission, or null when no grant holds it. Divisions are merged: one inside another is
 * dropped. The widest kind wins: a county officer who also teaches a class marks attendance as the county does.
 */
export function scopeFor(account: SignedInAccount, permission: string): Scope | null {
  const holding = account.grants.filter((grant) => holds(grant.role, permission));
  if (holding.length === 0) return null;
  const has = (kind: ReachKind): boolean => holding.some((grant) => reachOf(grant.role) === kind);
  if (has('divisions')) {
    const paths = holding.filter((grant) => reachOf(grant.role) === 'divisions').map((grant) => grant.divisionPath);
    return grantScope({ kind: 'divisions', divisionIds: topmost(paths) });
  }
  if (has('classes')) return grantScope({ kind: 'classes', classIds: account.classIds });
  return account.workerId === null ? null : grantScope({ kind: 'self', workerId: account.workerId });
}

/** The divisions of some paths (each ends with its division) that lie in no other of them, each once. */
function topmost(paths: readonly (readonly string[])[]): readonly string[] {
  const ends = new Set(paths.flatMap((path) => path.at(-1) ?? []));
  const isInside = (path: readonly string[]): boolean => path.slice(0, -1).some((ancestor) => ends.has(ancestor));
  return [...new Set(paths.filter((path) => !isInside(path)).flatMap((path) => path.at(-1) ?? []))];
}
