import type { Connection } from 'mongoose';
import type { DivisionsStore } from '../divisions/divisions.store.js';
import type { Transact } from '../platform/transactions.js';
import type { PoliciesService } from '../policies/policies.service.js';
import type { WorkersService } from '../workers/workers.service.js';
import { makeCertificatesService } from './certificates.service.js';
import { makeCertificatesStore } from './certificates.store.js';
import { makeRatesService, type InServiceKind } from './rates.service.js';
import { makeRegistrationsService } from './registrations.service.js';
import { makeStandingsStore } from './standings.store.js';

interface Ground {
  readonly db: Connection;
  readonly divisionsStore: DivisionsStore;
  readonly policies: PoliciesService;
  readonly workers: WorkersService;
  readonly transact: Transact;
  /** Coverage's definition, which says who is in service. */
  readonly inService: InServiceKind;
  readonly rebuildLater: () => Promise<void>;
}

/** The stores and services of certificates over an open connection. */
export function wireCertificates(ground: Ground) {
  const { db, divisionsStore, policies, workers, transact, inService, rebuildLater } = ground;
  const store = makeCertificatesStore(db);
  const standings = makeStandingsStore(db);
  const rates = makeRatesService({
    certificates: store,
    standings,
    workers,
    tree: divisionsStore,
    policies,
    inService,
    transact,
    rebuildLater,
  });
  return {
    certificates: makeCertificatesService({ store, workers, policies }),
    registrations: makeRegistrationsService({ store, policies }),
    certificateStandings: standings,
    certificateRates: rates,
    certificatesSubscriber: rates.subscriber,
  };
}
