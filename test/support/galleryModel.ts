import { lineChart, type LineChart, type LinePoint } from '../../server/platform/charts/lineChart.js';
import { narrowChart, wideChart } from '../../server/platform/charts/svg.js';
import type { Shell, ShellGroup } from '../../server/platform/http/shell.js';
import type { Translate } from '../../server/platform/i18n/translator.js';
import { pagerModel } from '../../server/platform/http/paging.js';

interface Options {
  readonly largeText: boolean;
  readonly contrast: boolean;
  readonly lang: string;
  readonly t: Translate;
}

const item = (label: string, icon: string, count: number | null = null, current = false) => ({ href: '#', label, icon, count, current });

const menu: readonly ShellGroup[] = [
  { heading: null, items: [item('工作台', 'home')] },
  { heading: '本县任务', items: [item('未训清单', 'list-check', 38, true), item('预警工单', 'flag', 9), item('提名与名额', 'user-plus', 2)] },
  { heading: '培训', items: [item('年度计划与日历', 'calendar-month'), item('培训班次', 'school', 2)] },
  { heading: '人员', items: [item('花名册', 'users'), item('花名册导入', 'file-import')] },
  { heading: '持证', items: [item('考试与成绩', 'notebook'), item('证书与登记', 'certificate'), item('持证率目标', 'target-arrow')] },
  { heading: '上报', items: [item('统计报表', 'report-analytics')] },
];

const phones = new Set(['worker', 'roll-call']);
const crumbs = [{ href: '#', label: '工作台' }, { href: '#', label: '本县任务' }, { href: null, label: '未训清单' }];
const towns = ['忻府区', '定襄县', '五台县', '代县', '繁峙县', '宁武县', '静乐县', '神池县', '五寨县', '岢岚县', '河曲县', '保德县', '偏关县', '原平市'];

function shellFor(name: string, options: Options): Shell {
  const phone = phones.has(name);
  return {
    lang: options.lang, largeText: options.largeText, contrast: options.contrast, title: '样张', problemTitle: name === 'form-errors', csrf: 'sample-token',
    assets: 'gallery', product: '训证通', account: { name: '王秀兰', initial: '王', roleLine: '繁峙县委社会工作部' },
    menu: name === 'sign-in' ? [] : menu,
    crumbs: name === 'roll-call' ? [{ href: '#', label: '市级示范第 3 期' }, { href: null, label: '点名' }] : crumbs,
    scope: { label: '忻州市 › 繁峙县', options: towns.map((label) => ({ href: '#', label, current: label === '繁峙县' })) },
    year: { label: '2026 年度', options: ['2026', '2025', '2024'].map((year) => ({ href: '#', label: `${year} 年度`, current: year === '2026' })) },
    search: { action: '/search', value: '' }, todos: { href: '#', count: 9 },
    notice: name === 'county-list' ? { kind: 'ok', text: '已把 4 人提名到县级兜底第 8 期，余 5 席。', undo: { action: '/undo', label: '撤销' } } : null,
    path: `/${name}`, requestId: '7F3K-20261124-1431', databaseNote: '',
    bottomNav: phone && name === 'worker' ? [item('首页', 'home', null, true), item('课程', 'school'), item('持证', 'certificate'), item('我的', 'user')] : [],
  };
}

const field = (name: string, value: string, error = '') => ({ name, id: `f-${name}`, value, values: [value], error });
const badges = {
  none: { kind: 'bad', icon: 'ban', label: '无安排' }, check: { kind: 'warn', icon: 'hourglass', label: '待核实' }, placed: { kind: 'info', icon: 'calendar-event', label: '已报名' },
};

