import { monthOf, yearOf, type CivilDay } from '../platform/civilDays.js';
import { columnChart, type Column } from '../platform/charts/columnChart.js';
import { lineChart, type LineChart, type LinePoint } from '../platform/charts/lineChart.js';
import { narrowChart, wideChart } from '../platform/charts/svg.js';
import type { Ctx } from '../platform/http/context.js';
import { grouped } from '../platform/text/numbers.js';
import { rateInTenths, showRate } from './coverage.rules.js';
import { listHref } from './links.pages.js';
import type { RollUp } from './rollup.rules.js';

/** A drawing with the numbers beneath it. */
export interface ChartModel {
  readonly drawing: { readonly svg: string; readonly narrow: string };
  readonly keys: readonly { readonly kind: string; readonly label: string }[];
  readonly heads: readonly string[];
  readonly rows: readonly { readonly label: string; readonly cells: readonly { readonly text: string; readonly href: string | null }[] }[];
  readonly caption: string;
}

const months = Array.from({ length: 12 }, (_, index) => index + 1);

/** The last month the year has come to: 12 when it is over, 0 before it begins. */
export function monthReached(year: number, today: CivilDay): number {
  if (yearOf(today) > year) return 12;
  return yearOf(today) < year ? 0 : monthOf(today);
}

function sumUpTo(counts: readonly number[], month: number): number {
  return counts.slice(0, month).reduce((sum, count) => sum + count, 0);
}

const percent = (part: number, whole: number): number => (rateInTenths(part, whole) ?? 0) / 10;

/** Persons covered by the end of a month: trained until then, and later those whose arranged class ends by then. */
function coveredBy(rollUp: RollUp, month: number, reached: number): number {
  const trained = sumUpTo(rollUp.trainedByMonth, month);
  return month <= reached ? trained : rollUp.trained + sumUpTo(rollUp.arrangedByMonth, month);
}

function pointAt(ctx: Ctx, rollUp: RollUp, at: { month: number; reached: number; isAhead: boolean }): LinePoint {
  const { month, reached, isAhead } = at;
  const count = isAhead && month === reached ? rollUp.trained : coveredBy(rollUp, month, isAhead ? reached : 12);
  const rate = showRate(count, rollUp.due) ?? '—';
  const isProjected = isAhead && month > reached;
  return {
    at: month - 1,
    value: percent(count, rollUp.due),
    title: ctx.t(isProjected ? 'coverage.chart.aheadTitle' : 'coverage.chart.title', { month, rate, n: grouped(count) }),
    href: listHref(ctx, isProjected ? 'projected' : 'trained', { to: month }),
  };
}

/** The line to 31 December: today's due persons by month of first completion, and what is arranged (decision 20). */
export function pathChart(ctx: Ctx, rollUp: RollUp, today: CivilDay): ChartModel {
  const { t } = ctx;
  const reached = monthReached(ctx.year, today);
  const actual = months.filter((month) => month <= reached).map((month) => pointAt(ctx, rollUp, { month, reached, isAhead: false }));
  const ahead = months
    .filter((month) => month >= Math.max(reached, 1))
    .map((month) => pointAt(ctx, rollUp, { month, reached, isAhead: true }));
  const hasAhead = reached < 12 && rollUp.arranged > 0;
  const [now, end] = [showRate(rollUp.trained, rollUp.due) ?? '—', showRate(rollUp.trained + rollUp.arranged, rollUp.due) ?? '—'];
  const chart: LineChart = {
    finding: t(hasAhead ? 'coverage.chart.finding' : 'coverage.chart.findingNow', { now, end }),
    labels: months.map((month) => t('coverage.chart.month', { month })),
    unit: '%',
    top: 100,
    target: { value: 100, words: t('coverage.chart.target') },
    series: [
      ...(reached > 0
        ? [{ kind: 'actual' as const, marked: true, filled: true, end: t('coverage.chart.now', { rate: now }), points: actual }]
        : []),
      ...(hasAhead ? [{ kind: 'ahead' as const, marked: true, end: `${end}%`, points: ahead }] : []),
    ],
  };
  return {
    drawing: { svg: lineChart(chart, wideChart), narrow: lineChart(chart, narrowChart) },
    keys: [
      { kind: 'actual', label: t('coverage.chart.actual') },
      ...(hasAhead ? [{ kind: 'ahead', label: t('coverage.chart.ahead') }] : []),
    ],
    heads: [t('coverage.chart.monthHead'), t('coverage.chart.persons'), t('coverage.chart.rate')],
    rows: months.filter((month) => month <= reached || hasAhead).map((month) => pathRow(ctx, rollUp, month, reached)),
    caption: t('coverage.chart.caption'),
  };
}

function pathRow(ctx: Ctx, rollUp: RollUp, month: number, reached: number): ChartModel['rows'][number] {
  const count = coveredBy(rollUp, month, reached);
  const rate = showRate(count, rollUp.due);
  const label = ctx.t(month > reached ? 'coverage.chart.aheadMonth' : 'coverage.chart.month', { month });
  const href = listHref(ctx, month > reached ? 'projected' : 'trained', { to: month });
  return {
    label,
    cells: [
      { text: grouped(count), href },
      { text: rate === null ? '—' : `${rate}%`, href: null },
    ],
  };
}

/** Newly covered persons by month; months to come show whose arranged class ends then. */
export function monthChart(ctx: Ctx, rollUp: RollUp, today: CivilDay): ChartModel {
  const { t } = ctx;
  const reached = monthReached(ctx.year, today);
  const columns = months.map((month): Column => {
    const isAhead = month > reached;
    const value = (isAhead ? rollUp.arrangedByMonth : rollUp.trainedByMonth)[month - 1] ?? 0;
    return {
      label: String(month),
      value,
      kind: isAhead ? 'planned' : month === reached && yearOf(today) === ctx.year ? 'now' : 'done',
      title: t(isAhead ? 'coverage.month.plannedTitle' : 'coverage.month.title', { month, n: grouped(value) }),
      href: listHref(ctx, isAhead ? 'arranged' : 'trained', { from: month, to: month }),
    };
  });
  const chart = { finding: t('coverage.month.finding'), columns };
  const size = { width: 330, height: 250 };
  return {
    drawing: { svg: columnChart(chart, size), narrow: columnChart(chart, narrowChart) },
    keys: [],
    heads: [t('coverage.chart.monthHead'), t('coverage.month.trained'), t('coverage.month.arranged')],
    rows: months.map((month) => ({
      label: t('coverage.chart.month', { month }),
      cells: (['trained', 'arranged'] as const).map((show) => {
        const counts = show === 'trained' ? rollUp.trainedByMonth : rollUp.arrangedByMonth;
        return { text: grouped(counts[month - 1] ?? 0), href: listHref(ctx, show, { from: month, to: month }) };
      }),
    })),
    caption: t('coverage.month.caption'),
  };
}
