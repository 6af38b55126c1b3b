import type { CivilDay } from '../platform/civilDays.js';
import { Forbidden, NotFound } from '../platform/errors.js';
import type { Problem } from '../platform/http/forms.js';
import type { Paging, Slice } from '../platform/http/paging.js';
import { newId } from '../platform/ids.js';
import { reaches, systemScope, type Scope } from '../platform/scope.js';
import type { Tx } from '../platform/transactions.js';
import type { CareersService, PostInput } from './careers.service.js';
import { hasLeft } from './posts.rules.js';
import type { Transfer } from './requests.rules.js';
import type { RequestFilter, TransfersStore } from './requests.store.js';
import type { Worker } from './worker.rules.js';
import type { WorkersStore } from './workers.store.js';

/** A person of another county, asked for. */
export interface TransferRequest extends PostInput {
  readonly workerId: string;
  /** The name as the asking county wrote it: it is not told the one on record. */
  readonly name: string;
  readonly divisionId: string;
  readonly effectiveOn: CivilDay;
  readonly reason: string;
  readonly importId: string | null;
}

/** Done, or refused by a rule. */
export type TransferOutcome =
  { readonly ok: true; readonly transfer: Transfer } | { readonly ok: false; readonly problems: readonly Problem[] };

const refused = (field: string, key: string, values: Problem['values'] = {}): TransferOutcome => ({
  ok: false,
  problems: [{ field, key, values }],
});

