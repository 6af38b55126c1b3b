import { z } from 'zod';
import { BadRequest } from '../platform/errors.js';
import { writeSheets } from '../platform/files/xlsxWriter.js';
import { field, param, type Ctx } from '../platform/http/context.js';
import { text, version } from '../platform/http/fields.js';
import { formModel, parseForm, type Problem } from '../platform/http/forms.js';
import { done, download, goTo, page, xlsxType, type Reply } from '../platform/http/reply.js';
import { get, post, routeTable, type Route } from '../platform/http/routeTable.js';
import { classHead } from '../trainings/classHead.pages.js';
import { headFacts } from '../trainings/classes.routes.js';
import type { ClassPartSource } from '../trainings/classParts.pages.js';
import { classCrumbs } from '../trainings/words.pages.js';
import type { Deps } from '../wiring.js';
import { closingPage } from './closing.pages.js';
import { scoresOf } from './scores.forms.js';
import { signInSheetPage, statisticsPage, statisticsSheet } from './papers.pages.js';

const ofClass = { params: { id: 'class' } } as const;
const closingForm = z.object({ version });
const reopeningForm = z.object({ version, reason: text('attendance.reopening.reason') });

/** Completion of a class, closing and reopening, and the papers of attendance. */
export function closingRoutes(deps: Deps, sources: readonly ClassPartSource[]): readonly Route[] {
  return routeTable('/classes/:id', [
    get('/completion', 'class.close', ofClass, (ctx) => show(deps, ctx, { sources, problems: [] })),
    post('/assessments', 'class.close', ofClass, (ctx) => assess(deps, ctx, sources)),
    get('/closing', 'class.close', ofClass, (ctx) => askClose(deps, ctx, [])),
    post('/closing', 'class.close', ofClass, (ctx) => close(deps, ctx)),
    get('/reopening', 'class.close', ofClass, (ctx) => askReopen(deps, ctx, [])),
    post('/reopening', 'class.close', ofClass, (ctx) => reopen(deps, ctx)),
    get('/attendance', 'attendance.mark', ofClass, (ctx) => statistics(deps, ctx)),
    get('/attendance/export', 'attendance.mark', ofClass, (ctx) => exportStatistics(deps, ctx)),
    get('/sessions/:sessionId/sign-in-sheet', 'attendance.mark', { params: { id: 'class', sessionId: 'classSession' } }, (ctx) => signInSheet(deps, ctx)),
  ]);
}

async function show(deps: Deps, ctx: Ctx, with_: { sources: readonly ClassPartSource[]; problems: readonly Problem[] }, status = 200): Promise<Reply> {
  const view = await deps.closing.view(ctx.scope, param(ctx, 'id'));
  const head = classHead(ctx, await headFacts(deps, ctx, view.trainingClass, { tab: 'completion', sources: with_.sources }));
  return page('attendance/completion', { ...head, ...closingPage(ctx, view, with_.problems) }, status);
}

async function assess(deps: Deps, ctx: Ctx, sources: readonly ClassPartSource[]): Promise<Reply> {
  const view = await deps.closing.view(ctx.scope, param(ctx, 'id'));
  const read = scoresOf(ctx.body, view.people.map((one) => one.place));
  if (!read.ok) return show(deps, ctx, { sources, problems: read.problems }, 422);
  return ctx.command(async (tx) => {
    for (const change of read.changes) await deps.enrolments.assess(tx, ctx.scope, change);
    return goTo(`/classes/${view.trainingClass.id}/completion`, done(ctx.t('attendance.assessed', { n: read.changes.length })));
  });
}

async function askClose(deps: Deps, ctx: Ctx, problems: readonly Problem[], status = 200): Promise<Reply> {
  const view = await deps.closing.view(ctx.scope, param(ctx, 'id'));
  const of = view.trainingClass;
  const model = closingPage(ctx, view, problems);
  return page('attendance/closing', {
    ...model,
    title: ctx.t('attendance.closing.title', { name: of.name }),
    crumbs: classCrumbs(ctx, { href: `/classes/${of.id}`, label: of.name }, { href: null, label: ctx.t('attendance.closing.crumb') }),
    facts: [
      ctx.t('attendance.closing.completing', { n: model.completing }),
      ctx.t('attendance.closing.notCompleting', { n: model.total - model.completing }),
      ctx.t('attendance.closing.hours'),
      ctx.t('attendance.closing.after'),
    ],
    button: ctx.t('attendance.closing.button', { n: model.completing }),
  }, status);
}

