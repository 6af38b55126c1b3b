import type { Area, SignedIn } from '../platform/http/context.js';
import type { RequestHooks } from '../platform/http/mount.js';
import type { SignedInAccount } from './accounts.rules.js';
import { scopeFor } from './scopes.js';

/** A division as the hooks need it; the divisions' store gives it. */
interface Place {
  readonly id: string;
  readonly areaCode: string;
  readonly name: string;
  readonly level: string;
  readonly path: readonly string[];
}

/** The tree, as far as it is asked for here. */
export interface DivisionLookup {
  find(areaCode: string): Promise<Place | null>;
  byIds(ids: readonly string[]): Promise<ReadonlyMap<string, Place>>;
  root(): Promise<Place | null>;
}

/** Who asks, what they may see and which division a page is about. */
export function makeRequestHooks(divisions: DivisionLookup): RequestHooks {
  async function homeArea(account: SignedIn | null): Promise<Area | null> {
    const homeId = account?.homeDivisionId ?? '';
    const place = (homeId === '' ? undefined : (await divisions.byIds([homeId])).get(homeId)) ?? (await divisions.root());
    return place === null ? null : areaOf(place);
  }

  return {
    accountOf: (req) => req.user ?? null,
    scopeFor: (account, permission) => (isAccount(account) ? scopeFor(account, permission) : null),
    async areaFor(account, code) {
      if (account === null || code === '') return homeArea(account);
      const place = await divisions.find(code);
      if (place === null || !isAccount(account)) return null;
      return account.grants.some((grant) => place.path.includes(grant.divisionId)) ? areaOf(place) : null;
    },
  };
}

function areaOf(place: Place): Area {
  return { id: place.id, code: place.areaCode, name: place.name, level: place.level, path: place.path };
}

/** Sessions are made by this feature only, so that what is signed in carries its grants. */
export function isAccount(account: SignedIn): account is SignedIn & SignedInAccount {
  return 'grants' in account && 'classIds' in account;
}
