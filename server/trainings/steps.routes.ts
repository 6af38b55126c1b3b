import { addDays, daysBetween, lastDayOf } from '../platform/civilDays.js';
import { param, type Ctx } from '../platform/http/context.js';
import { parseForm, type Problem } from '../platform/http/forms.js';
import { done, goTo, page, type Reply } from '../platform/http/reply.js';
import { get, post, routeTable, type Route } from '../platform/http/routeTable.js';
import type { Tx } from '../platform/transactions.js';
import type { Deps } from '../wiring.js';
import { kept } from '../workers/words.pages.js';
import type { ClassOutcome, NewDates } from './classes.service.js';
import { slotDay, slotHalf, slotOf } from './slots.rules.js';
import { publicationForm, reasonForm, reschedulingForm } from './steps.forms.js';
import { stepPage, type Step } from './steps.pages.js';
import type { TrainingClass } from './trainingClass.rules.js';
import { spanWords } from './words.pages.js';

const ofClass = { params: { id: 'class' } } as const;

/** Publishing, postponing, rescheduling and cancelling a class, each asked back on its own page. */
export function stepsRoutes(deps: Deps): readonly Route[] {
  const pair = (step: Step, handler: (ctx: Ctx) => Promise<Reply>): Route[] => [
    get(`/:id/${step}`, 'training.plan', ofClass, (ctx) => ask(deps, ctx, step, [])),
    post(`/:id/${step}`, 'training.plan', ofClass, handler),
  ];
  return routeTable('/classes', [
    ...pair('publication', (ctx) => publish(deps, ctx)),
    ...pair('postponement', (ctx) => postpone(deps, ctx)),
    ...pair('rescheduling', (ctx) => reschedule(deps, ctx)),
    ...pair('cancellation', (ctx) => cancel(deps, ctx)),
  ]);
}

async function ask(deps: Deps, ctx: Ctx, step: Step, problems: readonly Problem[]): Promise<Reply> {
  const of = await deps.classes.managedById(ctx.scope, param(ctx, 'id'));
  const strike = await deps.strikes.of(of, lastDayOf(of.year));
  return page('trainings/step', stepPage(ctx, step, of, { strike, today: deps.clock.today(), problems }), problems.length > 0 ? 422 : 200);
}

/** Runs a step and says what was done, or asks again with what stands against it. */
async function settle(deps: Deps, ctx: Ctx, step: Step, run: (tx: Tx) => Promise<ClassOutcome>): Promise<Reply> {
  const people = (await deps.strikes.of(await deps.classes.managedById(ctx.scope, param(ctx, 'id')), lastDayOf(ctx.year))).placed;
  return ctx.command(async (tx) => {
    const outcome = await run(tx);
    if (!outcome.ok) return ask(deps, ctx, step, outcome.problems);
    const { id, name } = outcome.trainingClass;
    return goTo(
      kept(ctx, `/classes/${id}`),
      done(ctx.t(`trainings.step.${step}.done`, { name, n: people, span: spanWords(ctx.t, outcome.trainingClass) })),
    );
  });
}

async function publish(deps: Deps, ctx: Ctx): Promise<Reply> {
  const parsed = parseForm(publicationForm, ctx);
  if (!parsed.ok) return ask(deps, ctx, 'publication', parsed.problems);
  return settle(deps, ctx, 'publication', (tx) =>
    deps.classes.act(tx, ctx.scope, { id: param(ctx, 'id'), ...parsed.value, action: 'PUBLISH', reason: '' }),
  );
}

async function postpone(deps: Deps, ctx: Ctx): Promise<Reply> {
  const parsed = parseForm(reasonForm, ctx);
  if (!parsed.ok) return ask(deps, ctx, 'postponement', parsed.problems);
  return settle(deps, ctx, 'postponement', (tx) =>
    deps.classes.act(tx, ctx.scope, { id: param(ctx, 'id'), ...parsed.value, action: 'POSTPONE' }),
  );
}

async function cancel(deps: Deps, ctx: Ctx): Promise<Reply> {
  const parsed = parseForm(reasonForm, ctx);
  if (!parsed.ok) return ask(deps, ctx, 'cancellation', parsed.problems);
  return settle(deps, ctx, 'cancellation', (tx) => deps.classes.cancel(tx, ctx.scope, { id: param(ctx, 'id'), ...parsed.value }));
}

async function reschedule(deps: Deps, ctx: Ctx): Promise<Reply> {
  const parsed = parseForm(reschedulingForm, ctx);
  if (!parsed.ok) return ask(deps, ctx, 'rescheduling', parsed.problems);
  const of = await deps.classes.managedById(ctx.scope, param(ctx, 'id'));
  const { version, reason, firstDay, nominateBy } = parsed.value;
  const dates = movedDates(of, firstDay, nominateBy);
  return settle(deps, ctx, 'rescheduling', (tx) => deps.classes.reschedule(tx, ctx.scope, { id: of.id, version, reason, dates }));
}

/** The same timetable from another first day. Nominations stay open until the day given, else until the old day if that is still before the class. */
function movedDates(of: TrainingClass, firstDay: NewDates['firstDay'], nominateBy: NewDates['nominateBy']): NewDates {
  const by = daysBetween(of.firstDay, firstDay);
  const kept = of.nominateBy !== null && of.nominateBy <= firstDay ? of.nominateBy : null;
  return {
    firstDay,
    lastDay: addDays(of.lastDay, by),
    sessions: of.sessions.map((session) => ({ ...session, slot: slotOf(addDays(slotDay(session.slot), by), slotHalf(session.slot)) })),
    nominateBy: nominateBy ?? kept,
  };
}
