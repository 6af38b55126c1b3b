import { load, type CheerioAPI } from 'cheerio';
import { expect } from 'chai';
import { columnChart, type Column } from '../../../../server/platform/charts/columnChart.js';
import { inlineBar } from '../../../../server/platform/charts/inlineBar.js';
import { lineChart, type LineChart, type LinePoint } from '../../../../server/platform/charts/lineChart.js';
import { narrowChart, wideChart } from '../../../../server/platform/charts/svg.js';

const months = Array.from({ length: 12 }, (_, i) => `${i + 1}月`);
const points = (values: readonly number[], from = 0): LinePoint[] =>
  values.map((value, i) => ({
    at: from + i,
    value,
    title: `${from + i + 1} 月 ${value}%`,
    href: `/coverage/people?month=${from + i + 1}`,
  }));

const path: LineChart = {
  finding: '已训 87.8%，照现有安排年底到 95.8%。',
  labels: months,
  unit: '%',
  top: 100,
  target: { value: 100, words: '目标：12 月 31 日 100%' },
  series: [
    { kind: 'actual', points: points([0, 2, 8, 16, 26, 37, 46, 53, 65, 78, 87.8]), end: '今日 87.8%', filled: true, marked: true },
    { kind: 'plan', points: points([2, 5, 12, 22, 32, 46, 55, 64, 76, 87, 96, 100]), marked: false },
    { kind: 'ahead', points: points([87.8, 95.8], 10), end: '95.8%', marked: true },
  ],
};

const numbers = ($: CheerioAPI, selector: string, name: string): number[] =>
  $(selector)
    .toArray()
    .map((node) => Number($(node).attr(name)));

function expectSafe(svg: string): void {
  expect(svg).to.not.match(/\sstyle=|<style|<script|NaN|undefined|Infinity/);
}

describe('line chart', () => {
  const svg = lineChart(path, wideChart);
  const $ = load(svg, { xml: true });

  it('links every mark to its list and says what it is', () => {
    expect(
      $('a')
        .toArray()
        .map((node) => $(node).attr('href')),
    ).to.deep.equal([...path.series[0]!.points, ...path.series[2]!.points].map((point) => point.href));
    expect($('a title').first().text()).to.equal('1 月 0%');
    expect($('svg > desc').text()).to.equal(path.finding);
    expectSafe(svg);
  });

  it('tells the lines apart by class: solid, dashed plan, dotted projection, tinted ground, target', () => {
    for (const selector of [
      'path.line:not(.plan):not(.ahead)',
      'path.line.plan',
      'path.line.ahead',
      'path.area',
      'line.target',
      'text.target-word',
    ]) {
      expect($(selector), selector).to.have.length(1);
    }
    expect($('.plan').closest('a')).to.have.length(0);
  });

  it('puts more higher, the axis at nothing and all months from left to right', () => {
    const y = numbers($, 'a circle.dot:not(.ahead)', 'cy');
    expect(y).to.deep.equal([...y].sort((a, b) => b - a));
    expect(y[0]).to.equal(Number($('line.axis').attr('y1')));
    const x = numbers($, 'a circle.dot:not(.ahead)', 'cx');
    expect(x).to.deep.equal([...x].sort((a, b) => a - b));
    expect(
      $('text')
        .toArray()
        .map((node) => $(node).text()),
    ).to.include.members([...months, '0%', '100%', '今日 87.8%', '95.8%']);
  });

  it('keeps words inside the drawing and one line apart', () => {
    const crowded = lineChart(
      { ...path, series: path.series.map((one) => (one.kind === 'plan' ? { ...one, end: '年度计划' } : one)) },
      wideChart,
    );
    const $crowded = load(crowded, { xml: true });
    const y = numbers($crowded, 'text.end:not(:contains(今日))', 'y');
    expect(y).to.have.length(2);
    expect(Math.abs((y[0] ?? 0) - (y[1] ?? 0))).to.be.at.least(15);
    for (const x of numbers($crowded, 'text.end:not(:contains(今日))', 'x')) expect(x + 48).to.be.at.most(wideChart.width);
  });

  it('keeps the size of its letters on a phone and leaves out labels rather than letting them touch', () => {
    const $narrow = load(lineChart(path, narrowChart), { xml: true });
    const shown = $narrow('text')
      .toArray()
      .map((node) => $narrow(node).text())
      .filter((words) => words.endsWith('月'));
    expect(shown.length).to.be.within(4, 11);
    expect(shown.at(-1)).to.equal('12月');
  });

  it('draws a band, and a year without any value', () => {
    const band = lineChart(
      {
        ...path,
        band: [
          { at: 10, low: 18, high: 18 },
          { at: 11, low: 22, high: 29 },
        ],
      },
      wideChart,
    );
    expect(load(band, { xml: true })('path.band').attr('d')).to.match(/^M.*Z$/);
    const empty = lineChart(
      {
        finding: '还没有人完成。',
        labels: months,
        unit: '%',
        series: [{ kind: 'actual', points: points(months.map(() => 0)), marked: true }],
      },
      wideChart,
    );
    expectSafe(empty);
  });

  it('never lets a name become markup', () => {
    const nasty = lineChart(
      {
        ...path,
        finding: '"><script>x</script>',
        series: [{ kind: 'actual', points: [{ at: 0, value: 1, title: '<b>&', href: '/a?b="c"&d' }], marked: true }],
      },
      wideChart,
    );
    const $nasty = load(nasty, { xml: true });
    expect($nasty('script, b')).to.have.length(0);
    expect($nasty('a').attr('href')).to.equal('/a?b="c"&d');
    expect($nasty('desc').text()).to.equal('"><script>x</script>');
  });
});

