import type { CheckedRow, Finding, ImportAbout, ImportChecker, MissingRow, SheetRow } from '../imports/kinds.js';
import { reaches } from '../platform/scope.js';
import type { FactLists } from './facts.store.js';
import type { RosterDeps } from './rosterDeps.import.js';
import { knownRow } from './rosterKnown.import.js';
import { elsewhereRow, newRow } from './rosterNew.import.js';
import { found, verdict } from './rosterPayload.import.js';
import { readRosterRow, type ReadingGround, type RosterRow } from './rosterRow.import.js';
import type { Worker } from './worker.rules.js';

interface Known {
  readonly workers: ReadonlyMap<string, Worker>;
  readonly facts: ReadonlyMap<string, FactLists>;
  readonly placeNames: ReadonlyMap<string, string>;
  readonly asked: ReadonlySet<string>;
}

const noFacts: FactLists = { appointments: [], statuses: [] };

/** The check of one roster file. */
export function makeRosterChecker(deps: RosterDeps, about: ImportAbout, ground: ReadingGround): ImportChecker {
  const lineOfNumber = new Map<string, number>();
  const seenWorkers = new Set<string>();
  const seenCommunities = new Set<string>();

  /** Whether the number stands in an earlier row; the first row is the one that counts. */
  function duplicate(row: RosterRow, idIndex: string): Finding[] {
    const first = lineOfNumber.get(idIndex);
    if (first !== undefined) return [found('error', 'idNumber', 'workers.import.idNumber.twice', { line: first })];
    lineOfNumber.set(idIndex, row.line);
    return [];
  }

  async function knownTo(indexes: readonly string[]): Promise<Known> {
    const workers = await deps.store.byIdIndexes(indexes);
    const ids = [...workers.values()].map((worker) => worker.id);
    const places = await deps.places.byIds([...workers.values()].map((worker) => worker.divisionId));
    const asked = await deps.transfers.openFor(ids);
    return {
      workers,
      facts: await deps.facts.standing(ids),
      placeNames: new Map([...places].map(([id, place]) => [id, place.name])),
      asked: new Set(asked.map((transfer) => transfer.workerId)),
    };
  }

  async function judge(
    row: RosterRow,
    findings: readonly Finding[],
    at: { readonly idIndex: string; readonly known: Known },
  ): Promise<CheckedRow> {
    const { known } = at;
    const worker = known.workers.get(at.idIndex);
    if (worker === undefined) return newRow(deps.people, about, row, findings);
    if (!reaches(about.scope, worker.divisionPath)) {
      const county = await deps.registration.countyOf(worker.divisionPath);
      return elsewhereRow(about, row, findings, { worker, county, asked: known.asked.has(worker.id) });
    }
    seenWorkers.add(worker.id);
    const person = { worker, facts: known.facts.get(worker.id) ?? noFacts, placeName: known.placeNames.get(worker.divisionId) ?? '' };
    return knownRow(deps.people, about, row, { person, findings });
  }

  return {
    async check(sheets: readonly SheetRow[]): Promise<readonly CheckedRow[]> {
      const read = sheets.map((sheet) => readRosterRow(sheet, ground));
      const indexOf = (row: RosterRow): string | null => (row.idNumber === null ? null : deps.people.idIndex(row.idNumber.idNumber));
      const known = await knownTo(read.flatMap((one) => indexOf(one.row) ?? []));
      const checked: CheckedRow[] = [];
      for (const { row, findings } of read) {
        if (row.community !== null) seenCommunities.add(row.community.id);
        const idIndex = indexOf(row);
        checked.push(
          idIndex === null ? verdict(row, findings) : await judge(row, [...findings, ...duplicate(row, idIndex)], { idIndex, known }),
        );
      }
      return checked;
    },

    /** In service in a community of the file, and not in the file. */
    async finish(): Promise<readonly MissingRow[]> {
      const names = new Map(ground.communities.map((one) => [one.id, one.name]));
      const missing: MissingRow[] = [];
      for await (const batch of deps.store.stream(about.scope, { divisionIds: [...seenCommunities], present: true })) {
        const absent = batch.filter((worker) => !seenWorkers.has(worker.id));
        missing.push(...absent.map((worker) => ({ subjectId: worker.id, name: worker.name, where: names.get(worker.divisionId) ?? '' })));
      }
      return missing;
    },
  };
}
