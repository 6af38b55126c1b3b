import type { Ctx } from '../platform/http/context.js';
import { parseForm, type Problem } from '../platform/http/forms.js';
import { done, goTo, page, type Reply } from '../platform/http/reply.js';
import { get, post, routeTable, type Route } from '../platform/http/routeTable.js';
import { countIn, type ExamCounts } from '../exams/counts.rules.js';
import { reaches } from '../platform/scope.js';
import { kept } from '../workers/words.pages.js';
import type { Deps } from '../wiring.js';
import { pathFrom, targetForm, toleranceFrom } from './targets.forms.js';
import { targetFormPage } from './targetForm.pages.js';
import { funnelSteps, targetsPage, type ExamFunnel } from './targets.pages.js';

/** The certificate rate of a division against its target, and the setting of targets. */
export function targetsRoutes(deps: Deps): readonly Route[] {
  return routeTable('/targets', [
    get('/', 'target.read', (ctx) => show(deps, ctx)),
    get('/new', 'target.change', (ctx) => page('targets/form', targetFormPage(ctx, { from: deps.clock.today() }, []))),
    post('/', 'target.change', (ctx) => set(deps, ctx)),
  ]);
}

async function show(deps: Deps, ctx: Ctx): Promise<Reply> {
  const today = deps.clock.today();
  const division = await deps.divisionsStore.byId(ctx.area.id);
  const [board, rows, counts, nextExam] = await Promise.all([
    deps.rateBoard.boardOf(division, today),
    deps.targets.historyOf(division.id),
    deps.examCounts.of(ctx.scope, division.id),
    deps.examCalendar.coming(today),
  ]);
  const funnel = funnelOf(counts, nextExam);
  const names = await deps.divisionsStore.names(board.target === null ? [] : [board.target.divisionId]);
  const missing = { state: 'notEntered', year: funnel.nextExam } as const;
  const below = await deps.examCounts.under(ctx.scope, division.id);
  const notEntered = new Map([
    [division.id, countIn(counts, missing)],
    ...[...below].map(([id, one]): [string, number] => [id, countIn(one, missing)]),
  ]);
  return page(
    'targets/board',
    targetsPage(ctx, board, {
      today,
      rows,
      targetAt: names.get(board.target?.divisionId ?? '') ?? '',
      funnel,
      notEntered,
    }),
  );
}

/** The last exam whose results are out, and the one before it. */
function funnelOf(counts: ExamCounts, nextExam: number): ExamFunnel {
  const year = nextExam - 1;
  const stepsOf = (of: number): number[] => funnelSteps.map((state) => countIn(counts, { state, year: of }));
  return { year, nextExam, now: stepsOf(year), before: stepsOf(year - 1), lastChance: countIn(counts, { state: 'lastChance', year }) };
}

async function set(deps: Deps, ctx: Ctx): Promise<Reply> {
  const parsed = parseForm(targetForm, ctx);
  const kind = ctx.body['kind'] === 'STEPPED' ? 'STEPPED' : 'LINEAR';
  const { path, problems: pathProblems } = pathFrom(ctx.body, kind);
  const { basisPoints, problems: toleranceProblems } = toleranceFrom(ctx.body);
  const outside: Problem[] = reaches(ctx.scope, ctx.area.path) ? [] : [{ field: '', key: 'targets.outside' }];
  const problems = [...(parsed.ok ? [] : parsed.problems), ...pathProblems, ...toleranceProblems, ...outside];
  if (!parsed.ok || problems.length > 0) return page('targets/form', targetFormPage(ctx, ctx.body, problems), 422);
  const { from, sourceDoc } = parsed.value;
  return ctx.command(async (tx) => {
    const outcome = await deps.targets.set(tx, ctx.scope, {
      divisionId: ctx.area.id,
      divisionPath: ctx.area.path,
      from,
      sourceDoc,
      path,
      toleranceBasisPoints: basisPoints,
    });
    if (!outcome.ok) return page('targets/form', targetFormPage(ctx, ctx.body, outcome.problems), 422);
    return goTo(kept(ctx, '/targets'), done(ctx.t('targets.done', { area: ctx.area.name, from })));
  });
}
