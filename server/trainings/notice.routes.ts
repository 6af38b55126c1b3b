import { completionPolicy } from '../attendance/attendance.policies.js';
import { allowedLeaveHalfDays } from '../attendance/completion.rules.js';
import { coveragePolicy } from '../coverage/coverage.policies.js';
import { isQualifying } from '../coverage/coverage.rules.js';
import { NotFound } from '../platform/errors.js';
import { param, type Ctx } from '../platform/http/context.js';
import { download, page, xlsxType, type Reply } from '../platform/http/reply.js';
import { get, routeTable, type Route } from '../platform/http/routeTable.js';
import { writeSheets } from '../platform/files/xlsxWriter.js';
import type { Deps } from '../wiring.js';
import { noticePage, noticeSheets, type NoticeFacts } from './notice.pages.js';

const ofClass = { params: { id: 'class' } } as const;

/** The notice of a class with its papers: printed on A4, its name list and seats as a workbook. */
export function noticeRoutes(deps: Deps): readonly Route[] {
  return routeTable('/classes/:id', [
    get('/notice', 'training.read', ofClass, async (ctx) => page('trainings/notice', noticePage(ctx, await factsOf(deps, ctx)))),
    get('/notice/export', 'training.read', ofClass, (ctx) => exportNotice(deps, ctx)),
  ]);
}

async function factsOf(deps: Deps, ctx: Ctx): Promise<NoticeFacts> {
  const of = await deps.classes.byId(ctx.scope, param(ctx, 'id'));
  if (of.external) throw new NotFound('notice');
  const [places, known, used, book] = await Promise.all([
    deps.enrolments.ofClass(ctx.scope, of.id),
    deps.divisionsStore.byIds(of.quotas.map((quota) => quota.divisionId)),
    deps.enrolments.usedQuotas([of.id]),
    deps.policies.load([completionPolicy, coveragePolicy]),
  ]);
  return {
    of,
    places,
    used: used.get(of.id) ?? new Map<string | null, number>(),
    today: deps.clock.today(),
    divisions: [...known.values()].sort((a, b) => (a.code < b.code ? -1 : 1)),
    leaveHalfDays: allowedLeaveHalfDays(of.sessions, book.on(completionPolicy, of.ownerPath, of.lastDay).value),
    qualifies: isQualifying(of, book.on(coveragePolicy, of.ownerPath, of.lastDay).value),
  };
}

async function exportNotice(deps: Deps, ctx: Ctx): Promise<Reply> {
  const facts = await factsOf(deps, ctx);
  const sheets = noticeSheets(ctx, facts);
  await deps.transact(ctx.actor, async (tx) => {
    tx.audit({
      action: 'class.noticeExported',
      object: { kind: 'class', id: facts.of.id },
      divisionPath: facts.of.ownerPath,
      count: sheets[0]?.rows.length ?? 0,
    });
  });
  return download(
    `${ctx.t('trainings.notice.docTitle', { name: facts.of.name })}_${facts.today}.xlsx`,
    xlsxType,
    await writeSheets(sheets),
  );
}