const people = [
  ['刘海燕', '1422**********0424', '东泰社区', '专职网格员', '本年 0 个班次', '4 月、9 月两次获提名均未到班', badges.none, '可入 12-15 兜底第 8 期，余 9 席'],
  ['张志强', '1409**********3317', '府新社区', '居委会副主任', '缺勤 3/10 课次，超过 1/7', '县级兜底第 3 期（6 月）未结业', badges.none, '补课 2 个课次即可结业：12-03、12-04'],
  ['李娜', '1409**********0021', '东石龙社区', '专职社区工作者', '本年 0 个班次', '3-02 至 8-31 产假，9 月返岗', badges.check, '批准免训，或入 12-15 第 8 期'],
  ['郭晓燕', '1409**********0046', '东泰社区', '专职网格员', '乡镇岗位培训 8 学时，不计入覆盖', '本年无县级以上班次', badges.placed, '完成 12-08 兜底第 7 期'],
].map(([name, masked, community, post, why, evidence, badge, clears], at) => ({ name, masked, community, post, why, evidence, badge, clears, picked: at === 0 }));

const counties = ([[ '忻府区', 669, 573, 96, 38, 0.943 ], [ '保德县', 154, 110, 44, 34, 0.779 ], [ '繁峙县', 167, 129, 38, 26, 0.844 ], [ '五台县', 165, 144, 21, 0, 1 ]] as const)
  .map(([name, due, trained, left, open, rate]) => ({ name, due, trained, left, open, rate: trained / due, end: rate, done: (trained / due) * 100, more: rate * 100 }));

