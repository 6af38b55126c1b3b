import { expect } from 'chai';
import { load } from 'cheerio';
import { systemScope } from '../../server/platform/scope.js';
import type { ClassPlan, TrainingClass } from '../../server/trainings/trainingClass.rules.js';
import { formOf, startTestApp, type Agent, type TestApp } from '../support/app.js';
import { errorsOf, makeClass, placePeople, sendForm } from '../support/classes.js';

const all = systemScope('test');

describe('planning a class', () => {
  let at: TestApp;
  let city: Agent;
  let county: Agent;
  before(async () => {
    at = await startTestApp();
    [city, county] = [await at.signIn('city'), await at.signIn('county')];
  });
  after(() => at.close());

  const made = (changes: Partial<ClassPlan>, days: [string, string]): Promise<TrainingClass> => makeClass(at, changes, days);
  const put = (of: TrainingClass, workerIds: readonly string[]): Promise<void> => placePeople(at, of, workerIds);

  const typed = (changes: Record<string, string | string[]> = {}) => ({
    name: '社区“两委”主干示范培训班（2026 年第 4 期）',
    tier: 'CITY',
    purpose: 'DEMONSTRATION',
    organiser: '市委社会工作部',
    place: '市委党校 2 号楼 302',
    teacher: '',
    firstDay: '2026-12-14',
    lastDay: '20261214',
    capacity: '10',
    nominateBy: '2026年12月10日',
    sessionId: ['', ''],
    sessionDay: ['2026-12-14', '2026-12-14'],
    sessionHalf: ['AM', 'PM'],
    sessionTitle: ['党建引领基层社区治理', '如何让社区动起来'],
    sessionForm: ['LECTURE', 'FIELD_TEACHING'],
    sessionLecturer: ['刘建军', ''],
    sessionHours: ['4', '3.5'],
    [`seat-${at.fixture.county.id}`]: '4',
    [`seat-${at.fixture.otherCounty.id}`]: '6',
    ...changes,
  });

  it('plan a class: fill rows by dates, share seats, save as a draft that only its owner sees', async () => {
    const filled = load(
      (
        await sendForm(
          city,
          '/classes/new',
          typed({
            step: 'fill',
            lastDay: '2026-12-15',
            sessionId: '',
            sessionDay: '',
            sessionHalf: '',
            sessionTitle: '',
            sessionForm: '',
            sessionLecturer: '',
            sessionHours: '',
          }),
        )
      ).text,
    );
    expect(
      filled('input[name=sessionDay]')
        .get()
        .map((one) => one.attribs['value']),
    ).to.deep.equal(['2026-12-14', '2026-12-14', '2026-12-15', '2026-12-15']);
    const more = load((await sendForm(city, '/classes/new', typed({ step: 'more' }))).text);
    expect(more('input[name=sessionDay]')).to.have.length(4);
    const shared = await sendForm(city, '/classes/new', typed({ step: 'share', capacity: '7' }));
    expect(shared.status).to.equal(200);
    const seats = load(shared.text)('.f-grid input')
      .get()
      .map((one) => Number(one.attribs['value']));
    expect(seats.reduce((sum, one) => sum + one, 0)).to.equal(7);

    const saved = await sendForm(city, '/classes/new', typed());
    expect(saved.status).to.equal(303);
    const address = String(saved.headers['location']);
    const page = load((await city.get(address)).text);
    expect(page('h1').text()).to.include('第 4 期');
    expect(page('.page-facts').text()).to.include('草拟').and.include('市级示范').and.include('1 天 2 个课次 7.5 学时');
    expect((await county.get(address)).status).to.equal(404);
    const id = address.split('/').at(-1) ?? '';
    const stored = await at.deps.classes.byId(all, id);
    expect([stored.creditMinutes, stored.nominateBy, stored.quotas.map((quota) => quota.seats).sort()]).to.deep.equal([
      450,
      '2026-12-10',
      [4, 6],
    ]);
  });

  it('refuse a plan on the same page, with every mend named and what was typed kept', async () => {
    const answer = await sendForm(
      city,
      '/classes/new',
      typed({ lastDay: '2026-12-11', purpose: '', [`seat-${at.fixture.county.id}`]: '60' }),
    );
    expect(answer.status).to.equal(422);
    expect(errorsOf(answer.text)).to.deep.equal([
      '请选择用途',
      '结束日期 2026-12-11 早于开始日期 2026-12-14。请把结束日期改到 2026-12-14 或以后。',
      '分配名额合计 66 席，超过名额 10 席。请减 56 席，或改名额。',
    ]);
    const page = load(answer.text);
    expect([page('[name=lastDay]').val(), page('title').text().startsWith('错误')]).to.deep.equal(['2026-12-11', true]);
    expect(
      page('[name=sessionTitle]')
        .get()
        .map((one) => one.attribs['value']),
    ).to.include('如何让社区动起来');
  });

  it('name row, half-day, place, year and unknown division in the words of the form', async () => {
    const of = async (changes: Record<string, string | string[]>): Promise<string[]> =>
      errorsOf((await sendForm(city, '/classes/new', typed(changes))).text);
    expect(await of({ sessionHalf: ['AM', 'AM'] })).to.deep.equal(['2026-12-14 上午排了两个课次。请把其中一个改到别的半天，或合成一个。']);
    expect(await of({ sessionDay: ['2026-12-14', '2026-12-20'] })).to.deep.equal([
      '2026-12-20 下午的课次不在起止日期之内。请改课次日期，或改起止日期。',
    ]);
    expect(await of({ sessionTitle: ['', '课'] })).to.deep.equal([
      '第 1 行没有内容，或超过 80 个字。请填写课次内容；不要这一行就把它清空。',
    ]);
    expect((await of({ sessionHours: ['5', '4'] }))[0]).to.include('超过每半天 4 学时');
    expect(
      (await of({ firstDay: '2028-12-14', lastDay: '2028-12-14', nominateBy: '', sessionDay: ['2028-12-14', '2028-12-14'] }))[0],
    ).to.include('请改到 2026 年或 2027 年');
    expect(await of({ 'seat-000000000000000000000000': '3' })).to.include('有名额分给了不认识的单位。请刷新页面，在列出的单位里分配。');
    expect(await of({ tier: 'PROVINCE' })).to.deep.equal([
      '忻州市不能办这个层级的班。请选本级或下级的层级；上级办的班用“登记别处办的班”。',
    ]);
    expect((await of({}))[0]).to.equal(
      '2026-12-14 上午，市委党校 2 号楼 302 已排给“社区“两委”主干示范培训班（2026 年第 4 期）”（赵文斌，2026-11-24 排定）。请换场地或换时间。',
    );
  });

  it('save once when a form is sent twice', async () => {
    const keys = await formOf(city, '/classes/new', '/classes/new');
    const body = { ...keys, ...typed({ place: '市委党校 1 号楼 204', name: '只存一次的班' }) };
    const [one, two] = [await city.post('/classes/new').type('form').send(body), await city.post('/classes/new').type('form').send(body)];
    expect([one.status, two.status, two.headers['location']]).to.deep.equal([303, 303, one.headers['location']]);
    expect(await at.deps.classes.count(all, { search: '只存一次的班' })).to.equal(1);
  });

  it('answer a stale edit with 409, and keep capacity above the places taken', async () => {
    const of = await made({ name: '改两次的班' }, ['2026-12-10', '2026-12-10']);
    await put(
      of,
      at.fixture.workers.slice(0, 3).map((worker) => worker.id),
    );
    const page = load((await city.get(`/classes/${of.id}/edit`)).text);
    const rows = Object.fromEntries(
      ['sessionId', 'sessionDay', 'sessionTitle', 'sessionLecturer', 'sessionHours'].map((name) => [
        name,
        page(`input[name=${name}]`)
          .get()
          .map((one) => one.attribs['value'] ?? ''),
      ]),
    );
    const body = {
      ...typed({
        ...rows,
        sessionHalf: ['AM', 'PM'],
        firstDay: '2026-12-10',
        lastDay: '2026-12-10',
        nominateBy: '',
        place: '',
        capacity: '2',
        [`seat-${at.fixture.county.id}`]: '',
        [`seat-${at.fixture.otherCounty.id}`]: '',
      }),
    };
    const missing = await sendForm(city, `/classes/${of.id}/edit`, body);
    expect(errorsOf(missing.text)).to.deep.equal(['请填写地点']);
    const small = await sendForm(city, `/classes/${of.id}/edit`, { ...body, place: '三楼会议室' });
    expect(errorsOf(small.text)).to.deep.equal(['名额 2 席少于已占的 3 席。请改到 3 席以上，或先请人退出。']);
    const good = { ...body, place: '三楼会议室', capacity: '5' };
    expect((await sendForm(city, `/classes/${of.id}/edit`, good)).status).to.equal(303);
    const stale = await sendForm(city, `/classes/${of.id}/edit`, { ...good, version: String(of.version), capacity: '58' });
    expect(stale.status).to.equal(409);
    expect(load(stale.text)('main').text())
      .to.include('赵文斌')
      .and.match(/58\s*5\b/);
  });
});
