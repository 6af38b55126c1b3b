import { NotFound } from '../platform/errors.js';
import { param, type Ctx } from '../platform/http/context.js';
import { parseForm, type Problem } from '../platform/http/forms.js';
import { done, goTo, page, type Reply } from '../platform/http/reply.js';
import { get, post, routeTable, type Route } from '../platform/http/routeTable.js';
import type { Deps } from '../wiring.js';
import { communityOptions } from './places.pages.js';
import { appointmentCorrectionForm, statusCorrectionForm } from './workers.forms.js';
import { factForm } from './workerForms.pages.js';
import { kept } from './words.pages.js';
import type { AppointmentFact, StatusFact, Worker } from './worker.rules.js';

const ofFact = { params: { id: 'worker', fact: 'word' } } as const;

interface Recorded {
  readonly worker: Worker;
  readonly appointment: AppointmentFact | null;
  readonly status: StatusFact | null;
}

/** Corrections of what was recorded about a person: the wrong fact stays readable in the changes. */
export function factsRoutes(deps: Deps): readonly Route[] {
  return routeTable('/workers', [
    get('/:id/facts/:fact', 'worker.change', ofFact, async (ctx) => show(deps, ctx, await recorded(deps, ctx), [])),
    post('/:id/facts/:fact', 'worker.change', ofFact, (ctx) => correct(deps, ctx)),
  ]);
}

async function recorded(deps: Deps, ctx: Ctx): Promise<Recorded> {
  const worker = await deps.workers.byId(ctx.scope, param(ctx, 'id'));
  const facts = (await deps.workers.factsFor([worker.id])).get(worker.id);
  const appointment = facts?.appointments.find((one) => one.id === param(ctx, 'fact')) ?? null;
  const status = facts?.statuses.find((one) => one.id === param(ctx, 'fact')) ?? null;
  if (appointment === null && status === null) throw new NotFound('fact');
  return { worker, appointment, status };
}

async function show(deps: Deps, ctx: Ctx, of: Recorded, problems: readonly Problem[]): Promise<Reply> {
  const { appointment, status } = of;
  const stored =
    appointment === null
      ? { status: status?.status ?? '', from: status?.from ?? '' }
      : { divisionId: appointment.divisionId, post: appointment.post, postClass: appointment.postClass, from: appointment.from };
  const communities = appointment === null ? [] : await communityOptions(deps, ctx.scope);
  const state = { typed: problems.length > 0 ? ctx.body : stored, problems };
  const model = factForm(ctx, {
    worker: of.worker,
    state,
    communities,
    today: deps.clock.today(),
    factId: param(ctx, 'fact'),
    isPost: appointment !== null,
  });
  return page('workers/fact', model, problems.length > 0 ? 422 : 200);
}

async function correct(deps: Deps, ctx: Ctx): Promise<Reply> {
  const of = await recorded(deps, ctx);
  const parsed = of.appointment === null ? parseForm(statusCorrectionForm, ctx) : parseForm(appointmentCorrectionForm, ctx);
  if (!parsed.ok) return show(deps, ctx, of, parsed.problems);
  return ctx.command(async (tx) => {
    const outcome = await deps.factCorrections.correct(tx, ctx.scope, {
      ...parsed.value,
      workerId: of.worker.id,
      factId: param(ctx, 'fact'),
    });
    if (!outcome.ok) return show(deps, ctx, of, outcome.problems);
    return goTo(kept(ctx, `/workers/${of.worker.id}`), done(ctx.t('workers.fact.done', { name: of.worker.name })));
  });
}
