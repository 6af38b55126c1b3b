import type { AccessService } from '../access/access.service.js';
import type { CivilDay } from '../platform/civilDays.js';
import type { Tx } from '../platform/transactions.js';
import type { PoliciesService } from '../policies/policies.service.js';
import type { AgePolicy } from './idNumber.rules.js';
import { agesPolicy } from './workers.policies.js';

/** A place of the division tree as the roster needs it. */
export interface Place {
  readonly id: string;
  readonly code: string;
  readonly areaCode: string;
  readonly level: string;
  readonly name: string;
  readonly parentId: string | null;
  readonly path: readonly string[];
}

/** What the roster asks of the division tree; names of divisions are public. */
export interface PlacesPort {
  byIds(ids: readonly string[]): Promise<ReadonlyMap<string, Place>>;
  /** All divisions under a root, itself first. */
  subtree(rootId: string): Promise<readonly Place[]>;
}

/** A person as the sign-in accounts know them: opaque id, name, key of the phone, place, and whether the person serves. */
export interface AccountHolder {
  readonly id: string;
  readonly name: string;
  readonly phoneIndex: string | null;
  readonly divisionPath: readonly string[];
  readonly inServiceSince: CivilDay | null;
}

/** Keeps the sign-in accounts of workers in step with the roster (decision 3). */
export function makeAccountsFollow(access: AccessService) {
  const personOf = ({ id, name, phoneIndex, divisionPath }: AccountHolder) => ({ workerId: id, name, phoneIndex, divisionPath });
  return {
    /** New people of the roster get an account, not yet activated; who has left gets none. */
    async addWorkers(tx: Tx, people: readonly AccountHolder[]): Promise<void> {
      const serving = people.filter((person) => person.inServiceSince !== null);
      if (serving.length > 0) await access.createForWorkers(tx, serving.map(personOf));
    },

    /** Name, phone and place follow; the account closes when the person leaves and opens on return. */
    async followWorker(tx: Tx, person: AccountHolder): Promise<void> {
      const serves = person.inServiceSince !== null;
      const known = await access.accountsOfWorkers([person.id]);
      if (!known.has(person.id)) {
        if (serves) await access.createForWorkers(tx, [personOf(person)]);
        return;
      }
      await access.keepWorkerInStep(tx, personOf(person));
      await access.setWorkerAccess(tx, person.id, serves);
    },
  };
}

export type AccountsFollow = ReturnType<typeof makeAccountsFollow>;

/** The thresholds the roster uses. */
export function makeRosterPolicies(policies: PoliciesService) {
  return {
    /** The ages a worker can have on a day, for a division path. */
    async agesFor(day: CivilDay): Promise<(divisionPath: readonly string[]) => AgePolicy> {
      const book = await policies.load([agesPolicy]);
      return (divisionPath) => book.on(agesPolicy, divisionPath, day).value;
    },
  };
}

export type RosterPolicies = ReturnType<typeof makeRosterPolicies>;
