import type { Deps } from '../wiring.js';
import { languages } from '../platform/i18n/translator.js';
import { field, signedIn, type Ctx } from '../platform/http/context.js';
import { parseForm } from '../platform/http/forms.js';
import { done, goTo, page, type Reply } from '../platform/http/reply.js';
import { get, post, routeTable, type Route } from '../platform/http/routeTable.js';
import { safeBack, safeReturn } from './returnTo.rules.js';
import { activationForm, newPasswordProblems, signInForm } from './signIn.forms.js';
import { activationPage, attemptFrom, signInPage } from './signIn.pages.js';
import type { SignInResult } from './signIn.service.js';

const cookieLife = 365 * 86_400_000;

/** Ways in and out, and the switches of the display that work before sign-in too. */
export function signInRoutes(deps: Deps): readonly Route[] {
  return routeTable('', [
    get('/sign-in', 'public', (ctx) => showSignIn(deps, ctx)),
    post('/sign-in', 'public', (ctx) => signIn(deps, ctx)),
    post('/sign-out', 'public', (ctx) => signOut(deps, ctx)),
    get('/activation', 'public', (ctx) => page('access/activation', activationPage(ctx, { login: '', problems: [] }))),
    post('/activation', 'public', (ctx) => activate(deps, ctx)),
    post('/display', 'public', setDisplay),
  ]);
}

function showSignIn(deps: Deps, ctx: Ctx): Reply {
  const next = safeReturn(ctx.query['next'] ?? '/');
  if (ctx.account !== null) return goTo(next);
  return page('access/signIn', signInPage(ctx, deps.signIn.limits, { next, login: '', problems: [] }));
}

async function signIn(deps: Deps, ctx: Ctx): Promise<Reply> {
  const next = safeReturn(field(ctx, 'next'));
  const again = (status: number, problems: Parameters<typeof signInPage>[2]['problems']): Reply =>
    page('access/signIn', signInPage(ctx, deps.signIn.limits, { next, login: field(ctx, 'login'), problems }), status);
  const parsed = parseForm(signInForm, ctx);
  if (!parsed.ok) return again(422, parsed.problems);
  const result = await deps.signInSteps.authenticate(ctx.req, ctx.res);
  if (!result.ok) return again(statusOf(result), [{ field: '', key: `access.signIn.${result.reason}`, values: limitValues(deps) }]);
  await deps.signInSteps.begin(ctx.req, result.account);
  return goTo(next);
}

async function signOut(deps: Deps, ctx: Ctx): Promise<Reply> {
  const account = ctx.account;
  if (account !== null) await deps.transact(ctx.actor, async (tx) => deps.signIn.recordSignOut(tx, signedIn(ctx).id));
  await deps.signInSteps.end(ctx.req);
  return goTo('/sign-in', done(ctx.t('access.signIn.signedOut')));
}

async function activate(deps: Deps, ctx: Ctx): Promise<Reply> {
  const login = field(ctx, 'login');
  const again = (status: number, problems: Parameters<typeof activationPage>[1]['problems']): Reply =>
    page('access/activation', activationPage(ctx, { login, problems }), status);
  const parsed = parseForm(activationForm, ctx);
  if (!parsed.ok) return again(422, parsed.problems);
  const weak = newPasswordProblems(parsed.value, parsed.value.login);
  if (weak.length > 0) return again(422, weak);
  const { code, newPassword } = parsed.value;
  const result = await deps.signIn.activate({ login: parsed.value.login, code, password: newPassword }, attemptFrom(ctx));
  if (!result.ok) return again(statusOf(result), [{ field: '', key: `access.activation.${result.reason}`, values: limitValues(deps) }]);
  return goTo('/sign-in', done(ctx.t('access.activation.done')));
}

function statusOf(result: SignInResult): number {
  return !result.ok && result.reason === 'address' ? 429 : 422;
}

function limitValues(deps: Deps): Record<string, number> {
  return { failures: deps.signIn.limits.failures, minutes: deps.signIn.limits.lockMinutes };
}

/** Text size, contrast and language are kept in cookies of the browser, so they hold before sign-in and without script. */
function setDisplay(ctx: Ctx): Reply {
  const set = (name: string, value: string): void => {
    ctx.res.cookie(name, value, { maxAge: cookieLife, sameSite: 'lax', path: '/' });
  };
  const text = field(ctx, 'text');
  const contrast = field(ctx, 'contrast');
  const language = languages.find((one) => one === field(ctx, 'lang'));
  if (text === 'large' || text === 'normal') set('lt', text === 'large' ? '1' : '0');
  if (contrast === 'high' || contrast === 'normal') set('hc', contrast === 'high' ? '1' : '0');
  if (language !== undefined) set('lang', language);
  return goTo(safeBack(field(ctx, 'back')));
}
