import { certifiedOf } from '../certificates/rates.rules.js';
import { lineChart, type LineChart } from '../platform/charts/lineChart.js';
import { narrowChart, wideChart } from '../platform/charts/svg.js';
import type { CivilDay } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import type { RateBoard } from './board.service.js';
import { finalPoint, pathAt, type PathPoint, type TargetPath } from './path.rules.js';
import { percent, rateWords } from './rateWords.pages.js';

/** A place on the axis: the end of a year, today, or the day of the target. */
interface Step {
  readonly day: CivilDay;
  readonly label: string;
}

/** The first day a path speaks of: before it nothing was promised. */
function startOf(path: TargetPath): CivilDay | null {
  return path.kind === 'LINEAR' ? path.from.day : ([...path.milestones].map((point) => point.day).sort()[0] ?? null);
}

function planOf(path: TargetPath | null, steps: readonly Step[]) {
  const start = path === null ? null : startOf(path);
  if (path === null || start === null) return [];
  return steps.flatMap((step, at) =>
    step.day < start ? [] : [{ at, value: pathAt(path, step.day) / 100, title: `${step.label} ${percent(pathAt(path, step.day))}` }],
  );
}

/** The last point of the path, when there is a path. */
function goalOf(path: TargetPath | null): PathPoint | null {
  return path === null ? null : finalPoint(path);
}

/** How the rate came here and where the path goes: year ends, today, the day of the target. */
export function rateChart(ctx: Ctx, board: RateBoard, today: CivilDay) {
  const { t } = ctx;
  const path = board.target?.path ?? null;
  const final = goalOf(path);
  const known = board.history.filter((rate) => rate.inService > 0);
  const actual = known.map((rate, at) => ({
    at,
    day: rate.asOf,
    label: rate.asOf === today ? today.slice(2) : t('targets.yearEnd', { year: rate.year }),
    value: (certifiedOf(rate) / rate.inService) * 100,
  }));
  const steps: Step[] = [
    ...actual.map(({ day, label }) => ({ day, label })),
    ...(final !== null && final.day > today ? [{ day: final.day, label: final.day.slice(2) }] : []),
  ];
  const plan = planOf(path, steps);
  const chart: LineChart = {
    finding: t('targets.finding', { rate: rateWords(board.count), goal: final === null ? '—' : percent(final.basisPoints) }),
    labels: steps.map((step) => step.label),
    unit: '%',
    series: [
      {
        kind: 'actual',
        marked: true,
        filled: true,
        points: actual.map((point) => ({ at: point.at, value: point.value, title: `${point.label} ${point.value.toFixed(1)}%` })),
      },
      ...(plan.length > 1 ? [{ kind: 'plan' as const, marked: false, points: plan }] : []),
    ],
    ...(final === null
      ? {}
      : { target: { value: final.basisPoints / 100, words: t('targets.goalLine', { day: final.day, goal: percent(final.basisPoints) }) } }),
  };
  const cell = (value: number | undefined): { text: string; href: null } => ({
    text: value === undefined ? '—' : `${value.toFixed(1)}%`,
    href: null,
  });
  return {
    shown: steps.length > 0,
    drawing: steps.length === 0 ? { svg: '', narrow: '' } : { svg: lineChart(chart, wideChart), narrow: lineChart(chart, narrowChart) },
    keys: [{ kind: 'actual', label: t('targets.actual') }, ...(plan.length > 1 ? [{ kind: 'plan', label: t('targets.pathWord') }] : [])],
    heads: [t('targets.dayWord'), t('targets.actual'), t('targets.pathWord')],
    rows: steps.map((step, at) => ({
      label: step.label,
      cells: [cell(actual[at]?.value), cell(plan.find((point) => point.at === at)?.value)],
    })),
  };
}
