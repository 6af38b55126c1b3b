import { writeSheets } from '../platform/files/xlsxWriter.js';
import { param, type Ctx } from '../platform/http/context.js';
import { download, page, xlsxType, type Reply } from '../platform/http/reply.js';
import { get, routeTable, type Route } from '../platform/http/routeTable.js';
import type { Deps } from '../wiring.js';
import { signInSheetPage, statisticsPage, statisticsSheet } from './papers.pages.js';
import { sessionOf } from './rollCall.routes.js';

const ofClass = { params: { id: 'class' } } as const;
const ofSession = { params: { id: 'class', sessionId: 'classSession' } } as const;

/** The papers of attendance: 签到表 of a half-day, 考勤统计表 of a class. */
export function papersRoutes(deps: Deps): readonly Route[] {
  return routeTable('/classes/:id', [
    get('/sessions/:sessionId/sign-in-sheet', 'attendance.mark', ofSession, (ctx) => signInSheet(deps, ctx)),
    get('/attendance', 'attendance.mark', ofClass, (ctx) => statistics(deps, ctx)),
    get('/attendance/export', 'attendance.mark', ofClass, (ctx) => exportStatistics(deps, ctx)),
  ]);
}

async function signInSheet(deps: Deps, ctx: Ctx): Promise<Reply> {
  return page('attendance/signInSheet', signInSheetPage(ctx, await deps.rollCalls.roll(ctx.scope, sessionOf(ctx))));
}

async function statistics(deps: Deps, ctx: Ctx): Promise<Reply> {
  return page('attendance/statistics', statisticsPage(ctx, await deps.closing.view(ctx.scope, param(ctx, 'id')), deps.clock.today()));
}

async function exportStatistics(deps: Deps, ctx: Ctx): Promise<Reply> {
  const view = await deps.closing.view(ctx.scope, param(ctx, 'id'));
  const of = view.trainingClass;
  const today = deps.clock.today();
  await deps.transact(ctx.actor, async (tx) => {
    tx.audit({
      action: 'attendance.exported',
      object: { kind: 'class', id: of.id },
      divisionPath: of.ownerPath,
      count: view.people.length,
    });
  });
  return download(
    `${ctx.t('attendance.statistics.of', { name: of.name })}_${today}.xlsx`,
    xlsxType,
    await writeSheets([statisticsSheet(ctx, view, today)]),
  );
}
