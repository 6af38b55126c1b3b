import type { CivilDay } from '../platform/civilDays.js';
import { systemScope } from '../platform/scope.js';
import { certifiedOf, noOne, type CertificateRate, type RateCounts } from '../certificates/rates.rules.js';
import type { RatesService } from '../certificates/rates.service.js';
import type { TargetsService } from './targets.service.js';
import type { StoredTarget } from './targets.store.js';
import { targetStanding, type CertifiedCount, type TargetStanding } from './path.rules.js';

/** A division as boards name it. */
interface BoardDivision {
  readonly id: string;
  readonly areaCode: string;
  readonly name: string;
  readonly level: string;
  readonly path: readonly string[];
}

/** One division against its target: numbers, and where it stands when a target holds for it. */
export interface RateRow {
  readonly division: BoardDivision;
  readonly counts: RateCounts;
  readonly count: CertifiedCount;
  readonly target: StoredTarget | null;
  readonly standing: TargetStanding | null;
}

/** The certificate rate of a division, of its children, and how it came here. */
export interface RateBoard extends RateRow {
  readonly children: readonly RateRow[];
  /** The ends of the kept years and today, oldest first. */
  readonly history: readonly CertificateRate[];
}

interface BoardDeps {
  readonly targets: TargetsService;
  readonly rates: Pick<RatesService, 'ratesOf' | 'ratesUnder'>;
  readonly divisions: { childrenOf(id: string): Promise<readonly BoardDivision[]> };
}

// counts of divisions carry no persons; a page asks only for divisions that its account may see
const counted = systemScope('certificate rates of divisions');

/** Certificate rates against targets, read from the roll-ups. */
export function makeRateBoard(deps: BoardDeps) {
  const { targets, rates } = deps;

  function rowOf(division: BoardDivision, rate: RateCounts | undefined, at: { rows: readonly StoredTarget[]; today: CivilDay }): RateRow {
    const counts = rate ?? noOne;
    const count = { certified: certifiedOf(counts), inService: counts.inService };
    const target = targets.inForce(at.rows, division.path, at.today);
    return { division, counts, count, target, standing: target === null ? null : targetStanding(count, target, at.today) };
  }

  return {
    /** The board of a division today. */
    async boardOf(division: BoardDivision, today: CivilDay): Promise<RateBoard> {
      const year = Number(today.slice(0, 4));
      const [rows, history, children, below] = await Promise.all([
        targets.all(),
        rates.ratesOf(counted, [division.id]),
        deps.divisions.childrenOf(division.id),
        rates.ratesUnder(counted, division.id, year),
      ]);
      const at = { rows, today };
      const own = rowOf(
        division,
        history.find((rate) => rate.year === year),
        at,
      );
      return {
        ...own,
        history,
        children: children.map((child) =>
          rowOf(
            child,
            below.find((rate) => rate.divisionId === child.id),
            at,
          ),
        ),
      };
    },

    /** Some divisions against their targets today, without children: for flags. */
    async standingsOf(divisions: readonly BoardDivision[], today: CivilDay): Promise<readonly RateRow[]> {
      const year = Number(today.slice(0, 4));
      const [rows, found] = await Promise.all([
        targets.all(),
        rates.ratesOf(
          counted,
          divisions.map((one) => one.id),
        ),
      ]);
      return divisions.map((division) =>
        rowOf(
          division,
          found.find((rate) => rate.divisionId === division.id && rate.year === year),
          { rows, today },
        ),
      );
    },
  };
}

export type RateBoardService = ReturnType<typeof makeRateBoard>;
