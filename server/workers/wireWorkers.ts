import type { Connection } from 'mongoose';
import type { AccessService } from '../access/access.service.js';
import type { Secrets } from '../platform/crypto.js';
import type { PoliciesService } from '../policies/policies.service.js';
import { makeCareersService } from './careers.service.js';
import { makeCorrectionsService } from './corrections.service.js';
import { makeExemptionsService } from './exemptions.service.js';
import { makeFactCorrectionsService } from './factCorrections.service.js';
import { makeFactsStore } from './facts.store.js';
import { makeAccountsFollow, makeRosterPolicies, type PlacesPort } from './neighbours.service.js';
import { makePeople } from './people.service.js';
import { makeRegistrationService } from './registration.service.js';
import { makeCorrectionsStore, makeExemptionsStore, makeTransfersStore } from './requests.store.js';
import { makeRosterImport } from './roster.import.js';
import { makeTransfersService } from './transfers.service.js';
import { makeWorkersService } from './workers.service.js';
import { makeWorkersStore } from './workers.store.js';

interface Ground {
  readonly db: Connection;
  readonly secrets: Secrets;
  readonly divisionsStore: PlacesPort;
  readonly access: AccessService;
  readonly policies: PoliciesService;
}

/** The stores and services of the roster over an open connection. */
export function wireWorkers(ground: Ground) {
  const { db, secrets, divisionsStore: places } = ground;
  const store = makeWorkersStore(db);
  const facts = makeFactsStore(db);
  const exemptionsStore = makeExemptionsStore(db);
  const people = makePeople({ secrets });
  const accounts = makeAccountsFollow(ground.access);
  const policies = makeRosterPolicies(ground.policies);
  const careers = makeCareersService({ store, facts, places, accounts });
  const registration = makeRegistrationService({ store, facts, places, policies, accounts, people, careers });
  const transfers = makeTransfersService({ store, transfers: makeTransfersStore(db), careers });
  const factCorrections = makeFactCorrectionsService({ store, facts, accounts, careers });
  return {
    factCorrections,
    workers: makeWorkersService({ store, facts, exemptions: exemptionsStore, careers, registration, secrets }),
    transfers,
    exemptions: makeExemptionsService({ store, exemptions: exemptionsStore }),
    corrections: makeCorrectionsService({ store, corrections: makeCorrectionsStore(db) }),
    rosterImport: makeRosterImport({ store, facts, places, policies, accounts, people, careers, registration, transfers }),
  };
}
