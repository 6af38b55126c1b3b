import { expect } from 'chai';
import type { Flag } from '../../../server/gaps/flags.rules.js';
import type { StoredFlag } from '../../../server/gaps/storedFlag.rules.js';
import { taskOf, tasksOf } from '../../../server/home/meTasks.pages.js';
import { civilDay } from '../../../server/platform/civilDays.js';
import type { Ctx } from '../../../server/platform/http/context.js';
import { loadTranslators } from '../../../server/platform/i18n/translator.js';

const today = civilDay('2026-11-24');
const translators = loadTranslators();
const classes = new Map([['c1', '县级兜底第 7 期']]);

/** A kept flag, as far as a task reads it. */
function kept(ruleId: StoredFlag['ruleId'], evidence: object, more: Partial<StoredFlag> = {}): StoredFlag {
  const base = { ruleId, evidence: evidence as Flag['evidence'], severity: 'SOON', subState: null, dueOn: null };
  return { ...base, ...more } as StoredFlag;
}

function task(flag: StoredFlag, language: 'zh-CN' | 'en' = 'zh-CN') {
  return taskOf({ t: translators[language] } as Ctx, flag, { classes, today });
}

const summary = { sessions: 10 };
const arranged = { classId: 'c1', endsOn: civilDay('2026-12-09') };

/** One flag of every rule that a worker can have, with the title and the sentence that the worker reads. */
const cases: readonly [string, StoredFlag, string, string][] = [
  ['T-COV without anything', kept('T-COV', { arranged: null, inVain: [] }), '完成 1 个计入年度覆盖的班次', '还没有安排，县里会提名'],
  [
    'T-COV not completed',
    kept('T-COV', { arranged: null, inVain: [{ why: 'NOT_QUALIFYING' }, { why: 'NOT_COMPLETED' }] }),
    '完成 1 个计入年度覆盖的班次',
    '今年的班没有结业，还没有新的安排',
  ],
  [
    'T-COV not counting',
    kept('T-COV', { arranged: null, inVain: [{ why: 'NOT_QUALIFYING' }] }),
    '完成 1 个计入年度覆盖的班次',
    '今年上过的班不计入年度覆盖，还没有安排',
  ],
  ['T-COV arranged', kept('T-COV', { arranged, inVain: [] }), '完成 1 个计入年度覆盖的班次', '已报名：12-09 结束的 县级兜底第 7 期'],
  [
    'T-HRS',
    kept('T-HRS', { earnedMinutes: 1440, requiredMinutes: 2400, missingMinutes: 960 }),
    '补足今年的学时',
    '已有 24 / 40 学时，还差 16',
  ],
  ['T-ONB', kept('T-ONB', { joinedOn: '2026-04-20', arranged: null }), '完成新入职岗位培训', '2026-04-20 入职，还没有安排'],
  ['T-SEC', kept('T-SEC', { appointedOn: '2026-06-20' }), '完成任职培训', '2026-06-20 任现职'],
  [
    'T-ATT',
    kept('T-ATT', { classId: 'c1', summary, problems: [], makeUpHalfDays: 2 }),
    '补 2 个课次',
    '县级兜底第 7 期 缺课多了，补上 2 个课次就能结业',
  ],
  ['T-CITY', kept('T-CITY', { arranged: null, leastTier: 'CITY' }), '参加 1 个市级以上班次', '还没有安排'],
  [
    'E-ROLL',
    kept('E-ROLL', { lapsed: [{ subject: 'S_LAW', passedIn: 2024 }], mustPass: ['S_PRAC', 'S_LAW'] }),
    '重新考实务、法规与政策（中级）',
    '2024 年通过的法规与政策已过有效期',
  ],
  ['C-REG1', kept('C-REG1', { certificateId: 'x', passedOn: '2026-01-10' }), '首次登记证书', '2026-01-10 取得，还没有登记'],
  [
    'C-REN',
    kept(
      'C-REN',
      { certificateId: 'x', validThrough: '2027-01-15', ce: { earnedMinutes: 66 * 60, requiredMinutes: 72 * 60, missingMinutes: 360 } },
      { subState: 'RENEW_WINDOW' },
    ),
    '证书再登记',
    '继续教育 66 / 72 学时，还差 6',
  ],
  [
    'C-REN lapsed',
    kept('C-REN', { certificateId: 'x', validThrough: '2026-01-15', ce: null }, { subState: 'LAPSED' }),
    '登记已过期，尽快再登记',
    '登记有效期至 2026-01-15',
  ],
  [
    'C-CE',
    kept('C-CE', { certificateId: 'x', earnedMinutes: 0, requiredMinutes: 72 * 60, missingMinutes: 72 * 60 }),
    '补足继续教育学时',
    '继续教育 0 / 72 学时，还差 72',
  ],
];

