import { expect } from 'chai';
import { load, type CheerioAPI } from 'cheerio';
import { systemScope } from '../../server/platform/scope.js';
import { systemActor } from '../../server/platform/transactions.js';
import type { Worker } from '../../server/workers/worker.rules.js';
import { civilDay } from '../../server/platform/civilDays.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { planOf } from '../support/classes.js';
import { coverageActs } from './coverageActs.js';

const all = systemScope('test');
const actor = systemActor('test');
const squeezed = (text: string): string => text.replace(/\s+/g, ' ').trim();

describe('the first page of each role', () => {
  let at: TestApp;
  let county: readonly Worker[];
  before(async () => {
    at = await startTestApp();
    await at.settle();
    county = at.fixture.workers.filter((one) => one.divisionPath.includes(at.fixture.county.id));
    const acts = coverageActs(at);
    await acts.complete(
      county.slice(0, 12).map((one) => one.id),
      ['2026-10-10', '2026-10-11'],
      { name: '县级兜底第 2 期' },
    );
    await acts.arrange(
      county.slice(12, 16).map((one) => one.id),
      ['2026-12-01', '2026-12-02'],
      { name: '县级兜底第 9 期', place: '县委党校' },
    );
  });
  after(() => at.close());

  const open = async (login: string, address = '/'): Promise<CheerioAPI> => load((await (await at.signIn(login)).get(address)).text);
  const main = (page: CheerioAPI): string => squeezed(page('main').text());
  const stats = (page: CheerioAPI): Record<string, string> =>
    Object.fromEntries(
      page('.stat')
        .toArray()
        .map((one) => [squeezed(page(one).find('.stat-label').text()), squeezed(page(one).find('.stat-value').text())]),
    );

  it('is its own work: whose work is elsewhere is led there', async () => {
    const elsewhere = { teacher: '/today', worker: '/me', system: '/accounts', security: '/grants', audit: '/trail' };
    for (const [login, to] of Object.entries(elsewhere)) {
      const answer = await (await at.signIn(login)).get('/');
      expect([answer.status, answer.headers['location']], login).to.deep.equal([303, to]);
    }
  });

  it('tells the city who is missing, how many, by when, and in which counties', async () => {
    const page = await open('city');
    expect(squeezed(page('h1').text())).to.equal('忻州市 · 11 月 24 日 周二');
    expect(main(page)).to.include('离 2026 年 12 月 31 日还有 37 天').and.to.include('还差 48 人没有训。其中 44 人没有任何安排');
    expect(stats(page)).to.include({ 年度培训覆盖率: '20.0%', 未训: '48人', '已报名、待上课': '4人', 没有任何安排: '44人' });
    const rows = page('section:contains("还有人未训的地方") tbody tr')
      .toArray()
      .map((row) => squeezed(page(row).text()));
    expect(rows[0]).to.match(/^忻府区\s?30\s?0\s?30/);
    expect(rows[1]).to.match(/^繁峙县\s?18\s?4\s?14/);
    expect(main(page)).to.include('县级兜底第 9 期').and.to.include('12-01 至 12-02').and.to.not.include('县级兜底第 2 期');
  });

  it('every number opens a list with as many people', async () => {
    const agent = await at.signIn('city');
    const page = await open('city');
    const links = page('main a[href^="/coverage/people"]')
      .toArray()
      .map((one) => ({ href: page(one).attr('href') ?? '', text: page(one).find('.stat-value').text() || page(one).text() }));
    expect(links.length).to.be.greaterThan(8);
    for (const { href, text } of links) {
      const count = Number(/[\d,]+/.exec(text)?.[0]?.replace(',', ''));
      const list = load((await agent.get(href)).text);
      const total = /共 ([\d,]+) 条/.exec(list('main').text())?.[1];
      expect(total === undefined ? list('main tbody tr').length : Number(total.replace(',', '')), `${href}: ${text}`).to.equal(count);
    }
  });

  it('gives the county names, who has nothing arranged first, and keeps other counties out', async () => {
    const page = await open('county');
    const rows = page('section:contains("先办这些人") tbody tr')
      .toArray()
      .map((row) => squeezed(page(row).text()));
    expect(rows).to.have.length(8);
    for (const row of rows) expect(row).to.include('无安排');
    expect(main(page)).to.include('全部 18 人').and.to.include('还差 18 人没有训。其中 14 人没有任何安排');
    expect(main(page)).to.not.include('忻府区');
    const person = page('section:contains("先办这些人") tbody a').attr('href') ?? '';
    expect((await (await at.signIn('county')).get(person)).status).to.equal(200);
  });

  it('gives the township its own people and classes', async () => {
    const page = await open('township');
    const here = at.fixture.workers.filter((one) => one.divisionPath.includes(at.fixture.township.id)).length;
    expect(Number.parseInt(stats(page)['未训'] ?? '', 10)).to.be.lessThan(here + 1);
    expect(squeezed(page('nav.side').text()))
      .to.include('本乡未训')
      .and.to.include('乡镇班次')
      .and.to.not.include('导入');
  });

  it('lists what waits for an act, and the menu counts the same', async () => {
    const [one] = county;
    const shown = (await open('county'))('section:contains("先办这些人") tbody a').first().attr('href') ?? '';
    const asking = /[0-9a-f]{24}/.exec(shown)?.[0] ?? '';
    await at.deps.transact(actor, async (tx) => {
      await at.deps.corrections.raise(tx, all, { workerId: one!.id, topic: 'phone', text: '号码换了' });
      await at.deps.exemptions.request(tx, all, {
        workerId: asking,
        reason: '产假',
        from: '2026-11-01' as never,
        to: '2027-01-31' as never,
      });
    });
    const officer = await open('county');
    expect(squeezed(officer(`section:contains("先办这些人") tbody tr:has(a[href*="${asking}"])`).text())).to.include('待核实');
    expect(squeezed(officer('#todos').text()))
      .to.include('更正待答复1 件')
      .and.to.not.include('免训');
    expect(squeezed(officer('nav.side a[href="/corrections"]').text())).to.match(/1$/);
    expect(squeezed(officer('nav.side a[href="/untrained"]').text())).to.match(/18$/);
    const city = await open('city');
    expect(squeezed(city('#todos').text()))
      .to.include('免训申请待审1 件')
      .and.to.include('更正待答复1 件');
    const other = await open('county2');
    expect(squeezed(other('#todos').text())).to.not.include('更正');
    for (const page of [officer, city, other]) {
      const listed = page('#todos .flag-end')
        .toArray()
        .reduce((sum, end) => sum + Number.parseInt(page(end).text().replace(',', ''), 10), 0);
      expect(squeezed(page('.topbar-end > a').text())).to.equal(`待办 ${String(listed)}`);
    }
  });

  it('tells the county of classes that wait for its people, until there is no seat left for them', async () => {
    const invite = async (name: string, capacity: number): Promise<string> => {
      const plan = planOf(at.fixture, { name, capacity, audience: [at.fixture.county.id], nominateBy: civilDay('2026-12-05') }, [
        '2026-12-15',
        '2026-12-15',
      ]);
      return at.deps.transact(actor, async (tx) => {
        const created = await at.deps.classes.create(tx, all, plan);
        if (!created.ok) throw new Error(JSON.stringify(created.problems));
        await at.deps.classes.act(tx, all, { id: created.trainingClass.id, version: 1, action: 'PUBLISH', reason: '' });
        return created.trainingClass.id;
      });
    };
    await invite('市级示范第 5 期', 1);
    const full = await invite('市级示范第 6 期', 1);
    await at.deps.transact(actor, (tx) =>
      at.deps.nominations.nominate(tx, all, {
        classId: full,
        nominees: [{ workerId: county[20]!.id, rank: 1, reason: '' }],
        confirm: true,
      }),
    );
    expect(squeezed((await open('county'))('#todos').text())).to.include('还有名额可提名的班次2 件');
    // 第 9 期 names no county, so every county under its owner may send people
    expect(squeezed((await open('county2'))('#todos').text())).to.include('还有名额可提名的班次1 件');
  });

  it('keeps to the division and year of the address', async () => {
    const page = await open('city', `/?area=${at.fixture.county.areaCode}&year=2025`);
    expect(squeezed(page('h1').text())).to.include('繁峙县');
    expect(main(page)).to.include('2025 年度');
    expect(page('nav.side a[href^="/coverage"]').attr('href')).to.equal(`/coverage?area=${at.fixture.county.areaCode}&year=2025`);
    expect((await (await at.signIn('county')).get(`/?area=${at.fixture.otherCounty.areaCode}`)).status).to.equal(404);
  });

  it('reads in English without a missing text', async () => {
    const page = load((await (await at.signIn('city')).get('/').set('Cookie', 'lang=en')).text);
    expect(main(page))
      .to.include('37 days to 31 December 2026')
      .and.to.not.match(/home\.|shell\./);
  });
});
