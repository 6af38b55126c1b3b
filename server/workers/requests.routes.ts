import { param, type Ctx } from '../platform/http/context.js';
import { parseForm, type Problem } from '../platform/http/forms.js';
import { readPaging, type Slice } from '../platform/http/paging.js';
import { done, goTo, page, type Reply } from '../platform/http/reply.js';
import { get, post, routeTable, type Route } from '../platform/http/routeTable.js';
import type { Scope } from '../platform/scope.js';
import type { Tx } from '../platform/transactions.js';
import type { Deps } from '../wiring.js';
import { placesOf } from './places.pages.js';
import type { Asked, RequestState, Transfer } from './requests.rules.js';
import type { RequestFilter } from './requests.store.js';
import { answerForm, optionalAnswerForm, exemptionForm } from './workers.forms.js';
import {
  countyOf,
  correctionRow,
  exemptionRow,
  listStates,
  requestPage,
  requestsPage,
  transferRow,
  type RequestKind,
  type RequestRow,
} from './requests.pages.js';
import { personForm } from './workerForms.pages.js';
import { kept, placeLine } from './words.pages.js';
import type { Worker } from './worker.rules.js';

type Outcome = { readonly ok: true } | { readonly ok: false; readonly problems: readonly Problem[] };
type Model = Parameters<typeof requestPage>[2];

/** A kind of request: how its list is read and what one of them shows and offers. */
interface Kind<One extends Asked> {
  readonly kind: RequestKind;
  list(scope: Scope, filter: RequestFilter, paging: { skip: number; size: number }): Promise<Slice<One>>;
  count(scope: Scope, filter: RequestFilter): Promise<number>;
  pathsOf(one: One): readonly (readonly string[])[];
  row(ctx: Ctx, one: One, places: Awaited<ReturnType<typeof placesOf>>): RequestRow;
}

/** 免训: asked by the county, approved or refused by the city. */
export function exemptionsRoutes(deps: Deps): readonly Route[] {
  const kind: Kind<Awaited<ReturnType<Deps['exemptions']['byId']>>> = {
    kind: 'exemptions',
    list: deps.exemptions.list,
    count: deps.exemptions.count,
    pathsOf: (one) => [one.divisionPath],
    row: exemptionRow,
  };
  const show = async (ctx: Ctx, problems: readonly Problem[]): Promise<Reply> => {
    const one = await deps.exemptions.byId(ctx.scope, param(ctx, 'id'));
    const places = await placesOf(deps, [one.divisionPath]);
    const mayAnswer = one.state === 'requested' && ctx.can('exemption.approve');
    const facts = [
      workerFact(ctx, one.workerId, one.workerName),
      { label: ctx.t('workers.field.division'), text: placeLine(one.divisionPath, places), href: null },
    ];
    const actions: Model['actions'] = mayAnswer
      ? [action(ctx, 'exemptions', 'refusal', true), action(ctx, 'exemptions', 'approval', false)]
      : [];
    return showRequest(ctx, 'exemptions', { row: exemptionRow(ctx, one, places), facts, actions, problems });
  };
  const ofExemption = { params: { id: 'exemption' } } as const;
  const approve = (tx: Tx, ctx: Ctx, answer: string): Promise<Outcome> =>
    deps.exemptions.approve(tx, ctx.scope, { id: param(ctx, 'id'), answer });
  const refuse = (tx: Tx, ctx: Ctx, answer: string): Promise<Outcome> =>
    deps.exemptions.refuse(tx, ctx.scope, { id: param(ctx, 'id'), answer });
  return [
    ...routeTable('/exemptions', [
      get('/', 'exemption.request', (ctx) => showList(deps, ctx, kind)),
      get('/:id', 'exemption.request', ofExemption, (ctx) => show(ctx, [])),
      post('/:id/approval', 'exemption.approve', ofExemption, (ctx) =>
        answerWith(ctx, { form: optionalAnswerForm, act: approve, show, to: '/exemptions', text: 'workers.exemptions.approved' }),
      ),
      post('/:id/refusal', 'exemption.approve', ofExemption, (ctx) =>
        answerWith(ctx, { form: answerForm, act: refuse, show, to: '/exemptions', text: 'workers.exemptions.refused' }),
      ),
    ]),
    ...routeTable('/workers', [
      get('/:id/exemption', 'exemption.request', { params: { id: 'worker' } }, (ctx) => showExemptionForm(deps, ctx, [])),
      post('/:id/exemption', 'exemption.request', { params: { id: 'worker' } }, (ctx) => requestExemption(deps, ctx)),
    ]),
  ];
}

