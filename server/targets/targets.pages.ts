import { levels } from '../certificates/level.rules.js';
import { certifiedOf } from '../certificates/rates.rules.js';
import { lineChart, type LineChart } from '../platform/charts/lineChart.js';
import { narrowChart, wideChart } from '../platform/charts/svg.js';
import type { CivilDay } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import { formModel, type Problem } from '../platform/http/forms.js';
import { kept } from '../workers/words.pages.js';
import type { RateBoard, RateRow } from './board.service.js';
import { finalPoint, pathAt, type TargetPath } from './path.rules.js';
import { milestoneCount, targetFields } from './targets.forms.js';
import type { StoredTarget } from './targets.store.js';

const percent = (basisPoints: number): string => `${(Math.round(basisPoints / 10) / 10).toFixed(1)}%`;

/** 18.9%, or — when nobody is in service. */
function rateWords(row: Pick<RateRow, 'count'>): string {
  return row.count.inService === 0 ? '—' : percent((row.count.certified * 10_000) / row.count.inService);
}

/** The certificate rate of the area against its target. */
export function targetsPage(ctx: Ctx, board: RateBoard, at: { today: CivilDay; rows: readonly StoredTarget[]; targetAt: string }) {
  const { t } = ctx;
  const { count, standing, target } = board;
  const final = standing?.finalPoint ?? null;
  return {
    title: t('targets.title', { area: ctx.area.name }),
    crumbs: [{ href: kept(ctx, '/'), label: t('shell.menu.desk') }, { href: null, label: t('shell.menu.targets') }],
    facts: target === null ? t('targets.noTarget') : t('targets.facts', { division: at.targetAt, source: target.sourceDoc, from: target.from }),
    rate: rateWords(board).replace('%', ''),
    part: { before: t('targets.certified'), href: kept(ctx, '/certificates'), text: String(count.certified), after: t('targets.people') },
    whole: { before: t('targets.inService'), href: kept(ctx, '/workers'), text: String(count.inService), after: t('targets.people') },
    definition: t('targets.definition', { day: at.today }),
    hasTarget: target !== null,
    behind: standing?.isBehind ?? false,
    sentence: standing === null || final === null ? '' : t(standing.isBehind ? 'targets.behind' : 'targets.onPath', { n: standing.neededByNow, path: percent(standing.pathBasisPoints), day: final.day, goal: percent(final.basisPoints), all: standing.neededInAll }),
    stats: levels.map((level) => ({ label: t(`policies.level.${level}`), value: String(board.counts.byLevel[level]), unit: t('targets.people'), note: '', href: null, tone: null })),
    chart: chartOf(ctx, board, at.today),
    children: [...board.children].sort(byNeed).map((row) => childRow(row)),
    canSet: ctx.can('target.change'),
    newHref: kept(ctx, '/targets/new'),
    rows: at.rows.map((row) => ({ from: row.from, to: row.to ?? '—', words: pathWords(ctx, row.path), source: row.sourceDoc, by: row.recordedBy })),
  };
}

/** Who needs most people first; who needs none by name. */
function byNeed(one: RateRow, other: RateRow): number {
  return (other.standing?.neededByNow ?? 0) - (one.standing?.neededByNow ?? 0) || one.division.areaCode.localeCompare(other.division.areaCode);
}

function childRow(row: RateRow) {
  const rate = row.count.inService === 0 ? 0 : (row.count.certified / row.count.inService) * 100;
  const query = new URLSearchParams({ area: row.division.areaCode }).toString();
  return {
    name: row.division.name,
    href: `/targets?${query}`,
    certified: row.count.certified,
    certifiedHref: `/certificates?${query}`,
    inService: row.count.inService,
    inServiceHref: `/workers?${query}`,
    rate: rateWords(row),
    done: Math.min(100, rate).toFixed(1),
    tick: row.standing === null ? null : (row.standing.pathBasisPoints / 100).toFixed(1),
    needed: row.standing?.neededByNow ?? null,
    neededInAll: row.standing?.neededInAll ?? null,
  };
}

function pathWords(ctx: Ctx, path: TargetPath): string {
  const points = path.kind === 'LINEAR' ? [path.from, path.to] : path.milestones;
  return `${ctx.t(`targets.kinds.${path.kind}`)}：${points.map((point) => `${point.day} ${percent(point.basisPoints)}`).join(' → ')}`;
}

