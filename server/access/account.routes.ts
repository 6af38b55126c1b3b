import type { Deps } from '../wiring.js';
import { NotFound } from '../platform/errors.js';
import { signedIn, type Ctx } from '../platform/http/context.js';
import { parseForm, type Problem } from '../platform/http/forms.js';
import { done, goTo, page, type Reply } from '../platform/http/reply.js';
import { get, post, routeTable, type Route } from '../platform/http/routeTable.js';
import { ownAccountPage } from './account.pages.js';
import { ownPasswordForm, newPasswordProblems } from './signIn.forms.js';
import { attemptFrom } from './signIn.pages.js';

/** The own account of whoever is signed in. */
export function accountRoutes(deps: Deps): readonly Route[] {
  return routeTable('/account', [
    get('/', 'signedIn', (ctx) => showOwn(deps, ctx, [])),
    post('/password', 'signedIn', (ctx) => changePassword(deps, ctx)),
  ]);
}

async function showOwn(deps: Deps, ctx: Ctx, problems: readonly Problem[]): Promise<Reply> {
  const account = await deps.signIn.own(signedIn(ctx).id);
  if (account === null) throw new NotFound('account');
  const places = await deps.divisionsStore.names(account.grants.map((grant) => grant.divisionId));
  const model = ownAccountPage(ctx, account, { places, problems });
  return page(model.phone ? 'access/ownPhone' : 'access/own', model, problems.length > 0 ? 422 : 200);
}

async function changePassword(deps: Deps, ctx: Ctx): Promise<Reply> {
  const parsed = parseForm(ownPasswordForm, ctx);
  if (!parsed.ok) return showOwn(deps, ctx, parsed.problems);
  const own = await deps.signIn.own(signedIn(ctx).id);
  const weak = newPasswordProblems(parsed.value, own?.loginName ?? '');
  if (weak.length > 0) return showOwn(deps, ctx, weak);
  const { id } = signedIn(ctx);
  if (!(await deps.signIn.isOwnPassword(id, parsed.value.password, attemptFrom(ctx)))) {
    return showOwn(deps, ctx, [{ field: 'password', key: 'access.password.current.wrong' }]);
  }
  const passwordHash = await deps.signIn.hash(parsed.value.newPassword);
  const reply = await ctx.command(async (tx) => {
    await deps.signIn.changeOwnPassword(tx, id, passwordHash);
    return goTo('/account', done(ctx.t('access.password.changed')));
  });
  const fresh = await deps.signIn.fresh(id);
  if (fresh !== null) await deps.signInSteps.begin(ctx.req, fresh);
  return reply;
}
