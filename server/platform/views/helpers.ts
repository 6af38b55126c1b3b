import { randomBytes } from 'node:crypto';
import Handlebars from 'handlebars';
import type { Translate } from '../i18n/translator.js';
import { grouped } from '../text/numbers.js';
import type { ViewHelper } from './engine.js';

/** What the helpers find at the root of every model, beside the page's own fields. */
export interface RequestModel {
  readonly t: Translate;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly csrf: string;
}

interface Root {
  readonly request: RequestModel;
}

const escape = (text: string): string => Handlebars.escapeExpression(text);
const rootOf = (options: Handlebars.HelperOptions): Root => (options.data as { root: Root }).root;

/** The helpers of all templates; no template holds more logic than these and if/each. */
export const viewHelpers: Readonly<Record<string, ViewHelper>> = {
  t: (key: string, options: Handlebars.HelperOptions) => rootOf(options).request.t(key, options.hash as Record<string, unknown>),
  eq: (a: unknown, b: unknown) => a === b,
  not: (a: unknown) => !a,
  or: (...values: unknown[]) => values.slice(0, -1).some(Boolean),
  and: (...values: unknown[]) => values.slice(0, -1).every(Boolean),
  icon: (name: string) => new Handlebars.SafeString(`<svg class="i" aria-hidden="true" focusable="false"><use href="/img/icons.svg#${escape(name)}"></use></svg>`),
  num: (value: number | null) => (value === null ? '—' : grouped(value)),
  pct: (value: number | null) => (value === null ? '—' : `${(Math.round(value * 1000) / 10).toFixed(1)}%`),
  monthDay: (day: string | null) => (day === null ? '—' : day.slice(5)),
  query: (options: Handlebars.HelperOptions) => addressWith(rootOf(options).request, options.hash as Record<string, unknown>),
  keep: (options: Handlebars.HelperOptions) => keepArea(rootOf(options).request, options.hash as Record<string, unknown>),
  formKeys: (options: Handlebars.HelperOptions) => new Handlebars.SafeString(hiddenKeys(rootOf(options).request.csrf)),
};

/** The current address with some parameters changed (null or '' removes one); a new filter starts at page 1. */
function addressWith(request: RequestModel, changes: Readonly<Record<string, unknown>>): string {
  const merged: Record<string, unknown> = { ...request.query, ...('page' in changes ? {} : { page: '' }), ...changes };
  return request.path + queryText(merged);
}

/** `?area=…&year=…` of the current page and the given parameters, to be put behind another page's path. */
function keepArea(request: RequestModel, more: Readonly<Record<string, unknown>>): string {
  return queryText({ area: request.query['area'], year: request.query['year'], ...more });
}

function queryText(values: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs.map(([name, value]): [string, string] => [name, String(value)])).toString()}`;
}

function hiddenKeys(csrf: string): string {
  const once = randomBytes(12).toString('base64url');
  return `<input type="hidden" name="_csrf" value="${escape(csrf)}"><input type="hidden" name="once" value="${once}">`;
}
