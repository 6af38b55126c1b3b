import type { Express, NextFunction, Request, RequestHandler, Response } from 'express';
import type { Connection } from 'mongoose';
import type { Clock } from '../clock.js';
import { yearOf } from '../civilDays.js';
import { Forbidden, NotFound } from '../errors.js';
import { receiveFile } from '../files/upload.js';
import { languages, type Language, type Translate } from '../i18n/translator.js';
import { grantScope, type Scope } from '../scope.js';
import type { Transact } from '../transactions.js';
import { commandRunner, type Area, type Ctx, type SignedIn } from './context.js';
import { csrfTokenIsValid } from './csrf.js';
import { expired } from './expired.js';
import { PastLastPage } from './paging.js';
import { goTo, type Reply } from './reply.js';
import { requestIdOf } from './requests.js';
import { paramsAreWellFormed, type Route } from './routeTable.js';
import { send, type Renderer } from './send.js';

/** What the product gives to the platform: who asks, what they may see, where a page is. */
export interface RequestHooks {
  /** The account of a request, or null. */
  accountOf(req: Request): SignedIn | null;
  /** The scope of a permission, or null when the account does not hold it. */
  scopeFor(account: SignedIn, permission: string): Scope | null;
  /** The division of `?area=`, or the account's own when the code is ''; null when there is none such inside what it may see. */
  areaFor(account: SignedIn | null, code: string): Promise<Area | null>;
}

export interface MountDeps {
  readonly db: Connection;
  readonly clock: Clock;
  readonly transact: Transact;
  readonly translators: Record<Language, Translate>;
  readonly renderer: Renderer;
  readonly hooks: RequestHooks;
}

/** Mounts rows in their order: guard, then upload, then form token, then handler, then answer. */
export function mountTable(app: Express, routes: readonly Route[], deps: MountDeps): void {
  for (const route of routes) {
    const steps: RequestHandler[] = [guard(route, deps)];
    if (route.upload !== undefined) steps.push(receiveFile(route.upload.field, route.upload.maxBytes));
    if (route.method === 'post') steps.push(formToken(deps));
    app[route.method](route.path, ...steps, answer(route, deps));
  }
}

function guard(route: Route, deps: MountDeps): RequestHandler {
  return (req, res, next) => {
    const account = deps.hooks.accountOf(req);
    if (route.guard !== 'public' && account === null) {
      askToSignIn(req, res, deps);
      return;
    }
    if (typeof route.guard === 'object' && (account === null || deps.hooks.scopeFor(account, route.guard.permission) === null))
      throw new Forbidden();
    if (!paramsAreWellFormed(route, req.params)) throw new NotFound(route.path);
    next();
  };
}

function askToSignIn(req: Request, res: Response, deps: MountDeps): void {
  if (req.method === 'GET') res.redirect(303, `/sign-in?next=${encodeURIComponent(req.originalUrl)}`);
  else expired(req, res, deps.renderer, 'signedOut');
}

function formToken(deps: MountDeps): RequestHandler {
  return (req, res, next) => {
    if (csrfTokenIsValid(req)) next();
    else expired(req, res, deps.renderer, 'stale');
  };
}

function answer(route: Route, deps: MountDeps): RequestHandler {
  return async (req: Request, res: Response, _next: NextFunction) => {
    const ctx = await makeContext(route, deps, { req, res });
    await send(await replyOf(route, ctx), ctx, deps.renderer);
  };
}

async function replyOf(route: Route, ctx: Ctx): Promise<Reply> {
  try {
    return await route.handler(ctx);
  } catch (error) {
    if (!(error instanceof PastLastPage)) throw error;
    return goTo(`${ctx.req.path}?${new URLSearchParams({ ...ctx.query, page: String(error.last) }).toString()}`);
  }
}

async function makeContext(route: Route, deps: MountDeps, http: { req: Request; res: Response }): Promise<Ctx> {
  const { req, res } = http;
  const account = deps.hooks.accountOf(req);
  const query = singleValues(req.query);
  const area = await deps.hooks.areaFor(account, query['area'] ?? '');
  if (area === null) throw new NotFound('area');
  const scopeOf = (permission: string): Scope | null => (account === null ? null : deps.hooks.scopeFor(account, permission));
  const language = languageOf(req);
  const actor = actorOf(req, account);
  const body = bodyOf(req);
  return {
    req,
    res,
    account,
    area,
    query,
    language,
    body,
    actor,
    scopeOf,
    scope: (typeof route.guard === 'object' ? scopeOf(route.guard.permission) : null) ?? ownScope(account),
    year: yearFrom(query['year'], yearOf(deps.clock.today())),
    t: deps.translators[language],
    file: fileOf(req),
    can: (permission) => scopeOf(permission) !== null,
    command: commandRunner(deps.db, deps.transact, { actor, key: onceKeyOf(body), accountId: account?.id ?? `session:${req.sessionID}` }),
  };
}

function actorOf(req: Request, account: SignedIn | null): Ctx['actor'] {
  const requestId = requestIdOf(req);
  if (account === null) return { accountId: null, name: '', divisionId: null, requestId };
  return { accountId: account.id, name: account.name, divisionId: account.homeDivisionId, requestId };
}

/** Rows without a permission see nothing but the account's own person. */
function ownScope(account: SignedIn | null): Scope {
  const workerId = account?.workerId ?? null;
  return grantScope(workerId === null ? { kind: 'divisions', divisionIds: [] } : { kind: 'self', workerId });
}

function onceKeyOf(body: Ctx['body']): string {
  return typeof body['once'] === 'string' ? body['once'] : '';
}

function singleValues(query: Request['query']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) => {
      const one = Array.isArray(value) ? value[0] : value;
      return typeof one === 'string' ? [[name, readable(one).slice(0, 200)]] : [];
    }),
  );
}

/** Nobody types a NUL, and a pattern of the database must not hold one. */
function readable(text: string): string {
  return text.replaceAll('\u0000', '');
}

function yearFrom(text: string | undefined, current: number): number {
  const year = Number(text);
  return Number.isInteger(year) && year >= 2015 && year <= current + 1 ? year : current;
}

/** The language of the cookie, else the default. */
export function languageOf(req: Request): Language {
  const match = /(?:^|;\s*)lang=([\w-]+)/.exec(req.headers.cookie ?? '');
  return languages.find((language) => language === match?.[1]) ?? languages[0];
}

function bodyOf(req: Request): Ctx['body'] {
  const body = (req.body ?? {}) as Ctx['body'];
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, typeof value === 'string' ? readable(value) : value?.map(readable)]),
  );
}

function fileOf(req: Request): Ctx['file'] {
  return req.file === undefined ? null : { name: req.file.originalname, bytes: req.file.buffer };
}
