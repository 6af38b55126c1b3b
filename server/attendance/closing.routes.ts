import { z } from 'zod';
import { param, type Ctx } from '../platform/http/context.js';
import { text, version } from '../platform/http/fields.js';
import { formModel, parseForm, type Problem } from '../platform/http/forms.js';
import { done, goTo, page, type Reply } from '../platform/http/reply.js';
import { get, post, routeTable, type Route } from '../platform/http/routeTable.js';
import { classHead } from '../trainings/classHead.pages.js';
import type { ClassPartSource } from '../trainings/classParts.pages.js';
import { headFacts } from '../trainings/headFacts.pages.js';
import { classCrumbs } from '../trainings/words.pages.js';
import type { TrainingClass } from '../trainings/trainingClass.rules.js';
import { kept } from '../workers/words.pages.js';
import type { Deps } from '../wiring.js';
import { completionPage } from './closing.pages.js';
import { closingProblem } from './closing.service.js';
import type { Body } from './rollCall.forms.js';
import { scoresOf } from './scores.forms.js';

const ofClass = { params: { id: 'class' } } as const;
const closingForm = z.object({ version });
const reopeningForm = z.object({ version, reason: text('attendance.reason') });

/** Completion of a class: assessment, closing and reopening. */
export function closingRoutes(deps: Deps, sources: readonly ClassPartSource[]): readonly Route[] {
  return routeTable('/classes/:id', [
    get('/completion', 'class.close', ofClass, (ctx) => show(deps, ctx, { sources, problems: [], typed: null })),
    post('/assessments', 'class.close', ofClass, (ctx) => assess(deps, ctx, sources)),
    get('/closing', 'class.close', ofClass, (ctx) => askClose(deps, ctx, [])),
    post('/closing', 'class.close', ofClass, (ctx) => close(deps, ctx)),
    get('/reopening', 'class.close', ofClass, (ctx) => askReopen(deps, ctx, [])),
    post('/reopening', 'class.close', ofClass, (ctx) => reopen(deps, ctx)),
  ]);
}

async function show(
  deps: Deps,
  ctx: Ctx,
  at: { sources: readonly ClassPartSource[]; problems: readonly Problem[]; typed: Body | null },
): Promise<Reply> {
  const view = await deps.closing.view(ctx.scope, param(ctx, 'id'));
  const of = view.trainingClass;
  const [head, closings] = await Promise.all([
    headFacts(deps, ctx, of, { tab: 'completion', sources: at.sources }),
    deps.closing.closingsOf(of.id),
  ]);
  const model = { ...classHead(ctx, head), ...completionPage(ctx, { view, closings, problems: at.problems, typed: at.typed }) };
  return page('attendance/completion', model, at.problems.length > 0 ? 422 : 200);
}

async function assess(deps: Deps, ctx: Ctx, sources: readonly ClassPartSource[]): Promise<Reply> {
  const { trainingClass: of, people } = await deps.closing.view(ctx.scope, param(ctx, 'id'));
  const read = scoresOf(
    ctx.body,
    people.map((one) => one.place),
  );
  if (!read.ok) return show(deps, ctx, { sources, problems: read.problems, typed: ctx.body });
  return ctx.command(async (tx) => {
    const problems = await deps.closing.assess(tx, ctx.scope, { id: of.id, changes: read.changes });
    if (problems.length > 0) return show(deps, ctx, { sources, problems, typed: ctx.body });
    return goTo(kept(ctx, `/classes/${of.id}/completion`), done(ctx.t('attendance.assessed', { n: read.changes.length })));
  });
}

/** A question about a class on its own page. */
function question(ctx: Ctx, of: TrainingClass, what: 'closing' | 'reopening') {
  return {
    title: ctx.t(`attendance.${what}.title`),
    crumbs: classCrumbs(
      ctx,
      { href: kept(ctx, `/classes/${of.id}`), label: of.name },
      { href: null, label: ctx.t(`attendance.${what}.title`) },
    ),
    question: ctx.t(`attendance.${what}.question`, { name: of.name }),
    action: kept(ctx, `/classes/${of.id}/${what}`),
    back: { href: kept(ctx, `/classes/${of.id}/completion`), label: ctx.t(`attendance.${what}.back`) },
    version: of.version,
    asksReason: what === 'reopening',
  };
}

async function askClose(deps: Deps, ctx: Ctx, problems: readonly Problem[]): Promise<Reply> {
  const view = await deps.closing.view(ctx.scope, param(ctx, 'id'));
  const of = view.trainingClass;
  const standing = problems.length > 0 ? null : closingProblem(view);
  const completing = view.people.filter((one) => one.completion.kind === 'COMPLETED').length;
  return page(
    'attendance/question',
    {
      ...question(ctx, of, 'closing'),
      facts: [
        ctx.t('attendance.closing.completing', { n: completing }),
        ctx.t('attendance.closing.notCompleting', { n: view.people.length - completing }),
        ctx.t('attendance.closing.hours'),
        ctx.t('attendance.closing.after'),
      ],
      button: ctx.t('attendance.closing.button', { n: completing }),
      blocked: standing !== null,
      form: formModel(['reason'], {}, standing === null ? problems : [standing], ctx.t),
    },
    problems.length > 0 ? 422 : 200,
  );
}

async function close(deps: Deps, ctx: Ctx): Promise<Reply> {
  const { trainingClass: of } = await deps.closing.view(ctx.scope, param(ctx, 'id'));
  const parsed = parseForm(closingForm, ctx);
  if (!parsed.ok) return askClose(deps, ctx, parsed.problems);
  return ctx.command(async (tx) => {
    const outcome = await deps.closing.close(tx, ctx.scope, { id: of.id, ...parsed.value });
    if (!outcome.ok) return askClose(deps, ctx, outcome.problems);
    return goTo(
      kept(ctx, `/classes/${of.id}/completion`),
      done(ctx.t('attendance.closing.done', { name: of.name, n: outcome.completed, not: outcome.notCompleted })),
    );
  });
}

async function askReopen(deps: Deps, ctx: Ctx, problems: readonly Problem[]): Promise<Reply> {
  const { trainingClass: of, people } = await deps.closing.view(ctx.scope, param(ctx, 'id'));
  const completed = people.filter((one) => one.place.state === 'COMPLETED').length;
  return page(
    'attendance/question',
    {
      ...question(ctx, of, 'reopening'),
      blocked: false,
      facts: [
        ctx.t('attendance.reopening.people', { n: completed }),
        ctx.t('attendance.reopening.hours'),
        ctx.t('attendance.reopening.after'),
      ],
      button: ctx.t('attendance.reopening.button', { n: completed }),
      form: formModel(['reason'], ctx.body, problems, ctx.t),
    },
    problems.length > 0 ? 422 : 200,
  );
}

async function reopen(deps: Deps, ctx: Ctx): Promise<Reply> {
  const { trainingClass: of } = await deps.closing.view(ctx.scope, param(ctx, 'id'));
  const parsed = parseForm(reopeningForm, ctx);
  if (!parsed.ok) return askReopen(deps, ctx, parsed.problems);
  return ctx.command(async (tx) => {
    const outcome = await deps.closing.reopen(tx, ctx.scope, { id: of.id, ...parsed.value });
    if (!outcome.ok) return askReopen(deps, ctx, outcome.problems);
    return goTo(
      kept(ctx, `/classes/${of.id}/completion`),
      done(ctx.t('attendance.reopening.done', { name: of.name, n: outcome.notCompleted })),
    );
  });
}