/** Transfers between counties (decision 8): asked by who takes, confirmed by who gives or by the city above both. */
export function makeTransfersService(deps: {
  readonly store: WorkersStore;
  readonly transfers: TransfersStore;
  readonly careers: CareersService;
}) {
  const everywhere = systemScope('a transfer reaches a person of another county');

  async function open(tx: Tx, scope: Scope, id: string): Promise<Transfer> {
    return deps.transfers.byId(scope, id, tx);
  }

  async function settle(
    tx: Tx,
    transfer: Transfer,
    outcome: { state: 'approved' | 'refused' | 'withdrawn'; answer: string },
  ): Promise<boolean> {
    const done = await deps.transfers.settle(tx, transfer.id, outcome);
    if (!done) return false;
    const actions = { approved: 'transfer.confirmed', refused: 'transfer.refused', withdrawn: 'transfer.withdrawn' } as const;
    tx.audit({
      action: actions[outcome.state],
      object: { kind: 'transfer', id: transfer.id },
      divisionPath: [...new Set([...transfer.fromPath, ...transfer.toPath])],
      reason: outcome.answer,
    });
    return true;
  }

  return {
    /** The scope that finds people of other counties: for requests about them only. */
    everywhere,

    /** Whether the scope is on the giving side, so that it may confirm. */
    mayConfirm: (scope: Scope, transfer: Transfer): boolean => transfer.state === 'requested' && reaches(scope, transfer.fromPath),
    /** Whether the scope is on the taking side, so that it may take the request back. */
    mayWithdraw: (scope: Scope, transfer: Transfer): boolean => transfer.state === 'requested' && reaches(scope, transfer.toPath),

    list: (scope: Scope, filter: RequestFilter, paging: Pick<Paging, 'skip' | 'size'>): Promise<Slice<Transfer>> =>
      deps.transfers.list(scope, filter, paging),
    count: (scope: Scope, filter: RequestFilter): Promise<number> => deps.transfers.count(scope, filter),
    byId: (scope: Scope, id: string): Promise<Transfer> => deps.transfers.byId(scope, id),

    /** The open requests for some people, wherever they are. */
    openFor: (workerIds: readonly string[], tx?: Tx): Promise<readonly Transfer[]> =>
      deps.transfers.ofWorkers(everywhere, workerIds, 'requested', tx),

    /** Asks for a person outside the scope; nothing of the person changes. */
    async request(tx: Tx, scope: Scope, input: TransferRequest): Promise<TransferOutcome> {
      const worker = await deps.store.byId(everywhere, input.workerId, tx);
      const place = await deps.careers.placeFor(scope, input.divisionId);
      if (place === null) return refused('divisionId', 'workers.divisionId.unknown');
      if (reaches(scope, worker.divisionPath)) return refused('idNumber', 'workers.idNumber.servesHere', { name: worker.name });
      const pending = await deps.transfers.ofWorkers(everywhere, [worker.id], 'requested', tx);
      if (pending.length > 0) return refused('idNumber', 'workers.transfer.alreadyAsked');
      const transfer = newTransfer(tx, worker, { ...input, toPath: place.divisionPath });
      await deps.transfers.add(tx, [transfer]);
      tx.audit({
        action: 'transfer.requested',
        object: { kind: 'transfer', id: transfer.id },
        divisionPath: [...new Set([...worker.divisionPath, ...place.divisionPath])],
        reason: input.reason,
      });
      return { ok: true, transfer };
    },

    /** The giving side (or the city) lets the person go: the appointment changes on the day that was asked for. */
    async confirm(tx: Tx, scope: Scope, input: { readonly id: string; readonly answer: string }): Promise<TransferOutcome> {
      const transfer = await open(tx, scope, input.id);
      if (!reaches(scope, transfer.fromPath)) throw new Forbidden();
      if (!(await settle(tx, transfer, { state: 'approved', answer: input.answer }))) return refused('', 'workers.transfer.settled');
      const worker = await deps.store.byId(everywhere, transfer.workerId, tx);
      const place = await deps.careers.placeFor(everywhere, transfer.toDivisionId);
      if (place === null) throw new NotFound('division');
      const post = { ...place, post: transfer.post, postClass: transfer.postClass, kind: 'REGULAR' as const, source: worker.entrySource };
      const status = hasLeft(worker.status) ? { status: 'IN_SERVICE' as const } : {};
      const outcome = await deps.careers.write(tx, everywhere, worker, {
        day: transfer.effectiveOn,
        post,
        ...status,
        reason: transfer.reason,
        importId: null,
      });
      if (!outcome.ok) return { ok: false, problems: outcome.problems.map((problem) => ({ ...problem, field: '' })) };
      return { ok: true, transfer: { ...transfer, state: 'approved' } };
    },

    /** The giving side keeps the person. */
    async refuse(tx: Tx, scope: Scope, input: { readonly id: string; readonly answer: string }): Promise<TransferOutcome> {
      const transfer = await open(tx, scope, input.id);
      if (!reaches(scope, transfer.fromPath)) throw new Forbidden();
      const settled = await settle(tx, transfer, { state: 'refused', answer: input.answer });
      return settled ? { ok: true, transfer: { ...transfer, state: 'refused' } } : refused('', 'workers.transfer.settled');
    },

    /** The taking side no longer asks. */
    async withdraw(tx: Tx, scope: Scope, id: string): Promise<TransferOutcome> {
      const transfer = await open(tx, scope, id);
      if (!reaches(scope, transfer.toPath)) throw new Forbidden();
      const settled = await settle(tx, transfer, { state: 'withdrawn', answer: '' });
      return settled ? { ok: true, transfer: { ...transfer, state: 'withdrawn' } } : refused('', 'workers.transfer.settled');
    },
  };
}

export type TransfersService = ReturnType<typeof makeTransfersService>;

/** A request as stored. */
export function newTransfer(
  tx: Tx,
  worker: Worker,
  input: Omit<TransferRequest, 'workerId'> & { readonly toPath: readonly string[] },
): Transfer & { readonly importId: string | null } {
  return {
    id: newId(),
    workerId: worker.id,
    workerName: input.name,
    fromPath: worker.divisionPath,
    toDivisionId: input.divisionId,
    toPath: input.toPath,
    post: input.post,
    postClass: input.postClass,
    effectiveOn: input.effectiveOn,
    reason: input.reason,
    importId: input.importId,
    state: 'requested',
    askedBy: tx.actor.name,
    askedAt: tx.now,
    answer: '',
    answeredBy: null,
    answeredAt: null,
  };
}
