import type { Deps } from '../wiring.js';
import { BadRequest, NotFound } from '../platform/errors.js';
import { field, param, type Ctx } from '../platform/http/context.js';
import { parseForm, type Problem } from '../platform/http/forms.js';
import { readPaging } from '../platform/http/paging.js';
import { done, goTo, page, type Reply } from '../platform/http/reply.js';
import { get, post, routeTable, type Route } from '../platform/http/routeTable.js';
import { givingForm, versionForm, withdrawalForm } from './accounts.forms.js';
import type { Account } from './accounts.rules.js';
import { divisionChoices } from './divisionChoices.pages.js';
import { accountGrantsPage, givingPage, grantsPage, lockoutsPage, withdrawalPage } from './grants.pages.js';
import { limitsPage } from './limits.pages.js';
import { placesOf } from './places.pages.js';
import { grantableRoles, isRole, type Role } from './permissions.rules.js';

const ofAccount = { params: { id: 'account' } } as const;

/** Roles, lockouts and limits, for the security administrator (decision 4). */
export function grantsRoutes(deps: Deps): readonly Route[] {
  return routeTable('', [
    get('/grants', 'grant.manage', (ctx) => list(deps, ctx)),
    get('/grants/:id', 'grant.manage', ofAccount, (ctx) => show(deps, ctx, [])),
    get('/grants/:id/giving', 'grant.manage', ofAccount, (ctx) => showGiving(deps, ctx)),
    post('/grants/:id/giving', 'grant.manage', ofAccount, (ctx) => give(deps, ctx)),
    get('/grants/:id/withdrawal', 'grant.manage', ofAccount, (ctx) =>
      showWithdrawal(deps, ctx, { grantId: ctx.query['grant'] ?? '', problems: [] }),
    ),
    post('/grants/:id/withdrawal', 'grant.manage', ofAccount, (ctx) => withdraw(deps, ctx)),
    get('/lockouts', 'lockout.manage', (ctx) => lockouts(deps, ctx)),
    post('/lockouts/:id/unlocking', 'lockout.manage', ofAccount, (ctx) => unlock(deps, ctx)),
    get('/limits', 'lockout.manage', (ctx) => page('access/limits', limitsPage(ctx, deps.config, deps.signIn.limits))),
  ]);
}

async function list(deps: Deps, ctx: Ctx): Promise<Reply> {
  const paging = readPaging(ctx.query, ['name', 'loginName']);
  const now = deps.clock.now();
  const role = ctx.query['role'] ?? '';
  const filter = { who: 'office', text: (ctx.query['q'] ?? '').trim(), ...(isRole(role) ? { role } : {}) } as const;
  const slice = await deps.accountsStore.list(ctx.scope, filter, paging, now);
  return page('access/grants', grantsPage(ctx, slice, { paging, now, places: await placesOf(deps, slice.rows) }));
}

async function accountOf(deps: Deps, ctx: Ctx): Promise<Account> {
  return deps.officeAccounts.byId(ctx.scope, param(ctx, 'id'));
}

async function show(deps: Deps, ctx: Ctx, problems: readonly Problem[]): Promise<Reply> {
  const account = await accountOf(deps, ctx);
  const divisions = await divisionChoices(deps.divisionsStore, ctx.scope, 'township');
  const model = accountGrantsPage(ctx, account, { places: await placesOf(deps, [account]), divisions, now: deps.clock.now(), problems });
  return page('access/accountGrants', model, problems.length > 0 ? 422 : 200);
}

/** What was chosen, or the problems of the choice. */
async function chosen(
  deps: Deps,
  ctx: Ctx,
  of: { role: string; division: string },
): Promise<{ role: Role; division: { value: string; label: string } } | readonly Problem[]> {
  const role = grantableRoles.find((one) => one === of.role);
  if (role === undefined) return [{ field: 'role', key: 'access.grants.role.missing' }];
  const division = (await divisionChoices(deps.divisionsStore, ctx.scope, 'township')).find((one) => one.value === of.division);
  return division === undefined ? [{ field: 'division', key: 'access.grants.division.missing' }] : { role, division };
}