async function close(deps: Deps, ctx: Ctx): Promise<Reply> {
  const id = param(ctx, 'id');
  await deps.closing.view(ctx.scope, id);
  const parsed = parseForm(closingForm, ctx);
  if (!parsed.ok) throw new BadRequest();
  let refused: readonly Problem[] = [];
  const reply = await ctx.command(async (tx) => {
    const outcome = await deps.closing.close(tx, ctx.scope, { id, version: parsed.value.version });
    if (outcome.ok) return goTo(`/classes/${id}/completion`, done(ctx.t('attendance.closing.done', { n: outcome.completed, not: outcome.notCompleted })));
    refused = outcome.problems;
    return page('attendance/closing', {}, 422);
  });
  return reply.kind === 'redirect' ? reply : askClose(deps, ctx, refused, 422);
}

async function askReopen(deps: Deps, ctx: Ctx, problems: readonly Problem[], status = 200): Promise<Reply> {
  const { trainingClass: of, people } = await deps.closing.view(ctx.scope, param(ctx, 'id'));
  return page('attendance/reopening', {
    title: ctx.t('attendance.reopening.title', { name: of.name }),
    crumbs: classCrumbs(ctx, { href: `/classes/${of.id}`, label: of.name }, { href: null, label: ctx.t('attendance.reopening.crumb') }),
    classId: of.id,
    version: of.version,
    facts: [ctx.t('attendance.reopening.people', { n: people.length }), ctx.t('attendance.reopening.hours')],
    form: formModel(['reason'], { reason: field(ctx, 'reason') }, problems, ctx.t),
  }, status);
}

async function reopen(deps: Deps, ctx: Ctx): Promise<Reply> {
  const id = param(ctx, 'id');
  await deps.closing.view(ctx.scope, id);
  const parsed = parseForm(reopeningForm, ctx);
  if (!parsed.ok) return askReopen(deps, ctx, parsed.problems, 422);
  let refused: readonly Problem[] = [];
  const reply = await ctx.command(async (tx) => {
    const outcome = await deps.closing.reopen(tx, ctx.scope, { id, ...parsed.value });
    if (outcome.ok) return goTo(`/classes/${id}/completion`, done(ctx.t('attendance.reopening.done', { n: outcome.notCompleted })));
    refused = outcome.problems;
    return page('attendance/reopening', {}, 422);
  });
  return reply.kind === 'redirect' ? reply : askReopen(deps, ctx, refused, 422);
}

async function statistics(deps: Deps, ctx: Ctx): Promise<Reply> {
  return page('attendance/statistics', statisticsPage(ctx, await deps.closing.view(ctx.scope, param(ctx, 'id')), deps.clock.today()));
}

async function exportStatistics(deps: Deps, ctx: Ctx): Promise<Reply> {
  const view = await deps.closing.view(ctx.scope, param(ctx, 'id'));
  const today = deps.clock.today();
  await deps.transact(ctx.actor, async (tx) => {
    tx.audit({ action: 'attendance.exported', object: { kind: 'class', id: view.trainingClass.id }, divisionPath: view.trainingClass.ownerPath, count: view.people.length });
  });
  return download(`${view.trainingClass.name}_${ctx.t('attendance.statistics.title')}_${today}.xlsx`, xlsxType, await writeSheets([statisticsSheet(ctx, view, today)]));
}

async function signInSheet(deps: Deps, ctx: Ctx): Promise<Reply> {
  const roll = await deps.rollCalls.roll(ctx.scope, { classId: param(ctx, 'id'), sessionId: param(ctx, 'sessionId') });
  return page('attendance/signInSheet', signInSheetPage(ctx, roll));
}
