import { expect } from 'chai';
import { formOf, startTestApp, type TestApp } from '../support/app.js';

describe('certificate-rate targets', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp();
  });
  after(() => app.close());

  const linear = {
    kind: 'LINEAR',
    from: '2026-11-24',
    fromDay: '2025-05-30',
    fromRate: '18',
    toDay: '2027年5月30日',
    toRate: '30%',
    tolerance: '1',
    sourceDoc: '忻社工发〔2026〕12号',
  };

  it('says how to set one while there is none', async () => {
    const page = await (await app.signIn('city')).get('/targets');
    expect(page.status).to.equal(200);
    expect(page.text).to.include('还没有定目标');
  });

  it('sets a linear target and shows who is still needed, at the city and in a county', async () => {
    const agent = await app.signIn('city');
    const answer = await agent
      .post('/targets')
      .type('form')
      .send({ ...(await formOf(agent, '/targets/new', '/targets')), ...linear });
    expect(answer.status).to.equal(303);
    const page = await agent.get('/targets');
    expect(page.text).to.include('到 2027-05-30 达到 30.0%');
    const target = await app.deps.targets.targetFor(app.fixture.county.path, app.deps.clock.today());
    expect(target?.divisionId).to.equal(app.fixture.city.id);
    const county = await (await app.signIn('county')).get('/targets');
    expect(county.status).to.equal(200);
    expect(county.text).to.include('忻州市');
    expect(county.text).not.to.include('href="/targets/new');
  });

  it('keeps what was typed and names every mistake', async () => {
    const agent = await app.signIn('city');
    const wrong = { ...linear, from: '2026-12-01', toRate: '130', toDay: '明年', sourceDoc: '' };
    const answer = await agent
      .post('/targets')
      .type('form')
      .send({ ...(await formOf(agent, '/targets/new', '/targets')), ...wrong });
    expect(answer.status).to.equal(422);
    expect(answer.text).to.include('“130”不是 0 到 100 的百分数');
    expect(answer.text).to.include('“明年”不是日期');
    expect(answer.text).to.include('没有写依据文件');
    const empty = await agent
      .post('/targets')
      .type('form')
      .send({ ...(await formOf(agent, '/targets/new', '/targets')), kind: 'STEPPED', day1: '2026-12-31', rate2: '25' });
    for (const text of ['没有填台阶 1 的持证率', '没有填台阶 2 的日期']) expect(empty.text).to.include(text);
    const line = await agent
      .post('/targets')
      .type('form')
      .send({ ...(await formOf(agent, '/targets/new', '/targets')), kind: 'LINEAR' });
    for (const text of ['没有填起点日期', '没有填起点持证率', '没有填目标日期', '没有填目标持证率']) expect(line.text).to.include(text);
  });

  it('refuses a path that falls, and a second row on one day', async () => {
    const agent = await app.signIn('city');
    const falling = {
      kind: 'STEPPED',
      from: '2026-12-01',
      day1: '2026-12-31',
      rate1: '25',
      day2: '2027-12-31',
      rate2: '20',
      sourceDoc: '会议纪要',
    };
    const answer = await agent
      .post('/targets')
      .type('form')
      .send({ ...(await formOf(agent, '/targets/new', '/targets')), ...falling });
    expect(answer.status).to.equal(422);
    expect(answer.text).to.include('目标要比前面的高');
    const twice = await agent
      .post('/targets')
      .type('form')
      .send({ ...(await formOf(agent, '/targets/new', '/targets')), ...linear });
    expect(twice.status).to.equal(422);
    expect(twice.text).to.include('2026-11-24 起已经有一个目标');
  });

  it('lists the divisions below in their own order, never as a ranking, and every number opens the list that it counts', async () => {
    await app.settle();
    const agent = await app.signIn('city');
    const page = (await agent.get('/targets')).text;
    expect(page.indexOf('忻府区')).to.be.greaterThan(0).and.to.be.lessThan(page.indexOf('>繁峙县<'));
    expect(page).to.include('按区划顺序');
    const [, shown] = /state(?:=|&#x3D;)notEntered">(\d+)</.exec(page)!;
    const list = (await agent.get('/exams?area=140902&state=notEntered')).text;
    expect(list).to.include(`符合条件未报名 <small>${shown!}</small>`);
    const [, could] = /state(?:=|&#x3D;)couldSit">(\d+)</.exec(page)!;
    const coming = await app.deps.examCalendar.coming(app.deps.clock.today());
    expect((await agent.get(`/exams?area=140900&year=${String(coming - 1)}&state=couldSit`)).text).to.include(`共 ${could!} 条`);
  });
});