async function showGiving(deps: Deps, ctx: Ctx): Promise<Reply> {
  const account = await accountOf(deps, ctx);
  if (ctx.query['role'] === undefined && ctx.query['division'] === undefined) return goTo(`/grants/${account.id}`);
  const choice = await chosen(deps, ctx, { role: ctx.query['role'] ?? '', division: ctx.query['division'] ?? '' });
  if (!('role' in choice)) return show(deps, ctx, choice);
  return page('access/giving', givingPage(ctx, account, { ...choice, problems: [] }));
}

async function give(deps: Deps, ctx: Ctx): Promise<Reply> {
  const account = await accountOf(deps, ctx);
  const choice = await chosen(deps, ctx, { role: field(ctx, 'role'), division: field(ctx, 'division') });
  if (!('role' in choice)) return show(deps, ctx, choice);
  const again = (problems: readonly Problem[]): Reply => page('access/giving', givingPage(ctx, account, { ...choice, problems }), 422);
  const parsed = parseForm(givingForm, ctx);
  if (!parsed.ok) return again(parsed.problems);
  const division = await deps.divisionsStore.byId(choice.division.value);
  return ctx.command(async (tx) => {
    const outcome = await deps.grants.give(tx, ctx.scope, {
      accountId: account.id,
      version: parsed.value.version,
      role: choice.role,
      divisionPath: division.path,
    });
    if (!outcome.ok) return again(outcome.problems);
    const values = { name: account.name, role: ctx.t(`shell.roles.${choice.role}`), place: choice.division.label };
    return goTo(`/grants/${account.id}`, done(ctx.t('access.grants.given', values)));
  });
}

async function showWithdrawal(deps: Deps, ctx: Ctx, at: { grantId: string; problems: readonly Problem[] }): Promise<Reply> {
  const account = await accountOf(deps, ctx);
  const grant = at.grantId === '' ? account.grants[0] : account.grants.find((one) => one.id === at.grantId);
  if (grant === undefined) throw new NotFound('grant');
  const place = (await placesOf(deps, [account])).get(grant.divisionId) ?? '';
  return page(
    'access/withdrawal',
    withdrawalPage(ctx, account, { grant, place, problems: at.problems }),
    at.problems.length > 0 ? 422 : 200,
  );
}

async function withdraw(deps: Deps, ctx: Ctx): Promise<Reply> {
  const grantId = field(ctx, 'grant');
  const parsed = parseForm(withdrawalForm, ctx);
  if (!parsed.ok) return showWithdrawal(deps, ctx, { grantId, problems: parsed.problems });
  const { version, reason } = parsed.value;
  return ctx.command(async (tx) => {
    const outcome = await deps.grants.withdraw(tx, ctx.scope, { accountId: param(ctx, 'id'), version, grantId, reason });
    if (!outcome.ok) return showWithdrawal(deps, ctx, { grantId, problems: outcome.problems });
    return goTo(`/grants/${outcome.value.id}`, done(ctx.t('access.grants.withdrawn', { name: outcome.value.name })));
  });
}

async function lockouts(deps: Deps, ctx: Ctx): Promise<Reply> {
  const paging = readPaging(ctx.query, ['lockedUntil', 'name']);
  const slice = await deps.accountsStore.list(ctx.scope, { who: 'all', state: 'locked' }, paging, deps.clock.now());
  const { failures, lockMinutes } = deps.signIn.limits;
  return page(
    'access/lockouts',
    lockoutsPage(ctx, slice, { paging, places: await placesOf(deps, slice.rows), failures, minutes: lockMinutes }),
  );
}

async function unlock(deps: Deps, ctx: Ctx): Promise<Reply> {
  const { id } = await deps.accountsStore.byId(ctx.scope, param(ctx, 'id'));
  const parsed = parseForm(versionForm, ctx);
  if (!parsed.ok) throw new BadRequest();
  return ctx.command(async (tx) => {
    const account = await deps.grants.unlock(tx, ctx.scope, { accountId: id, version: parsed.value.version });
    return goTo('/lockouts', done(ctx.t('access.lockouts.unlocked', { name: account.name })));
  });
}
