import { expect } from 'chai';
import { load } from 'cheerio';
import type { CalendarYear } from '../../server/exams/calendar.rules.js';
import { formOf, startTestApp, type Agent, type TestApp } from '../support/app.js';

describe('the exam calendar and its pass marks', () => {
  let app: TestApp;
  let city: Agent;
  before(async () => {
    app = await startTestApp();
    city = await app.signIn('city');
  });
  after(() => app.close());

  const problemsOf = (html: string) => [...html.matchAll(/<li><a href="#f-(\w+)">([^<]+)/g)].map((match) => [match[1], match[2]]);
  const lineOf = async (year: number) => (await app.deps.examCalendar.years()).find((one) => one.year === year)!;
  const send = async (agent: Agent, address: string, form: string, typed: Record<string, string>) =>
    agent
      .post(form)
      .type('form')
      .send({ ...(await formOf(agent, address, form)), ...typed });
  /** What the form of a year shows and a browser sends along. */
  const shownOf = ({ firstDay, lastDay, resultsOn, source }: CalendarYear) => ({
    firstDay: firstDay ?? '',
    lastDay: lastDay ?? '',
    resultsOn: resultsOn ?? '',
    source,
  });
  const trail = (action: string) => app.deps.db.collection('audit_rows').find({ action }).toArray();

  it('lists every year that ships, with its source, and the national mark in a sentence', async () => {
    const page = (await city.get('/exam-years')).text;
    const years = await app.deps.examCalendar.years();
    expect(years.map((line) => line.year)).to.include.members([2018, 2026]);
    for (const line of years) expect(page, String(line.year)).to.include(`${line.year} 年`).and.to.include(line.source);
    expect(page).to.include('各科 60 分').and.to.include('没有单独的合格线');
  });

  it('lets the county read, and change neither a year nor a mark', async () => {
    const county = await app.signIn('county');
    const page = await county.get('/exam-years');
    expect(page.status).to.equal(200);
    expect(page.text).not.to.include('/exam-years/new').and.not.to.include('/exam-years/marks/new');
    const line = await lineOf(2026);
    for (const address of ['/exam-years/new', '/exam-years/marks/new', `/exam-years/${line.id}`])
      expect((await county.get(address)).status, address).to.equal(403);
    const { _csrf = '' } = await formOf(county, '/account');
    for (const address of ['/exam-years', '/exam-years/marks', `/exam-years/${line.id}`])
      expect((await county.post(address).type('form').send({ _csrf })).status, address).to.equal(403);
    expect(await lineOf(2026)).to.deep.equal(line);
  });

  it('keeps nothing of the calendar from those who have no policies to read', async () => {
    for (const login of ['township', 'teacher', 'security'])
      expect((await (await app.signIn(login)).get('/exam-years')).status, login).to.equal(403);
  });

  it('changes a year with its source, writes field by field in the trail, and shows it', async () => {
    const line = await lineOf(2026);
    const address = `/exam-years/${line.id}`;
    const answer = await send(city, address, address, { ...shownOf(line), resultsOn: '2026年8月5日', source: '省人事考试中心公告' });
    expect(answer.status, answer.text).to.equal(303);
    const page = (await city.get('/exam-years')).text;
    expect(page).to.include('2026-08-05').and.to.include('省人事考试中心公告').and.to.include('已保存 2026 年考试安排');
    const [row] = await trail('examYear.changed');
    expect([row?.['changes'], row?.['reason']]).to.deep.equal([
      [{ field: 'resultsOn', from: null, to: '2026-08-05' }],
      '省人事考试中心公告',
    ]);
  });

  it('answers a lost race with 409 and leaves what the other wrote', async () => {
    const line = await lineOf(2025);
    const address = `/exam-years/${line.id}`;
    const stale = { ...(await formOf(city, address, address)), ...shownOf(line) };
    expect((await send(city, address, address, { ...shownOf(line), source: '先改的' })).status).to.equal(303);
    const late = await city
      .post(address)
      .type('form')
      .send({ ...stale, source: '后改的' });
    expect(late.status).to.equal(409);
    const said = load(late.text);
    expect(said('tbody tr').text()).to.equal('依据文件后改的先改的');
    expect(said('.btn-main').attr('href')).to.equal(address);
    expect((await lineOf(2025)).source).to.equal('先改的');
  });

  it('keeps what was typed and says what is wrong with a year', async () => {
    const answer = await send(city, '/exam-years/new', '/exam-years', { year: '2027', firstDay: '五月下旬', source: '' });
    expect(answer.status).to.equal(422);
    expect(problemsOf(answer.text)).to.deep.equal([
      ['firstDay', '“五月下旬”不是日期。请写成 2027-05-22。'],
      ['source', '没有写依据文件。'],
    ]);
    expect(answer.text).to.include('value="五月下旬"').and.to.include('value="2027"');
    const again = await send(city, '/exam-years/new', '/exam-years', { year: '2026', firstDay: '2026-05-23', source: '通知' });
    expect([again.status, problemsOf(again.text).map(([field]) => field)]).to.deep.equal([422, ['year']]);
  });

  it('says what is wrong with a mark, and shows a regional one with its day of announcement', async () => {
    const form = '/exam-years/marks';
    const typed = {
      year: '2026',
      subject: 'S_PRAC',
      divisionId: app.fixture.county.id,
      mark: '54',
      announcedOn: '2026-09-15',
      source: '单独划线通知',
    };
    const refused = await send(city, '/exam-years/marks/new', form, { ...typed, mark: '六十', announcedOn: '2027-01-01', source: '' });
    expect([refused.status, problemsOf(refused.text)]).to.deep.equal([
      422,
      [
        ['mark', '合格线应是整数，例如 60。'],
        ['source', '没有写依据文件。'],
      ],
    ]);
    expect(refused.text).to.include('value="六十"');
    const early = await send(city, '/exam-years/marks/new', form, { ...typed, announcedOn: '2027-01-01' });
    expect([early.status, problemsOf(early.text)]).to.deep.equal([422, [['announcedOn', '公布日期 2027-01-01 还没有到。']]]);
    expect((await send(city, '/exam-years/marks/new', form, typed)).status).to.equal(303);
    const page = (await city.get('/exam-years')).text;
    expect(page).to.include('54 分，2026-09-15 公布').and.to.include('单独划线通知').and.to.include('0 人的结论因此改变');
    const twice = await send(city, '/exam-years/marks/new', form, typed);
    expect([twice.status, problemsOf(twice.text)]).to.deep.equal([422, [['announcedOn', '2026-09-15 已公布过这一科的合格线。']]]);
  });
});
