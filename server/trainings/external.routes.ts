import { NotFound } from '../platform/errors.js';
import { field, fieldList, param, type Ctx } from '../platform/http/context.js';
import { parseForm, type Problem } from '../platform/http/forms.js';
import { isId } from '../platform/ids.js';
import { done, goTo, page, type Reply } from '../platform/http/reply.js';
import { get, post, routeTable, type Route } from '../platform/http/routeTable.js';
import { reaches } from '../platform/scope.js';
import type { Division } from '../divisions/divisions.store.js';
import type { Deps } from '../wiring.js';
import { placesOf } from '../workers/places.pages.js';
import { kept, placeLine } from '../workers/words.pages.js';
import { addingForm, externalForm, externalSessions, readCompleted, readHours, strikingForm } from './external.forms.js';
import { addingPage, externalPage, strikingPage, type ExternalPeople } from './external.pages.js';
import type { ClassPlan, TrainingClass } from './trainingClass.rules.js';

const ofClass = { params: { id: 'class' } } as const;
const ofPlace = { params: { id: 'class', enrolmentId: 'enrolment' } } as const;
/** Rows of a search for people. */
const mostFound = 20;

/** Classes held elsewhere (decision 12): entered, added to, and taken back person by person. */
export function externalRoutes(deps: Deps): readonly Route[] {
  return routeTable('/classes', [
    get('/external/new', 'training.external', (ctx) => show(deps, ctx, [])),
    post('/external/new', 'training.external', (ctx) => record(deps, ctx)),
    get('/:id/completed/new', 'training.external', ofClass, (ctx) => showAdding(deps, ctx, [])),
    post('/:id/completed/new', 'training.external', ofClass, (ctx) => add(deps, ctx)),
    get('/:id/completed/:enrolmentId/striking', 'training.external', ofPlace, (ctx) => askStriking(deps, ctx, [])),
    post('/:id/completed/:enrolmentId/striking', 'training.external', ofPlace, (ctx) => strike(deps, ctx)),
  ]);
}

async function ownerOf(deps: Deps, ctx: Ctx): Promise<Division> {
  const id = ctx.area.level === 'community' ? (ctx.area.path.at(-2) ?? ctx.area.id) : ctx.area.id;
  const owner = await deps.divisionsStore.byId(id);
  if (!reaches(ctx.scope, owner.path)) throw new NotFound('division');
  return owner;
}

/** People ticked so far, and what the search field finds. */
async function peopleOf(deps: Deps, ctx: Ctx): Promise<ExternalPeople> {
  const ids = [...new Set(fieldList(ctx, 'workerIds').filter(isId))];
  const text = field(ctx, 'q').trim();
  const paging = { page: 1, size: mostFound, skip: 0, sort: 'pinyin', direction: 1 } as const;
  const [chosen, slice] = await Promise.all([
    deps.workers.within(ctx.scope, ids),
    text === ''
      ? null
      : deps.workers.list(ctx.scope, { divisionId: ctx.area.id, present: true, ...deps.workers.searchFilter(text) }, paging),
  ]);
  const found = slice?.rows ?? [];
  const all = [...chosen.values(), ...found];
  const known = await placesOf(
    deps,
    all.map((worker) => worker.divisionPath),
  );
  return {
    chosen: [...chosen.values()],
    found,
    total: slice?.total ?? null,
    places: new Map(all.map((worker) => [worker.id, placeLine(worker.divisionPath, known)])),
  };
}

async function show(deps: Deps, ctx: Ctx, problems: readonly Problem[]): Promise<Reply> {
  const [owner, people] = [await ownerOf(deps, ctx), await peopleOf(deps, ctx)];
  return page('trainings/external', externalPage(ctx, { owner: owner.name, people, problems }), problems.length > 0 ? 422 : 200);
}

