import { systemScope, type Scope } from '../platform/scope.js';
import type { Tx } from '../platform/transactions.js';
import { countRows, sumCounts, type ExamCounts } from './counts.rules.js';
import type { ExamCountsStore } from './counts.store.js';
import type { ExamStandingsStore } from './standings.store.js';

/** A division as the sums need it. */
interface SummedDivision {
  readonly id: string;
  readonly parentId: string | null;
  readonly path: readonly string[];
}

interface CountsDeps {
  readonly standings: Pick<ExamStandingsStore, 'at'>;
  readonly counts: ExamCountsStore;
  readonly tree: { byIds(ids: readonly string[]): Promise<ReadonlyMap<string, SummedDivision>> };
}

const everything = systemScope('exam states summed over the people of every division');

/** How many people are in which state towards the exam, kept per division so that boards never read the roster. */
export function makeExamCounts({ standings, counts, tree }: CountsDeps) {
  return {
    /** Counts some divisions anew and adds everything above them, in the transaction that wrote their people. */
    async fold(tx: Tx, divisionIds: readonly string[]): Promise<void> {
      const touched = await tree.byIds(divisionIds);
      const all = [...(await tree.byIds([...touched.values()].flatMap((one) => [...one.path]))).values()];
      const ids = all.map((one) => one.id);
      const people = await standings.at(everything, ids, tx);
      for (const depth of [...new Set(all.map((one) => one.path.length))].sort((a, b) => b - a)) {
        const level = all.filter((one) => one.path.length === depth);
        const below = await counts.under(
          everything,
          level.map((one) => one.id),
          tx,
        );
        const rows = level.map(({ id, path, parentId }) => {
          const children = below.filter((one) => one.parentId === id).map((one) => one.counts);
          const sum = sumCounts([...children, countRows(people.filter((row) => row.divisionId === id))]);
          return { divisionId: id, divisionPath: path, parentId, counts: sum, computedAt: tx.now };
        });
        await counts.save(tx, rows);
      }
    },

    /** The counts of a division; empty until somebody belongs to it. */
    async of(scope: Scope, divisionId: string): Promise<ExamCounts> {
      return (await counts.ofDivisions(scope, [divisionId]))[0]?.counts ?? {};
    },

    /** The counts of the children of a division, by their id. */
    async under(scope: Scope, divisionId: string): Promise<ReadonlyMap<string, ExamCounts>> {
      return new Map((await counts.under(scope, [divisionId])).map((one) => [one.divisionId, one.counts]));
    },
  };
}

export type ExamCountsService = ReturnType<typeof makeExamCounts>;
