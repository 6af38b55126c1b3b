import { shownText } from '../imports/messages.pages.js';
import { Conflict } from '../platform/errors.js';
import { param, type Ctx } from '../platform/http/context.js';
import { parseForm, type Problem } from '../platform/http/forms.js';
import { done, goTo, page, type Reply } from '../platform/http/reply.js';
import { get, post, routeTable, type Route } from '../platform/http/routeTable.js';
import type { Deps } from '../wiring.js';
import { communityOptions } from './places.pages.js';
import { detailsOf, editForm, joinForm } from './workers.forms.js';
import { joinPage, personForm, storedValues, type FormState } from './workerForms.pages.js';
import { detailText } from './rosterDiff.import.js';
import { detailChanges, type Worker, type WorkerDetails } from './worker.rules.js';
import { kept } from './words.pages.js';

const ofWorker = { params: { id: 'worker' } } as const;

/** Entering a person, and editing what a person is. Stands before the roster's own rows: `/workers/new` is no id. */
export function registrationRoutes(deps: Deps): readonly Route[] {
  return routeTable('/workers', [
    get('/new', 'worker.change', (ctx) => showJoin(deps, ctx, { typed: { status: 'IN_SERVICE' }, problems: [] })),
    post('/', 'worker.change', (ctx) => join(deps, ctx)),
    get('/:id/edit', 'worker.change', ofWorker, (ctx) => showEdit(deps, ctx, [])),
    post('/:id/edit', 'worker.change', ofWorker, (ctx) => edit(deps, ctx)),
  ]);
}

async function showJoin(deps: Deps, ctx: Ctx, state: FormState, elsewhere: string | null = null): Promise<Reply> {
  const communities = await communityOptions(deps, ctx.scope);
  return page('workers/join', joinPage(ctx, state, { communities, elsewhere }), state.problems.length > 0 ? 422 : 200);
}

async function join(deps: Deps, ctx: Ctx): Promise<Reply> {
  const parsed = parseForm(joinForm, ctx);
  if (!parsed.ok) return showJoin(deps, ctx, { typed: ctx.body, problems: parsed.problems });
  const form = parsed.value;
  const input = { ...form, details: detailsOf(form) };
  return ctx.command(async (tx) => {
    const outcome = await deps.workers.join(tx, ctx.scope, input);
    if (outcome.ok)
      return goTo(kept(ctx, `/workers/${outcome.worker.id}`), done(ctx.t('workers.join.done', { name: outcome.worker.name })));
    const elsewhere = 'elsewhere' in outcome ? outcome.elsewhere : null;
    if (elsewhere === null || !form.asTransfer)
      return showJoin(deps, ctx, { typed: ctx.body, problems: outcome.problems }, elsewhere?.county ?? null);
    const { name, divisionId, post: newPost, postClass, from, reason } = form;
    const request = { workerId: elsewhere.workerId, name, divisionId, post: newPost, postClass, effectiveOn: from, reason, importId: null };
    const asked = await deps.transfers.request(tx, ctx.scope, request);
    if (!asked.ok) return showJoin(deps, ctx, { typed: ctx.body, problems: asked.problems });
    return goTo(kept(ctx, `/transfers/${asked.transfer.id}`), done(ctx.t('workers.transfer.asked', { name, county: elsewhere.county })));
  });
}

async function showEdit(deps: Deps, ctx: Ctx, problems: readonly Problem[]): Promise<Reply> {
  const worker = await deps.workers.byId(ctx.scope, param(ctx, 'id'));
  const state = { typed: problems.length > 0 ? ctx.body : storedValues(worker), problems };
  const model = personForm(ctx, 'edit', { worker, state, communities: [], today: deps.clock.today() });
  return page('workers/edit', model, problems.length > 0 ? 422 : 200);
}

async function edit(deps: Deps, ctx: Ctx): Promise<Reply> {
  const workerId = param(ctx, 'id');
  await deps.workers.byId(ctx.scope, workerId);
  const parsed = parseForm(editForm, ctx);
  if (!parsed.ok) return showEdit(deps, ctx, parsed.problems);
  const { version, phone } = parsed.value;
  const details = detailsOf(parsed.value);
  try {
    return await ctx.command(async (tx) => {
      const outcome = await deps.workers.edit(tx, ctx.scope, { workerId, version, phone, details });
      if (!outcome.ok) return showEdit(deps, ctx, outcome.problems);
      return goTo(kept(ctx, `/workers/${workerId}`), done(ctx.t('workers.edit.done', { name: outcome.worker.name })));
    });
  } catch (error) {
    throw error instanceof Conflict ? withBothValues(ctx, error, { worker: await deps.workers.byId(ctx.scope, workerId), details }) : error;
  }
}

/** The lost race with what the form wanted beside what is stored now, in words. */
function withBothValues(ctx: Ctx, lost: Conflict, at: { readonly worker: Worker; readonly details: WorkerDetails }): Conflict {
  const differences = detailChanges(at.worker, at.details).map(({ field, from, to }) => ({
    field: ctx.t(`workers.field.${field}`),
    yours: shownText(ctx.t, detailText(field, to)),
    theirs: shownText(ctx.t, detailText(field, from)),
  }));
  return new Conflict(lost.changedBy, lost.changedAt, differences);
}
