import type { CheckedRow, CommitResult, ImportAbout, ImportChecker, ImportKind } from '../imports/kinds.js';
import type { Tx } from '../platform/transactions.js';
import type { KnownCommunity } from './communities.rules.js';
import type { Place } from './neighbours.service.js';
import { makeRosterChecker } from './rosterCheck.import.js';
import { rosterColumns } from './rosterColumns.import.js';
import { makeRosterCommit } from './rosterCommit.import.js';
import type { RosterDeps } from './rosterDeps.import.js';

/** The roster as a kind of file: the template of domain.md §5.2. */
export function makeRosterImport(deps: RosterDeps): ImportKind {
  const commitRows = makeRosterCommit(deps);
  return {
    name: 'roster',
    permission: 'worker.import',
    columns: rosterColumns,

    async begin(about: ImportAbout): Promise<ImportChecker> {
      const ages = await deps.policies.agesFor(about.asOf);
      const communities = communitiesOf(await deps.places.subtree(about.areaId), await deps.places.byIds(about.areaPath));
      return makeRosterChecker(deps, about, { today: about.today, ages, areaPath: about.areaPath, communities });
    },

    commit: (tx: Tx, about: ImportAbout, batches: AsyncIterable<readonly CheckedRow[]>): Promise<CommitResult> =>
      commitRows(tx, about, batches),
  };
}

/** The communities under an area with the names of township and county, which may stand above the area. */
function communitiesOf(subtree: readonly Place[], above: ReadonlyMap<string, Place>): KnownCommunity[] {
  const known = new Map([...above, ...subtree.map((place) => [place.id, place] as const)]);
  const nameAt = (place: Place, level: string): string =>
    place.path.map((id) => known.get(id)).find((one) => one?.level === level)?.name ?? '';
  return subtree
    .filter((place) => place.level === 'community')
    .map((place) => ({
      id: place.id,
      code: place.code,
      path: place.path,
      name: place.name,
      township: nameAt(place, 'township'),
      county: nameAt(place, 'county'),
    }));
}
