import type { CareersService } from './careers.service.js';
import type { FactsStore } from './facts.store.js';
import type { AccountsFollow, PlacesPort, RosterPolicies } from './neighbours.service.js';
import type { People } from './people.service.js';
import type { RegistrationService } from './registration.service.js';
import type { TransfersService } from './transfers.service.js';
import type { WorkersStore } from './workers.store.js';

/** What checking and committing a roster need. */
export interface RosterDeps {
  readonly store: WorkersStore;
  readonly facts: FactsStore;
  readonly places: PlacesPort;
  readonly policies: RosterPolicies;
  readonly accounts: AccountsFollow;
  readonly people: People;
  readonly careers: CareersService;
  readonly registration: RegistrationService;
  readonly transfers: TransfersService;
}
