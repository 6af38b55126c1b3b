import { NotFound } from '../platform/errors.js';
import { param, type Ctx } from '../platform/http/context.js';
import { parseForm, type Problem } from '../platform/http/forms.js';
import { done, goTo, page, type Reply } from '../platform/http/reply.js';
import { get, post, routeTable, type Route } from '../platform/http/routeTable.js';
import type { Deps } from '../wiring.js';
import { exemptionEndPage } from './exemptionEnd.pages.js';
import { kept } from './words.pages.js';
import { exemptionEndForm } from './workers.forms.js';

const ofExemption = { params: { id: 'exemption' } } as const;

/** Ending an approved exemption before its last day: the person is back, or it should not have been. */
export function exemptionEndRoutes(deps: Deps): readonly Route[] {
  return routeTable('/exemptions', [
    get('/:id/ending', 'exemption.approve', ofExemption, (ctx) => show(deps, ctx, [])),
    post('/:id/ending', 'exemption.approve', ofExemption, (ctx) => end(deps, ctx)),
  ]);
}

async function show(deps: Deps, ctx: Ctx, problems: readonly Problem[]): Promise<Reply> {
  const exemption = await deps.exemptions.byId(ctx.scope, param(ctx, 'id'));
  if (exemption.state !== 'approved') throw new NotFound('exemption');
  return page('workers/exemptionEnd', exemptionEndPage(ctx, exemption, problems), problems.length > 0 ? 422 : 200);
}

async function end(deps: Deps, ctx: Ctx): Promise<Reply> {
  const parsed = parseForm(exemptionEndForm, ctx);
  if (!parsed.ok) return show(deps, ctx, parsed.problems);
  const id = param(ctx, 'id');
  return ctx.command(async (tx) => {
    const outcome = await deps.exemptions.end(tx, ctx.scope, { id, ...parsed.value });
    if (!outcome.ok) return show(deps, ctx, outcome.problems);
    const values = { name: outcome.exemption.workerName, day: parsed.value.backOn };
    return goTo(kept(ctx, `/exemptions/${id}`), done(ctx.t('workers.exemption.ended', values)));
  });
}