/** The root model of a sample page. */
export function galleryModel(name: string, options: Options): object {
  return {
    request: { t: options.t, path: `/${name}`, query: { area: '140924', year: '2026' }, csrf: 'sample-token' },
    shell: shellFor(name, options),
    key: 'errors.500', values: {}, changedBy: '李建平', changedAt: '14:18', differences: [{ field: '名额', yours: '60', theirs: '58' }],
    badges, people, counties, towns,
    pager: pagerModel({ page: 2, size: 20, skip: 20, sort: 'name', direction: 1 }, 301),
    tabs: [['全部', 38], ['无安排', 26], ['其中待核实', 2], ['已报名、待上课', 12], ['今年已销号', 129]].map(([label, count], at) => ({ href: '#', label, count, current: at === 0 })),
    sides: [['课次与考勤', null], ['学员', 60], ['名额与提名', null]].map(([label, count], at) => ({ href: '#', label, count, current: at === 0 })),
    links: { person: { href: '#', label: '石丽君' }, trained: { before: '已训', text: '2,160', href: '#', after: '人' }, due: { before: '应训', text: '2,461', href: '#', after: '人' }, back: { href: '#', label: '不取消，返回' } },
    confirmFacts: ['31 名已确认的人会收到短信，回到未训清单', '其中 22 人年底前没有别的班可上', '名额和场地 12-15 释放'],
    chips: [{ label: '期限：12-31 前', href: '#' }],
    communities: ['东泰社区', '府新社区'].map((label) => ({ value: label, label, current: false })),
    steps: [['草拟', '10-08', 'done'], ['发布名额', '10-20', 'done'], ['提名审核', '11-13 截止', 'done'], ['开班', '第 4 / 10 课次', 'now'], ['结业认定', '11-27 起', 'later'], ['归档', '12-11 前', 'later']]
      .map(([label, note, state], at) => ({ label, note, state, number: at + 1 })),
    events: [
      { day: '2026-12-08', title: '县级兜底第 7 期', text: '2 天 16 学时 · 已报名 · 计入年度覆盖', tone: 'calm', badge: { kind: 'info', icon: 'clock', label: '待上课' } },
      { day: '2026-08-21', title: '乡镇岗位培训（繁城镇）', text: '出勤 2/2 · 8 学时 · 不计入年度覆盖 · 依据：签到表', tone: 'info', badge: null },
      { day: '2026-08-05', title: '2026 年社会工作师考试', text: '综合能力 72 过，法规与政策 65 过，实务 54 未过', tone: 'bad', badge: null },
      { day: '2025-06-18', title: '县级兜底第 4 期 · 结业', text: '出勤 10/10，考核 86 · 40 学时 · 2025 年度已覆盖', tone: 'ok', badge: null },
    ],
    facts: [['主办', '市委社会工作部', null], ['地点', '市委党校 2 号楼 301（容 70 人）', null], ['班主任', '孟晓东', '#']].map(([label, text, href]) => ({ label, text, href })),
    form: {
      fields: {
        name: field('name', '社区“两委”主干示范培训班（2026 年第 4 期）'), tier: field('tier', 'CITY'), start: field('start', '20261214'), place: field('place', '302', '12-14 上午已排给“新任书记任职培训班”（孟晓东，10-30 排定）。'),
        end: field('end', '2026-12-11', '结束日期 12-11 早于开始日期 12-14。5 天的班应到 12-18。'), purpose: field('purpose', 'a'), external: field('external', ''), note: field('note', ''), who: field('who', 'a'),
      },
      summary: [{ href: '#f-end', text: '结束日期 12-11 早于开始日期 12-14', offer: null }, { href: '#f-place', text: '12-14 上午，市委党校 2 号楼 302 已排给“新任书记任职培训班”', offer: null }],
    },
    options: [['CITY', '市级示范'], ['COUNTY', '县级兜底']].map(([value, label]) => ({ value, label, current: value === 'CITY' })),
    diffRows: [{ line: 9, name: '范志红', href: '#', field: '岗位等级', now: '4 级', after: '5 级', effect: '满 3 年，与规则推算一致' }, { line: 21, name: '侯志刚', href: null, field: '职务', now: '专职社区工作者', after: '两委委员', effect: '年学时要求由 40 变为 56' }],
    chart: { svg: lineChart(coverageLine, wideChart), narrow: lineChart(coverageLine, narrowChart) },
    chartKeys: [{ kind: 'actual', label: '实际' }, { kind: 'plan', label: '年度计划' }, { kind: 'ahead', label: '已报名者全部结业' }],
    chartHeads: ['月', '实际', '年度计划'],
    chartRows: [{ label: '10 月', cells: [{ text: '77.5%', href: '#' }, { text: '87.0%', href: null }] }, { label: '11 月', cells: [{ text: '87.8%', href: '#' }, { text: '95.0%', href: null }] }],
    roll: [['安文涛', '岢岚县 东城社区', 'here'], ['曹慧', '宁武县 学府社区', 'leave'], ['丁秀英', '忻府区 南关社区', ''], ['韩玉明', '原平市 平安大街社区', '']]
      .map(([person, unit, mark], at) => ({ id: `p${String(at)}`, person, unit, here: mark === 'here', leave: mark === 'leave', away: false, warned: at === 3 })),
    weeks: [2, 9, 16].map((first) => ({ days: [0, 1, 2, 3, 4, 5, 6].map((d) => ({ number: first + d, off: d > 4 })) })),
  };
}

/** The board's line to 31 December, drawn by the product's own chart. */
const coverageLine: LineChart = {
  finding: '年度覆盖率：今日 87.8%，照现有安排年底到 95.8%。',
  labels: Array.from({ length: 12 }, (_, month) => `${String(month + 1)}月`),
  unit: '%',
  top: 100,
  target: { value: 100, words: '目标：12 月 31 日 100%' },
  series: [
    { kind: 'plan', marked: false, points: points([0, 3, 10, 20, 32, 45, 54, 63, 75, 87, 95, 100]) },
    { kind: 'actual', marked: true, filled: true, end: '今日 87.8%', points: points([0, 1, 7, 15, 25, 36, 45, 53, 65, 78, 87.8]) },
    { kind: 'ahead', marked: true, end: '95.8%', points: points([87.8, 95.8], 10) },
  ],
};

function points(values: readonly number[], from = 0): LinePoint[] {
  return values.map((value, index) => ({ at: from + index, value, title: `${String(from + index + 1)} 月 ${String(value)}%`, href: '#' }));
}