async function showExemptionForm(deps: Deps, ctx: Ctx, problems: readonly Problem[]): Promise<Reply> {
  const worker = await deps.workers.byId(ctx.scope, param(ctx, 'id'));
  const model = personForm(ctx, 'exemption', { worker, state: { typed: ctx.body, problems }, communities: [], today: deps.clock.today() });
  return page('workers/exemption', model, problems.length > 0 ? 422 : 200);
}

async function requestExemption(deps: Deps, ctx: Ctx): Promise<Reply> {
  const worker = await deps.workers.byId(ctx.scope, param(ctx, 'id'));
  const parsed = parseForm(exemptionForm, ctx);
  if (!parsed.ok) return showExemptionForm(deps, ctx, parsed.problems);
  return ctx.command(async (tx) => {
    const outcome = await deps.exemptions.request(tx, ctx.scope, { workerId: worker.id, ...parsed.value });
    if (!outcome.ok) return showExemptionForm(deps, ctx, outcome.problems);
    return goTo(kept(ctx, `/workers/${worker.id}`), done(ctx.t('workers.exemption.asked', { name: worker.name })));
  });
}

/** 调动: asked by who takes, answered by who gives or by the city. */
export function transfersRoutes(deps: Deps): readonly Route[] {
  const kind: Kind<Awaited<ReturnType<Deps['transfers']['byId']>>> = {
    kind: 'transfers',
    list: deps.transfers.list,
    count: deps.transfers.count,
    pathsOf: (one) => [one.fromPath, one.toPath],
    row: transferRow,
  };
  const show = async (ctx: Ctx, problems: readonly Problem[]): Promise<Reply> => {
    const one = await deps.transfers.byId(ctx.scope, param(ctx, 'id'));
    const places = await placesOf(deps, [one.fromPath, one.toPath]);
    const known = await deps.workers.find(ctx.scope, one.workerId);
    const facts = transferFacts(ctx, one, { places, known });
    const giving = deps.transfers.mayConfirm(ctx.scope, one)
      ? [action(ctx, 'transfers', 'refusal', true), action(ctx, 'transfers', 'confirmation', false)]
      : [];
    const taking =
      giving.length === 0 && deps.transfers.mayWithdraw(ctx.scope, one)
        ? [{ ...action(ctx, 'transfers', 'withdrawal', true), needsAnswer: false }]
        : [];
    return showRequest(ctx, 'transfers', { row: transferRow(ctx, one, places), facts, actions: [...giving, ...taking], problems });
  };
  const ofTransfer = { params: { id: 'transfer' } } as const;
  const confirm = (tx: Tx, ctx: Ctx, answer: string): Promise<Outcome> =>
    deps.transfers.confirm(tx, ctx.scope, { id: param(ctx, 'id'), answer });
  const refuse = (tx: Tx, ctx: Ctx, answer: string): Promise<Outcome> =>
    deps.transfers.refuse(tx, ctx.scope, { id: param(ctx, 'id'), answer });
  const withdraw = (tx: Tx, ctx: Ctx): Promise<Outcome> => deps.transfers.withdraw(tx, ctx.scope, param(ctx, 'id'));
  return routeTable('/transfers', [
    get('/', 'transfer.confirm', (ctx) => showList(deps, ctx, kind)),
    get('/:id', 'transfer.confirm', ofTransfer, (ctx) => show(ctx, [])),
    post('/:id/confirmation', 'transfer.confirm', ofTransfer, (ctx) =>
      answerWith(ctx, { form: optionalAnswerForm, act: confirm, show, to: '/transfers', text: 'workers.transfers.confirmed' }),
    ),
    post('/:id/refusal', 'transfer.confirm', ofTransfer, (ctx) =>
      answerWith(ctx, { form: answerForm, act: refuse, show, to: '/transfers', text: 'workers.transfers.refused' }),
    ),
    post('/:id/withdrawal', 'transfer.confirm', ofTransfer, (ctx) =>
      answerWith(ctx, { form: optionalAnswerForm, act: withdraw, show, to: '/transfers', text: 'workers.transfers.withdrawn' }),
    ),
  ]);
}

/** What a transfer is about; the taking side, who cannot see the person yet, is told the county only. */
function transferFacts(
  ctx: Ctx,
  one: Transfer,
  at: { readonly places: Awaited<ReturnType<typeof placesOf>>; readonly known: Worker | null },
): Model['facts'] {
  const { places, known } = at;
  const { t } = ctx;
  return [
    known === null ? { label: t('workers.field.name'), text: one.workerName, href: null } : workerFact(ctx, known.id, known.name),
    {
      label: t('workers.transfer.from'),
      text: known === null ? countyOf(one.fromPath, places) : placeLine(one.fromPath, places),
      href: null,
    },
    { label: t('workers.transfer.to'), text: placeLine(one.toPath, places), href: null },
    { label: t('workers.field.post'), text: t(`workers.post.${one.post}`), href: null },
    { label: t('workers.from.label'), text: one.effectiveOn, href: null },
  ];
}

