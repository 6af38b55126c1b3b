import { param, type Ctx } from '../platform/http/context.js';
import { asExport, wholeOf } from '../platform/http/exports.js';
import { readPaging, type Paging } from '../platform/http/paging.js';
import { download, page, xlsxType, type Reply } from '../platform/http/reply.js';
import { get, post, routeTable, type Route } from '../platform/http/routeTable.js';
import { writeSheets } from '../platform/files/xlsxWriter.js';
import { parseForm } from '../platform/http/forms.js';
import type { Deps } from '../wiring.js';
import { changesModel, divisionsIn } from './changes.pages.js';
import { personPage, type PersonPartSource } from './person.pages.js';
import { divisionOptions, placesOf } from './places.pages.js';
import type { RosterFilter } from './rosterQuery.store.js';
import { revealForm } from './workers.forms.js';
import { personForm } from './workerForms.pages.js';
import { readPostClass, readStatus, rosterPage, rosterSheet, type RosterQuery } from './workers.pages.js';
import { crumbsOf, kept } from './words.pages.js';
import type { Worker } from './worker.rules.js';

const ofWorker = { params: { id: 'worker' } } as const;

/** The roster, the person page with what other features hang into it, and 查看. */
export function workersRoutes(deps: Deps, sources: readonly PersonPartSource[] = []): readonly Route[] {
  return routeTable('/workers', [
    get('/', 'worker.read', (ctx) => list(deps, ctx)),
    get('/export', 'worker.export', (ctx) => exportList(deps, ctx)),
    get('/:id', 'worker.read', ofWorker, (ctx) => show(deps, ctx, sources)),
    get('/:id/sensitive', 'worker.readSensitive', ofWorker, (ctx) => askPurpose(deps, ctx)),
    post('/:id/sensitive', 'worker.readSensitive', ofWorker, (ctx) => reveal(deps, ctx)),
  ]);
}

async function queryOf(deps: Deps, ctx: Ctx): Promise<RosterQuery> {
  const code = ctx.query['division'] ?? '';
  const division = code === '' ? null : await deps.divisionsStore.find(code);
  return {
    search: (ctx.query['q'] ?? '').trim(),
    division: division?.path.includes(ctx.area.id) ? division : null,
    postClass: readPostClass(ctx.query['postClass']),
    status: readStatus(ctx.query['status']),
  };
}

function filterOf(deps: Deps, ctx: Ctx, query: RosterQuery): RosterFilter {
  const status = query.status === 'ALL' ? {} : query.status === null ? { present: true } : { status: query.status };
  return {
    divisionId: query.division?.id ?? ctx.area.id,
    ...(query.postClass === null ? {} : { postClass: query.postClass }),
    ...status,
    ...deps.workers.searchFilter(query.search),
  };
}

function pagingOf(ctx: Ctx): Paging {
  return readPaging(ctx.query, ['pinyin', 'stroke', 'division', 'entry']);
}

async function list(deps: Deps, ctx: Ctx): Promise<Reply> {
  const paging = pagingOf(ctx);
  const query = await queryOf(deps, ctx);
  const slice = await deps.workers.list(ctx.scope, filterOf(deps, ctx, query), paging);
  const [names, options] = await Promise.all([
    placesOf(
      deps,
      slice.rows.map((worker) => worker.divisionPath),
    ),
    divisionOptions(deps, ctx.area),
  ]);
  return page('workers/list', rosterPage(ctx, slice, { query, paging, places: { names, options } }));
}

async function exportList(deps: Deps, ctx: Ctx): Promise<Reply> {
  const filter = filterOf(deps, ctx, await queryOf(deps, ctx));
  const rows = wholeOf(await deps.workers.list(ctx.scope, filter, asExport(pagingOf(ctx))));
  await deps.transact(ctx.actor, async (tx) => {
    tx.audit({ action: 'worker.exported', object: { kind: 'division', id: ctx.area.id }, divisionPath: ctx.area.path, count: rows.length });
  });
  const today = deps.clock.today();
  const places = await placesOf(
    deps,
    rows.map((worker) => worker.divisionPath),
  );
  const bytes = await writeSheets([rosterSheet(ctx, rows, { places, today })]);
  return download(`${ctx.t('workers.export.title', { area: ctx.area.name })}_${today}.xlsx`, xlsxType, bytes);
}

async function show(deps: Deps, ctx: Ctx, sources: readonly PersonPartSource[]): Promise<Reply> {
  const worker = await deps.workers.byId(ctx.scope, param(ctx, 'id'));
  const all = { skip: 0, size: 50 };
  const [facts, exemptions, transfers, history, parts] = await Promise.all([
    deps.workers.factsFor([worker.id]),
    deps.exemptions.list(ctx.scope, { workerId: worker.id }, all),
    deps.transfers.list(ctx.scope, { workerId: worker.id }, all),
    deps.trail.historyOf({ kind: 'worker', id: worker.id }),
    Promise.all(sources.map((source) => source(ctx, worker))),
  ]);
  const { appointments, statuses } = facts.get(worker.id) ?? { appointments: [], statuses: [] };
  const paths = [
    worker.divisionPath,
    ...appointments.map((one) => one.divisionPath),
    ...transfers.rows.flatMap((one) => [one.fromPath, one.toPath]),
    divisionsIn(history),
  ];
  const places = await placesOf(deps, paths);
  const model = personPage(ctx, {
    worker,
    appointments,
    statuses,
    places,
    parts,
    exemptions: exemptions.rows,
    transfers: transfers.rows,
    history: changesModel(ctx, history, places),
    today: deps.clock.today(),
  });
  return page('workers/person', model);
}

async function askPurpose(deps: Deps, ctx: Ctx): Promise<Reply> {
  const worker = await deps.workers.byId(ctx.scope, param(ctx, 'id'));
  return page('workers/sensitive', purposeModel(deps, ctx, worker, []));
}

function purposeModel(deps: Deps, ctx: Ctx, worker: Worker, problems: Parameters<typeof personForm>[2]['state']['problems']) {
  return personForm(ctx, 'sensitive', { worker, state: { typed: ctx.body, problems }, communities: [], today: deps.clock.today() });
}

/** Shown by the answer of the POST only: neither kept nor reachable by an address. */
async function reveal(deps: Deps, ctx: Ctx): Promise<Reply> {
  const id = param(ctx, 'id');
  const parsed = parseForm(revealForm, ctx);
  if (!parsed.ok) return page('workers/sensitive', purposeModel(deps, ctx, await deps.workers.byId(ctx.scope, id), parsed.problems), 422);
  const shown = await deps.transact(ctx.actor, (tx) => deps.workers.reveal(tx, ctx.scope, { workerId: id, purpose: parsed.value.purpose }));
  const title = ctx.t('workers.sensitive.shownTitle', { name: shown.worker.name });
  const back = kept(ctx, `/workers/${id}`);
  return page('workers/revealed', {
    title,
    crumbs: crumbsOf(ctx, { href: back, label: shown.worker.name }, { href: null, label: title }),
    backHref: back,
    idNumber: shown.idNumber,
    phone: shown.phone ?? '—',
    purpose: parsed.value.purpose,
  });
}
