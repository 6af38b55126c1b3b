import type { DivisionsStore } from '../divisions/divisions.store.js';
import type { Places } from './accounts.pages.js';
import type { Account } from './accounts.rules.js';

/** Names of the divisions that some accounts belong to or hold roles at. */
export async function placesOf(of: { readonly divisionsStore: DivisionsStore }, accounts: readonly Account[]): Promise<Places> {
  return of.divisionsStore.names(
    accounts.flatMap((one) => [...one.divisionPath.slice(-1), ...one.grants.map((grant) => grant.divisionId)]),
  );
}
