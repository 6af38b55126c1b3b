import { scaleBand } from 'd3-scale';
import { drawLabels, drawValueAxis, plotOf, valueAxis } from './axes.js';
import { grouped } from '../text/numbers.js';
import { drawing, element, label, linked, thinned, type ChartSize } from './svg.js';

/** `now` is the running month, darker; `planned` is outlined and dashed. */
export type ColumnKind = 'done' | 'now' | 'planned';

export interface Column {
  readonly label: string;
  readonly value: number;
  readonly kind: ColumnKind;
  /** What is said about the column: `3 月新增 137 人`. */
  readonly title: string;
  readonly href?: string;
}

export interface ColumnChart {
  /** One sentence with the finding. */
  readonly finding: string;
  readonly columns: readonly Column[];
}

const columnClass: Readonly<Record<ColumnKind, string>> = { done: 'col', now: 'col now', planned: 'col todo' };
const edge = 0.75;

/** Draws "how much per month": a column per month with its number on top, each a link to its list. */
export function columnChart(chart: ColumnChart, size: ChartSize): string {
  const axis = valueAxis(Math.max(0, ...chart.columns.map((column) => column.value)), '', 3);
  const plot = plotOf(size, axis, 2);
  const grid = drawValueAxis(axis, plot);
  const places = chart.columns.map((_, index) => index);
  const band = scaleBand<number>().domain(places).range([plot.left, plot.right]).paddingInner(0.35).paddingOuter(0.2);
  const marks = chart.columns.map((column, index) => ({
    column,
    label: column.label,
    left: band(index) ?? plot.left,
    x: (band(index) ?? plot.left) + band.bandwidth() / 2,
  }));
  const drawn = marks
    .filter((mark) => mark.column.value > 0)
    .map(({ column, left, x }) => {
      const top = axis.scale(column.value);
      // the outline of a planned column lies inside its place
      const inset = column.kind === 'planned' ? edge : 0;
      const box = { x: left + inset, y: top + inset, width: band.bandwidth() - 2 * inset, height: Math.max(plot.bottom - top - inset, 1) };
      const number = label(grouped(column.value), { class: 'val', x, y: top - 5, 'text-anchor': 'middle' });
      return linked(column.href, column.title, element('rect', { class: columnClass[column.kind], ...box }), number);
    });
  return drawing(size, chart.finding, grid, drawLabels(thinned(marks, plot.right - plot.left), plot), ...drawn);
}
