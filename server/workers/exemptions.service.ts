import type { CivilDay } from '../platform/civilDays.js';
import type { Problem } from '../platform/http/forms.js';
import type { Paging, Slice } from '../platform/http/paging.js';
import { newId } from '../platform/ids.js';
import type { Scope } from '../platform/scope.js';
import type { Tx } from '../platform/transactions.js';
import { hasLeft } from './posts.rules.js';
import { endExemption, exemptionsOverlap, findExemptionProblem, type Exemption } from './requests.rules.js';
import type { ExemptionsStore, RequestFilter } from './requests.store.js';
import { yearsTouched } from './worker.rules.js';
import type { WorkersStore } from './workers.store.js';

/** An exemption as the county asks for it; both days included. */
export interface ExemptionRequest {
  readonly workerId: string;
  readonly reason: string;
  readonly from: CivilDay;
  readonly to: CivilDay;
}

/** Done, or refused by a rule. */
export type ExemptionOutcome =
  { readonly ok: true; readonly exemption: Exemption } | { readonly ok: false; readonly problems: readonly Problem[] };

const refused = (field: string, key: string, values: Problem['values'] = {}): ExemptionOutcome => ({
  ok: false,
  problems: [{ field, key, values }],
});

/** Exemptions from coverage: asked by the county, approved or refused by the city; they count on the as-of day (ruling 29). */
export function makeExemptionsService(deps: { readonly store: WorkersStore; readonly exemptions: ExemptionsStore }) {
  async function answer(
    tx: Tx,
    scope: Scope,
    input: { id: string; answer: string },
    state: 'approved' | 'refused',
  ): Promise<ExemptionOutcome> {
    const exemption = await deps.exemptions.byId(scope, input.id, tx);
    if (!(await deps.exemptions.settle(tx, exemption.id, { state, answer: input.answer }))) return refused('', 'workers.exemption.settled');
    tx.audit({
      action: `exemption.${state}`,
      object: { kind: 'exemption', id: exemption.id },
      divisionPath: exemption.divisionPath,
      reason: input.answer,
    });
    if (state === 'approved')
      tx.emit({ name: 'worker.changed', workerIds: [exemption.workerId], years: yearsTouched(exemption.from, exemption.to) });
    return { ok: true, exemption: { ...exemption, state, answer: input.answer, answeredBy: tx.actor.name, answeredAt: tx.now } };
  }

  return {
    list: (scope: Scope, filter: RequestFilter, paging: Pick<Paging, 'skip' | 'size'>): Promise<Slice<Exemption>> =>
      deps.exemptions.list(scope, filter, paging),
    count: (scope: Scope, filter: RequestFilter): Promise<number> => deps.exemptions.count(scope, filter),
    /** Those of some people who have asked and wait for the answer. */
    async waiting(scope: Scope, workerIds: readonly string[]): Promise<ReadonlySet<string>> {
      return new Set((await deps.exemptions.ofWorkers(scope, workerIds, 'requested')).map((one) => one.workerId));
    },
    byId: (scope: Scope, id: string): Promise<Exemption> => deps.exemptions.byId(scope, id),

    async request(tx: Tx, scope: Scope, input: ExemptionRequest): Promise<ExemptionOutcome> {
      const worker = await deps.store.byId(scope, input.workerId, tx);
      if (hasLeft(worker.status)) return refused('', 'workers.problem.hasLeft', { name: worker.name });
      const problem = findExemptionProblem(input.from, input.to);
      if (problem !== null) return refused('to', `workers.exemption.${problem}`, { from: input.from, to: input.to });
      const open = await deps.exemptions.ofWorkers(scope, [worker.id], 'requested', tx);
      if (open.length > 0) return refused('', 'workers.exemption.alreadyAsked', { name: worker.name });
      const approved = await deps.exemptions.ofWorkers(scope, [worker.id], 'approved', tx);
      const other = approved.find((one) => exemptionsOverlap(one, input));
      if (other !== undefined) return refused('from', 'workers.exemption.OVERLAP', { from: other.from, to: other.to });
      const exemption: Exemption = {
        id: newId(),
        workerId: worker.id,
        workerName: worker.name,
        divisionPath: worker.divisionPath,
        kind: 'coverage',
        reason: input.reason,
        from: input.from,
        to: input.to,
        state: 'requested',
        askedBy: tx.actor.name,
        askedAt: tx.now,
        answer: '',
        answeredBy: null,
        answeredAt: null,
      };
      await deps.exemptions.add(tx, [exemption]);
      tx.audit({
        action: 'exemption.requested',
        object: { kind: 'exemption', id: exemption.id },
        divisionPath: worker.divisionPath,
        reason: input.reason,
      });
      return { ok: true, exemption };
    },

    approve: (tx: Tx, scope: Scope, input: { id: string; answer: string }): Promise<ExemptionOutcome> =>
      answer(tx, scope, input, 'approved'),
    refuse: (tx: Tx, scope: Scope, input: { id: string; answer: string }): Promise<ExemptionOutcome> => answer(tx, scope, input, 'refused'),

    /** Makes a person due again from a day inside an approved exemption. */
    async end(tx: Tx, scope: Scope, input: { id: string; backOn: CivilDay; reason: string }): Promise<ExemptionOutcome> {
      const seen = await deps.exemptions.byId(scope, input.id, tx);
      const ended = endExemption(seen, input.backOn);
      if (ended === null) return refused('backOn', 'workers.exemption.backOn.outside', { day: input.backOn, from: seen.from, to: seen.to });
      const outcome = { ...ended, answer: input.reason };
      if (!(await deps.exemptions.end(tx, seen, outcome))) return refused('', 'workers.exemption.settled');
      const about = { object: { kind: 'exemption', id: seen.id }, divisionPath: seen.divisionPath, reason: input.reason };
      tx.audit({ action: 'exemption.ended', ...about, changes: [{ field: 'backOn', from: null, to: input.backOn }] });
      tx.emit({ name: 'worker.changed', workerIds: [seen.workerId], years: yearsTouched(seen.from, seen.to) });
      return { ok: true, exemption: { ...seen, ...outcome, answeredBy: tx.actor.name, answeredAt: tx.now } };
    },
  };
}

export type ExemptionsService = ReturnType<typeof makeExemptionsService>;