describe('column chart', () => {
  const values = [0, 30, 137, 200, 238, 283, 215, 194, 285, 325, 253, 197];
  const kindOf = (index: number): Column['kind'] => (index === 10 ? 'now' : index === 11 ? 'planned' : 'done');
  const columns = values.map((value, i): Column => ({
    label: String(i + 1),
    value,
    kind: kindOf(i),
    title: `${i + 1} 月 ${value} 人`,
    href: `/people?month=${i + 1}`,
  }));
  const svg = columnChart({ finding: '10 月最多，325 人。', columns }, wideChart);
  const $ = load(svg, { xml: true });

  it('draws a linked column with its number for every month that has one', () => {
    expect($('a').length).to.equal(11);
    expect(
      $('a text.val')
        .toArray()
        .map((node) => $(node).text()),
    ).to.deep.equal(values.slice(1).map(String));
    expect($('rect.col.now, rect.col.todo')).to.have.length(2);
    expectSafe(svg);
  });

  it('makes heights proportional to the numbers', () => {
    const heights = numbers($, 'rect.col:not(.todo)', 'height');
    expect((heights[9] ?? 0) / (heights[3] ?? 1)).to.be.closeTo(253 / 238, 0.02);
    expect(Math.max(...heights)).to.equal(heights[8]);
  });

  it('stands also when nothing is there yet', () => {
    expectSafe(columnChart({ finding: '今年还没有班。', columns: columns.map((column) => ({ ...column, value: 0 })) }, narrowChart));
  });
});

describe('inline bar', () => {
  it('ends each part where the next begins', () => {
    expect(inlineBar({ total: 669, done: 573, coming: 58, late: 3, target: 100 })).to.deep.equal({
      done: 85.7,
      more: 94.3,
      late: 94.8,
      tick: 100,
    });
  });

  it('is empty when nobody is due, and never longer than whole', () => {
    expect(inlineBar({ total: 0, done: 0, coming: 0 })).to.deep.equal({ done: 0, more: null, late: null, tick: null });
    expect(inlineBar({ total: 10, done: 8, coming: 5 }).more).to.equal(100);
  });
});
