import { levels } from '../certificates/level.rules.js';
import type { CivilDay } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import { grouped } from '../platform/text/numbers.js';
import { crumbsOf, kept } from '../workers/words.pages.js';
import type { RateBoard, RateRow } from './board.service.js';
import type { TargetPath } from './path.rules.js';
import { rateChart } from './rateChart.pages.js';
import { percent, rateWords } from './rateWords.pages.js';
import type { StoredTarget } from './targets.store.js';

/** The steps of the exam funnel, each a list of `/exams`. */
export const funnelSteps = ['couldSit', 'enteredYear', 'sat', 'qualified'] as const;

/** People at each step of the last exam and of the one before, and those at their last chance. */
export interface ExamFunnel {
  readonly year: number;
  readonly nextExam: number;
  readonly now: readonly number[];
  readonly before: readonly number[];
  readonly lastChance: number;
}

/** Everything that the board prints beside the counts. */
export interface TargetsGround {
  readonly today: CivilDay;
  readonly rows: readonly StoredTarget[];
  /** Name of the division whose target holds here. */
  readonly targetAt: string;
  readonly funnel: ExamFunnel;
  /** Eligible for the coming exam and not registered, by division id. */
  readonly notEntered: ReadonlyMap<string, number>;
}

/** The certificate rate of the area against its target. */
export function targetsPage(ctx: Ctx, board: RateBoard, at: TargetsGround) {
  const { t } = ctx;
  const { count, standing, target } = board;
  return {
    title: t('targets.title', { area: ctx.area.name }),
    crumbs: crumbsOf(ctx, { href: null, label: t('shell.menu.targets') }),
    facts:
      target === null ? t('targets.noTarget') : t('targets.facts', { division: at.targetAt, source: target.sourceDoc, from: target.from }),
    rate: rateWords(count).replace('%', ''),
    part: {
      before: t('targets.certified'),
      href: certifiedHref(ctx.area.code),
      text: grouped(count.certified),
      after: t('targets.people'),
    },
    whole: {
      before: t('targets.inService'),
      href: inServiceHref(ctx.area.code, at.today),
      text: grouped(count.inService),
      after: t('targets.people'),
    },
    definition: t('targets.definition', { day: at.today }),
    ...standingWords(ctx, board),
    levels: levels.map((level) => ({
      label: t(`certificates.level.${level}`),
      value: String(board.counts.byLevel[level]),
      href: `${certifiedHref(ctx.area.code)}&level=${level}`,
    })),
    chart: rateChart(ctx, board, at.today),
    funnelTitle: t('targets.funnel.title', { year: at.funnel.year }),
    funnel: funnelRows(ctx, at.funnel),
    lastChance: {
      text: t('targets.funnel.lastChance', { n: at.funnel.lastChance, next: at.funnel.nextExam }),
      href: ctx.can('exam.read') ? kept(ctx, '/exams?state=lastChance') : null,
    },
    beforeHead: t('targets.funnel.before', { year: at.funnel.year - 1 }),
    hasStanding: standing !== null,
    childrenNote: standing === null ? t('targets.childrenPlain') : t('targets.childrenNote', { path: percent(standing.pathBasisPoints) }),
    children: board.children.map((row) => childRow(ctx, row, at)),
    total: childRow(ctx, board, at),
    canSet: ctx.can('target.change'),
    newHref: kept(ctx, '/targets/new'),
    rows: at.rows.map((row) => targetRow(ctx, row)),
  };
}

function targetRow(ctx: Ctx, row: StoredTarget) {
  return { from: row.from, to: row.to ?? '—', words: pathWords(ctx, row.path), source: row.sourceDoc, by: row.recordedBy };
}

/** What follows from the standing: behind or on the path, and how many people are needed by when. */
function standingWords(ctx: Ctx, { standing }: RateBoard) {
  const { t } = ctx;
  const final = standing?.finalPoint ?? null;
  if (standing === null || final === null) return { hasTarget: false, behind: false, sentence: '', needs: [] };
  const goal = percent(final.basisPoints);
  return {
    hasTarget: true,
    behind: standing.isBehind,
    sentence: t(standing.isBehind ? 'targets.behind' : 'targets.onPath', {
      n: standing.neededByNow,
      day: final.day,
      goal,
      all: standing.neededInAll,
    }),
    needs: [
      { label: t('targets.need.path'), text: percent(standing.pathBasisPoints), isBad: false },
      { label: t('targets.need.now'), text: t('targets.need.people', { n: standing.neededByNow }), isBad: standing.isBehind },
      {
        label: t('targets.need.inAll', { day: final.day, goal }),
        text: t('targets.need.people', { n: standing.neededInAll }),
        isBad: false,
      },
    ],
  };
}

function funnelRows(ctx: Ctx, funnel: ExamFunnel) {
  const first = funnel.now[0] ?? 0;
  const share = (part: number, whole: number): string => (whole === 0 ? '—' : percent((part * 10_000) / whole));
  return funnelSteps.map((step, index) => {
    const [now = 0, above = 0, before = 0] = [funnel.now[index], funnel.now[index - 1], funnel.before[index]];
    return {
      label: ctx.t(`targets.funnel.${step}`),
      now,
      before,
      href: ctx.can('exam.read')
        ? `/exams?${new URLSearchParams({ area: ctx.area.code, year: String(funnel.year), state: step }).toString()}`
        : null,
      share: index === 0 ? '—' : share(now, above),
      done: first === 0 ? '0' : Math.min(100, (now / first) * 100).toFixed(1),
    };
  });
}

function certifiedHref(areaCode: string): string {
  return `/certificates?${new URLSearchParams({ area: areaCode, state: 'certified' }).toString()}`;
}

function inServiceHref(areaCode: string, today: CivilDay): string {
  return `/coverage/people?${new URLSearchParams({ area: areaCode, year: today.slice(0, 4), show: 'inService' }).toString()}`;
}

function childRow(ctx: Ctx, row: RateRow, at: TargetsGround) {
  const { areaCode, id, name } = row.division;
  const { count, standing } = row;
  const needed = standing?.neededByNow ?? 0;
  return {
    name,
    href: `/targets?${new URLSearchParams({ area: areaCode }).toString()}`,
    certified: count.certified,
    certifiedHref: certifiedHref(areaCode),
    inService: count.inService,
    inServiceHref: inServiceHref(areaCode, at.today),
    rate: rateWords(count),
    done: count.inService === 0 ? '0' : Math.min(100, (count.certified / count.inService) * 100).toFixed(1),
    tick: standing === null ? null : (standing.pathBasisPoints / 100).toFixed(1),
    reached: standing !== null && needed === 0,
    short: standing === null ? '—' : ctx.t('targets.short', { n: needed }),
    neededInAll: standing === null ? '—' : ctx.t('targets.need.people', { n: standing.neededInAll }),
    notEntered: at.notEntered.get(id) ?? 0,
    notEnteredHref: ctx.can('exam.read') ? `/exams?${new URLSearchParams({ area: areaCode, state: 'notEntered' }).toString()}` : null,
  };
}

function pathWords(ctx: Ctx, path: TargetPath): string {
  const points = path.kind === 'LINEAR' ? [path.from, path.to] : path.milestones;
  return `${ctx.t(`targets.kinds.${path.kind}`)}：${points.map((point) => `${point.day} ${percent(point.basisPoints)}`).join(' → ')}`;
}
