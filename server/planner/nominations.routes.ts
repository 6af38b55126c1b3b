import { field, fieldList, param, type Ctx } from '../platform/http/context.js';
import type { Problem } from '../platform/http/forms.js';
import { isId } from '../platform/ids.js';
import { readPaging } from '../platform/http/paging.js';
import { done, goTo, page, type Notice, type Reply } from '../platform/http/reply.js';
import { get, post, routeTable, type Route } from '../platform/http/routeTable.js';
import type { Tx } from '../platform/transactions.js';
import { headFacts } from '../trainings/headFacts.pages.js';
import type { ClassPartSource } from '../trainings/classParts.pages.js';
import type { EnrolmentAction } from '../trainings/enrolment.rules.js';
import { classAreaId, problemWords } from '../trainings/words.pages.js';
import type { Deps } from '../wiring.js';
import { placesOf } from '../workers/places.pages.js';
import { kept, placeLine } from '../workers/words.pages.js';
import { invitationsPage } from './invitations.pages.js';
import { nominatePage } from './nominate.pages.js';
import { resultNotice, selectionPage } from './selection.pages.js';

const ofClass = { params: { id: 'class' } } as const;
const decisions = ['CONFIRM', 'WAITLIST', 'RETURN', 'PROMOTE', 'WITHDRAW'] as const satisfies readonly EnrolmentAction[];
type Decision = (typeof decisions)[number];

/** Putting people forward and deciding about them (decision 14). */
export function nominationsRoutes(deps: Deps, sources: readonly ClassPartSource[] = []): readonly Route[] {
  return routeTable('', [
    get('/nominations', 'training.nominate', (ctx) => invitations(deps, ctx)),
    post('/nominations/selection', 'training.nominate', (ctx) => choose(deps, ctx, [])),
    post('/nominations', 'training.nominate', (ctx) => nominateSelected(deps, ctx)),
    get('/classes/:id/nominations', 'training.nominate', ofClass, (ctx) => show(deps, ctx, sources, [])),
    post('/classes/:id/nominations', 'training.nominate', ofClass, (ctx) => nominate(deps, ctx, sources)),
    post('/classes/:id/nominations/decisions', 'training.nominate', ofClass, (ctx) => decide(deps, ctx, sources)),
  ]);
}

async function invitations(deps: Deps, ctx: Ctx): Promise<Reply> {
  const classes = await deps.classes.all(ctx.scope, {
    year: ctx.year,
    seenBy: classAreaId(ctx),
    states: ['PUBLISHED', 'IN_PROGRESS'],
    external: false,
  });
  const [seats, counts] = await Promise.all([
    deps.selection.seatsLeft(classes, ctx.area.path),
    deps.enrolments.countByState(
      ctx.scope,
      classes.map((of) => of.id),
    ),
  ]);
  return page(
    'planner/invitations',
    invitationsPage(ctx, { classes, seats, counts, today: deps.clock.today(), paging: readPaging(ctx.query, ['first']) }),
  );
}

/** Ids that were ticked; anything else in the field is as if it were not there. */
function ticked(ctx: Ctx, name: string): readonly string[] {
  return [...new Set(fieldList(ctx, name).filter(isId))];
}

async function choose(deps: Deps, ctx: Ctx, problems: readonly Problem[]): Promise<Reply> {
  const workers = [...(await deps.workers.within(ctx.scope, ticked(ctx, 'workerIds'))).values()];
  if (workers.length === 0) return goTo(kept(ctx, '/untrained'), { kind: 'bad', text: ctx.t('planner.selection.nobody') });
  const choices = await deps.selection.choicesFor(ctx.scope, workers, { today: deps.clock.today() });
  const chosen = field(ctx, 'classId');
  return page('planner/selection', selectionPage(ctx, { workers, choices, chosen, problems }), problems.length > 0 ? 422 : 200);
}

async function nominateSelected(deps: Deps, ctx: Ctx): Promise<Reply> {
  const classId = field(ctx, 'classId');
  if (!isId(classId)) return choose(deps, ctx, [{ field: 'classId', key: 'planner.selection.classId.missing' }]);
  return ctx.command(async (tx) => {
    const notice = await nominateAll(deps, ctx, tx, { classId, workerIds: ticked(ctx, 'workerIds') });
    if (notice.kind === 'bad')
      return choose(deps, ctx, [{ field: 'classId', key: 'planner.selection.refused', values: { text: notice.text } }]);
    return goTo(kept(ctx, `/classes/${classId}/nominations`), notice);
  });
}

