import { NotFound } from '../platform/errors.js';
import type { Problem } from '../platform/http/forms.js';
import type { Scope } from '../platform/scope.js';
import type { Tx } from '../platform/transactions.js';
import { stampOf, type CareersService, type CommandInput, type Outcome } from './careers.service.js';
import type { FactLists, FactsStore } from './facts.store.js';
import { planCorrection, type CorrectionProblem } from './factCorrection.rules.js';
import type { AccountsFollow } from './neighbours.service.js';
import type { Post, PostClass, ServiceStatus } from './posts.rules.js';
import { yearsTouched, type Worker } from './worker.rules.js';
import type { WorkersStore } from './workers.store.js';

/** What a recorded fact should have said; `from` is its right first day. */
export interface CorrectionInput extends CommandInput {
  readonly factId: string;
  readonly divisionId?: string;
  readonly post?: Post;
  readonly postClass?: PostClass;
  readonly status?: ServiceStatus;
}

/** Corrections of recorded appointments and statuses: the wrong row is superseded, never overwritten (decision 7). */
export function makeFactCorrectionsService(deps: {
  readonly store: WorkersStore;
  readonly facts: FactsStore;
  readonly accounts: AccountsFollow;
  readonly careers: CareersService;
}) {
  async function newPost(scope: Scope, input: CorrectionInput, facts: FactLists) {
    const fact = facts.appointments.find((row) => row.id === input.factId);
    if (fact === undefined) return null;
    // the place of an old post may lie outside the scope by now; keeping it asks for nothing
    const divisionId = input.divisionId ?? fact.divisionId;
    const kept = { divisionId: fact.divisionId, divisionPath: fact.divisionPath, divisionCode: '' };
    const place = (await deps.careers.placeFor(scope, divisionId)) ?? (divisionId === fact.divisionId ? kept : null);
    return place === null
      ? null
      : { ...place, post: input.post ?? fact.post, postClass: input.postClass ?? fact.postClass, kind: fact.kind, source: fact.source };
  }

  return {
    async correct(tx: Tx, scope: Scope, input: CorrectionInput): Promise<Outcome> {
      const worker: Worker = { ...(await deps.store.byId(scope, input.workerId, tx)), version: input.version };
      if (input.from > tx.today) return refused('from', 'workers.from.future', { day: input.from });
      const facts = await deps.facts.standingOf(worker.id, tx);
      const isPost = facts.appointments.some((row) => row.id === input.factId);
      const post = isPost ? await newPost(scope, input, facts) : null;
      if (isPost && post === null) return refused('divisionId', 'workers.divisionId.unknown');
      const correction = {
        factId: input.factId,
        from: input.from,
        reason: input.reason,
        ...(post === null ? {} : { post }),
        ...(input.status === undefined ? {} : { status: input.status }),
      };
      const plan = planCorrection({ worker, ...facts }, correction, stampOf(tx));
      if (!plan.ok) return refusal(plan.problem);
      const projection = plan.projection.divisionCode === '' ? { ...plan.projection, divisionCode: worker.divisionCode } : plan.projection;
      await deps.store.change(tx, scope, worker, projection);
      await deps.facts.supersede(tx, plan.superseded);
      await deps.facts.add(tx, plan.added);
      const after: Worker = { ...worker, ...projection, version: worker.version + 1 };
      await deps.accounts.followWorker(tx, after);
      tx.audit({
        action: 'worker.factCorrected',
        object: { kind: 'worker', id: worker.id },
        divisionPath: after.divisionPath,
        reason: input.reason,
        changes: changesOf(facts, plan.added, input.factId),
      });
      tx.emit({ name: 'worker.changed', workerIds: [worker.id], years: yearsTouched(plan.since, tx.today) });
      return { ok: true, worker: after };
    },
  };
}

export type FactCorrectionsService = ReturnType<typeof makeFactCorrectionsService>;

const refused = (field: string, key: string, values: Problem['values'] = {}): Outcome => ({
  ok: false,
  problems: [{ field, key, values }],
});

function refusal(problem: CorrectionProblem): Outcome {
  if (problem.kind === 'NOT_THERE') throw new NotFound('fact');
  const { kind, ...values } = problem;
  return refused('from', `workers.fact.${kind}`, values);
}

/** What the row said and what it says now. */
function changesOf(before: FactLists, added: FactLists, factId: string) {
  const differing = <Row extends object>(
    old: Row | undefined,
    now: Row | undefined,
    fields: readonly (readonly [keyof Row & string, string])[],
  ) =>
    fields.flatMap(([field, name]) =>
      old === undefined || now === undefined || old[field] === now[field]
        ? []
        : [{ field: name, from: String(old[field]), to: String(now[field]) }],
    );
  const post = before.appointments.find((row) => row.id === factId);
  const status = before.statuses.find((row) => row.id === factId);
  return [
    ...differing(post, added.appointments.at(-1), [
      ['from', 'effectiveOn'],
      ['divisionId', 'divisionId'],
      ['post', 'post'],
      ['postClass', 'postClass'],
    ]),
    ...differing(status, added.statuses.at(-1), [
      ['from', 'effectiveOn'],
      ['status', 'status'],
    ]),
  ];
}
