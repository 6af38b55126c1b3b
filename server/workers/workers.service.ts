import type { Secrets } from '../platform/crypto.js';
import type { Paging, Slice } from '../platform/http/paging.js';
import { systemScope, type Scope } from '../platform/scope.js';
import type { Tx } from '../platform/transactions.js';
import type { CareersService } from './careers.service.js';
import type { ExemptionsStore } from './requests.store.js';
import type { FactsStore } from './facts.store.js';
import type { RegistrationService } from './registration.service.js';
import type { RosterFilter } from './rosterQuery.store.js';
import type { Worker, WorkerFacts } from './worker.rules.js';
import type { WorkersStore } from './workers.store.js';

interface WorkersDeps {
  readonly store: WorkersStore;
  readonly facts: FactsStore;
  readonly exemptions: ExemptionsStore;
  readonly careers: CareersService;
  readonly registration: RegistrationService;
  readonly secrets: Secrets;
}

/** ID number and phone in full, shown once to who said what for. */
export interface SensitiveFacts {
  readonly worker: Worker;
  readonly idNumber: string;
  readonly phone: string | null;
}

/** The roster as the floors above and the pages see it. */
export function makeWorkersService(deps: WorkersDeps) {
  const { store, facts, secrets } = deps;
  const { changePost, transfer, changeStatus, leave, return: returnToService } = deps.careers;
  const { join, edit, countyOf, addPeople } = deps.registration;
  const named = systemScope('facts of named workers for the floors above');

  /** A search box: four digits are a phone tail, anything else a name, pinyin or initials. */
  function searchFilter(text: string): RosterFilter {
    const term = text.trim();
    if (term === '') return {};
    return /^\d{4}$/.test(term) ? { phoneTail: secrets.phoneTailIndex(term) } : { search: term };
  }

  return {
    changePost,
    transfer,
    changeStatus,
    leave,
    return: returnToService,
    join,
    edit,
    countyOf,
    addPeople,
    searchFilter,

    /** @throws NotFound outside the scope too */
    byId: (scope: Scope, id: string, tx?: Tx): Promise<Worker> => store.byId(scope, id, tx),
    find: (scope: Scope, id: string, tx?: Tx): Promise<Worker | null> => store.find(scope, id, tx),
    /** Those of some people who lie inside the scope, by id. */
    within: (scope: Scope, ids: readonly string[], tx?: Tx): Promise<ReadonlyMap<string, Worker>> => store.byIds(scope, ids, tx),
    /** Named people, wherever they are: for services that hold their ids already. */
    byIds: (ids: readonly string[], tx?: Tx): Promise<ReadonlyMap<string, Worker>> => store.byIds(named, ids, tx),
    list: (scope: Scope, filter: RosterFilter, paging: Paging): Promise<Slice<Worker>> => store.list(scope, filter, paging),
    count: (scope: Scope, filter: RosterFilter): Promise<number> => store.count(scope, filter),
    /** All people of a filter in batches, in no useful order. */
    stream: (scope: Scope, filter: RosterFilter): AsyncGenerator<readonly Worker[], void, undefined> => store.stream(scope, filter),

    /** The ids of everybody in a filter, in batches; for jobs. */
    async *streamIds(filter: RosterFilter = {}): AsyncGenerator<readonly string[], void, undefined> {
      for await (const batch of store.stream(systemScope('ids of the roster for a job'), filter)) yield batch.map((worker) => worker.id);
    },

    /** Projection, standing facts and approved exemptions of named people; who is not there is left out. */
    async factsFor(ids: readonly string[], tx?: Tx): Promise<ReadonlyMap<string, WorkerFacts>> {
      const [workers, lists, exemptions] = [
        await store.byIds(named, ids, tx),
        await facts.standing(ids, tx),
        await deps.exemptions.ofWorkers(named, ids, 'approved', tx),
      ];
      return new Map(
        [...workers].map(([id, worker]) => {
          const { appointments, statuses } = lists.get(id) ?? { appointments: [], statuses: [] };
          return [
            id,
            {
              worker,
              appointments,
              statuses,
              exemptions: exemptions
                .filter((one) => one.workerId === id)
                .map(({ id: exemptionId, reason, from, to }) => ({ id: exemptionId, reason, from, to })),
            },
          ];
        }),
      );
    },

    /** Opens the sealed numbers of one person, with the purpose in the trail. */
    async reveal(tx: Tx, scope: Scope, input: { readonly workerId: string; readonly purpose: string }): Promise<SensitiveFacts> {
      const worker = await store.byId(scope, input.workerId, tx);
      const { idSealed, phoneSealed } = await store.secretsOf(scope, input.workerId, tx);
      tx.audit({
        action: 'worker.sensitiveRead',
        object: { kind: 'worker', id: worker.id },
        divisionPath: worker.divisionPath,
        reason: input.purpose,
      });
      return { worker, idNumber: secrets.open(idSealed), phone: phoneSealed === null ? null : secrets.open(phoneSealed) };
    },
  };
}

export type WorkersService = ReturnType<typeof makeWorkersService>;
