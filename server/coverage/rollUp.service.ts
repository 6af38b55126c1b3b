import type { CivilDay } from '../platform/civilDays.js';
import type { Clock } from '../platform/clock.js';
import { systemScope } from '../platform/scope.js';
import { searchKeys, sortKeys } from '../platform/text/pinyin.js';
import type { DivisionYear, DivisionYearsStore } from './divisionYears.store.js';
import type { FactsBook, FactsService, Judgement } from './facts.service.js';
import type { WorkerYearRow } from './people.rules.js';
import { emptyRollUp, foldChildren, foldCommunity, mergeRollUps, type RollUp } from './rollup.rules.js';
import type { Lease, RollUpLeaseStore } from './rollUpLease.store.js';
import { asOfDay, bookingKey, homesOf, standingKeys } from './standings.rules.js';
import type { WorkerYear } from './workerYear.rules.js';
import type { WorkerYearsStore } from './workerYears.store.js';

/** A division as the roll-up needs it; the tree is public. */
export interface RolledDivision {
  readonly id: string;
  readonly code: string;
  readonly level: string;
  readonly parentId: string | null;
  readonly path: readonly string[];
}

/** What the roll-up asks of the division tree. */
export interface TreePort {
  byIds(ids: readonly string[]): Promise<ReadonlyMap<string, RolledDivision>>;
}

interface RollUpDeps {
  readonly workerYears: WorkerYearsStore;
  readonly divisionYears: DivisionYearsStore;
  readonly leases: RollUpLeaseStore;
  readonly facts: FactsService;
  readonly tree: TreePort;
  readonly workers: { streamIds(): AsyncIterable<readonly string[]> };
  readonly clock: Clock;
}

/** What a whole recomputation did. `drifted` rows did not say what the facts say: an event was lost. */
export interface Rebuilt {
  readonly people: number;
  readonly divisions: number;
  readonly drifted: readonly string[];
}

const everything = systemScope('roll-up of a year from the facts of everybody');
const batchSize = 300;
/** Divisions summed at a time: bounds what is held in memory. */
const foldSize = 60;

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}

