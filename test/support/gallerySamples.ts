import type { LineChart, LinePoint } from '../../server/platform/charts/lineChart.js';

const field = (name: string, value: string, error = '') => ({ name, id: `f-${name}`, value, values: [value], error });

/** How a person of the county's list stands. */
export const badges = {
  none: { kind: 'bad', icon: 'ban', label: '无安排' },
  check: { kind: 'warn', icon: 'hourglass', label: '待核实' },
  placed: { kind: 'info', icon: 'calendar-event', label: '已报名' },
};

/** Rows of the county's list. */
export const people = [
  [
    '刘海燕',
    '1422**********0424',
    '东泰社区',
    '专职网格员',
    '本年 0 个班次',
    '4 月、9 月两次获提名均未到班',
    badges.none,
    '可入 12-15 兜底第 8 期，余 9 席',
  ],
  [
    '张志强',
    '1409**********3317',
    '府新社区',
    '居委会副主任',
    '缺勤 3/10 课次，超过 1/7',
    '县级兜底第 3 期（6 月）未结业',
    badges.none,
    '补课 2 个课次即可结业：12-03、12-04',
  ],
  [
    '李娜',
    '1409**********0021',
    '东石龙社区',
    '专职社区工作者',
    '本年 0 个班次',
    '3-02 至 8-31 产假，9 月返岗',
    badges.check,
    '批准免训，或入 12-15 第 8 期',
  ],
  [
    '郭晓燕',
    '1409**********0046',
    '东泰社区',
    '专职网格员',
    '乡镇岗位培训 8 学时，不计入覆盖',
    '本年无县级以上班次',
    badges.placed,
    '完成 12-08 兜底第 7 期',
  ],
].map(([name, masked, community, post, why, evidence, badge, clears], at) => ({
  name,
  masked,
  community,
  post,
  why,
  evidence,
  badge,
  clears,
  picked: at === 0,
}));

/** Rows of the board. */
export const counties = (
  [
    ['忻府区', 669, 573, 96, 38, 0.943],
    ['保德县', 154, 110, 44, 34, 0.779],
    ['繁峙县', 167, 129, 38, 26, 0.844],
    ['五台县', 165, 144, 21, 0, 1],
  ] as const
).map(([name, due, trained, left, open, rate]) => ({
  name,
  due,
  trained,
  left,
  open,
  rate: trained / due,
  end: rate,
  done: (trained / due) * 100,
  more: rate * 100,
}));

/** Stations of a class. */
export const steps = [
  ['草拟', '10-08', 'done'],
  ['发布名额', '10-20', 'done'],
  ['提名审核', '11-13 截止', 'done'],
  ['开班', '第 4 / 10 课次', 'now'],
  ['结业认定', '11-27 起', 'later'],
  ['归档', '12-11 前', 'later'],
].map(([label, note, state], at) => ({ label, note, state, number: at + 1 }));

/** A person's history. */
export const events = [
  {
    day: '2026-12-08',
    title: '县级兜底第 7 期',
    text: '2 天 16 学时 · 已报名 · 计入年度覆盖',
    tone: 'calm',
    badge: { kind: 'info', icon: 'clock', label: '待上课' },
  },
  {
    day: '2026-08-21',
    title: '乡镇岗位培训（繁城镇）',
    text: '出勤 2/2 · 8 学时 · 不计入年度覆盖 · 依据：签到表',
    tone: 'info',
    badge: null,
  },
  { day: '2026-08-05', title: '2026 年社会工作师考试', text: '综合能力 72 过，法规与政策 65 过，实务 54 未过', tone: 'bad', badge: null },
  { day: '2025-06-18', title: '县级兜底第 4 期 · 结业', text: '出勤 10/10，考核 86 · 40 学时 · 2025 年度已覆盖', tone: 'ok', badge: null },
];

/** What a class says of itself. */
export const facts = [
  ['主办', '市委社会工作部', null],
  ['地点', '市委党校 2 号楼 301（容 70 人）', null],
  ['班主任', '孟晓东', '#'],
].map(([label, text, href]) => ({ label, text, href }));

/** A form with mistakes, and their summary. */
export const form = {
  fields: {
    name: field('name', '社区“两委”主干示范培训班（2026 年第 4 期）'),
    tier: field('tier', 'CITY'),
    start: field('start', '20261214'),
    place: field('place', '302', '12-14 上午已排给“新任书记任职培训班”（孟晓东，10-30 排定）。'),
    end: field('end', '2026-12-11', '结束日期 12-11 早于开始日期 12-14。5 天的班应到 12-18。'),
    purpose: field('purpose', 'a'),
    external: field('external', ''),
    note: field('note', ''),
    who: field('who', 'a'),
  },
  summary: [
    { href: '#f-end', text: '结束日期 12-11 早于开始日期 12-14', offer: null },
    { href: '#f-place', text: '12-14 上午，市委党校 2 号楼 302 已排给“新任书记任职培训班”', offer: null },
  ],
};

/** Differences of an import. */
export const diffRows = [
  { line: 9, name: '范志红', href: '#', field: '岗位等级', now: '4 级', after: '5 级', effect: '满 3 年，与规则推算一致' },
  { line: 21, name: '侯志刚', href: null, field: '职务', now: '专职社区工作者', after: '两委委员', effect: '年学时要求由 40 变为 56' },
];

/** A roll half taken. */
export const roll = [
  ['安文涛', '岢岚县 东城社区', 'here'],
  ['曹慧', '宁武县 学府社区', 'leave'],
  ['丁秀英', '忻府区 南关社区', ''],
  ['韩玉明', '原平市 平安大街社区', ''],
].map(([person, unit, mark], at) => ({
  id: `p${String(at)}`,
  person,
  unit,
  here: mark === 'here',
  leave: mark === 'leave',
  away: false,
  warned: at === 3,
}));

/** The board's line to 31 December, drawn by the product's own chart. */
export const coverageLine: LineChart = {
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
