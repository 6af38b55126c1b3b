import type { CivilDay } from '../platform/civilDays.js';
import type { Problem } from '../platform/http/forms.js';
import { reaches, type Scope } from '../platform/scope.js';
import type { Tx } from '../platform/transactions.js';
import { planCareer, type CareerChange, type NewPost, type Stamp } from './careers.rules.js';
import type { FactsStore } from './facts.store.js';
import type { AccountsFollow, PlacesPort } from './neighbours.service.js';
import { hasLeft, type Post, type PostClass, type ServiceStatus } from './posts.rules.js';
import { yearsTouched, type Worker } from './worker.rules.js';
import type { WorkersStore } from './workers.store.js';

/** What every command on one person names: who, as it was seen, from which day, and why. */
export interface CommandInput {
  readonly workerId: string;
  readonly version: number;
  readonly from: CivilDay;
  readonly reason: string;
}

/** Done, with the person as now stored, or refused by a rule. */
export type Outcome = { readonly ok: true; readonly worker: Worker } | { readonly ok: false; readonly problems: readonly Problem[] };

/** A post as forms name it. */
export interface PostInput {
  readonly post: Post;
  readonly postClass: PostClass;
}

interface CareersDeps {
  readonly store: WorkersStore;
  readonly facts: FactsStore;
  readonly places: PlacesPort;
  readonly accounts: AccountsFollow;
}

const refused = (field: string, key: string, values: Problem['values'] = {}): Outcome => ({
  ok: false,
  problems: [{ field, key, values }],
});

/** Who writes facts in a transaction. */
export function stampOf(tx: Tx): Stamp {
  return { now: tx.now, today: tx.today, by: tx.actor.name };
}