/** 更正: what workers say is wrong, answered by the county. */
export function correctionsRoutes(deps: Deps): readonly Route[] {
  const kind: Kind<Awaited<ReturnType<Deps['corrections']['byId']>>> = {
    kind: 'corrections',
    list: deps.corrections.list,
    count: deps.corrections.count,
    pathsOf: (one) => [one.divisionPath],
    row: correctionRow,
  };
  const show = async (ctx: Ctx, problems: readonly Problem[]): Promise<Reply> => {
    const one = await deps.corrections.byId(ctx.scope, param(ctx, 'id'));
    const places = await placesOf(deps, [one.divisionPath]);
    const facts = [
      workerFact(ctx, one.workerId, one.workerName),
      { label: ctx.t('workers.field.division'), text: placeLine(one.divisionPath, places), href: null },
    ];
    const actions = one.state === 'requested' ? [{ ...action(ctx, 'corrections', 'answer', false), needsAnswer: true }] : [];
    return showRequest(ctx, 'corrections', { row: correctionRow(ctx, one, places), facts, actions, problems });
  };
  const ofCorrection = { params: { id: 'correction' } } as const;
  const answer = (tx: Tx, ctx: Ctx, text: string): Promise<Outcome> =>
    deps.corrections.answer(tx, ctx.scope, { id: param(ctx, 'id'), answer: text });
  return routeTable('/corrections', [
    get('/', 'correction.answer', (ctx) => showList(deps, ctx, kind)),
    get('/:id', 'correction.answer', ofCorrection, (ctx) => show(ctx, [])),
    post('/:id/answer', 'correction.answer', ofCorrection, (ctx) =>
      answerWith(ctx, { form: answerForm, act: answer, show, to: '/corrections', text: 'workers.corrections.answered' }),
    ),
  ]);
}

const workerFact = (ctx: Ctx, id: string, name: string) => ({
  label: ctx.t('workers.field.name'),
  text: name,
  href: kept(ctx, `/workers/${id}`),
});

function action(ctx: Ctx, kind: RequestKind, noun: string, harm: boolean): Model['actions'][number] {
  return { noun, harm, needsAnswer: true, label: ctx.t(`workers.${kind}.action.${noun}`) };
}

function showRequest(ctx: Ctx, kind: RequestKind, model: Model): Reply {
  return page('workers/request', requestPage(ctx, kind, model), model.problems.length > 0 ? 422 : 200);
}

async function showList<One extends Asked>(deps: Deps, ctx: Ctx, of: Kind<One>): Promise<Reply> {
  const paging = readPaging(ctx.query, ['askedAt']);
  const states = listStates[of.kind];
  const asked = ctx.query['state'];
  const state: RequestState | null = asked === 'all' ? null : (states.find((one) => one === asked) ?? 'requested');
  const where = { divisionId: ctx.area.id };
  const slice = await of.list(ctx.scope, { ...where, ...(state === null ? {} : { state }) }, paging);
  const counted = await Promise.all(
    [...states, null].map(
      async (one) => [one ?? 'all', await of.count(ctx.scope, { ...where, ...(one === null ? {} : { state: one }) })] as const,
    ),
  );
  const places = await placesOf(
    deps,
    slice.rows.flatMap((one) => of.pathsOf(one)),
  );
  const rows = slice.rows.map((one) => of.row(ctx, one, places));
  return page('workers/requests', requestsPage(ctx, of.kind, { slice, rows, counts: new Map(counted), state, paging }));
}

async function answerWith(
  ctx: Ctx,
  how: {
    readonly form: typeof answerForm | typeof optionalAnswerForm;
    act(tx: Tx, ctx: Ctx, answer: string): Promise<Outcome>;
    show(ctx: Ctx, problems: readonly Problem[]): Promise<Reply>;
    readonly to: string;
    readonly text: string;
  },
): Promise<Reply> {
  const parsed = parseForm<{ answer: string }>(how.form, ctx);
  if (!parsed.ok) return how.show(ctx, parsed.problems);
  return ctx.command(async (tx) => {
    const outcome = await how.act(tx, ctx, parsed.value.answer);
    if (!outcome.ok) return how.show(ctx, outcome.problems);
    return goTo(kept(ctx, how.to), done(ctx.t(how.text)));
  });
}
