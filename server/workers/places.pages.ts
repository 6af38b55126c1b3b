import type { Division, DivisionsStore } from '../divisions/divisions.store.js';
import { levels } from '../divisions/tree.rules.js';
import type { Scope } from '../platform/scope.js';
import { placeLine } from './words.pages.js';

interface Divisions {
  readonly divisionsStore: DivisionsStore;
}

/** Every place on some paths, by id. */
export async function placesOf(of: Divisions, paths: readonly (readonly string[])[]): Promise<ReadonlyMap<string, Division>> {
  return of.divisionsStore.byIds(paths.flat());
}

/** What a list of an area can be narrowed to: its counties, or in a county its townships and their communities. */
export async function divisionOptions(of: Divisions, area: { readonly id: string; readonly level: string }) {
  const wide = ['nation', 'province', 'city'].includes(area.level);
  if (wide) return (await of.divisionsStore.childrenOf(area.id)).map((one) => ({ value: one.areaCode, label: one.name }));
  const below = (await of.divisionsStore.subtree(area.id)).filter((one) => one.id !== area.id);
  const sorted = [...below].sort((a, b) => (a.code < b.code ? -1 : 1));
  return sorted.map((one) => ({
    value: one.areaCode,
    label: one.level === 'community' ? `\u3000${one.name}` : one.name,
  }));
}

/** The communities people can be put into, with where they are. */
export async function communityOptions(of: Divisions, scope: Scope): Promise<readonly { value: string; label: string }[]> {
  if (scope.kind !== 'divisions') return [];
  const trees = await Promise.all(scope.divisionIds.map((id) => of.divisionsStore.subtree(id)));
  const known = new Map([
    ...trees.flat().map((one) => [one.id, one] as const),
    ...(await placesOf(
      of,
      trees.map((tree) => tree[0]?.path ?? []),
    )),
  ]);
  const communities = trees.flat().filter((one) => levels.indexOf(one.level) === levels.length - 1);
  const sorted = [...communities].sort((a, b) => (a.code < b.code ? -1 : 1));
  return sorted.map((one) => ({ value: one.id, label: placeLine(one.path, known) }));
}