describe('a flag as the worker reads it', () => {
  for (const [name, flag, title, evidence] of cases) {
    it(name, () => {
      const said = task(flag);
      expect([said?.title, said?.evidence]).to.deep.equal([title, evidence]);
      const english = task(flag, 'en');
      expect(`${english?.title ?? ''} ${english?.evidence ?? ''}`).to.not.match(/home\.|\{\{/);
    });
  }

  it('E-LAST names what is to be passed, what is at stake, and the year', () => {
    const evidence = {
      examYear: 2027,
      carried: [
        { subject: 'S_COMP', passedIn: 2026, countsUntil: 2027 },
        { subject: 'S_LAW', passedIn: 2026, countsUntil: 2027 },
      ],
      mustPass: ['S_PRAC'],
    };
    const said = task(kept('E-LAST', evidence, { subState: 'NOT_REGISTERED' }));
    expect(said).to.include({
      title: '2027 年考实务（中级）',
      evidence: '最后机会：不过，综合能力、法规与政策的成绩作废',
      due: '2027 年',
      dueNote: '还没有报名',
    });
  });

  it('says by when, how many days are left, and shows lateness by tone', () => {
    const at = (dueOn: string, severity: StoredFlag['severity']) =>
      task(kept('T-COV', { arranged: null, inVain: [] }, { dueOn: civilDay(dueOn), severity }));
    expect(at('2026-12-31', 'SOON')).to.include({ due: '12 月 31 日前', dueNote: '剩 37 天', tone: 'warn' });
    expect(at('2027-01-15', 'NOTICE')).to.include({ due: '1 月 15 日前', dueNote: '剩 52 天', tone: 'calm' });
    expect(at('2027-11-24', 'NOTICE')).to.include({ due: '2027 年 11 月 24 日前' });
    expect(at('2025-12-31', 'LATE')).to.include({ due: '2025 年 12 月 31 日前' });
    expect(at('2026-11-24', 'LATE')).to.include({ due: '11 月 24 日前', dueNote: '就是今天', tone: 'bad' });
    expect(at('2026-11-20', 'LATE')).to.include({ dueNote: '已过 4 天', tone: 'bad' });
  });

  it('says education once, with the renewal that asks for it', () => {
    const ce = { certificateId: 'x', earnedMinutes: 0, requiredMinutes: 60, missingMinutes: 60 };
    const flags = [kept('C-CE', ce), kept('C-REN', { certificateId: 'x', validThrough: '2027-01-15', ce })];
    const at = { classes, today };
    const ctx = { t: translators['zh-CN'] } as Ctx;
    expect(tasksOf(ctx, flags, at).map((one) => one.title)).to.deep.equal(['证书再登记']);
    expect(tasksOf(ctx, flags.slice(0, 1), at).map((one) => one.title)).to.deep.equal(['补足继续教育学时']);
  });

  it('is nobody’s task when it is about a division', () => {
    expect(task(kept('R-RATE', {}))).to.equal(null);
  });
});
