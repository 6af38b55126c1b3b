import type { Ctx } from '../platform/http/context.js';
import type { Translate } from '../platform/i18n/translator.js';
import { codeLists, hasLeft, labelKey, type CodeList, type ServiceStatus } from './posts.rules.js';

/** A badge as `partials/badge` prints it. */
export interface Badge {
  readonly kind: 'ok' | 'info' | 'warn' | 'bad' | 'calm' | 'line';
  readonly icon: string;
  readonly label: string;
}

/** The badge of a service status: one word for one state everywhere. */
export function statusBadge(t: Translate, status: ServiceStatus): Badge {
  const label = t(labelKey('serviceStatus', status));
  if (hasLeft(status)) return { kind: 'line', icon: 'logout', label };
  if (status === 'IN_SERVICE') return { kind: 'ok', icon: 'circle-check', label };
  return status === 'PROBATION' ? { kind: 'info', icon: 'clock', label } : { kind: 'calm', icon: 'circle-dashed', label };
}

/** The choices of a code list in its own order, with the codes that are left out. */
export function codeChoices(t: Translate, list: CodeList, codes: readonly string[] = codeLists[list]): { value: string; label: string }[] {
  return codes.map((value) => ({ value, label: t(`workers.${list}.${value}`) }));
}

/** A place with its ancestors, as far as it is needed to say where it is. */
export interface NamedPlace {
  readonly id: string;
  readonly level: string;
  readonly name: string;
}

/** 繁峙县 繁城镇 东泰社区, from the county down. */
export function placeLine(path: readonly string[], places: ReadonlyMap<string, NamedPlace>): string {
  const levels = ['county', 'township', 'community'];
  const line = path.flatMap((id) => places.get(id) ?? []).filter((place) => levels.includes(place.level));
  const shown = line.length > 0 ? line : path.slice(-1).flatMap((id) => places.get(id) ?? []);
  return shown.map((place) => place.name).join(' ');
}

/** The name of the place of a level on a path. */
export function placeAt(path: readonly string[], places: ReadonlyMap<string, NamedPlace>, level: string): string {
  return path.map((id) => places.get(id)).find((place) => place?.level === level)?.name ?? '';
}

/** An address that keeps area and year of the page. */
export function kept(ctx: Pick<Ctx, 'query'>, path: string): string {
  return path + queryText({ area: ctx.query['area'], year: ctx.query['year'] });
}

/** The address of the page with some parameters changed; '' removes one, and the list starts at its first page. */
export function addressWith(ctx: Pick<Ctx, 'query'>, path: string, changes: Readonly<Record<string, string>>): string {
  return path + queryText({ ...ctx.query, page: '', ...changes });
}

function queryText(values: Readonly<Record<string, string | undefined>>): string {
  const pairs = Object.entries(values).flatMap(([name, value]): [string, string][] =>
    value === undefined || value === '' ? [] : [[name, value]],
  );
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`;
}

/** The way to a page of people: desk, roster, and what lies between. */
export function crumbsOf(ctx: Ctx, ...more: readonly { readonly href: string | null; readonly label: string }[]) {
  return [{ href: kept(ctx, '/'), label: ctx.t('shell.menu.desk') }, ...more];
}
