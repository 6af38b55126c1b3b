import type { Deps } from '../wiring.js';
import { divisionChoices } from '../access/divisionChoices.pages.js';
import { writeSheets } from '../platform/files/xlsxWriter.js';
import type { Ctx } from '../platform/http/context.js';
import { signedIn } from '../platform/http/context.js';
import { readPaging } from '../platform/http/paging.js';
import { download, page, xlsxType, type Reply } from '../platform/http/reply.js';
import { get, routeTable, type Route } from '../platform/http/routeTable.js';
import { trailFilter, trailPage, trailSheet, type TrailNames } from './audit.pages.js';
import { exportMost } from './audit.service.js';
import type { TrailRow } from './audit.store.js';

/** The trail, for the auditor: filter and export (decision 4). */
export function auditRoutes(deps: Deps): readonly Route[] {
  return routeTable('/trail', [
    get('/', 'trail.read', (ctx) => list(deps, ctx)),
    get('/export', 'trail.export', (ctx) => exportRows(deps, ctx)),
  ]);
}

async function list(deps: Deps, ctx: Ctx): Promise<Reply> {
  const paging = readPaging(ctx.query, ['at']);
  const slice = await deps.trail.list(ctx.scope, trailFilter(ctx), paging);
  const divisions = await divisionChoices(deps.divisionsStore, ctx.scope, 'county');
  return page('audit/trail', trailPage(ctx, slice, { paging, names: await namesOf(deps, slice.rows), divisions }));
}

async function exportRows(deps: Deps, ctx: Ctx): Promise<Reply> {
  const rows = await deps.transact(ctx.actor, (tx) => deps.trail.export(tx, ctx.scope, trailFilter(ctx)));
  const today = deps.clock.today();
  const sheet = trailSheet(ctx, rows, { names: await namesOf(deps, rows), cut: rows.length === exportMost, today, by: signedIn(ctx).name });
  return download(`${ctx.t('audit.title')}-${today}.xlsx`, xlsxType, await writeSheets([sheet]));
}

async function namesOf(deps: Deps, rows: readonly TrailRow[]): Promise<TrailNames> {
  const divisionIds = rows.flatMap((row) => [
    row.actorDivisionId ?? '',
    row.divisionPath.at(-1) ?? '',
    ...(row.object.kind === 'division' ? [row.object.id] : []),
    ...row.changes.filter((change) => change.field === 'divisionId').flatMap((change) => [change.from ?? '', change.to ?? '']),
  ]);
  const accountIds = rows.filter((row) => row.object.kind === 'account').map((row) => row.object.id);
  const [divisions, accounts] = await Promise.all([deps.divisionsStore.names(divisionIds), deps.accountsStore.names(accountIds)]);
  return { divisions, accounts };
}