/** The plan of a typed class, or what is to mend. */
function readExternal(ctx: Ctx, owner: Division): { ok: true; plan: ClassPlan } | { ok: false; problems: readonly Problem[] } {
  const parsed = parseForm(externalForm, ctx);
  const minutes = readHours(field(ctx, 'hours'));
  const hours: Problem[] = minutes === null ? [{ field: 'hours', key: 'trainings.external.hours.notANumber' }] : [];
  if (!parsed.ok || minutes === null) return { ok: false, problems: [...(parsed.ok ? [] : parsed.problems), ...hours] };
  const { sessions, problems } = externalSessions(parsed.value, minutes);
  if (problems.length > 0) return { ok: false, problems };
  const { firstHalf: _first, lastHalf: _last, ...fields } = parsed.value;
  return {
    ok: true,
    plan: {
      ...fields,
      sessions,
      institution: '',
      contact: '',
      teacherAccountId: null,
      teacherName: '',
      capacity: 0,
      quotas: [],
      nominateBy: null,
      ownerDivisionId: owner.id,
      ownerPath: owner.path,
      audience: [],
      audienceGroups: [],
      assessment: false,
      external: true,
      noticeNo: '',
    },
  };
}

async function record(deps: Deps, ctx: Ctx): Promise<Reply> {
  if (field(ctx, 'step') === 'search') return show(deps, ctx, []);
  const owner = await ownerOf(deps, ctx);
  const read = readExternal(ctx, owner);
  const { people, problems } = readCompleted(
    ctx,
    (await peopleOf(deps, ctx)).chosen.map((worker) => worker.id),
  );
  if (!read.ok || problems.length > 0) return show(deps, ctx, [...(read.ok ? [] : read.problems), ...problems]);
  return ctx.command(async (tx) => {
    const outcome = await deps.externalClasses.record(tx, ctx.scope, read.plan, people);
    if (!outcome.ok) return show(deps, ctx, outcome.problems);
    return goTo(
      kept(ctx, `/classes/${outcome.trainingClass.id}`),
      done(ctx.t('trainings.external.recorded', { name: read.plan.name, n: people.length })),
    );
  });
}

async function externalClass(deps: Deps, ctx: Ctx): Promise<TrainingClass> {
  const of = await deps.classes.managedById(ctx.scope, param(ctx, 'id'));
  if (!of.external) throw new NotFound('class');
  return of;
}

async function showAdding(deps: Deps, ctx: Ctx, problems: readonly Problem[]): Promise<Reply> {
  const of = await externalClass(deps, ctx);
  return page('trainings/adding', addingPage(ctx, of, { people: await peopleOf(deps, ctx), problems }), problems.length > 0 ? 422 : 200);
}

async function add(deps: Deps, ctx: Ctx): Promise<Reply> {
  if (field(ctx, 'step') === 'search') return showAdding(deps, ctx, []);
  const of = await externalClass(deps, ctx);
  const parsed = parseForm(addingForm, ctx);
  const { people, problems } = readCompleted(
    ctx,
    (await peopleOf(deps, ctx)).chosen.map((worker) => worker.id),
  );
  if (!parsed.ok || problems.length > 0) return showAdding(deps, ctx, [...(parsed.ok ? [] : parsed.problems), ...problems]);
  return ctx.command(async (tx) => {
    const outcome = await deps.externalClasses.addCompleted(tx, ctx.scope, { id: of.id, version: parsed.value.version }, people);
    if (!outcome.ok) return showAdding(deps, ctx, outcome.problems);
    return goTo(kept(ctx, `/classes/${of.id}/people`), done(ctx.t('trainings.external.added', { name: of.name, n: people.length })));
  });
}

async function askStriking(deps: Deps, ctx: Ctx, problems: readonly Problem[]): Promise<Reply> {
  const of = await externalClass(deps, ctx);
  const place = await deps.enrolments.byId(ctx.scope, param(ctx, 'enrolmentId'));
  if (place.classId !== of.id) throw new NotFound('enrolment');
  return page('trainings/step', strikingPage(ctx, of, place, problems), problems.length > 0 ? 422 : 200);
}

async function strike(deps: Deps, ctx: Ctx): Promise<Reply> {
  const parsed = parseForm(strikingForm, ctx);
  if (!parsed.ok) return askStriking(deps, ctx, parsed.problems);
  const id = param(ctx, 'id');
  return ctx.command(async (tx) => {
    const outcome = await deps.externalClasses.strike(tx, ctx.scope, { id, enrolmentId: param(ctx, 'enrolmentId'), ...parsed.value });
    if (!outcome.ok) return askStriking(deps, ctx, outcome.problems);
    return goTo(kept(ctx, `/classes/${id}/people`), done(ctx.t('trainings.external.struck', { of: outcome.trainingClass.name })));
  });
}
