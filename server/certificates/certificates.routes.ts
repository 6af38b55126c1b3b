import type { CivilDay } from '../platform/civilDays.js';
import { writeSheets } from '../platform/files/xlsxWriter.js';
import type { Ctx } from '../platform/http/context.js';
import { parseForm, type Problem } from '../platform/http/forms.js';
import { asExport, wholeOf } from '../platform/http/exports.js';
import { readPaging, type Paging } from '../platform/http/paging.js';
import { done, download, goTo, page, xlsxType, type Reply } from '../platform/http/reply.js';
import { get, post, routeTable, type Route } from '../platform/http/routeTable.js';
import { isId } from '../platform/ids.js';
import { divisionOptions, placesOf } from '../workers/places.pages.js';
import { kept } from '../workers/words.pages.js';
import type { Deps } from '../wiring.js';
import { enterForm } from './certificates.forms.js';
import { choosePersonPage, enterPage } from './certificateForms.pages.js';
import { ledgerPage, ledgerSheet, ledgerTabs, tabFilter, type Ledger, type LedgerTab } from './certificates.pages.js';
import { levels } from './level.rules.js';
import { latestPeriod } from './registration.rules.js';
import { ledgerSorts, type LedgerFilter } from './standings.store.js';

const mostChoices = 20;

/** 持证人员台账 and the entering of certificates. */
export function certificatesRoutes(deps: Deps): readonly Route[] {
  return routeTable('/certificates', [
    get('/', 'certificate.read', (ctx) => list(deps, ctx)),
    get('/export', 'certificate.read', (ctx) => exportList(deps, ctx)),
    get('/new', 'certificate.record', (ctx) => showNew(deps, ctx)),
    post('/', 'certificate.record', (ctx) => enter(deps, ctx)),
  ]);
}

type Division = Awaited<ReturnType<Deps['divisionsStore']['find']>>;

/** The division the ledger is narrowed to, when it lies in the area. */
async function divisionOf(deps: Deps, ctx: Ctx): Promise<Division> {
  const code = ctx.query['division'] ?? '';
  const found = code === '' ? null : await deps.divisionsStore.find(code);
  return found !== null && found.path.includes(ctx.area.id) ? found : null;
}

function filterOf(deps: Deps, ctx: Ctx, division: Division): LedgerFilter {
  const level = levels.find((one) => one === ctx.query['level']);
  const search = (ctx.query['q'] ?? '').trim();
  return {
    divisionId: division?.id ?? ctx.area.id,
    today: deps.clock.today(),
    ...(level === undefined ? {} : { level }),
    ...(search === '' ? {} : { search }),
  };
}

async function ledgerOf(deps: Deps, ctx: Ctx, as: (paging: Paging) => Paging = (paging) => paging): Promise<Ledger> {
  const division = await divisionOf(deps, ctx);
  const filter = filterOf(deps, ctx, division);
  const tab = ledgerTabs.find((one) => one === ctx.query['state']) ?? 'certified';
  const paging = as(readPaging(ctx.query, ledgerSorts));
  const [slice, counts, options] = await Promise.all([
    deps.certificateStandings.list(ctx.scope, tabFilter(filter, tab), paging),
    Promise.all(
      ledgerTabs.map(async (one): Promise<[LedgerTab, number]> => [
        one,
        await deps.certificateStandings.count(ctx.scope, tabFilter(filter, one)),
      ]),
    ),
    divisionOptions(deps, ctx.area),
  ]);
  const places = await placesOf(
    deps,
    slice.rows.map((row) => row.divisionPath),
  );
  return { tab, filter, paging, slice, counts: new Map(counts), places, options, division };
}

async function list(deps: Deps, ctx: Ctx): Promise<Reply> {
  return page('certificates/list', ledgerPage(ctx, await ledgerOf(deps, ctx)));
}

async function exportList(deps: Deps, ctx: Ctx): Promise<Reply> {
  const ledger = await ledgerOf(deps, ctx, asExport);
  const ids = wholeOf(ledger.slice).map((row) => row.workerId);
  const [people, certificates] = await Promise.all([deps.workers.byIds(ids), deps.certificates.ofWorkers(ids)]);
  const registered = [...certificates].flatMap(([id, own]): [string, CivilDay][] => {
    const last = latestPeriod(own.filter((one) => one.voidedOn === null).flatMap((one) => one.registrations));
    return last === null ? [] : [[id, last.from]];
  });
  await deps.transact(ctx.actor, async (tx) => {
    tx.audit({
      action: 'certificate.exported',
      object: { kind: 'division', id: ctx.area.id },
      divisionPath: ctx.area.path,
      count: ids.length,
    });
  });
  const sheet = ledgerSheet(ctx, ledger, { people, registeredOn: new Map(registered) });
  return download(`${sheet.title}_${deps.clock.today()}.xlsx`, xlsxType, await writeSheets([sheet]));
}

async function showNew(deps: Deps, ctx: Ctx): Promise<Reply> {
  const workerId = ctx.query['worker'] ?? '';
  return isId(workerId) ? enterReply(deps, ctx, workerId, []) : choose(deps, ctx);
}

async function choose(deps: Deps, ctx: Ctx, status = 200): Promise<Reply> {
  const search = (ctx.query['q'] ?? '').trim();
  const filter = { divisionId: ctx.area.id, present: true, ...deps.workers.searchFilter(search) };
  const paging = { ...readPaging({}, ['pinyin']), size: mostChoices };
  const found = search === '' ? { rows: [], total: 0 } : await deps.workers.list(ctx.scope, filter, paging);
  const places = await placesOf(
    deps,
    found.rows.map((worker) => worker.divisionPath),
  );
  return page('certificates/choose', choosePersonPage(ctx, { people: found.rows, total: found.total, places, search }), status);
}

async function enterReply(deps: Deps, ctx: Ctx, workerId: string, problems: readonly Problem[]): Promise<Reply> {
  const worker = await deps.workers.byId(ctx.scope, workerId);
  const [held, places] = await Promise.all([deps.certificates.ofWorkers([workerId]), placesOf(deps, [worker.divisionPath])]);
  const model = enterPage(ctx, { worker, held: held.get(workerId) ?? [], places, problems });
  return page('certificates/form', model, problems.length > 0 ? 422 : 200);
}

async function enter(deps: Deps, ctx: Ctx): Promise<Reply> {
  const workerId = String(ctx.body['workerId'] ?? '');
  if (!isId(workerId)) return choose(deps, ctx, 422);
  const parsed = parseForm(enterForm, ctx);
  if (!parsed.ok) return enterReply(deps, ctx, workerId, parsed.problems);
  return ctx.command(async (tx) => {
    const outcome = await deps.certificates.enter(tx, ctx.scope, parsed.value);
    if (!outcome.ok) return enterReply(deps, ctx, workerId, outcome.problems);
    const worker = await deps.workers.byId(ctx.scope, workerId, tx);
    return goTo(
      kept(ctx, `/certificates/${outcome.id}`),
      done(ctx.t('certificates.entered', { name: worker.name, level: ctx.t(`certificates.level.${parsed.value.level}`) })),
    );
  });
}
