import { param, type Ctx } from '../platform/http/context.js';
import { Forbidden } from '../platform/errors.js';
import { parseForm, type Problem } from '../platform/http/forms.js';
import { mostExported, wholeOf } from '../platform/http/exports.js';
import { readPaging } from '../platform/http/paging.js';
import { done, download, goTo, page, xlsxType, type Reply } from '../platform/http/reply.js';
import { get, post, routeTable, type Route } from '../platform/http/routeTable.js';
import { writeBlank } from '../platform/files/xlsxTemplate.js';
import { writeSheets } from '../platform/files/xlsxWriter.js';
import type { Deps } from '../wiring.js';
import type { ImportBatch } from './batch.rules.js';
import { uploadForm } from './imports.forms.js';
import { checkPage, differenceSorts } from './check.pages.js';
import { findingsPage, findingsSheet } from './findings.pages.js';
import { keep } from './importFrame.pages.js';
import { endedPage, importsPage, progressPage } from './imports.pages.js';
import type { ImportKind } from './kinds.js';

const ofImport = { params: { id: 'import' } } as const;
const megabyte = 2 ** 20;
/** The kind that the page is about, as long as there is only one. */
const shownKind = 'roster';
/** How long an answer waits for the work it started before it shows the progress instead. */
const patience = 1_500;
const shownFindings = 8;
const shownMissing = 5;

/** The way of a file: upload, check, difference, commit. */
export function importsRoutes(deps: Deps): readonly Route[] {
  return routeTable('/imports', [
    get('/', 'worker.import', (ctx) => list(deps, ctx, [])),
    post('/', 'worker.import', { upload: { field: 'file', maxBytes: 20 * megabyte } }, (ctx) => upload(deps, ctx)),
    get('/templates/:kind', 'worker.import', { params: { kind: 'word' } }, (ctx) => template(deps, ctx)),
    get('/:id', 'worker.import', ofImport, (ctx) => show(deps, ctx)),
    get('/:id/findings', 'worker.import', ofImport, (ctx) => findings(deps, ctx)),
    get('/:id/findings/export', 'worker.import', ofImport, (ctx) => exportFindings(deps, ctx)),
    post('/:id/commit', 'worker.import', ofImport, (ctx) => commit(deps, ctx)),
    post('/:id/abandonment', 'worker.import', ofImport, (ctx) => abandon(deps, ctx)),
  ]);
}

function kindFor(deps: Deps, ctx: Ctx, name: string): ImportKind {
  const kind = deps.imports.kindOf(name);
  if (!ctx.can(kind.permission)) throw new Forbidden();
  return kind;
}

async function list(deps: Deps, ctx: Ctx, problems: readonly Problem[]): Promise<Reply> {
  const paging = readPaging(ctx.query, ['uploadedAt']);
  const slice = await deps.imports.list(ctx.scope, ctx.area.id, paging);
  const kind = kindFor(deps, ctx, shownKind);
  return page(
    'imports/list',
    importsPage(ctx, { slice, paging, kind, today: deps.clock.today(), problems }),
    problems.length > 0 ? 422 : 200,
  );
}

async function upload(deps: Deps, ctx: Ctx): Promise<Reply> {
  const kind = kindFor(deps, ctx, shownKind);
  const parsed = parseForm(uploadForm(deps.clock.today()), ctx);
  const missing: readonly Problem[] = ctx.file === null ? [{ field: 'file', key: 'imports.file.missing' }] : [];
  if (!parsed.ok || ctx.file === null) return list(deps, ctx, [...missing, ...(parsed.ok ? [] : parsed.problems)]);
  const read = await deps.imports.read({ kind: kind.name, file: ctx.file });
  if (!read.ok) return list(deps, ctx, read.problems);
  const { file, area } = ctx;
  const reply = await ctx.command(async (tx) => {
    const id = await deps.imports.add(tx, { kind: kind.name, file, area, asOf: parsed.value.asOf }, read.read);
    return goTo(keep(ctx, `/imports/${id}`));
  });
  await work(deps, ctx, reply);
  return reply;
}

/** Starts what the redirect target waits for; a short file is ready before the browser asks. */
async function work(deps: Deps, ctx: Ctx, reply: Reply): Promise<void> {
  if (reply.kind !== 'redirect') return;
  const id = /^\/imports\/([0-9a-f]{24})/.exec(reply.to)?.[1];
  if (id === undefined) return;
  await deps.importRuns.runFor(await deps.imports.byId(ctx.scope, id), ctx, patience);
}

