import type { Problem } from '../platform/http/forms.js';
import type { Paging, Slice } from '../platform/http/paging.js';
import { newId } from '../platform/ids.js';
import type { Scope } from '../platform/scope.js';
import type { Tx } from '../platform/transactions.js';
import type { Correction, CorrectionTopic } from './requests.rules.js';
import type { CorrectionsStore, RequestFilter } from './requests.store.js';
import type { WorkersStore } from './workers.store.js';

/** Done, or refused by a rule. */
export type CorrectionOutcome =
  { readonly ok: true; readonly correction: Correction } | { readonly ok: false; readonly problems: readonly Problem[] };

/** Open words of one person at a time: more would be one letter sent often. */
const mostOpen = 5;

/** "This is wrong": raised by the worker (scope self), answered by the county, the answer seen by the worker. */
export function makeCorrectionsService(deps: { readonly store: WorkersStore; readonly corrections: CorrectionsStore }) {
  const { corrections } = deps;
  return {
    list: (scope: Scope, filter: RequestFilter, paging: Pick<Paging, 'skip' | 'size'>): Promise<Slice<Correction>> =>
      corrections.list(scope, filter, paging),
    count: (scope: Scope, filter: RequestFilter): Promise<number> => corrections.count(scope, filter),
    byId: (scope: Scope, id: string): Promise<Correction> => corrections.byId(scope, id),

    async raise(tx: Tx, scope: Scope, input: { workerId: string; topic: CorrectionTopic; text: string }): Promise<CorrectionOutcome> {
      const worker = await deps.store.byId(scope, input.workerId, tx);
      const open = await corrections.ofWorkers(scope, [worker.id], 'requested', tx);
      if (open.length >= mostOpen)
        return { ok: false, problems: [{ field: '', key: 'workers.correction.tooMany', values: { count: open.length } }] };
      const correction: Correction = {
        id: newId(),
        workerId: worker.id,
        workerName: worker.name,
        divisionPath: worker.divisionPath,
        topic: input.topic,
        text: input.text,
        state: 'requested',
        askedBy: tx.actor.name,
        askedAt: tx.now,
        answer: '',
        answeredBy: null,
        answeredAt: null,
        seenAt: null,
      };
      await corrections.add(tx, [correction]);
      tx.audit({ action: 'correction.raised', object: { kind: 'correction', id: correction.id }, divisionPath: worker.divisionPath });
      return { ok: true, correction };
    },

    /** The worker has seen the answer; until then it stands on the worker's first page. @throws NotFound outside the scope */
    async markSeen(tx: Tx, scope: Scope, id: string): Promise<void> {
      const correction = await corrections.byId(scope, id, tx);
      await corrections.markSeen(tx, correction.id);
    },

    async answer(tx: Tx, scope: Scope, input: { id: string; answer: string }): Promise<CorrectionOutcome> {
      const correction = await corrections.byId(scope, input.id, tx);
      const settled = await corrections.settle(tx, correction.id, { state: 'answered', answer: input.answer });
      if (!settled) return { ok: false, problems: [{ field: '', key: 'workers.correction.settled' }] };
      tx.audit({ action: 'correction.answered', object: { kind: 'correction', id: correction.id }, divisionPath: correction.divisionPath });
      return {
        ok: true,
        correction: { ...correction, state: 'answered', answer: input.answer, answeredBy: tx.actor.name, answeredAt: tx.now },
      };
    },
  };
}

export type CorrectionsService = ReturnType<typeof makeCorrectionsService>;
