import { load } from 'cheerio';
import { expect } from 'chai';
import { civilDay } from '../../server/platform/civilDays.js';
import { leavesOf } from '../../server/policies/leaves.rules.js';
import { formOf, startTestApp, type TestApp } from '../support/app.js';

describe('values of a policy', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp();
  });
  after(() => app.close());

  it('names limits in the units of the form, and the part of a list that is wrong', async () => {
    const agent = await app.signIn('city');
    const problemsOf = async (kind: string, typed: Record<string, string | string[]>): Promise<string[]> => {
      const fields = await formOf(agent, `/policies/${kind}`, '/policies/');
      const answer = await agent
        .post(`/policies/${kind}`)
        .type('form')
        .send({ ...fields, ...typed, from: '2027-01-01', sourceDoc: '会议纪要' });
      expect(answer.status).to.equal(422);
      const found = [...answer.text.matchAll(/<li><a href="#(f-[\w-]+)">([^<]+)/g)];
      for (const [, place] of found) expect(answer.text).to.include(`id="${place ?? ''}"`);
      return found.map((match) => match[2] ?? '');
    };
    expect(await problemsOf('trainings.timetable', { maxMinutesPerHalfDay: '11' })).to.deep.equal(['“每半天最多学时”填了 11，最多 10。']);
    expect(await problemsOf('coverage.onboarding', { withinMonths: '2.5', warnDays: '', entriesFrom: '年初' })).to.deep.equal([
      '“几个月内完成”填了 2.5，这里要填整数。',
      '没有填“到期前几天提示”。',
      '“从哪天起入职的才问（空：都问）”填了“年初”，不是日期。请写成 2027-01-01。',
    ]);
    const timing = await problemsOf('gaps.timing', { 'hours.checkDays': '03-31、9-30', 'coverage.lateFrom': '十一月' });
    expect(timing)
      .to.include('“未训：几月几日起标红”填了“十一月”。请写成每年都有的月-日，如 10-01。')
      .and.to.include('“学时：核对日”填了“03-31、9-30”。请写成每年都有的月-日，如 10-01。');
    expect(
      await problemsOf('coverage.definition', { 'inService.statuses': [], qualifyingTiers: ['CITY'], graceDate: '10-01' }),
    ).to.deep.equal(['“算在岗的状态”没有选。']);
    expect((await problemsOf('coverage.definition', { graceDate: '02-29' })).join()).to.include('填了“02-29”。请写成每年都有的月-日');
    expect((await problemsOf('attendance.completion', { 'leaveShare.part': '7', 'leaveShare.of': '1' })).join()).to.include(
      '填了 7，不能比分母大。',
    );
  });

  it('takes a condition of the exam out and adds one, asking with both in words', async () => {
    const agent = await app.signIn('city');
    const kind = app.deps.policies.kinds.find((one) => one.kind === 'exams.eligibility')!;
    const shown = Object.fromEntries(leavesOf(kind.shipped.value).map((leaf) => [leaf.path, leaf.value as string]));
    const fields = await formOf(agent, '/policies/exams.eligibility', '/policies/');
    const typed = {
      ...shown,
      'rows.0.drop': 'yes',
      'rows.14.rule': '2028-A-5',
      'rows.14.level': 'ASSISTANT',
      'rows.14.education': 'MASTER',
      'rows.14.major': 'ANY',
      'rows.14.years': '1',
      from: '2028-01-01',
      sourceDoc: '2028 年度考试通知',
    };
    const send = (more: Record<string, string>) =>
      agent
        .post('/policies/exams.eligibility')
        .type('form')
        .send({ ...fields, ...typed, ...more });
    const $ = load((await agent.get('/policies/exams.eligibility')).text);
    const table = $('table').first();
    const first = Object.fromEntries(
      table
        .find('th')
        .toArray()
        .map((head, index) => [$(head).text(), table.find('tbody tr').eq(4).find('td').eq(index).text()]),
    );
    expect(first).to.deep.equal({
      条款: '2026-S-1',
      级别: '社会工作师',
      学历: '高中/中专',
      更高学历也适用: '是',
      专业: '不限专业',
      从业年数: '6',
      从取得哪个证书算起: '助理社会工作师',
    });
    expect($('details summary').text()).to.include(
      '2026-S-1 · 社会工作师 · 高中/中专 · 更高学历也适用 · 不限专业 · 从业年数：6 · 从取得哪个证书算起：助理社会工作师',
    );
    const wrong = await send({ 'rows.1.years': '200', 'rows.14.education': '' });
    expect(wrong.status).to.equal(422);
    expect(wrong.text)
      .to.include('“第 2 行 · 从业年数”填了 200，最多 20。')
      .and.to.include('“第 15 行 · 学历”没有选。')
      .and.to.include('value="2028-A-5"');
    const question = await send({});
    expect(question.text).to.include('去掉一行：2026-A-1 · ').and.to.include('新的一行：2028-A-5 · ');
    expect((question.text.match(/一行：/g) ?? []).length).to.equal(2);
    expect((await send({ confirmed: 'yes' })).status).to.equal(303);
    const book = await app.deps.policies.load([kind]);
    const value = book.on(kind, app.fixture.city.path, civilDay('2028-05-20')).value as { rows: { rule: string }[] };
    expect([value.rows.length, value.rows[0]?.rule, value.rows.at(-1)?.rule]).to.deep.equal([14, '2026-A-2', '2028-A-5']);
  });
});
