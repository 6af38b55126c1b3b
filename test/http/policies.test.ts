import { expect } from 'chai';
import { civilDay } from '../../server/platform/civilDays.js';
import { systemScope } from '../../server/platform/scope.js';
import { formOf, startTestApp, type Agent, type TestApp } from '../support/app.js';

describe('policies', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp();
  });
  after(() => app.close());

  const bodyOf = async (agent: Agent, more: Record<string, string>): Promise<Record<string, string>> => ({
    ...(await formOf(agent, '/policies/coverage.onboarding', '/policies/')),
    withinMonths: '6',
    warnDays: '30',
    entriesFrom: '',
    confirmed: 'yes',
    ...more,
  });

  it('shows every kind with the row in force, and one kind with its values in words', async () => {
    const agent = await app.signIn('city');
    const list = await agent.get('/policies');
    expect(list.status).to.equal(200);
    for (const kind of app.deps.policies.kinds) {
      expect(list.text).to.include(`/policies/${kind.kind}`);
      const page = await agent.get(`/policies/${kind.kind}`);
      expect(page.status, kind.kind).to.equal(200);
      expect(page.text, kind.kind).not.to.match(/policies\.(fields|kinds)\./);
    }
    expect(list.text).to.include('入职 6 个月内完成岗位培训，到期前 30 天提示；入职日从哪天起才问：不限。');
    expect(list.text).to.include('请假不超过总学时的 1/7（3 天以内的班：最多请假 1 个半天）');
    expect(list.text).to.include('40 学时（副职和委员；党员：56）').and.to.include('10 月 1 日后入职的当年不计').and.to.include('共 14 条');
    expect(list.text).not.to.match(/\{\{|policies\.(fields|kinds)\./);
  });

  it('says every kind in words of English too', async () => {
    const agent = await app.signIn('city');
    const list = (await agent.get('/policies').set('Cookie', 'lang=en')).text;
    expect(list).to.include('Onboarding within 6 months of entry, a warning 30 days before');
    expect(list).not.to.match(/\{\{|policies\.(fields|kinds)\./);
  });

  it('keeps the rows that held before, each said in its own values', async () => {
    const agent = await app.signIn('city');
    const from = { min: '18', max: '65', from: '2027-03-01', sourceDoc: '忻社工发〔2026〕40号', confirmed: 'yes' };
    const fields = await formOf(agent, '/policies/workers.ages', '/policies/');
    expect(
      (
        await agent
          .post('/policies/workers.ages')
          .type('form')
          .send({ ...fields, ...from })
      ).status,
    ).to.equal(303);
    const page = (await agent.get('/policies/workers.ages')).text;
    const history = page.slice(page.indexOf('历次规则'));
    expect(history.indexOf('在 18 到 65 周岁')).to.be.greaterThan(-1);
    expect(history.indexOf('在 18 到 65 周岁')).to.be.lessThan(history.indexOf('在 16 到 70 周岁'));
    expect(history).to.include('忻社工发〔2026〕40号').and.to.include('2027-03-01');
  });

  it('moves coverage as soon as the day is there, and only then', async () => {
    const agent = await app.signIn('city');
    await app.settle();
    const ids = app.fixture.workers.map((one) => one.id);
    const dueOn = async (day: string): Promise<number> =>
      [...(await app.deps.coverage.judge(ids, civilDay(day))).values()].filter((one) =>
        ['TRAINED', 'UNTRAINED'].includes(one.standing.coverage.kind),
      ).length;
    const before = await dueOn('2027-06-01');
    expect(before).to.be.greaterThan(0);
    const fields = await formOf(agent, '/policies/coverage.definition', '/policies/');
    const typed = {
      'inService.statuses': ['PROBATION'],
      graceDate: '10-01',
      qualifyingTiers: ['CITY'],
      from: '2027-05-01',
      sourceDoc: '会议纪要',
      confirmed: 'yes',
    };
    expect(
      (
        await agent
          .post('/policies/coverage.definition')
          .type('form')
          .send({ ...fields, ...typed })
      ).status,
    ).to.equal(303);
    expect(await dueOn('2027-04-30')).to.equal(before);
    expect(await dueOn('2027-06-01')).to.be.lessThan(before);
  });

  it('begins a new row on a day, which holds from that day only', async () => {
    const agent = await app.signIn('city');
    const answer = await agent
      .post('/policies/coverage.onboarding')
      .type('form')
      .send(await bodyOf(agent, { withinMonths: '4', from: '2027-01-01', sourceDoc: '忻社工发〔2026〕30号' }));
    expect(answer.status).to.equal(303);
    const kind = app.deps.policies.kinds.find((one) => one.kind === 'coverage.onboarding')!;
    const book = await app.deps.policies.load([kind]);
    const path = app.fixture.county.path;
    expect(book.on(kind, path, '2026-12-31' as never).value).to.include({ withinMonths: 6 });
    expect(book.on(kind, path, '2027-01-01' as never).value).to.include({ withinMonths: 4 });
  });

  it('asks first: from when, what changes and how many people it touches', async () => {
    const agent = await app.signIn('city');
    const typed = await bodyOf(agent, { withinMonths: '3', from: '2026-01-01', sourceDoc: '忻社工发〔2026〕31号', confirmed: '' });
    const question = await agent.post('/policies/coverage.onboarding').type('form').send(typed);
    expect(question.status).to.equal(200);
    expect(question.text)
      .to.include('60 人')
      .and.to.include('6 → 3')
      .and.to.include('会按新的一条重算')
      .and.to.include('name="withinMonths" value="3"');
    const kind = app.deps.policies.kinds.find((one) => one.kind === 'coverage.onboarding')!;
    expect((await app.deps.policies.rowsOf([kind])).some((row) => row.sourceDoc.includes('31号'))).to.equal(false);
  });

  it('keeps what was typed and says what is wrong, at the field', async () => {
    const agent = await app.signIn('city');
    const answer = await agent
      .post('/policies/coverage.onboarding')
      .type('form')
      .send(await bodyOf(agent, { withinMonths: '很快', from: '', sourceDoc: '会议纪要' }));
    expect(answer.status).to.equal(422);
    expect(answer.text).to.include('“几个月内完成”填了“很快”，这里要填数字。');
    expect(answer.text).to.include('没有写从哪一天起');
    expect(answer.text).to.include('会议纪要');
    expect(answer.text).to.include('value="很快"');
  });

  it('says where a row of a county stands apart, and until when the new one holds', async () => {
    const agent = await app.signIn('city');
    const { county } = app.fixture;
    const address = (area: string): string => `/policies/exams.statement?area=${area}`;
    const send = async (area: string, typed: Record<string, string>) =>
      agent
        .post(address(area))
        .type('form')
        .send({ ...(await formOf(agent, address(area), '/policies/')), sourceDoc: '会议纪要', ...typed });
    expect((await send(county.areaCode, { validYears: '4', from: '2026-06-01', confirmed: 'yes' })).status).to.equal(303);
    expect((await send(app.fixture.city.areaCode, { validYears: '5', from: '2028-01-01', confirmed: 'yes' })).status).to.equal(303);
    const inCounty = await app.deps.workers.count(systemScope('test'), { divisionId: county.id, present: true });
    const question = await send(app.fixture.city.areaCode, { validYears: '6', from: '2026-07-01', confirmed: '' });
    expect(question.text)
      .to.include(`${String(60 - inCounty)} 人`)
      .and.to.include(`${county.name}有自己的一条`)
      .and.to.include('2028-01-01 前一天');
    expect((await agent.get(address(county.areaCode))).text).to.include('4 年内有效');
  });

  it('refuses a second row on the same day', async () => {
    const agent = await app.signIn('city');
    const form = { from: '2028-01-01', sourceDoc: '会议纪要' };
    expect(
      (
        await agent
          .post('/policies/coverage.onboarding')
          .type('form')
          .send(await bodyOf(agent, form))
      ).status,
    ).to.equal(303);
    const again = await agent
      .post('/policies/coverage.onboarding')
      .type('form')
      .send(await bodyOf(agent, form));
    expect(again.status).to.equal(422);
    expect(again.text).to.include('2028-01-01 起已经有一条规则');
  });

  it('lets the county read and not change', async () => {
    const agent = await app.signIn('county');
    const page = await agent.get('/policies/coverage.onboarding');
    expect(page.status).to.equal(200);
    expect(page.text).not.to.include('另立这一条');
    const token = (await formOf(agent, '/account'))['_csrf'] ?? '';
    expect((await agent.post('/policies/coverage.onboarding').type('form').send({ _csrf: token })).status).to.equal(403);
  });
});