/** The commands of decision 8 on people of the roster; each writes facts and projection in one transaction. */
export function makeCareersService(deps: CareersDeps) {
  /** Writes one change of a person as seen; the caller has checked scope and sense. */
  async function write(tx: Tx, scope: Scope, worker: Worker, change: CareerChange): Promise<Outcome> {
    if (change.day > tx.today) return refused('from', 'workers.from.future', { day: change.day });
    const standing = await deps.facts.standingOf(worker.id, tx);
    const plan = planCareer({ worker, ...standing }, change, stampOf(tx));
    if (!plan.ok) return refused('from', 'workers.from.laterFact', { day: plan.laterFact });
    await deps.store.change(tx, scope, worker, plan.projection);
    await deps.facts.supersede(tx, plan.superseded);
    await deps.facts.add(tx, plan.added);
    const after: Worker = { ...worker, ...plan.projection, version: worker.version + 1, changedBy: tx.actor.name, changedAt: tx.now };
    await deps.accounts.followWorker(tx, after);
    tx.emit({ name: 'worker.changed', workerIds: [worker.id], years: yearsTouched(change.day, tx.today) });
    return { ok: true, worker: after };
  }

  /** The person as the form saw it. @throws Conflict on a lost race at the write */
  async function seen(tx: Tx, scope: Scope, input: CommandInput): Promise<Worker> {
    const worker = await deps.store.byId(scope, input.workerId, tx);
    return { ...worker, version: input.version };
  }

  async function audited(tx: Tx, of: { action: string; before: Worker; outcome: Outcome; input: CommandInput }): Promise<Outcome> {
    if (!of.outcome.ok) return of.outcome;
    const { before, outcome, input } = of;
    const changes = (['divisionId', 'post', 'postClass', 'status'] as const).flatMap((field) =>
      before[field] === outcome.worker[field] ? [] : [{ field, from: before[field], to: outcome.worker[field] }],
    );
    tx.audit({
      action: of.action,
      object: { kind: 'worker', id: before.id },
      divisionPath: outcome.worker.divisionPath,
      reason: input.reason,
      changes: [{ field: 'effectiveOn', from: null, to: input.from }, ...changes],
    });
    return of.outcome;
  }

  async function placeFor(scope: Scope, divisionId: string): Promise<Pick<NewPost, 'divisionId' | 'divisionPath' | 'divisionCode'> | null> {
    const place = (await deps.places.byIds([divisionId])).get(divisionId);
    if (place?.level !== 'community' || !reaches(scope, place.path)) return null;
    return { divisionId: place.id, divisionPath: place.path, divisionCode: place.code };
  }

  const samePlace = (worker: Worker) => ({
    divisionId: worker.divisionId,
    divisionPath: worker.divisionPath,
    divisionCode: worker.divisionCode,
  });

  return {
    write,
    placeFor,

    /** Another post in the same community. */
    async changePost(tx: Tx, scope: Scope, input: CommandInput & PostInput): Promise<Outcome> {
      const worker = await seen(tx, scope, input);
      if (hasLeft(worker.status)) return refused('', 'workers.problem.hasLeft', { name: worker.name });
      if (worker.post === input.post && worker.postClass === input.postClass) return refused('post', 'workers.post.same');
      const post: NewPost = {
        ...samePlace(worker),
        post: input.post,
        postClass: input.postClass,
        kind: 'REGULAR',
        source: worker.entrySource,
      };
      const outcome = await write(tx, scope, worker, { day: input.from, post, reason: input.reason, importId: null });
      return audited(tx, { action: 'worker.postChanged', before: worker, outcome, input });
    },

    /** To another community inside the scope; the training record goes along. */
    async transfer(tx: Tx, scope: Scope, input: CommandInput & PostInput & { readonly divisionId: string }): Promise<Outcome> {
      const worker = await seen(tx, scope, input);
      if (hasLeft(worker.status)) return refused('', 'workers.problem.hasLeft', { name: worker.name });
      if (worker.divisionId === input.divisionId) return refused('divisionId', 'workers.divisionId.same');
      const place = await placeFor(scope, input.divisionId);
      if (place === null) return refused('divisionId', 'workers.divisionId.unknown');
      const post: NewPost = { ...place, post: input.post, postClass: input.postClass, kind: 'REGULAR', source: worker.entrySource };
      const outcome = await write(tx, scope, worker, { day: input.from, post, reason: input.reason, importId: null });
      return audited(tx, { action: 'worker.transferred', before: worker, outcome, input });
    },

    /** A status that does not end the service: leave, maternity, secondment, or back from it. */
    async changeStatus(tx: Tx, scope: Scope, input: CommandInput & { readonly status: ServiceStatus }): Promise<Outcome> {
      const worker = await seen(tx, scope, input);
      if (hasLeft(worker.status)) return refused('', 'workers.problem.hasLeft', { name: worker.name });
      if (hasLeft(input.status)) return refused('status', 'workers.status.leaving');
      if (worker.status === input.status) return refused('status', 'workers.status.same');
      const outcome = await write(tx, scope, worker, { day: input.from, status: input.status, reason: input.reason, importId: null });
      return audited(tx, { action: 'worker.statusChanged', before: worker, outcome, input });
    },

    /** Ends the service; `from` is the first day the person no longer serves. */
    async leave(tx: Tx, scope: Scope, input: CommandInput & { readonly status: ServiceStatus }): Promise<Outcome> {
      const worker = await seen(tx, scope, input);
      if (hasLeft(worker.status)) return refused('', 'workers.problem.hasLeft', { name: worker.name });
      if (!hasLeft(input.status)) return refused('status', 'workers.status.unknown');
      const outcome = await write(tx, scope, worker, {
        day: input.from,
        post: null,
        status: input.status,
        reason: input.reason,
        importId: null,
      });
      return audited(tx, { action: 'worker.left', before: worker, outcome, input });
    },

    /** Back into service after having left, with a post. */
    async return(
      tx: Tx,
      scope: Scope,
      input: CommandInput & PostInput & { readonly divisionId: string; readonly status: ServiceStatus },
    ): Promise<Outcome> {
      const worker = await seen(tx, scope, input);
      if (!hasLeft(worker.status)) return refused('', 'workers.problem.stillServes', { name: worker.name });
      if (hasLeft(input.status)) return refused('status', 'workers.status.unknown');
      const place = await placeFor(scope, input.divisionId);
      if (place === null) return refused('divisionId', 'workers.divisionId.unknown');
      const post: NewPost = { ...place, post: input.post, postClass: input.postClass, kind: 'REGULAR', source: worker.entrySource };
      const outcome = await write(tx, scope, worker, { day: input.from, post, status: input.status, reason: input.reason, importId: null });
      return audited(tx, { action: 'worker.returned', before: worker, outcome, input });
    },
  };
}

export type CareersService = ReturnType<typeof makeCareersService>;
