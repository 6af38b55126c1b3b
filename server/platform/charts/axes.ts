import { scaleLinear, type ScaleLinear } from 'd3-scale';
import { element, label, textWidth, type ChartSize } from './svg.js';

/** The field inside the axes, in units of the drawing. */
export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Where values stand and which of them get a grid line. */
export interface ValueAxis {
  readonly scale: ScaleLinear<number, number>;
  readonly ticks: readonly number[];
  readonly unit: string;
}

const labelGap = 8;
const spaceBelow = 24;
const spaceAbove = 18;

/** A value axis from 0 to a round number over the greatest value. */
export function valueAxis(greatest: number, unit: string, ticks: number): ValueAxis {
  const scale = scaleLinear()
    .domain([0, greatest > 0 ? greatest : 1])
    .nice(ticks);
  return { scale, ticks: scale.ticks(ticks).filter((tick) => greatest > 0 || tick === 0), unit };
}

/** The field that is left when the axis labels and what stands at the right have their place. */
export function plotOf(size: ChartSize, axis: ValueAxis, rightSpace: number): Plot {
  const widest = Math.max(...axis.ticks.map((tick) => textWidth(`${tick}${axis.unit}`)));
  return { left: widest + labelGap, right: size.width - rightSpace, top: spaceAbove, bottom: size.height - spaceBelow };
}

/** Grid lines with their values; the lowest is the axis. The scale is given the height of the field. */
export function drawValueAxis(axis: ValueAxis, plot: Plot): string {
  axis.scale.range([plot.bottom, plot.top]);
  return axis.ticks
    .map((tick) => {
      const y = axis.scale(tick);
      const line = element('line', { class: tick === 0 ? 'axis' : 'grid', x1: plot.left, x2: plot.right, y1: y, y2: y });
      return line + label(`${tick}${axis.unit}`, { x: plot.left - labelGap, y: y + 4, 'text-anchor': 'end' });
    })
    .join('');
}

/** Labels under the axis. */
export function drawLabels(marks: readonly { readonly label: string; readonly x: number }[], plot: Plot): string {
  return marks.map((mark) => label(mark.label, { x: mark.x, y: plot.bottom + 17, 'text-anchor': 'middle' })).join('');
}
