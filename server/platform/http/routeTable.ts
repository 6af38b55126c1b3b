import type { Ctx } from './context.js';
import { isId } from '../ids.js';
import type { Reply } from './reply.js';

/** What a path parameter names, so that the access matrix can put a foreign one in its place. */
export type ObjectKind =
  | 'division'
  | 'worker'
  | 'class'
  | 'classSession'
  | 'enrolment'
  | 'account'
  | 'correction'
  | 'exemption'
  | 'transfer'
  | 'import'
  | 'flag'
  | 'examAttempt'
  | 'certificate'
  | 'registration'
  | 'target'
  | 'policy'
  | 'examYear'
  | 'passMark'
  | 'job'
  | 'word';

/** Who may open a row: a permission of a grant, anyone signed in, or everyone. */
export type Guard = { readonly permission: string } | 'signedIn' | 'public';

/** Further facts of a row. */
export interface RouteOptions {
  /** The kind of object each path parameter names. */
  readonly params?: Readonly<Record<string, ObjectKind>>;
  /** The row takes a file in this field (multipart). */
  readonly upload?: { readonly field: string; readonly maxBytes: number };
}

export type Handler = (ctx: Ctx) => Promise<Reply> | Reply;

/** One row: mounted by `mountTable`, walked by the access-matrix and accessibility tests. */
export interface Route extends RouteOptions {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly guard: Guard;
  readonly handler: Handler;
}

/** `'public'`, `'signedIn'`, or the name of a permission. */
type Guarding = string;

function row(method: Route['method'], path: string, guard: Guarding, rest: [Handler] | [RouteOptions, Handler]): Route {
  const [options, handler] = rest.length === 1 ? [{}, rest[0]] : rest;
  const resolved: Guard = guard === 'signedIn' || guard === 'public' ? guard : { permission: guard };
  return { method, path, guard: resolved, handler, ...options };
}

/** A page: `get('/:id', 'training.read', { params: { id: 'class' } }, handler)`. */
export function get(path: string, guard: Guarding, ...rest: [Handler] | [RouteOptions, Handler]): Route {
  return row('get', path, guard, rest);
}

/** A state change: a POST with a noun. */
export function post(path: string, guard: Guarding, ...rest: [Handler] | [RouteOptions, Handler]): Route {
  return row('post', path, guard, rest);
}

/**
 * The rows of a feature under its prefix.
 * @throws Error when a path parameter does not say what it names
 */
export function routeTable(prefix: string, rows: readonly Route[]): readonly Route[] {
  return rows.map((one) => {
    const full = one.path === '/' ? prefix || '/' : prefix + one.path;
    for (const [, name] of full.matchAll(/:(\w+)/g)) {
      if (name !== undefined && one.params?.[name] === undefined) throw new Error(`${full}: what does :${name} name?`);
    }
    return { ...one, path: full };
  });
}

/** Whether the parameters of a request can name anything: all but words are ids. */
export function paramsAreWellFormed(route: Route, params: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(params).every(([name, value]) => {
    if (typeof value !== 'string') return false;
    const kind = route.params?.[name];
    return kind === 'word' || kind === 'job' ? /^[\w.-]{1,80}$/.test(value) : isId(value);
  });
}
