import { expect } from 'chai';
import { load } from 'cheerio';
import { civilDay } from '../../server/platform/civilDays.js';
import { openWorkbook, cellText } from '../../server/platform/files/xlsx.js';
import { systemScope } from '../../server/platform/scope.js';
import type { ClassPlan, TrainingClass } from '../../server/trainings/trainingClass.rules.js';
import { startTestApp, type Agent, type TestApp } from '../support/app.js';
import { download, errorsOf, makeClass, placePeople, sendForm } from '../support/classes.js';

const all = systemScope('test');

describe('pages of training classes', () => {
  let at: TestApp;
  let city: Agent;
  let county: Agent;
  before(async () => {
    at = await startTestApp();
    [city, county] = [await at.signIn('city'), await at.signIn('county')];
    await makeClass(at, { name: '只存一次的班' }, ['2026-12-14', '2026-12-14']);
  });
  after(() => at.close());

  const made = (changes: Partial<ClassPlan>, days: [string, string]): Promise<TrainingClass> => makeClass(at, changes, days);
  const put = (of: TrainingClass, workerIds: readonly string[]): Promise<void> => placePeople(at, of, workerIds);

  it('list, filter and count by the same conditions, and export the list', async () => {
    const page = load((await city.get('/classes?q=zcyc')).text);
    expect(page('tbody tr')).to.have.length(1);
    const tabs = page('.tabs a')
      .get()
      .map((one) => load(one).text().trim());
    expect(tabs[0]).to.match(/^全部\s+1$/);
    const empty = load((await city.get('/classes?year=2027')).text);
    expect(empty('.empty').text()).to.include('2027 年度还没有排班');
    const file = await download(city, '/classes/export');
    const book = await openWorkbook(file);
    expect(book.ok && book.sheets).to.deep.equal(['培训班计划表']);
  });

  it('count the year by tier and month, each number opening the list that sums to it', async () => {
    const page = load((await city.get('/calendar?month=2026-12')).text);
    const links = page('.plan a.heat')
      .get()
      .map((one) => ({ href: one.attribs['href'] ?? '', n: Number(load(one).text()) }));
    expect(links.length).to.be.greaterThan(0);
    for (const { href, n } of links) {
      const list = load((await city.get(href)).text);
      expect(list('.tabs a').first().text().replace(/\D/g, ''), href).to.equal(String(n));
    }
    expect(page('.cal .ev').text()).to.include('只存一次的班');
    expect((await city.get('/calendar?month=2026-13')).status).to.equal(200);
  });

  it('ask before harm, with the number of people and of those without another class', async () => {
    const [of, other] = [
      await made({ name: '要取消的班' }, ['2026-12-17', '2026-12-17']),
      await made({ name: '另一个班' }, ['2026-12-18', '2026-12-18']),
    ];
    const people = at.fixture.workers.slice(10, 13).map((worker) => worker.id);
    await put(of, people);
    await put(other, people.slice(0, 1));
    const page = load((await city.get(`/classes/${of.id}/cancellation`)).text);
    expect(page('.confirm ul').text()).to.include('3 人会失去这个班').and.include('其中 2 人在 2026 年底前没有别的班可上');
    expect(page('.btn-harm-final').text()).to.equal('取消班次，影响 3 人');
    const bare = await sendForm(city, `/classes/${of.id}/cancellation`, { reason: '' });
    expect([bare.status, errorsOf(bare.text)]).to.deep.equal([422, ['请填写原因']]);
    const done = await sendForm(city, `/classes/${of.id}/cancellation`, { reason: '人数不足' });
    expect(done.status).to.equal(303);
    const after = load((await city.get(String(done.headers['location']))).text);
    expect(after('[role=status]').text()).to.include('已取消“要取消的班”，3 人的占席已释放');
    expect(after('.notice.warn').text()).to.include('人数不足');
  });

  it('move a class by its first day, and refuse with the names of who is busy then', async () => {
    const [of, other] = [
      await made({ name: '要改期的班' }, ['2026-12-21', '2026-12-22']),
      await made({ name: '占着的班' }, ['2026-12-24', '2026-12-24']),
    ];
    const person = at.fixture.workers[15]!;
    await put(of, [person.id]);
    await put(other, [person.id]);
    const busy = await sendForm(city, `/classes/${of.id}/rescheduling`, { firstDay: '2026-12-23', reason: '停电' });
    expect(errorsOf(busy.text)).to.deep.equal([`改后的时间里有 1 人已在别的班：${person.name}。请先让他们退出其中一个班，或换个时间。`]);
    const moved = await sendForm(city, `/classes/${of.id}/rescheduling`, { firstDay: '2026-12-28', reason: '停电' });
    expect(moved.status).to.equal(303);
    const stored = await at.deps.classes.byId(all, of.id);
    expect([stored.firstDay, stored.lastDay, stored.sessions.at(-1)?.slot]).to.deep.equal(['2026-12-28', '2026-12-29', '2026-12-29-PM']);
  });

  it('show a county the class it is invited to and its own people in it, and nothing of a class it is not invited to', async () => {
    const { county: own, otherCounty, workers } = at.fixture;
    const quotas = [
      { divisionId: own.id, seats: 5 },
      { divisionId: otherCounty.id, seats: 5 },
    ];
    const of = await made({ name: '两县的班', capacity: 10, quotas, audience: [own.id, otherCounty.id] }, ['2026-12-30', '2026-12-30']);
    const [mine, foreign] = [
      workers.filter((worker) => worker.divisionPath.includes(own.id)).slice(20, 22),
      workers.filter((worker) => worker.divisionPath.includes(otherCounty.id)).slice(20, 23),
    ];
    await put(
      of,
      [...mine, ...foreign].map((worker) => worker.id),
    );
    const page = load((await county.get(`/classes/${of.id}/people`)).text);
    expect(page('tbody tr')).to.have.length(2);
    expect(page.text()).to.include(mine[0]!.name).and.not.include(foreign[0]!.name);
    const whole = load((await county.get(`/classes/${of.id}`)).text);
    expect(whole('.tbl.dense tbody tr')).to.have.length(1);
    expect((await county.get(`/classes/${of.id}/edit`)).status).to.equal(403);
    const onlyOther = await made({ name: '别县的班', audience: [otherCounty.id], quotas: [{ divisionId: otherCounty.id, seats: 60 }] }, [
      '2026-12-31',
      '2026-12-31',
    ]);
    for (const path of ['', '/people', '/notice', '/nominations', '/edit', '/cancellation'])
      expect((await county.get(`/classes/${onlyOther.id}${path}`)).status, path).to.equal(404);
  });

  it('print the notice with its papers numbered by what there is, and give name list and seats as a workbook', async () => {
    const { county: own, workers } = at.fixture;
    const quotas = [{ divisionId: own.id, seats: 60 }];
    const of = await made(
      { name: '要发通知的班', quotas, audience: [own.id], nominateBy: civilDay('2026-12-01'), noticeNo: '忻社工发〔2026〕12号' },
      ['2026-12-07', '2026-12-11'],
    );
    const bare = load((await city.get(`/classes/${of.id}/notice`)).text);
    expect(bare('.sheet')).to.have.length(3);
    expect(bare('.sheet').first().text())
      .to.include('分配见附件 1')
      .and.include('课程安排见附件 2')
      .and.include('本班最多可请假 1 个半天')
      .and.include('定于 2026 年 12 月 7 日至 12 月 11 日举办')
      .and.include('2026 年 12 月 7 日（周一）');
    // how many pages a paper fills is known to the printer alone
    expect(bare('.sheet-foot').text()).to.not.include('页');
    const people = workers.filter((worker) => worker.divisionPath.includes(own.id)).slice(25, 28);
    await put(
      of,
      people.map((worker) => worker.id),
    );
    const full = load((await city.get(`/classes/${of.id}/notice`)).text);
    expect(full('.sheet').first().text()).to.include('名单见附件 2').and.include('课程安排见附件 3');
    expect(full('.sheet').eq(2).text()).to.include('附件 2').and.include(people[0]!.name);
    const file = await download(city, `/classes/${of.id}/notice/export`);
    const book = await openWorkbook(file);
    if (!book.ok) throw new Error('no workbook');
    expect(book.sheets).to.deep.equal(['参训人员名单', '名额分配表']);
    const cells: string[] = [];
    for await (const row of book.rows('参训人员名单')) cells.push(...row.cells.map(cellText));
    for (const person of people) expect(cells).to.include(person.name);
  });

  it('enter a class held elsewhere with people found in the roster', async () => {
    const person = at.fixture.workers[55]!;
    const fields = {
      name: '全省社区党组织书记示范班',
      tier: 'PROVINCE',
      purpose: 'DEMONSTRATION',
      organiser: '省委社会工作部',
      place: '太原',
      firstDay: '2026-05-11',
      firstHalf: 'AM',
      lastDay: '2026-05-15',
      lastHalf: 'PM',
      hours: '40',
      evidence: '结业证书 2026-031',
    };
    const searched = load((await sendForm(city, '/classes/external/new', { ...fields, step: 'search', q: person.name })).text);
    expect(searched(`input[name=workerIds][value=${person.id}]`)).to.have.length(1);
    const nobody = await sendForm(city, '/classes/external/new', fields);
    expect(errorsOf(nobody.text)).to.deep.equal(['还没有结业的人。请从花名册找到并勾选。']);
    const ahead = await sendForm(city, '/classes/external/new', {
      ...fields,
      firstDay: '2026-12-29',
      lastDay: '2026-12-29',
      workerIds: person.id,
    });
    expect(errorsOf(ahead.text)).to.deep.equal(['结束日期 2026-12-29 还没到。只能登记已经结束的班。']);
    const saved = await sendForm(city, '/classes/external/new', { ...fields, workerIds: person.id });
    expect(saved.status).to.equal(303);
    const address = String(saved.headers['location']);
    const page = load((await city.get(`${address}/people`)).text);
    expect(page('tbody tr').text()).to.include(person.name).and.include('已结业');
    const href = page('tbody a.part').attr('href') ?? '';
    const struck = await sendForm(city, href, { reason: '同名登错' });
    expect(struck.status).to.equal(303);
    expect((await at.deps.classes.byId(all, address.split('/').at(-1) ?? '')).takenSeats).to.equal(0);
  });

  it('list a teacher the own classes only', async () => {
    const teacher = await at.signIn('teacher');
    const mine = await made({ name: '我带的班', teacherAccountId: at.fixture.accounts['teacher']!, teacherName: '孟晓东' }, [
      '2026-12-02',
      '2026-12-03',
    ]);
    const page = load((await teacher.get('/my-classes')).text);
    expect(page('.flag').text()).to.include('我带的班').and.not.include('占着的班');
    expect((await teacher.get(`/classes/${mine.id}`)).status).to.equal(200);
    const other = await made({ name: '别人的班' }, ['2026-12-03', '2026-12-03']);
    expect((await teacher.get(`/classes/${other.id}`)).status).to.equal(404);
  });
});
