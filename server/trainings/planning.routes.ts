import { parseDay } from '../platform/civilDays.js';
import { Conflict, NotFound } from '../platform/errors.js';
import { field, param, type Ctx } from '../platform/http/context.js';
import { parseForm, type Problem } from '../platform/http/forms.js';
import { done, goTo, page, type Reply } from '../platform/http/reply.js';
import { get, post, routeTable, type Route } from '../platform/http/routeTable.js';
import { reaches } from '../platform/scope.js';
import type { Division } from '../divisions/divisions.store.js';
import type { Deps } from '../wiring.js';
import { shareSeats } from '../planner/seats.rules.js';
import { kept } from '../workers/words.pages.js';
import { minutesPerCreditHour } from './classes.rules.js';
import { withBothPlans } from './planConflict.pages.js';
import { planForm, readSeats, readSessions, seatField, seenForm, typedSessions, type PlanFields } from './plan.forms.js';
import {
  editTarget,
  filledSessions,
  newTarget,
  planFormPage,
  tiersOf,
  typedPlan,
  withMoreRows,
  type PlanSetting,
  type PlanTarget,
} from './planForm.pages.js';
import { orderProblems, quotaProblems } from './planProblems.rules.js';
import type { ClassPlan, TrainingClass } from './trainingClass.rules.js';
import { timetablePolicy } from './trainings.policies.js';

const ofClass = { params: { id: 'class' } } as const;

/** Planning a class: new, as a copy, and changed. The same form answers buttons that only fill it. */
export function planningRoutes(deps: Deps): readonly Route[] {
  return routeTable('/classes', [
    get('/new', 'training.plan', (ctx) => showNew(deps, ctx)),
    post('/new', 'training.plan', (ctx) => create(deps, ctx)),
    get('/:id/edit', 'training.plan', ofClass, (ctx) => showEdit(deps, ctx)),
    post('/:id/edit', 'training.plan', ofClass, (ctx) => edit(deps, ctx)),
    get('/:id/copy', 'training.plan', ofClass, (ctx) => showCopy(deps, ctx)),
  ]);
}

/** The division that will own a new class: the page's area, which must lie inside what the account plans for. */
async function ownerOf(deps: Deps, ctx: Ctx): Promise<Division> {
  const id = ctx.area.level === 'community' ? (ctx.area.path.at(-2) ?? ctx.area.id) : ctx.area.id;
  const owner = await deps.divisionsStore.byId(id);
  if (!reaches(ctx.scope, owner.path)) throw new NotFound('division');
  return owner;
}

async function settingOf(deps: Deps, ctx: Ctx, owner: Division): Promise<PlanSetting> {
  const [children, teachers, book, untrained] = await Promise.all([
    owner.level === 'township' ? [] : deps.divisionsStore.childrenOf(owner.id),
    deps.access.listTeachers(owner.path),
    deps.policies.load([timetablePolicy]),
    deps.coverage.untrainedByDivision(owner.id, ctx.year),
  ]);
  const { maxMinutesPerHalfDay } = book.on(timetablePolicy, owner.path, deps.clock.today()).value;
  return {
    owner,
    teachers,
    creditsPerHalfDay: maxMinutesPerHalfDay / minutesPerCreditHour,
    divisions: children.map(({ id, code, name }) => ({ id, code, name, untrained: untrained.get(id)?.untrained ?? null })),
  };
}

async function showNew(deps: Deps, ctx: Ctx): Promise<Reply> {
  const setting = await settingOf(deps, ctx, await ownerOf(deps, ctx));
  const typed = { tier: tiersOf(setting.owner.level)[0] ?? '', organiser: setting.owner.name };
  const model = planFormPage(ctx, newTarget(ctx, ctx.t('trainings.form.new')), setting, { typed, sessions: [], problems: [] });
  return page('trainings/planForm', model);
}

async function showCopy(deps: Deps, ctx: Ctx): Promise<Reply> {
  const of = await deps.classes.byId(ctx.scope, param(ctx, 'id'));
  const setting = await settingOf(deps, ctx, await ownerOf(deps, ctx));
  const { sessionId: _ids, firstDay: _first, lastDay: _last, nominateBy: _by, noticeNo: _no, ...typed } = typedPlan(of);
  const sessions = typedSessions({ ...typed, sessionId: of.sessions.map(() => '') }).map((row) => ({ ...row, day: '' }));
  const model = planFormPage(ctx, newTarget(ctx, ctx.t('trainings.form.copy', { name: of.name })), setting, {
    typed,
    sessions,
    problems: [],
  });
  return page('trainings/planForm', model);
}

async function showEdit(deps: Deps, ctx: Ctx): Promise<Reply> {
  const { of, setting } = await managed(deps, ctx);
  const typed = typedPlan(of);
  return page(
    'trainings/planForm',
    planFormPage(ctx, editTarget(ctx, of), setting, { typed, sessions: typedSessions(typed), problems: [] }),
  );
}

async function managed(deps: Deps, ctx: Ctx): Promise<{ of: TrainingClass; setting: PlanSetting }> {
  const of = await deps.classes.managedById(ctx.scope, param(ctx, 'id'));
  return { of, setting: await settingOf(deps, ctx, await deps.divisionsStore.byId(of.ownerDivisionId)) };
}

/** The page again: as a button asked for it (200), or with what is to mend (422). */
function again(ctx: Ctx, target: PlanTarget, setting: PlanSetting, problems: readonly Problem[]): Reply {
  const empty = problems.some((problem) => problem.key === 'trainings.class.sessions.none');
  const sessions = empty ? filledSessions(ctx.body, setting.creditsPerHalfDay) : typedSessions(ctx.body);
  return page('trainings/planForm', planFormPage(ctx, target, setting, { typed: ctx.body, sessions, problems }), 422);
}