async function template(deps: Deps, ctx: Ctx): Promise<Reply> {
  const kind = kindFor(deps, ctx, param(ctx, 'kind'));
  const name = ctx.t(`imports.kinds.${kind.name}.template`);
  const blank = await writeBlank({
    sheet: ctx.t(`imports.kinds.${kind.name}.name`),
    columns: kind.columns,
    instructions: {
      sheet: ctx.t('imports.instructions'),
      headers: [ctx.t('imports.head.column'), ctx.t('imports.head.about'), ctx.t('imports.head.choices')],
      rows: kind.columns.map((column) => [column.header, column.about, (column.choices ?? []).join('、')]),
    },
  });
  return download(`${name}.xlsx`, xlsxType, blank);
}

/** The file, after work that lost its process was started again. */
async function current(deps: Deps, ctx: Ctx): Promise<ImportBatch> {
  const batch = await deps.imports.byId(ctx.scope, param(ctx, 'id'));
  if (!deps.importRuns.isStranded(batch)) return batch;
  await deps.importRuns.runFor(batch, ctx, patience);
  return deps.imports.byId(ctx.scope, batch.id);
}

async function show(deps: Deps, ctx: Ctx): Promise<Reply> {
  const batch = await current(deps, ctx);
  const kind = kindFor(deps, ctx, batch.kind);
  if (batch.state === 'checking' || batch.state === 'committing') return page('imports/progress', progressPage(ctx, batch));
  if (batch.counts === null || batch.state === 'abandoned' || batch.state === 'failed') return page('imports/ended', endedPage(ctx, batch));
  const paging = readPaging(ctx.query, ['seq']);
  const sort =
    differenceSorts.find((one) => one === ctx.query['show']) ?? (batch.counts.changed === 0 && batch.counts.added > 0 ? 'new' : 'change');
  const [found, differences, missing] = await Promise.all([
    deps.imports.lines({ importId: batch.id, sort: 'finding' }, { skip: 0, size: shownFindings }),
    deps.imports.lines({ importId: batch.id, sort }, paging),
    deps.imports.lines({ importId: batch.id, sort: 'missing' }, { skip: 0, size: shownMissing }),
  ]);
  return page('imports/check', checkPage(ctx, batch, { kind, findings: found, differences, missing: missing.rows, sort, paging }));
}

async function findings(deps: Deps, ctx: Ctx): Promise<Reply> {
  const batch = await deps.imports.byId(ctx.scope, param(ctx, 'id'));
  const paging = readPaging(ctx.query, ['seq'], 50);
  const asked = ctx.query['severity'];
  const severity = asked === 'error' || asked === 'warning' ? asked : null;
  const slice = await deps.imports.lines({ importId: batch.id, sort: 'finding', ...(severity === null ? {} : { severity }) }, paging);
  return page('imports/findings', findingsPage(ctx, batch, { kind: kindFor(deps, ctx, batch.kind), slice, paging, severity }));
}

async function exportFindings(deps: Deps, ctx: Ctx): Promise<Reply> {
  const batch = await deps.imports.byId(ctx.scope, param(ctx, 'id'));
  const rows = wholeOf(await deps.imports.lines({ importId: batch.id, sort: 'finding' }, { skip: 0, size: mostExported }));
  const bytes = await writeSheets([findingsSheet(ctx, batch, rows, kindFor(deps, ctx, batch.kind))]);
  return download(`${ctx.t('imports.findings.title')}_${batch.number}.xlsx`, xlsxType, bytes);
}

async function commit(deps: Deps, ctx: Ctx): Promise<Reply> {
  const id = param(ctx, 'id');
  kindFor(deps, ctx, (await deps.imports.byId(ctx.scope, id)).kind);
  const to = keep(ctx, `/imports/${id}`);
  const reply = await ctx.command(async (tx) => {
    const begun = await deps.imports.beginCommit(tx, ctx.scope, id);
    return goTo(to, begun ? null : { kind: 'warn', text: ctx.t('imports.notReady') });
  });
  await work(deps, ctx, reply);
  return reply;
}

async function abandon(deps: Deps, ctx: Ctx): Promise<Reply> {
  const id = param(ctx, 'id');
  return ctx.command(async (tx) => {
    const gone = await deps.imports.abandon(tx, ctx.scope, id);
    return goTo(keep(ctx, '/imports'), gone ? done(ctx.t('imports.abandoned')) : { kind: 'warn', text: ctx.t('imports.notReady') });
  });
}
