import type { Ctx } from '../platform/http/context.js';
import { parseForm, type Problem } from '../platform/http/forms.js';
import { done, goTo, page, type Reply } from '../platform/http/reply.js';
import { get, post, routeTable, type Route } from '../platform/http/routeTable.js';
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
  const [board, rows, funnel] = await Promise.all([
    deps.rateBoard.boardOf(division, today),
    deps.targets.historyOf(division.id),
    funnelOf(deps, ctx),
  ]);
  const names = await deps.divisionsStore.names(board.target === null ? [] : [board.target.divisionId]);
  const missing = { divisionId: division.id, year: funnel.nextExam, state: 'notEntered', inService: true } as const;
  const below = await deps.examStandingsStore.countByDivision(ctx.scope, missing, division.path.length);
  const total = await deps.examStandingsStore.count(ctx.scope, missing);
  return page(
    'targets/board',
    targetsPage(ctx, board, {
      today,
      rows,
      targetAt: names.get(board.target?.divisionId ?? '') ?? '',
      funnel,
      notEntered: new Map([...below, [division.id, total]]),
    }),
  );
}

type Counted = Omit<Parameters<Deps['examStandingsStore']['count']>[1], 'inService'>;

function countOf(deps: Deps, ctx: Ctx, filter: Counted): Promise<number> {
  return deps.examStandingsStore.count(ctx.scope, { ...filter, inService: true });
}

/** The last exam whose results are out, and the one before it. */
async function funnelOf(deps: Deps, ctx: Ctx): Promise<ExamFunnel> {
  const nextExam = await deps.examCalendar.coming(deps.clock.today());
  const year = nextExam - 1;
  const divisionId = ctx.area.id;
  const stepsOf = (of: number): Promise<number[]> =>
    Promise.all(funnelSteps.map((state) => countOf(deps, ctx, { divisionId, year: of, state })));
  const [now, before, lastChance] = await Promise.all([
    stepsOf(year),
    stepsOf(year - 1),
    countOf(deps, ctx, { divisionId, year, state: 'lastChance' }),
  ]);
  return { year, nextExam, now, before, lastChance };
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
