import { field, type Ctx } from '../platform/http/context.js';
import { formModel, parseForm, type Problem } from '../platform/http/forms.js';
import { done, goTo, page, type Reply } from '../platform/http/reply.js';
import { get, post, routeTable, type Route } from '../platform/http/routeTable.js';
import { NotFound } from '../platform/errors.js';
import { isId } from '../platform/ids.js';
import { systemScope } from '../platform/scope.js';
import { isInvited } from '../trainings/rows.rules.js';
import type { TrainingClass } from '../trainings/trainingClass.rules.js';
import { placesOf } from '../workers/places.pages.js';
import type { Worker } from '../workers/worker.rules.js';
import { kept, placeLine } from '../workers/words.pages.js';
import type { Deps } from '../wiring.js';
import { walkInForm } from './rollCall.forms.js';
import { sessionPath, sessionTitle } from './rollCall.pages.js';
import { sessionOf } from './rollCall.routes.js';

const ofSession = { params: { id: 'class', sessionId: 'classSession' } } as const;
/** A class teacher has no people of the own: whoever the class is open to may be found, by name and unit only. */
const invited = systemScope('who is in the hall may come from any division that the class is open to');
const mostFound = 10;
const shortestSearch = 2;

/** Somebody is in the hall without being listed. */
export function walkInRoutes(deps: Deps): readonly Route[] {
  return routeTable('/classes/:id/sessions/:sessionId', [
    get('/walk-ins', 'attendance.mark', ofSession, (ctx) => show(deps, ctx, [])),
    post('/walk-ins', 'attendance.mark', ofSession, (ctx) => add(deps, ctx)),
  ]);
}

async function show(deps: Deps, ctx: Ctx, problems: readonly Problem[]): Promise<Reply> {
  const roll = await deps.rollCalls.roll(ctx.scope, sessionOf(ctx));
  const of = roll.trainingClass;
  const query = (ctx.query['q'] ?? field(ctx, 'q')).trim();
  const here = sessionPath(of, roll.session);
  const listed = new Set(roll.places.map((place) => place.workerId));
  const searched = query.length >= shortestSearch;
  const found = searched ? await find(deps, of, query) : [];
  const places = await placesOf(
    deps,
    found.map((worker) => worker.divisionPath),
  );
  const form = formModel(['workerId', 'reason'], ctx.body, problems, ctx.t);
  return page(
    'attendance/walkIns',
    {
      title: ctx.t('attendance.walkIn.title'),
      crumbs: [
        { href: kept(ctx, `${here}/roll-call`), label: sessionTitle(ctx, of, roll.session) },
        { href: null, label: '' },
      ],
      phone: true,
      here,
      typed: query,
      emptyTitle: ctx.t(searched ? 'attendance.walkIn.noneTitle' : 'attendance.walkIn.emptyTitle', { query }),
      emptyText: ctx.t(searched ? 'attendance.walkIn.noneText' : 'attendance.walkIn.emptyText'),
      more: found.length > mostFound ? ctx.t('attendance.walkIn.more', { n: mostFound }) : '',
      handedIn: roll.rollCall !== null,
      people: found.slice(0, mostFound).map((worker) => ({
        id: worker.id,
        name: worker.name,
        unit: placeLine(worker.divisionPath, places),
        listed: listed.has(worker.id),
      })),
      form,
    },
    problems.length > 0 ? 422 : 200,
  );
}

/** People that the class is open to, one more than are shown. */
async function find(deps: Deps, of: TrainingClass, query: string): Promise<readonly Worker[]> {
  const divisions = of.audience.length === 0 ? [of.ownerDivisionId] : of.audience;
  const paging = { page: 1, skip: 0, size: mostFound + 1, sort: 'pinyin', direction: 1 } as const;
  const slices = await Promise.all(
    divisions.map((divisionId) => deps.workers.list(invited, { divisionId, present: true, ...deps.workers.searchFilter(query) }, paging)),
  );
  return slices.flatMap((slice) => slice.rows).slice(0, mostFound + 1);
}

async function add(deps: Deps, ctx: Ctx): Promise<Reply> {
  const { trainingClass: of, session } = await deps.rollCalls.roll(ctx.scope, sessionOf(ctx));
  const parsed = parseForm(walkInForm, ctx);
  if (!parsed.ok) return show(deps, ctx, parsed.problems);
  const { workerId, reason } = parsed.value;
  const worker = isId(workerId) ? (await deps.workers.byIds([workerId])).get(workerId) : undefined;
  if (worker === undefined || !isInvited(of, worker)) throw new NotFound('worker');
  return ctx.command(async (tx) => {
    const outcome = await deps.rollCalls.addPresent(tx, ctx.scope, { ...sessionOf(ctx), workerId, reason, peopleScope: invited });
    if (!outcome.ok) return show(deps, ctx, outcome.problems);
    return goTo(kept(ctx, `${sessionPath(of, session)}/roll-call`), done(ctx.t('attendance.walkIn.added', { name: worker.name })));
  });
}
