import { completionPolicy } from '../attendance/attendance.policies.js';
import { allowedLeaveHalfDays } from '../attendance/completion.rules.js';
import type { Division } from '../divisions/divisions.store.js';
import { param, type Ctx } from '../platform/http/context.js';
import { readPaging } from '../platform/http/paging.js';
import { download, page, xlsxType, type Reply } from '../platform/http/reply.js';
import { get, routeTable, type Route } from '../platform/http/routeTable.js';
import { writeSheets } from '../platform/files/xlsxWriter.js';
import { reasonWords } from '../planner/reasons.pages.js';
import type { Deps } from '../wiring.js';
import { headFacts } from './headFacts.pages.js';
import type { ClassPartSource } from './classParts.pages.js';
import { classPage } from './class.pages.js';
import { classFilter, classesPage, readClassQuery } from './classes.pages.js';
import { classesSheet } from './classesSheet.pages.js';
import { peoplePage, peopleSheet, readPeopleQuery } from './people.pages.js';
import { classTabs } from './stages.rules.js';
import type { Enrolment, TrainingClass } from './trainingClass.rules.js';

const ofClass = { params: { id: 'class' } } as const;

/** The list of classes, the class page and its people, with what the features above hang into them. */
export function classesRoutes(deps: Deps, sources: readonly ClassPartSource[] = []): readonly Route[] {
  return routeTable('/classes', [
    get('/', 'training.read', (ctx) => list(deps, ctx)),
    get('/export', 'training.read', (ctx) => exportList(deps, ctx)),
    get('/:id', 'training.read', ofClass, (ctx) => show(deps, ctx, sources)),
    get('/:id/people', 'training.read', ofClass, (ctx) => people(deps, ctx, sources)),
    get('/:id/people/export', 'training.read', ofClass, (ctx) => exportPeople(deps, ctx)),
  ]);
}

async function list(deps: Deps, ctx: Ctx): Promise<Reply> {
  const today = deps.clock.today();
  const query = readClassQuery(ctx.query);
  const paging = readPaging(ctx.query, ['first', 'last', 'name']);
  const slice = await deps.classes.list(ctx.scope, classFilter(ctx, query, today), paging);
  const counts = await Promise.all(
    classTabs.map(async (tab) => [tab, await deps.classes.count(ctx.scope, classFilter(ctx, { ...query, tab }, today))] as const),
  );
  return page('trainings/list', classesPage(ctx, slice, { query, paging, today, counts: new Map(counts) }));
}

async function exportList(deps: Deps, ctx: Ctx): Promise<Reply> {
  const today = deps.clock.today();
  const rows = await deps.classes.all(ctx.scope, classFilter(ctx, readClassQuery(ctx.query), today));
  await deps.transact(ctx.actor, async (tx) => {
    tx.audit({
      action: 'class.exported',
      object: { kind: 'division', id: ctx.area.id },
      divisionPath: ctx.area.path,
      count: rows.length,
    });
  });
  return download(
    `${ctx.t('trainings.export.title', { area: ctx.area.name, year: ctx.year })}_${today}.xlsx`,
    xlsxType,
    await writeSheets([classesSheet(ctx, rows, today)]),
  );
}

/** Why each person was put forward, in words. */
function reasonsOf(ctx: Ctx, places: readonly Enrolment[]): ReadonlyMap<string, string> {
  return new Map(places.map((place) => [place.id, reasonWords(ctx.t, place.reason)]));
}

async function divisionsOf(deps: Deps, of: TrainingClass): Promise<readonly Division[]> {
  const known = await deps.divisionsStore.byIds(of.quotas.map((quota) => quota.divisionId));
  return [...known.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}

async function show(deps: Deps, ctx: Ctx, sources: readonly ClassPartSource[]): Promise<Reply> {
  const of = await deps.classes.byId(ctx.scope, param(ctx, 'id'));
  const [head, places, divisions, book] = await Promise.all([
    headFacts(deps, ctx, of, { tab: 'sessions', sources }),
    deps.enrolments.ofClass(ctx.scope, of.id),
    divisionsOf(deps, of),
    deps.policies.load([completionPolicy]),
  ]);
  const leaveHalfDays = of.external ? null : allowedLeaveHalfDays(of.sessions, book.on(completionPolicy, of.ownerPath, of.lastDay).value);
  return page('trainings/class', classPage(ctx, { ...head, places, divisions, reasons: reasonsOf(ctx, places), leaveHalfDays }));
}

async function people(deps: Deps, ctx: Ctx, sources: readonly ClassPartSource[]): Promise<Reply> {
  const of = await deps.classes.byId(ctx.scope, param(ctx, 'id'));
  const [head, places, divisions] = await Promise.all([
    headFacts(deps, ctx, of, { tab: 'people', sources }),
    deps.enrolments.ofClass(ctx.scope, of.id),
    divisionsOf(deps, of),
  ]);
  const paging = readPaging(ctx.query, ['pinyin'], 50);
  return page(
    'trainings/people',
    peoplePage(ctx, { ...head, places, divisions, paging, query: readPeopleQuery(ctx), reasons: reasonsOf(ctx, places) }),
  );
}

async function exportPeople(deps: Deps, ctx: Ctx): Promise<Reply> {
  const of = await deps.classes.byId(ctx.scope, param(ctx, 'id'));
  const places = await deps.enrolments.ofClass(ctx.scope, of.id);
  const today = deps.clock.today();
  const sheet = peopleSheet(ctx, { of, places, query: readPeopleQuery(ctx), reasons: reasonsOf(ctx, places), today });
  await deps.transact(ctx.actor, async (tx) => {
    tx.audit({
      action: 'class.peopleExported',
      object: { kind: 'class', id: of.id },
      divisionPath: of.ownerPath,
      count: sheet.rows.length,
    });
  });
  return download(`${sheet.title}_${today}.xlsx`, xlsxType, await writeSheets([sheet]));
}
