import { expect } from 'chai';
import { load, type CheerioAPI } from 'cheerio';
import { civilDay } from '../../server/platform/civilDays.js';
import { newId } from '../../server/platform/ids.js';
import { systemScope } from '../../server/platform/scope.js';
import { systemActor } from '../../server/platform/transactions.js';
import type { Subject } from '../../server/exams/passes.rules.js';
import type { Worker } from '../../server/workers/worker.rules.js';
import { formOf, hiddenFields, startTestApp, type Agent, type TestApp } from '../support/app.js';
import { coverageActs } from './coverageActs.js';

const all = systemScope('test');
const actor = systemActor('test');
const text = (page: CheerioAPI, selector: string): string => page(selector).text().replace(/\s+/g, ' ').trim();

describe('the pages of a worker', () => {
  let at: TestApp;
  let agent: Agent;
  let own: Worker;
  let acts: ReturnType<typeof coverageActs>;
  before(async () => {
    at = await startTestApp();
    await at.settle();
    acts = coverageActs(at);
    agent = await at.signIn('worker');
    own = at.fixture.workers.filter((one) => one.divisionId === at.fixture.communities[0]?.id).at(-1)!;
  });
  after(() => at.close());

  const open = async (address: string): Promise<CheerioAPI> => load((await agent.get(address)).text);
  const card = (page: CheerioAPI, heading: string): string => text(page, `section:has(h2:contains("${heading}"))`);

  it('begin with the own name and what is owed, with its date', async () => {
    expect((await agent.get('/')).headers['location']).to.equal('/me');
    const page = await open('/me');
    expect(text(page, 'h1')).to.equal(`${own.name}，您好`);
    expect(text(page, '.phone-bar p')).to.include('东泰社区');
    const tasks = card(page, '件事');
    expect(tasks)
      .to.include('完成 1 个计入年度覆盖的班次')
      .and.to.include('还没有安排')
      .and.to.include('12 月 31 日前')
      .and.to.include('剩 37 天');
    expect(tasks)
      .to.include('补足今年的学时')
      .and.to.match(/还差 \d+/);
    expect(text(page, '.bottom-nav [aria-current]')).to.equal('首页');
  });

  it('tell what is arranged and when the next class is', async () => {
    const of = await acts.arrange([own.id], ['2026-12-08', '2026-12-09'], { place: '县委党校三楼会议室' });
    const page = await open('/me');
    expect(card(page, '件事')).to.include(`已报名：12-09 结束的 ${of.name}`);
    const next = card(page, '下一次课');
    expect(next)
      .to.include('8')
      .and.to.include('12 月')
      .and.to.include('周二')
      .and.to.include('上午报到')
      .and.to.include('2 天 16 学时')
      .and.to.include('县委党校三楼会议室');
    expect(card(page, '2026 年学时')).to.include('上完 12-09 的班为 16');
    const classes = await open('/me/classes');
    expect(card(classes, '要上的')).to.include(of.name).and.to.include('12-08 至 12-09').and.to.include('16 学时');
  });

  it('show a completed class with its hours, and the year as covered', async () => {
    const of = await acts.complete([own.id], ['2026-11-10', '2026-11-11'], { name: '县级兜底第 3 期' });
    const page = await open('/me');
    expect(card(page, '件事')).to.not.include('计入年度覆盖');
    const required = Number(/16 \/ (\d+) 学时/.exec(card(page, '2026 年学时'))?.[1]);
    expect(Number.parseFloat(page('.meter .b1').first().attr('width') ?? '')).to.be.closeTo((16 / required) * 100, 1);
    const past = card(await open('/me/classes'), '2026 年');
    expect(past).to.include(of.name).and.to.include('已结业').and.to.include('计 16 学时');
  });

  it('show exam subjects, until when they count, the certificate and its registration', async () => {
    const { deps } = at;
    const attempt = (subject: Subject, passed: boolean, score: number) => ({
      workerId: own.id,
      divisionPath: own.divisionPath,
      year: 2026,
      level: 'SOCIAL_WORKER' as const,
      subject,
      sat: true,
      score,
      passed,
      eligibleThatYear: true,
      decidedOn: civilDay('2026-09-01'),
      source: '成绩单',
    });
    const registration = {
      id: newId(),
      source: '登记表',
      recordedAt: new Date(),
      recordedBy: 't',
      from: civilDay('2024-01-16'),
      validThrough: civilDay('2027-01-15'),
      level: 'ASSISTANT',
      kind: 'FIRST',
    } as const;
    await deps.transact(actor, async (tx) => {
      const year = (await deps.examCalendar.years(tx)).find((line) => line.year === 2026)!;
      const { id, version, firstDay, lastDay } = year;
      const window = { divisionId: at.fixture.city.id, from: civilDay('2026-04-01'), to: civilDay('2026-04-15') };
      const changed = await deps.examCalendar.changeYear(tx, {
        id,
        version,
        year: 2026,
        firstDay,
        lastDay,
        resultsOn: civilDay('2026-09-01'),
        window,
        windowDivisionId: at.fixture.city.id,
        source: '公告',
      });
      expect(changed.ok).to.equal(true);
      await deps.certificates.addHistoric(tx, [
        {
          workerId: own.id,
          divisionPath: own.divisionPath,
          level: 'ASSISTANT',
          managementNo: '20230600001404417',
          title: '',
          obtainedOn: civilDay('2023-09-10'),
          examYear: 2023,
          reviewPassed: true,
          registrations: [registration],
          ce: [],
        },
      ]);
      await deps.exams.addHistoric(tx, [attempt('S_COMP', true, 72), attempt('S_LAW', true, 65), attempt('S_PRAC', false, 54)]);
    });
    await at.settle();
    const page = await open('/me');
    const exam = card(page, '社会工作师（中级）考试');
    expect(exam).to.include('综合能力2026 年 72 分').and.to.include('已过').and.to.include('2027 年考试仍算');
    expect(exam).to.include('实务2026 年 54 分').and.to.include('未过').and.to.include('2027 年须通过');
    const certificate = card(page, '我的证书');
    expect(certificate)
      .to.include('助理社会工作师')
      .and.to.include('再登记窗口期')
      .and.to.include('登记有效期至 2027-01-15')
      .and.to.include('管理号 ****4417');
    expect(certificate).to.not.include('20230600001404417');
    const tasks = card(page, '件事');
    expect(tasks).to.include('2027 年考实务（中级）').and.to.include('最后机会：不过，综合能力、法规与政策的成绩作废');
    expect(tasks).to.include('证书再登记').and.to.include('还差 72').and.to.include('1 月 15 日前').and.to.include('剩 52 天');
    const certificates = await open('/me/certificates');
    expect(card(certificates, '历年成绩')).to.include('实务（中级）2026 年 54 分');
    expect(card(certificates, '登记')).to.include('2024-01-16 至 2027-01-15');
    expect(card(certificates, '继续教育')).to.include('0 / 72');
  });

  it('say that something is wrong: refused when empty, answered by the county, seen by the worker', async () => {
    const empty = await agent
      .post('/me/corrections')
      .type('form')
      .send({ ...(await formOf(agent, '/me/corrections', '/me/corrections')), text: '   ' });
    expect(empty.status).to.equal(422);
    expect(text(load(empty.text), '.error-box'))
      .to.include('请选哪一项不对')
      .and.to.include('请写哪里不对');
    const form = await formOf(agent, '/me/corrections', '/me/corrections');
    const typed = { ...form, topic: 'service', text: '入职时间应为 2021-06-01' };
    expect((await agent.post('/me/corrections').type('form').send(typed)).headers['location']).to.equal('/me/corrections');
    expect((await agent.post('/me/corrections').type('form').send(typed)).status).to.equal(303);
    const list = await open('/me/corrections');
    expect(list('section:contains("入职时间应为 2021-06-01")').length).to.equal(1);
    expect(text(list, 'section:first')).to.include('等县里答复');

    const county = await at.signIn('county');
    const row =
      load((await county.get('/corrections')).text)('a[href*="/corrections/"]')
        .first()
        .attr('href') ?? '';
    const answer = { ...(await formOf(county, row, row.split('?')[0])), answer: '已改为 2021-06-01。' };
    expect(
      (
        await county
          .post(`${row.split('?')[0] ?? ''}/answer`)
          .type('form')
          .send(answer)
      ).status,
    ).to.equal(303);

    const home = await agent.get('/me');
    expect(text(load(home.text), '.notice'))
      .to.include('入职时间或在岗状态')
      .and.to.include('已改为 2021-06-01。')
      .and.to.include('王秀兰');
    const id = (row.split('?')[0] ?? '').split('/').at(-1) ?? '';
    const other = await at.signIn('worker2');
    expect(
      (
        await other
          .post(`/me/corrections/${id}/reading`)
          .type('form')
          .send(await formOf(other, '/me/corrections', '/me/corrections'))
      ).status,
    ).to.equal(404);
    const seen = await agent
      .post(`/me/corrections/${id}/reading`)
      .type('form')
      .send(hiddenFields(home.text, `/me/corrections/${id}/reading`));
    expect(seen.status).to.equal(303);
    expect(text(await open('/me'), '.notice')).to.equal('');
    expect(text(await open('/me/corrections'), 'section:first')).to.include('已改为 2021-06-01。');
  });

  it('hold nobody else and no full number', async () => {
    for (const address of ['/workers', `/workers/${own.id}`, '/coverage', '/untrained', '/classes', '/certificates']) {
      const { status } = await agent.get(address);
      expect([403, 404], `${address} ${String(status)}`).to.include(status);
    }
    const { deps } = at;
    const { idNumber, phone } = await deps.transact(actor, (tx) => deps.workers.reveal(tx, all, { workerId: own.id, purpose: 'test' }));
    for (const address of ['/me', '/me/classes', '/me/certificates', '/me/corrections', '/account']) {
      const page = (await agent.get(address)).text;
      expect(page).to.not.include(idNumber);
      if (phone !== null) expect(page).to.not.include(phone);
      for (const other of at.fixture.workers.slice(0, 9))
        expect(page.includes(other.name) && other.name !== own.name, `${address} ${other.name}`).to.equal(false);
    }
  });

  it('are in English on request', async () => {
    const page = load((await agent.get('/me').set('Cookie', 'lang=en')).text);
    expect(text(page, 'h1')).to.equal(`Hello, ${own.name}`);
    expect(text(page, 'main')).to.not.match(/home\.|exams\./);
  });
});