/** Worker-years and roll-ups by recomputation, never by deltas (decision 19): replay and order do not matter. */
export function makeRollUpService(deps: RollUpDeps) {
  const { workerYears, divisionYears, tree, clock } = deps;

  async function rowsOf(judged: readonly Judgement[]): Promise<WorkerYearRow[]> {
    const divisions = await tree.byIds(judged.flatMap(({ standing }) => homesOf(standing)));
    return judged.map((one) => rowOf(one, divisions, clock.now()));
  }

  /** Sums one level of divisions from their own people and from their children, which were summed before. */
  async function foldLevel(divisions: readonly RolledDivision[], year: number): Promise<void> {
    const ids = divisions.map((one) => one.id);
    const [own, children] = await Promise.all([workerYears.ofHomes(everything, ids, year), divisionYears.ofParents(everything, ids, year)]);
    const asOf = asOfDay(year, clock.today());
    const rows = divisions.map((division): DivisionYear => {
      const { id, path, level, parentId } = division;
      const people = own.filter((row) => row.homes.includes(id)).map((row) => row.standing);
      const below = foldChildren(children.filter((row) => row.parentId === id).map((row) => row.rollUp));
      const rollUp: RollUp = mergeRollUps(people.length === 0 ? emptyRollUp : foldCommunity(id, people), below);
      return { divisionId: id, divisionPath: path, level, parentId, year, rollUp, asOf, computedAt: clock.now() };
    });
    await divisionYears.save(rows);
  }

  /** Sums divisions and everything above them, from the deepest to the root; how many. */
  async function fold(divisionIds: readonly string[], year: number): Promise<number> {
    const touched = await tree.byIds(divisionIds);
    const all = await tree.byIds([...touched.values()].flatMap((one) => [...one.path]));
    const depths = [...new Set([...all.values()].map((one) => one.path.length))].sort((a, b) => b - a);
    for (const depth of depths) {
      const level = [...all.values()].filter((one) => one.path.length === depth);
      for (const part of chunks(level, foldSize)) await foldLevel(part, year);
    }
    return all.size;
  }

  /** Judges a batch, notes whose sums will be wrong, writes. Gives back the noted divisions. */
  async function write(book: FactsBook, year: number, lease: Lease): Promise<string[]> {
    const asOf = asOfDay(year, clock.today());
    const judged = book.workerIds.flatMap((id) => book.judge(id, asOf) ?? []);
    const before = await workerYears.ofWorkers(everything, book.workerIds, year);
    const rows = await rowsOf(judged);
    const touched = [...new Set([...[...before.values()].flatMap((row) => row.homes), ...rows.flatMap((row) => row.homes)])];
    await lease.note(touched);
    await workerYears.save(rows);
    return touched;
  }

  /** Rows that the facts contradict although the day has not changed. */
  async function driftOf(book: FactsBook, year: number): Promise<string[]> {
    const stored = await workerYears.ofWorkers(everything, book.workerIds, year);
    return [...stored.values()]
      .filter((row) => {
        const judged = book.judge(row.workerId, row.asOf);
        return judged !== undefined && !isSame(judged.standing, row.standing);
      })
      .map((row) => row.workerId);
  }

  return {
    /** Recomputes the year of some people and every sum above them. */
    async recompute(workerIds: readonly string[], year: number): Promise<void> {
      if (workerIds.length === 0) return;
      await deps.leases.alone(leaseKey(year), async (lease) => {
        const touched = new Set(lease.unsummed);
        for (const batch of chunks([...new Set(workerIds)], batchSize)) {
          for (const id of await write(await deps.facts.gather(batch), year, lease)) touched.add(id);
        }
        await fold([...touched], year);
        await lease.settled();
      });
    },

    /** Recomputes everybody's year from the facts, page by page. */
    async rebuild(year: number): Promise<Rebuilt> {
      return deps.leases.alone(leaseKey(year), async (lease) => {
        const touched = new Set(lease.unsummed);
        const drifted: string[] = [];
        let people = 0;
        for await (const batch of deps.workers.streamIds()) {
          const book = await deps.facts.gather(batch);
          drifted.push(...(await driftOf(book, year)));
          for (const id of await write(book, year, lease)) touched.add(id);
          people += book.workerIds.length;
        }
        const kept = await divisionYears.ofYear(everything, year);
        const divisions = await fold([...touched, ...kept.map((row) => row.divisionId)], year);
        await lease.settled();
        return { people, divisions, drifted };
      });
    },

    /** Copies the sums of the running year as they stand at the end of a day; how many. */
    async keepDay(day: CivilDay, levels: readonly string[] | undefined): Promise<number> {
      const rows = await divisionYears.ofYear(everything, Number(day.slice(0, 4)), levels);
      await divisionYears.keepDay(rows.map(({ parentId: _parent, asOf: _asOf, computedAt: _at, ...counts }) => ({ ...counts, day })));
      return rows.length;
    },

    /** The years that have been rolled up. */
    years: (): Promise<readonly number[]> => divisionYears.years(everything),
  };
}

export type RollUpService = ReturnType<typeof makeRollUpService>;

const leaseKey = (year: number): string => `roll-up-${String(year)}`;

/** Compares results of the rule whatever the order of keys in which the database gave them back. */
function isSame(one: WorkerYear, other: WorkerYear): boolean {
  return sorted(one) === sorted(other);
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

function rowOf(judged: Judgement, divisions: ReadonlyMap<string, RolledDivision>, now: Date): WorkerYearRow {
  const { worker, standing, policyRowIds } = judged;
  const home = standing.divisionId === null ? undefined : divisions.get(standing.divisionId);
  const paths = standing.bookings.map((booking) => ({ row: booking.row, path: divisions.get(booking.divisionId)?.path ?? [] }));
  return {
    ...standingKeys(standing),
    workerId: worker.id,
    year: standing.year,
    asOf: standing.asOf,
    divisionId: standing.divisionId,
    divisionPath: home?.path ?? [],
    divisionCode: home?.code ?? '',
    sortPinyin: sortKeys(worker.name).pinyin,
    searchKeys: searchKeys(worker.name),
    homes: homesOf(standing),
    bookedIn: [...new Set(paths.flatMap(({ row, path }) => path.map((id) => bookingKey(id, row))))],
    bookedPaths: [...new Set(paths.flatMap(({ path }) => path))],
    standing,
    policyRowIds,
    computedAt: now,
  };
}
