import type { DivisionsStore } from '../divisions/divisions.store.js';
import { levels, type Level } from '../divisions/tree.rules.js';
import type { Scope } from '../platform/scope.js';
import type { DivisionChoice } from './accounts.pages.js';

/** The divisions inside a scope down to a level, each under its parent, with its line of names below the top. */
export async function divisionChoices(store: DivisionsStore, scope: Scope, downTo: Level): Promise<readonly DivisionChoice[]> {
  if (scope.kind !== 'divisions') return [];
  const trees = await Promise.all(scope.divisionIds.map((id) => store.subtree(id)));
  const most = levels.indexOf(downTo);
  return trees.flatMap((tree) => {
    const kept = tree.filter((one) => levels.indexOf(one.level) <= most);
    const known = new Map(kept.map((one) => [one.id, one]));
    const lineOf = (path: readonly string[]): string =>
      path
        .flatMap((id) => known.get(id)?.name ?? [])
        .slice(-2)
        .join(' › ');
    const keyOf = (path: readonly string[]): string => path.map((id) => known.get(id)?.code ?? '').join('/');
    const sorted = kept.map((one) => ({ one, key: keyOf(one.path) })).sort((a, b) => (a.key < b.key ? -1 : 1));
    return sorted.map(({ one }) => ({ value: one.id, label: lineOf(one.path) }));
  });
}
