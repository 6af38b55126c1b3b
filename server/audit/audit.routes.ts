import type { Deps } from '../wiring.js';
import { divisionChoices } from '../access/divisionChoices.pages.js';
import { writeSheets } from '../platform/files/xlsxWriter.js';
import type { Ctx } from '../platform/http/context.js';
import { signedIn } from '../platform/http/context.js';
import { readPaging } from '../platform/http/paging.js';
import { download, page, xlsxType, type Reply } from '../platform/http/reply.js';
import { systemScope } from '../platform/scope.js';
import { get, routeTable, type Route } from '../platform/http/routeTable.js';
import { trailFilter, trailPage, trailSheet, type TrailNames } from './audit.pages.js';
import type { TrailKind } from './audit.rules.js';
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
  const [divisions, objects] = await Promise.all([deps.divisionsStore.names(divisionIds), objectNames(deps, rows)]);
  return { divisions, objects };
}

const named = systemScope('names of what the trail speaks of; its rows are inside the scope already');

/** Accounts, classes and people by name; a place by its person and class; papers of a person by that person. */
async function objectNames(deps: Deps, rows: readonly TrailRow[]): Promise<ReadonlyMap<string, string>> {
  const ids = (kind: TrailKind): string[] => [...new Set(rows.filter((row) => row.object.kind === kind).map((row) => row.object.id))];
  const [places, certificates, attempts] = await Promise.all([
    deps.enrolments.byIds(named, ids('enrolment')),
    deps.certificates.byIds(named, ids('certificate')),
    deps.exams.byIds(named, ids('examAttempt')),
  ]);
  const papers = [...certificates, ...attempts];
  const [accounts, workers, classes] = await Promise.all([
    deps.accountsStore.names(ids('account')),
    deps.workers.byIds([...ids('worker'), ...papers.map((one) => one.workerId)]),
    deps.classes.byIds(named, [...ids('class'), ...places.map((place) => place.classId)]),
  ]);
  const className = (id: string): string => classes.get(id)?.name ?? '';
  return new Map([
    ...accounts,
    ...[...workers.values(), ...classes.values()].map((one) => [one.id, one.name] as const),
    ...papers.map((one) => [one.id, workers.get(one.workerId)?.name ?? ''] as const),
    ...places.map((place) => [place.id, `${place.name}（${className(place.classId)}）`] as const),
  ]);
}
