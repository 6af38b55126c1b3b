import type { CivilDay } from '../platform/civilDays.js';
import type { Paging, Slice } from '../platform/http/paging.js';
import { systemScope, type Scope } from '../platform/scope.js';
import type { Arrangement } from './coverage.rules.js';
import type { DivisionDay, DivisionYear, DivisionYearsStore, KeptDays } from './divisionYears.store.js';
import type { FactsService, Judgement } from './facts.service.js';
import type { PeopleFilter, WorkerYearRow } from './people.rules.js';
import { emptyRollUp, type RollUp } from './rollup.rules.js';
import type { WorkerYear } from './workerYear.rules.js';
import type { WorkerYearsStore } from './workerYears.store.js';

interface CoverageDeps {
  readonly workerYears: WorkerYearsStore;
  readonly divisionYears: DivisionYearsStore;
  readonly facts: FactsService;
}

/** A division's year and its children's, from the roll-ups: one document each, never the roster. */
export interface Board {
  readonly rollUp: RollUp;
  /** Null when the year was never rolled up for this division. */
  readonly asOf: CivilDay | null;
  readonly computedAt: Date | null;
  /** Counts of the children by division id; a child without people is left out. */
  readonly children: ReadonlyMap<string, RollUp>;
}

/** A due person without coverage. */
export interface Uncovered {
  readonly workerId: string;
  readonly divisionId: string | null;
  readonly arranged: Arrangement | null;
  readonly standing: WorkerYear;
}

/** How many of a division are untrained; of them without any arrangement. */
export interface UntrainedCount {
  readonly untrained: number;
  readonly unarranged: number;
}

const countsOnly = systemScope('counts of divisions, no persons');
const named = systemScope('years of named people for the floors above');
const pageSize = 500;

/** Coverage as boards, lists and the floors above read it. */
export function makeCoverageService(deps: CoverageDeps) {
  const { workerYears, divisionYears } = deps;

  /** Everybody of a filter in batches, by name. */
  async function* stream(scope: Scope, filter: PeopleFilter): AsyncGenerator<readonly WorkerYearRow[], void, undefined> {
    for (let skip = 0; ; skip += pageSize) {
      const { rows } = await workerYears.list(scope, filter, { skip, size: pageSize, sort: 'division', direction: 1 });
      if (rows.length > 0) yield rows;
      if (rows.length < pageSize) return;
    }
  }

  return {
    async boardFor(scope: Scope, divisionId: string, year: number): Promise<Board> {
      const own = await divisionYears.find(scope, divisionId, year);
      const children = await divisionYears.ofParents(scope, [divisionId], year);
      return boardOf(own, children);
    },

    listPeople: (scope: Scope, filter: PeopleFilter, paging: Paging): Promise<Slice<WorkerYearRow>> =>
      workerYears.list(scope, filter, paging),
    countPeople: (scope: Scope, filter: PeopleFilter): Promise<number> => workerYears.count(scope, filter),
    stream,

    /** Every due person without coverage in an area, who has nothing arranged first. */
    async uncovered(scope: Scope, areaId: string, year: number): Promise<readonly Uncovered[]> {
      const found: Uncovered[] = [];
      for await (const rows of stream(scope, { year, divisionId: areaId, kinds: ['UNTRAINED'] })) found.push(...rows.map(uncoveredOf));
      return [...found.filter((one) => one.arranged === null), ...found.filter((one) => one.arranged !== null)];
    },

    /** Untrained persons of each child of a division, by division id; for the sharing of seats. */
    async untrainedByDivision(parentId: string, year: number): Promise<ReadonlyMap<string, UntrainedCount>> {
      const children = await divisionYears.ofParents(countsOnly, [parentId], year);
      return new Map(children.map(({ divisionId, rollUp: { untrained, unarranged } }) => [divisionId, { untrained, unarranged }]));
    },

    /** The stored years of named people; who has none is left out. */
    yearsOf: (workerIds: readonly string[], year: number): Promise<ReadonlyMap<string, WorkerYearRow>> =>
      workerYears.ofWorkers(named, workerIds, year),

    /** Judges named people from the facts on a day, storing nothing. */
    async judge(workerIds: readonly string[], asOf: CivilDay): Promise<ReadonlyMap<string, Judgement>> {
      const book = await deps.facts.gather(workerIds);
      return new Map(
        book.workerIds.flatMap((id) => {
          const judged = book.judge(id, asOf);
          return judged === undefined ? [] : [[id, judged] as const];
        }),
      );
    },

    daysOf: (scope: Scope, at: KeptDays, paging: { skip: number; size: number }): Promise<Slice<DivisionDay>> =>
      divisionYears.daysOf(scope, at, paging),
  };
}

export type CoverageService = ReturnType<typeof makeCoverageService>;

function boardOf(own: DivisionYear | null, children: readonly DivisionYear[]): Board {
  return {
    rollUp: own?.rollUp ?? emptyRollUp,
    asOf: own?.asOf ?? null,
    computedAt: own?.computedAt ?? null,
    children: new Map(children.map((child) => [child.divisionId, child.rollUp])),
  };
}

function uncoveredOf(row: WorkerYearRow): Uncovered {
  const { coverage } = row.standing;
  return {
    workerId: row.workerId,
    divisionId: row.divisionId,
    arranged: coverage.kind === 'UNTRAINED' ? coverage.arranged : null,
    standing: row.standing,
  };
}
