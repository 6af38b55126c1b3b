import { lineChart } from '../../server/platform/charts/lineChart.js';
import { narrowChart, wideChart } from '../../server/platform/charts/svg.js';
import type { Shell, ShellGroup } from '../../server/platform/http/shell.js';
import type { Translate } from '../../server/platform/i18n/translator.js';
import { pagerModel } from '../../server/platform/http/paging.js';
import { badges, counties, coverageLine, diffRows, events, facts, form, people, roll, steps } from './gallerySamples.js';

interface Options {
  readonly largeText: boolean;
  readonly contrast: boolean;
  readonly lang: string;
  readonly t: Translate;
}

const item = (label: string, icon: string, count: number | null = null, current = false) => ({ href: '#', label, icon, count, current });

const menu: readonly ShellGroup[] = [
  { heading: null, items: [item('工作台', 'home')] },
  {
    heading: '本县任务',
    items: [item('未训清单', 'list-check', 38, true), item('预警工单', 'flag', 9), item('提名与名额', 'user-plus', 2)],
  },
  { heading: '培训', items: [item('年度计划与日历', 'calendar-month'), item('培训班次', 'school', 2)] },
  { heading: '人员', items: [item('花名册', 'users'), item('花名册导入', 'file-import')] },
  { heading: '持证', items: [item('考试与成绩', 'notebook'), item('证书与登记', 'certificate'), item('持证率目标', 'target-arrow')] },
  { heading: '上报', items: [item('统计报表', 'report-analytics')] },
];

const phones = new Set(['worker', 'roll-call']);
const crumbs = [
  { href: '#', label: '工作台' },
  { href: '#', label: '本县任务' },
  { href: null, label: '未训清单' },
];
const towns = [
  '忻府区',
  '定襄县',
  '五台县',
  '代县',
  '繁峙县',
  '宁武县',
  '静乐县',
  '神池县',
  '五寨县',
  '岢岚县',
  '河曲县',
  '保德县',
  '偏关县',
  '原平市',
];

function shellFor(name: string, options: Options): Shell {
  const phone = phones.has(name);
  return {
    lang: options.lang,
    largeText: options.largeText,
    contrast: options.contrast,
    title: '样张',
    problemTitle: name === 'form-errors',
    csrf: 'sample-token',
    assets: 'gallery',
    product: '训证通',
    account: { name: '王秀兰', initial: '王', roleLine: '繁峙县委社会工作部' },
    menu: name === 'sign-in' ? [] : menu,
    crumbs:
      name === 'roll-call'
        ? [
            { href: '#', label: '市级示范第 3 期' },
            { href: null, label: '点名' },
          ]
        : crumbs,
    scope: { label: '忻州市 › 繁峙县', options: towns.map((label) => ({ href: '#', label, current: label === '繁峙县' })) },
    year: {
      label: '2026 年度',
      options: ['2026', '2025', '2024'].map((year) => ({ href: '#', label: `${year} 年度`, current: year === '2026' })),
    },
    search: { action: '/search', value: '' },
    todos: { href: '#', count: 9 },
    notice:
      name === 'county-list'
        ? { kind: 'ok', text: '已把 4 人提名到县级兜底第 8 期，余 5 席。', undo: { action: '/undo', label: '撤销' } }
        : null,
    path: `/${name}`,
    requestId: '7F3K-20261124-1431',
    databaseNote: '',
    bottomNav:
      phone && name === 'worker'
        ? [item('首页', 'home', null, true), item('课程', 'school'), item('持证', 'certificate'), item('我的', 'user')]
        : [],
  };
}

/** The root model of a sample page. */
export function galleryModel(name: string, options: Options): object {
  return {
    request: { t: options.t, path: `/${name}`, query: { area: '140924', year: '2026' }, csrf: 'sample-token' },
    shell: shellFor(name, options),
    key: 'errors.500',
    values: {},
    changedBy: '李建平',
    changedAt: '14:18',
    differences: [{ field: '名额', yours: '60', theirs: '58' }],
    badges,
    people,
    counties,
    towns,
    pager: pagerModel({ page: 2, size: 20, skip: 20, sort: 'name', direction: 1 }, 301),
    tabs: [
      ['全部', 38],
      ['无安排', 26],
      ['其中待核实', 2],
      ['已报名、待上课', 12],
      ['今年已销号', 129],
    ].map(([label, count], at) => ({ href: '#', label, count, current: at === 0 })),
    sides: [
      ['课次与考勤', null],
      ['学员', 60],
      ['名额与提名', null],
    ].map(([label, count], at) => ({ href: '#', label, count, current: at === 0 })),
    links: {
      person: { href: '#', label: '石丽君' },
      trained: { before: '已训', text: '2,160', href: '#', after: '人' },
      due: { before: '应训', text: '2,461', href: '#', after: '人' },
      back: { href: '#', label: '不取消，返回' },
    },
    confirmFacts: ['31 名已确认的人会收到短信，回到未训清单', '其中 22 人年底前没有别的班可上', '名额和场地 12-15 释放'],
    chips: [{ label: '期限：12-31 前', href: '#' }],
    communities: ['东泰社区', '府新社区'].map((label) => ({ value: label, label, current: false })),
    steps,
    events,
    facts,
    form,
    options: [
      ['CITY', '市级示范'],
      ['COUNTY', '县级兜底'],
    ].map(([value, label]) => ({ value, label, current: value === 'CITY' })),
    diffRows,
    chart: { svg: lineChart(coverageLine, wideChart), narrow: lineChart(coverageLine, narrowChart) },
    chartKeys: [
      { kind: 'actual', label: '实际' },
      { kind: 'plan', label: '年度计划' },
      { kind: 'ahead', label: '已报名者全部结业' },
    ],
    chartHeads: ['月', '实际', '年度计划'],
    chartRows: [
      {
        label: '10 月',
        cells: [
          { text: '77.5%', href: '#' },
          { text: '87.0%', href: null },
        ],
      },
      {
        label: '11 月',
        cells: [
          { text: '87.8%', href: '#' },
          { text: '95.0%', href: null },
        ],
      },
    ],
    roll,
    weeks: [2, 9, 16].map((first) => ({ days: [0, 1, 2, 3, 4, 5, 6].map((d) => ({ number: first + d, off: d > 4 })) })),
  };
}
