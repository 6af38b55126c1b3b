import type { Deps } from '../wiring.js';
import { historyModel } from '../audit/audit.pages.js';
import { BadRequest } from '../platform/errors.js';
import { param, type Ctx } from '../platform/http/context.js';
import { parseForm, type Problem } from '../platform/http/forms.js';
import { readPaging } from '../platform/http/paging.js';
import { done, goTo, page, type Reply } from '../platform/http/reply.js';
import { get, post, routeTable, type Route } from '../platform/http/routeTable.js';
import { disablingForm, newAccountForm, versionForm } from './accounts.forms.js';
import { accountPage, accountsPage, disablingPage, newAccountPage } from './accounts.pages.js';
import { accountStates, type Account } from './accounts.rules.js';
import type { AccountFilter } from './accounts.store.js';
import { divisionChoices } from './divisionChoices.pages.js';
import { showSheet } from './codeSheet.pages.js';
import { placesOf } from './places.pages.js';
import { isRole } from './permissions.rules.js';

const ofAccount = { params: { id: 'account' } } as const;

/** Office accounts, for the system administrator: no worker's data (decision 4). */
export function accountsRoutes(deps: Deps): readonly Route[] {
  return routeTable('/accounts', [
    get('/', 'account.read', (ctx) => list(deps, ctx)),
    get('/new', 'account.manage', (ctx) => showNew(deps, ctx, [])),
    post('/', 'account.manage', (ctx) => create(deps, ctx)),
    get('/sheets/:sheet', 'account.manage', { params: { sheet: 'word' } }, (ctx) => showSheet(deps, ctx, '/accounts')),
    get('/:id', 'account.read', ofAccount, (ctx) => show(deps, ctx)),
    post('/:id/codes', 'account.manage', ofAccount, (ctx) => issueCode(deps, ctx)),
    get('/:id/disabling', 'account.manage', ofAccount, (ctx) => showDisabling(deps, ctx, [])),
    post('/:id/disabling', 'account.manage', ofAccount, (ctx) => disable(deps, ctx)),
    post('/:id/enabling', 'account.manage', ofAccount, (ctx) => enable(deps, ctx)),
  ]);
}

async function list(deps: Deps, ctx: Ctx): Promise<Reply> {
  const paging = readPaging(ctx.query, ['name', 'loginName']);
  const now = deps.clock.now();
  const slice = await deps.accountsStore.list(ctx.scope, filterOf(ctx), paging, now);
  return page('access/accounts', accountsPage(ctx, slice, { paging, now, places: await placesOf(deps, slice.rows) }));
}

function filterOf(ctx: Ctx): AccountFilter {
  const role = ctx.query['role'] ?? '';
  const state = accountStates.find((one) => one === ctx.query['state']);
  return {
    who: 'office',
    text: (ctx.query['q'] ?? '').trim(),
    ...(isRole(role) ? { role } : {}),
    ...(state === undefined ? {} : { state }),
  };
}

async function showNew(deps: Deps, ctx: Ctx, problems: readonly Problem[]): Promise<Reply> {
  const divisions = await divisionChoices(deps.divisionsStore, ctx.scope, 'township');
  return page('access/newAccount', newAccountPage(ctx, { divisions, problems }), problems.length > 0 ? 422 : 200);
}

async function create(deps: Deps, ctx: Ctx): Promise<Reply> {
  const parsed = parseForm(newAccountForm, ctx);
  if (!parsed.ok) return showNew(deps, ctx, parsed.problems);
  const division = (await deps.divisionsStore.byIds([parsed.value.division])).get(parsed.value.division);
  if (division === undefined) return showNew(deps, ctx, [{ field: 'division', key: 'access.accounts.division.missing' }]);
  return ctx.command(async (tx) => {
    const outcome = await deps.officeAccounts.create(tx, ctx.scope, { ...parsed.value, divisionPath: division.path });
    if (!outcome.ok) return showNew(deps, ctx, outcome.problems);
    return goTo(`/accounts/${outcome.value}`, done(ctx.t('access.accounts.created', { name: parsed.value.name })));
  });
}

async function officeAccount(deps: Deps, ctx: Ctx): Promise<Account> {
  return deps.officeAccounts.byId(ctx.scope, param(ctx, 'id'));
}

async function show(deps: Deps, ctx: Ctx): Promise<Reply> {
  const account = await officeAccount(deps, ctx);
  const history = await deps.trail.historyOf({ kind: 'account', id: account.id });
  const places = await placesOf(deps, [account]);
  return page('access/account', accountPage(ctx, account, { now: deps.clock.now(), places, history: historyModel(ctx, history) }));
}

async function issueCode(deps: Deps, ctx: Ctx): Promise<Reply> {
  const account = await officeAccount(deps, ctx);
  if (account.disabledAt !== null)
    return goTo(`/accounts/${account.id}`, { kind: 'bad', text: ctx.t('access.accounts.codeRefused', { name: account.name }) });
  return ctx.command(async (tx) => goTo(`/accounts/sheets/${await deps.codes.issueSheet(tx, [account])}`));
}

async function showDisabling(deps: Deps, ctx: Ctx, problems: readonly Problem[]): Promise<Reply> {
  return page('access/disabling', disablingPage(ctx, await officeAccount(deps, ctx), problems), problems.length > 0 ? 422 : 200);
}

async function disable(deps: Deps, ctx: Ctx): Promise<Reply> {
  const parsed = parseForm(disablingForm, ctx);
  if (!parsed.ok) return showDisabling(deps, ctx, parsed.problems);
  return ctx.command(async (tx) => {
    const outcome = await deps.officeAccounts.disable(tx, ctx.scope, { id: param(ctx, 'id'), ...parsed.value });
    if (!outcome.ok) return showDisabling(deps, ctx, outcome.problems);
    return goTo(`/accounts/${outcome.value.id}`, done(ctx.t('access.accounts.disabled', { name: outcome.value.name })));
  });
}

async function enable(deps: Deps, ctx: Ctx): Promise<Reply> {
  const { id } = await officeAccount(deps, ctx);
  const parsed = parseForm(versionForm, ctx);
  if (!parsed.ok) throw new BadRequest();
  return ctx.command(async (tx) => {
    const account = await deps.officeAccounts.enable(tx, ctx.scope, { id, ...parsed.value });
    return goTo(`/accounts/${account.id}`, done(ctx.t('access.accounts.enabled', { name: account.name })));
  });
}