async function nominateAll(deps: Deps, ctx: Ctx, tx: Tx, input: { classId: string; workerIds: readonly string[] }): Promise<Notice> {
  return resultNotice(ctx, await deps.selection.nominate(tx, ctx.scope, input));
}

async function show(deps: Deps, ctx: Ctx, sources: readonly ClassPartSource[], problems: readonly Problem[]): Promise<Reply> {
  const of = await deps.classes.byId(ctx.scope, param(ctx, 'id'));
  const pool = ctx.query['pool'] === 'all' ? 'all' : 'needing';
  const today = deps.clock.today();
  const [head, people, inside, seats] = await Promise.all([
    headFacts(deps, ctx, of, { tab: 'nominations', sources }),
    deps.candidates.forClass(ctx.scope, of, { areaId: ctx.area.id, pool, today }),
    deps.enrolments.ofClass(ctx.scope, of.id),
    deps.selection.seatsLeft([of], ctx.area.path),
  ]);
  const known = await placesOf(
    deps,
    people.map((one) => one.worker.divisionPath),
  );
  const model = nominatePage(ctx, {
    ...head,
    people,
    inside,
    pool,
    problems,
    places: new Map(people.map((one) => [one.workerId, placeLine(one.worker.divisionPath, known)])),
    seats: seats.get(of.id) ?? { quota: null, used: of.takenSeats, left: 0 },
    search: (ctx.query['q'] ?? '').trim(),
    paging: readPaging(ctx.query, ['rank'], 20),
  });
  return page('planner/nominate', model, problems.length > 0 ? 422 : 200);
}

async function nominate(deps: Deps, ctx: Ctx, sources: readonly ClassPartSource[]): Promise<Reply> {
  const classId = param(ctx, 'id');
  const workerIds = ticked(ctx, 'workerIds');
  if (workerIds.length === 0) return show(deps, ctx, sources, [{ field: 'workerIds', key: 'planner.nominate.nobody' }]);
  return ctx.command(async (tx) => {
    const notice = await nominateAll(deps, ctx, tx, { classId, workerIds });
    if (notice.kind === 'bad')
      return show(deps, ctx, sources, [{ field: 'workerIds', key: 'planner.selection.refused', values: { text: notice.text } }]);
    return goTo(kept(ctx, `/classes/${classId}/nominations`), notice);
  });
}

/** What is missing of a decision, or null. */
function decisionProblem(ctx: Ctx, decision: Decision | undefined, ids: readonly string[]): Problem | null {
  if (ids.length === 0) return { field: 'enrolmentIds', key: 'planner.decision.nobody' };
  if (decision === undefined) return { field: 'enrolmentIds', key: 'planner.decision.unknown' };
  const needsReason = decision === 'RETURN' || decision === 'WITHDRAW';
  if (needsReason && field(ctx, 'reason').trim() === '')
    return { field: 'reason', key: 'planner.decision.reason.missing', values: { action: ctx.t(`planner.decision.${decision}`) } };
  return field(ctx, 'reason').length > 200 ? { field: 'reason', key: 'planner.decision.reason.tooLong', values: { most: 200 } } : null;
}

async function decide(deps: Deps, ctx: Ctx, sources: readonly ClassPartSource[]): Promise<Reply> {
  const id = param(ctx, 'id');
  await deps.classes.byId(ctx.scope, id);
  const ids = ticked(ctx, 'enrolmentIds');
  const decision = decisions.find((one) => one === field(ctx, 'action'));
  const problem = decisionProblem(ctx, decision, ids);
  if (problem !== null || decision === undefined) return show(deps, ctx, sources, problem === null ? [] : [problem]);
  return ctx.command(async (tx) => {
    const { changed, problems } = await deps.enrolments.actMany(tx, ctx.scope, {
      classId: id,
      ids,
      action: decision,
      reason: field(ctx, 'reason').trim(),
    });
    if (changed.length === 0) return show(deps, ctx, sources, problems);
    const text = ctx.t(`planner.decided.${decision}`, { n: changed.length });
    const notice: Notice =
      problems.length === 0
        ? done(text)
        : {
            kind: 'warn',
            text: `${text}${ctx.t('planner.decided.notAll', { n: problems.length, reasons: problems.map((one) => problemWords(ctx.t, one)).join('') })}`,
          };
    return goTo(kept(ctx, `/classes/${id}/nominations`), notice);
  });
}
