import type { ZodType } from 'zod';
import { param, type Ctx } from '../platform/http/context.js';
import { parseForm, type Problem } from '../platform/http/forms.js';
import { done, goTo, page, type Reply } from '../platform/http/reply.js';
import { get, post, routeTable, type Route } from '../platform/http/routeTable.js';
import type { Tx } from '../platform/transactions.js';
import { systemScope } from '../platform/scope.js';
import { isActive } from '../trainings/enrolment.rules.js';
import type { Deps } from '../wiring.js';
import type { CommandInput, Outcome } from './careers.service.js';
import { communityOptions, placesOf } from './places.pages.js';
import { labelKey } from './posts.rules.js';
import { departureForm, postForm, returnForm, statusForm, transferForm } from './workers.forms.js';
import { confirmPage, personForm, storedValues } from './workerForms.pages.js';
import { kept, placeLine } from './words.pages.js';
import type { Worker } from './worker.rules.js';

const classNames = systemScope('names of the classes of a person who is about to leave');
const ofWorker = { params: { id: 'worker' } } as const;

type CommandName = 'post' | 'transfer' | 'status' | 'departure' | 'return';
type Form = Omit<CommandInput, 'workerId'>;

/** One command of decision 8: its form, its use case, and the page before harm. */
interface Command<Value extends Form> {
  readonly name: CommandName;
  readonly form: ZodType<Value>;
  run(tx: Tx, ctx: Ctx, input: Value & { workerId: string }): Promise<Outcome>;
  /** The confirmation that is still owed; null when there is none, or it was given. */
  confirmation?(ctx: Ctx, worker: Worker, value: Value): Promise<Reply | null>;
}

/** Change of post, transfer, change of status, departure and return, each with its day and reason. */
export function careerRoutes(deps: Deps): readonly Route[] {
  const rows = [
    command(deps, { name: 'post', form: postForm, run: (tx, ctx, input) => deps.workers.changePost(tx, ctx.scope, input) }),
    command(deps, {
      name: 'transfer',
      form: transferForm,
      run: (tx, ctx, input) => deps.workers.transfer(tx, ctx.scope, input),
      confirmation: async (ctx, worker, value) => (value.confirmed ? null : confirmTransfer(deps, ctx, worker, value)),
    }),
    command(deps, { name: 'status', form: statusForm, run: (tx, ctx, input) => deps.workers.changeStatus(tx, ctx.scope, input) }),
    command(deps, {
      name: 'departure',
      form: departureForm,
      run: (tx, ctx, input) => deps.workers.leave(tx, ctx.scope, input),
      confirmation: async (ctx, worker, value) => (value.confirmed ? null : confirmDeparture(deps, ctx, worker, value)),
    }),
    command(deps, { name: 'return', form: returnForm, run: (tx, ctx, input) => deps.workers.return(tx, ctx.scope, input) }),
  ];
  return routeTable('/workers', rows.flat());
}

function command<Value extends Form>(deps: Deps, one: Command<Value>): readonly Route[] {
  return [
    get(`/:id/${one.name}`, 'worker.change', ofWorker, (ctx) => show(deps, ctx, one.name, [])),
    post(`/:id/${one.name}`, 'worker.change', ofWorker, (ctx) => act(deps, ctx, one)),
  ];
}

async function show(deps: Deps, ctx: Ctx, name: CommandName, problems: readonly Problem[]): Promise<Reply> {
  const worker = await deps.workers.byId(ctx.scope, param(ctx, 'id'));
  const communities = name === 'transfer' || name === 'return' ? await communityOptions(deps, ctx.scope) : [];
  const typed = problems.length > 0 ? ctx.body : storedValues(worker);
  const model = personForm(ctx, name, { worker, state: { typed, problems }, communities, today: deps.clock.today() });
  return page(`workers/${name}`, model, problems.length > 0 ? 422 : 200);
}

async function act<Value extends Form>(deps: Deps, ctx: Ctx, one: Command<Value>): Promise<Reply> {
  const worker = await deps.workers.byId(ctx.scope, param(ctx, 'id'));
  const parsed = parseForm(one.form, ctx);
  if (!parsed.ok) return show(deps, ctx, one.name, parsed.problems);
  return ctx.command(async (tx) => {
    const outcome = await one.run(tx, ctx, { ...parsed.value, workerId: worker.id });
    if (!outcome.ok) return show(deps, ctx, one.name, outcome.problems);
    // the command has run, so the page before harm only asks for what can be done; without consent nothing is kept
    const owed = (await one.confirmation?.(ctx, worker, parsed.value)) ?? null;
    if (owed !== null) return owed;
    const { name } = worker;
    return goTo(kept(ctx, `/workers/${worker.id}`), done(ctx.t(`workers.${one.name}.done`, { name, day: parsed.value.from })));
  });
}

async function confirmDeparture(deps: Deps, ctx: Ctx, worker: Worker, value: Form & { readonly status: Worker['status'] }): Promise<Reply> {
  const { t } = ctx;
  const values = { name: worker.name, day: value.from, status: t(labelKey('serviceStatus', value.status)) };
  const open = await openClasses(deps, worker.id);
  const places = open.length === 0 ? [] : [t('workers.departure.fact.places', { count: open.length, names: open.join('、') })];
  const facts = [...places, ...['roster', 'due', 'account', 'record'].map((fact) => t(`workers.departure.fact.${fact}`, values))];
  return page(
    'workers/confirm',
    confirmPage(ctx, {
      name: 'departure',
      worker,
      carried: ctx.body,
      question: t('workers.departure.question', values),
      facts,
      button: t('workers.departure.confirm', values),
    }),
  );
}

/** Names of the classes that are not over and keep a place for the person. */
async function openClasses(deps: Deps, workerId: string): Promise<readonly string[]> {
  const places = (await deps.enrolments.participationsOf([workerId])).get(workerId) ?? [];
  const today = deps.clock.today();
  const open = places.filter((place) => isActive(place.state) && place.lastDay >= today).map((place) => place.classId);
  return [...(await deps.classes.byIds(classNames, open)).values()].map((one) => one.name);
}

async function confirmTransfer(
  deps: Deps,
  ctx: Ctx,
  worker: Worker,
  value: Form & { readonly divisionId: string; readonly post: Worker['post'] },
): Promise<Reply> {
  const { t } = ctx;
  const target = await deps.divisionsStore.byId(value.divisionId);
  const places = await placesOf(deps, [worker.divisionPath, target.path]);
  const values = {
    name: worker.name,
    day: value.from,
    from: placeLine(worker.divisionPath, places),
    to: placeLine(target.path, places),
    post: t(labelKey('post', value.post)),
  };
  const facts = ['place', 'coverage', 'record'].map((fact) => t(`workers.transfer.fact.${fact}`, values));
  return page(
    'workers/confirm',
    confirmPage(ctx, {
      name: 'transfer',
      worker,
      carried: ctx.body,
      question: t('workers.transfer.question', values),
      facts,
      button: t('workers.transfer.confirm', values),
    }),
  );
}
