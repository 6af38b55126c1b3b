import type { Ctx } from '../platform/http/context.js';
import type { Show } from './shows.rules.js';

/** A number of a board with the address of the list that it sums. */
export interface LinkedNumber {
  readonly value: number;
  readonly href: string;
}

/** What narrows a list beside its kind. */
export interface ListParams {
  readonly row?: string;
  readonly postClass?: string;
  /** Months of first completion or of the end of the arranged class. */
  readonly from?: number;
  readonly to?: number;
}

/** `?a=b` of what is not empty. */
export function queryOf(values: Readonly<Record<string, string | number | undefined>>): string {
  const pairs = Object.entries(values).flatMap(([name, value]): [string, string][] =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  );
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`;
}

/** Area and year of a page, to go on with. */
export function placeOf(ctx: Pick<Ctx, 'area' | 'year'>, areaCode = ctx.area.code): { area: string; year: number } {
  return { area: areaCode, year: ctx.year };
}

/** The list behind a number of a board. */
export function listHref(ctx: Pick<Ctx, 'area' | 'year'>, show: Show, params: ListParams = {}, areaCode = ctx.area.code): string {
  return `/coverage/people${queryOf({ ...placeOf(ctx, areaCode), show, ...params })}`;
}

/** A number with its list. */
export function linked(ctx: Pick<Ctx, 'area' | 'year'>, value: number, show: Show, params: ListParams = {}): LinkedNumber {
  return { value, href: listHref(ctx, show, params) };
}

/** Breadcrumb of the coverage pages. */
export function coverageCrumbs(ctx: Ctx, label: string | null): { href: string | null; label: string }[] {
  const desk = { href: `/${queryOf(placeOf(ctx))}`, label: ctx.t('shell.menu.desk') };
  const board = { href: label === null ? null : `/coverage${queryOf(placeOf(ctx))}`, label: ctx.t('coverage.crumb') };
  return label === null ? [desk, board] : [desk, board, { href: null, label }];
}