/** Buttons that only fill the form; null when the form is to be saved. */
function onlyFills(ctx: Ctx, target: PlanTarget, setting: PlanSetting): Reply | null {
  const step = field(ctx, 'step');
  const show = (typed: Ctx['body'], sessions = typedSessions(typed)): Reply =>
    page('trainings/planForm', planFormPage(ctx, target, setting, { typed, sessions, problems: [] }));
  if (step === 'fill') return show(ctx.body, filledSessions(ctx.body, setting.creditsPerHalfDay));
  if (step === 'more') return show(ctx.body, withMoreRows(ctx.body, 2));
  if (step !== 'share') return null;
  const capacity = Number(field(ctx, 'capacity'));
  if (!Number.isInteger(capacity) || capacity < 1 || capacity > 2000)
    return again(ctx, target, setting, [{ field: 'capacity', key: 'trainings.class.capacity.forShare' }]);
  const shares = shareSeats(
    capacity,
    setting.divisions.map(({ id, code, untrained }) => ({ divisionId: id, code, untrained: untrained ?? 0 })),
  );
  return show({ ...ctx.body, ...Object.fromEntries(shares.map(({ divisionId, seats }) => [seatField(divisionId), String(seats)])) });
}

/** The plan of a form, or what is to mend in it. */
function readPlan(ctx: Ctx, setting: PlanSetting): { ok: true; plan: ClassPlan } | { ok: false; problems: readonly Problem[] } {
  const parsed = parseForm(planForm, ctx);
  const { sessions, problems } = readSessions(typedSessions(ctx.body));
  const seats = readSeats(ctx.body, setting.divisions);
  const found = [...(parsed.ok ? choiceProblems(parsed.value, setting) : parsed.problems), ...problems, ...seats.problems];
  if (!parsed.ok || found.length > 0) return { ok: false, problems: [...found, ...typedProblems(ctx, seats.quotas)] };
  const { teacher, ...fields } = parsed.value;
  const known = setting.teachers.find((one) => one.accountId === teacher);
  return {
    ok: true,
    plan: {
      ...fields,
      sessions: [...sessions].sort((a, b) => (a.slot < b.slot ? -1 : 1)),
      quotas: seats.quotas,
      audience: seats.quotas.map((quota) => quota.divisionId),
      teacherAccountId: known?.accountId ?? null,
      teacherName: known?.name ?? '',
      ownerDivisionId: setting.owner.id,
      ownerPath: setting.owner.path,
      external: false,
      evidence: '',
    },
  };
}

/** What two fields say against each other, so that it shows beside what one field alone has wrong. */
function typedProblems(ctx: Ctx, quotas: ClassPlan['quotas']): Problem[] {
  const [firstDay, lastDay] = [parseDay(field(ctx, 'firstDay')), parseDay(field(ctx, 'lastDay'))];
  const capacity = Number(field(ctx, 'capacity'));
  return [
    ...(firstDay === null || lastDay === null ? [] : orderProblems(firstDay, lastDay)),
    ...(capacity >= 1 ? quotaProblems({ quotas, capacity }) : []),
  ];
}

function choiceProblems(value: PlanFields, setting: PlanSetting): Problem[] {
  const problems: Problem[] = [];
  if (!tiersOf(setting.owner.level).includes(value.tier))
    problems.push({ field: 'tier', key: 'trainings.class.tier.above', values: { owner: setting.owner.name } });
  if (value.teacher !== '' && !setting.teachers.some((one) => one.accountId === value.teacher))
    problems.push({ field: 'teacher', key: 'trainings.class.teacher.unknown' });
  return problems;
}

async function create(deps: Deps, ctx: Ctx): Promise<Reply> {
  const setting = await settingOf(deps, ctx, await ownerOf(deps, ctx));
  const target = newTarget(ctx, ctx.t('trainings.form.new'));
  const filled = onlyFills(ctx, target, setting);
  if (filled !== null) return filled;
  const read = readPlan(ctx, setting);
  if (!read.ok) return again(ctx, target, setting, read.problems);
  return ctx.command(async (tx) => {
    const outcome = await deps.classes.create(tx, ctx.scope, read.plan);
    if (!outcome.ok) return again(ctx, target, setting, outcome.problems);
    return goTo(kept(ctx, `/classes/${outcome.trainingClass.id}`), done(ctx.t('trainings.form.created', { name: read.plan.name })));
  });
}

async function edit(deps: Deps, ctx: Ctx): Promise<Reply> {
  const { of, setting } = await managed(deps, ctx);
  const seen = parseForm(seenForm, ctx);
  const target = { ...editTarget(ctx, of), version: seen.ok ? seen.value.version : of.version };
  const filled = onlyFills(ctx, target, setting);
  if (filled !== null) return filled;
  const read = readPlan(ctx, setting);
  if (!read.ok) return again(ctx, target, setting, read.problems);
  const plan = { ...read.plan, external: of.external, evidence: of.evidence };
  try {
    return await ctx.command(async (tx) => {
      const outcome = await deps.classes.edit(tx, ctx.scope, { id: of.id, version: target.version }, plan);
      if (!outcome.ok) return again(ctx, target, setting, outcome.problems);
      return goTo(kept(ctx, `/classes/${of.id}`), done(ctx.t('trainings.form.saved', { name: plan.name })));
    });
  } catch (error) {
    throw error instanceof Conflict ? withBothPlans(ctx, error, { yours: plan, theirs: await deps.classes.byId(ctx.scope, of.id) }) : error;
  }
}