/** The rate at the end of each kept year and today. */
function pointsOf(ctx: Ctx, board: RateBoard, today: CivilDay) {
  const known = board.history.filter((rate) => rate.inService > 0);
  return known.map((rate) => ({
    day: rate.asOf > today ? today : rate.asOf,
    label: rate.year === Number(today.slice(0, 4)) ? today.slice(2) : ctx.t('targets.yearEnd', { year: rate.year }),
    rate: (certifiedOf(rate) / rate.inService) * 100,
  }));
}

function chartOf(ctx: Ctx, board: RateBoard, today: CivilDay) {
  const path = board.target?.path ?? null;
  const points = pointsOf(ctx, board, today);
  const steps = stepsOf(points, path, today);
  const plan = path === null || steps.length < 2 ? [] : steps.map((step, index) => ({ at: index, value: pathAt(path, step.day) / 100, title: `${step.label} ${percent(pathAt(path, step.day))}` }));
  const keys = [{ kind: 'actual', label: ctx.t('targets.actual') }, { kind: 'plan', label: ctx.t('targets.pathWord') }];
  return {
    shown: steps.length > 0,
    drawing: steps.length === 0 ? { svg: '', narrow: '' } : draw(ctx, board, { points, plan, labels: steps.map((step) => step.label) }),
    keys: plan.length === 0 ? keys.slice(0, 1) : keys,
    heads: [ctx.t('targets.dayWord'), ctx.t('targets.actual'), ctx.t('targets.pathWord')],
    rows: steps.map((step, index) => ({ label: step.label, cells: [cellOf(points[index]?.rate ?? null), cellOf(plan[index]?.value ?? null)] })),
  };
}

/** The days of the axis: those that are known, and the target's when it is still to come. */
function stepsOf(points: ReturnType<typeof pointsOf>, path: TargetPath | null, today: CivilDay): { day: CivilDay; label: string }[] {
  const final = path === null ? null : finalPoint(path);
  return [...points.map(({ day, label }) => ({ day, label })), ...(final !== null && final.day > today ? [{ day: final.day, label: final.day.slice(2) }] : [])];
}

function draw(ctx: Ctx, board: RateBoard, of: { points: ReturnType<typeof pointsOf>; plan: { at: number; value: number; title: string }[]; labels: string[] }) {
  const final = board.target === null ? null : finalPoint(board.target.path);
  const goal = final === null ? '—' : percent(final.basisPoints);
  const actual = of.points.map((point, index) => ({ at: index, value: point.rate, title: `${point.label} ${point.rate.toFixed(1)}%` }));
  const chart: LineChart = {
    finding: ctx.t('targets.finding', { rate: rateWords(board), goal }),
    labels: of.labels,
    unit: '%',
    series: [{ kind: 'actual', marked: true, filled: true, points: actual }, ...(of.plan.length === 0 ? [] : [{ kind: 'plan' as const, marked: false, points: of.plan }])],
    ...(final === null ? {} : { target: { value: final.basisPoints / 100, words: ctx.t('targets.goalLine', { day: final.day, goal }) } }),
  };
  return { svg: lineChart(chart, wideChart), narrow: lineChart(chart, narrowChart) };
}

function cellOf(rate: number | null): { text: string; href: null } {
  return { text: rate === null ? '—' : `${rate.toFixed(1)}%`, href: null };
}

/** The form of a new target for the area. */
export function targetFormPage(ctx: Ctx, typed: Readonly<Record<string, string | readonly string[] | undefined>>, problems: readonly Problem[]) {
  const form = formModel(targetFields, typed, problems, ctx.t);
  const kind = form.fields.kind.value === 'STEPPED' ? 'STEPPED' : 'LINEAR';
  return {
    title: ctx.t('targets.newTitle', { area: ctx.area.name }),
    crumbs: [{ href: kept(ctx, '/targets'), label: ctx.t('shell.menu.targets') }, { href: null, label: ctx.t('targets.set') }],
    action: kept(ctx, '/targets'),
    back: kept(ctx, '/targets'),
    form,
    kinds: (['LINEAR', 'STEPPED'] as const).map((value) => ({ value, label: ctx.t(`targets.kinds.${value}`), hint: ctx.t(`targets.hints.${value}`), current: value === kind })),
    milestones: Array.from({ length: milestoneCount }, (_, index) => ({
      day: form.fields[`day${String(index + 1)}` as 'day1'],
      rate: form.fields[`rate${String(index + 1)}` as 'rate1'],
      number: index + 1,
    })),
  };
}
