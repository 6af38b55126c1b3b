import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import { drawLabels, drawValueAxis, plotOf, valueAxis, type Plot } from './axes.js';
import { drawing, element, label, linked, textWidth, thinned, type ChartSize } from './svg.js';

/** A value at a step of the horizontal axis (0 is the first label; parts between two labels are allowed). */
export interface LinePoint {
  readonly at: number;
  readonly value: number;
  /** What is said about the mark: `3 月末 18.2%，449 人`. */
  readonly title: string;
  /** The list the number stands for. */
  readonly href?: string;
}

/** `actual` is solid, `plan` grey and dashed, `ahead` amber and dotted, the others teal and violet (design.md §6). */
export type LineKind = 'actual' | 'plan' | 'ahead' | 'c4' | 'c5';

export interface LineSeries {
  readonly kind: LineKind;
  readonly points: readonly LinePoint[];
  /** Words at the last point; beneath it when the line ends before the axis does. */
  readonly end?: string;
  /** Tint the field under the line. */
  readonly filled?: boolean;
  /** Draw a mark at every point; a plan usually has none. */
  readonly marked: boolean;
}

export interface LineChart {
  /** One sentence with the finding, for those who do not see the drawing. */
  readonly finding: string;
  readonly labels: readonly string[];
  /** `%` or empty; written behind the values of the axis. */
  readonly unit: string;
  readonly series: readonly LineSeries[];
  /** The end of the value axis when it is known (100 for a rate to 100 %). */
  readonly top?: number;
  readonly target?: { readonly value: number; readonly words: string };
  /** Where the projection may end. */
  readonly band?: readonly { readonly at: number; readonly low: number; readonly high: number }[];
}

interface Frame {
  readonly plot: Plot;
  /** Where the drawing ends at the right. */
  readonly edge: number;
  readonly x: (at: number) => number;
  readonly y: (value: number) => number;
}

const lineHeight = 15;
const lineClass: Readonly<Record<LineKind, string>> = {
  actual: 'line',
  plan: 'line plan',
  ahead: 'line ahead',
  c4: 'line c4',
  c5: 'line c5',
};
const markClass: Readonly<Record<LineKind, string>> = { actual: 'dot', plan: 'dot plan', ahead: 'dot ahead', c4: 'dot', c5: 'dot' };
const endClass: Readonly<Record<LineKind, string>> = { actual: 'end', plan: 'end plan', ahead: 'end ahead', c4: 'end', c5: 'end' };

/** Draws "are we on the way": the way so far, the plan, where it goes and the target, each line ending in its words. */
export function lineChart(chart: LineChart, size: ChartSize): string {
  const last = chart.labels.length - 1;
  const axis = valueAxis(chart.top ?? greatestOf(chart), chart.unit, 5);
  const endings = chart.series.filter((series) => series.points.at(-1)?.at === last).map((series) => textWidth(series.end ?? ''));
  const plot = plotOf(size, axis, Math.max(16, ...endings.map((width) => width + 14)));
  const grid = drawValueAxis(axis, plot);
  const x = scaleLinear()
    .domain([0, Math.max(last, 1)])
    .range([plot.left + 6, plot.right]);
  const frame: Frame = { plot, edge: size.width, x: (at) => x(at), y: (value) => axis.scale(value) };
  const ticks = chart.labels.map((words, at) => ({ label: words, x: x(at) }));
  return drawing(
    size,
    chart.finding,
    grid,
    drawLabels(thinned(ticks, plot.right - plot.left), plot),
    drawBand(chart, frame),
    drawTarget(chart, frame),
    ...chart.series.map((series) => drawLine(series, frame)),
    ...chart.series.map((series) => drawMarks(series, frame)),
    drawEnds(chart.series, last, frame),
  );
}

function greatestOf(chart: LineChart): number {
  const values = chart.series.flatMap((series) => series.points.map((point) => point.value));
  const highs = (chart.band ?? []).map((part) => part.high);
  return Math.max(0, chart.target?.value ?? 0, ...values, ...highs);
}

function drawBand(chart: LineChart, frame: Frame): string {
  if (chart.band === undefined) return '';
  const shape = area<{ at: number; low: number; high: number }>(
    (part) => frame.x(part.at),
    (part) => frame.y(part.low),
    (part) => frame.y(part.high),
  ).digits(1);
  return element('path', { class: 'band', d: shape([...chart.band]) ?? '' });
}

function drawTarget(chart: LineChart, frame: Frame): string {
  if (chart.target === undefined) return '';
  const y = frame.y(chart.target.value);
  const line = element('line', { class: 'target', x1: frame.plot.left, x2: frame.plot.right, y1: y, y2: y });
  return line + label(chart.target.words, { class: 'target-word', x: frame.plot.left + 6, y: y - 6 });
}

function drawLine(series: LineSeries, frame: Frame): string {
  const points = [...series.points];
  const stroke = line<LinePoint>(
    (point) => frame.x(point.at),
    (point) => frame.y(point.value),
  ).digits(1);
  const path = element('path', { class: lineClass[series.kind], d: stroke(points) ?? '' });
  if (series.filled !== true) return path;
  const ground = area<LinePoint>(
    (point) => frame.x(point.at),
    frame.plot.bottom,
    (point) => frame.y(point.value),
  ).digits(1);
  return element('path', { class: 'area', d: ground(points) ?? '' }) + path;
}

function drawMarks(series: LineSeries, frame: Frame): string {
  if (!series.marked) return '';
  return series.points
    .map((point) => {
      const centre = { cx: frame.x(point.at), cy: frame.y(point.value) };
      // an unseen ground around the dot, so that a finger meets it
      const ground = element('circle', { ...centre, r: 11, fill: 'none', 'pointer-events': 'all' });
      return linked(point.href, point.title, ground, element('circle', { class: markClass[series.kind], ...centre, r: 3.5 }));
    })
    .join('');
}

/** Words at the ends: right of a line that reaches the last label, kept a line apart; beneath one that stops before. */
function drawEnds(series: readonly LineSeries[], last: number, frame: Frame): string {
  const ends = series.flatMap((one) => {
    const point = one.points.at(-1);
    return one.end === undefined || point === undefined ? [] : [{ words: one.end, kind: one.kind, point }];
  });
  const inside = ends.filter((end) => end.point.at !== last);
  const outside = ends.filter((end) => end.point.at === last).sort((a, b) => b.point.value - a.point.value);
  let lowest = Number.NEGATIVE_INFINITY;
  const atRight = outside.map((end) => {
    lowest = Math.max(frame.y(end.point.value) + 4, lowest + lineHeight);
    return label(end.words, { class: endClass[end.kind], x: frame.x(end.point.at) + 10, y: lowest });
  });
  // lines mostly rise, so below and to the right is free
  const beneath = inside.map((end) => {
    const x = Math.min(frame.x(end.point.at) - 6, frame.edge - textWidth(end.words));
    return label(end.words, { class: endClass[end.kind], x, y: Math.min(frame.y(end.point.value) + 20, frame.plot.bottom - 4) });
  });
  return [...beneath, ...atRight].join('');
}
