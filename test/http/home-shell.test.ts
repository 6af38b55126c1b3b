import { expect } from 'chai';
import { load } from 'cheerio';
import { startTestApp, type TestApp } from '../support/app.js';
import { coverageActs } from './coverageActs.js';

describe('the shell around every page', () => {
  let at: TestApp;
  before(async () => {
    at = await startTestApp();
    await at.settle();
  });
  after(() => at.close());

  const people = ['city', 'county', 'township', 'teacher', 'worker', 'system', 'security', 'audit'];

  for (const login of people) {
    it(`has no link in the menu of ${login} that leads nowhere`, async () => {
      const agent = await at.signIn(login);
      const page = load((await agent.get('/account')).text);
      const links = page('nav.side a[href^="/"], .bottom-nav a').toArray();
      const hrefs = [...new Set(links.map((link) => page(link).attr('href') ?? ''))];
      expect(hrefs.length).to.be.greaterThan(0);
      const dead: string[] = [];
      for (const href of hrefs) {
        const { status } = await agent.get(href);
        if (status !== 200 && status !== 303) dead.push(`${href} ${String(status)}`);
      }
      expect(dead).to.deep.equal([]);
    });
  }

  it('leads to the own account, out, and to what was searched', async () => {
    const agent = await at.signIn('county');
    const page = load((await agent.get('/search?q=zhang&year=2025')).text);
    expect(page('.who a[href="/account"]').text()).to.include('账号');
    expect(page('.who form[action="/sign-out"]').length).to.equal(1);
    const search = page('.topbar-search');
    const typed = [search.attr('action'), search.find('input[name=q]').attr('value'), search.find('input[name=year]').attr('value')];
    expect(typed).to.deep.equal(['/search', 'zhang', '2025']);
  });

  it('finds people, classes and places of the own area by one word', async () => {
    const one = at.fixture.workers.find((worker) => worker.divisionPath.includes(at.fixture.county.id))!;
    const foreign = at.fixture.workers.find((worker) => !worker.divisionPath.includes(at.fixture.county.id))!;
    const of = await coverageActs(at).arrange([one.id], ['2026-12-08', '2026-12-08'], { name: '县级兜底第 8 期' });
    const agent = await at.signIn('county');
    const search = async (q: string): Promise<string[]> => {
      const page = load((await agent.get(`/search?q=${encodeURIComponent(q)}`)).text);
      return page('main section a.in-text')
        .toArray()
        .map((link) => `${page(link).text()} ${(page(link).attr('href') ?? '').split('?')[0] ?? ''}`);
    };
    expect(await search(one.name)).to.include(`${one.name} /workers/${one.id}`);
    expect((await search(foreign.name)).filter((line) => line.includes(foreign.id))).to.deep.equal([]);
    expect(await search('兜底')).to.include(`${of.name} /classes/${of.id}`);
    expect(await search('东泰')).to.include('东泰社区 /coverage');
    for (const empty of ['', ' ', '***', '没有这样的人']) expect(await search(empty), empty).to.deep.equal([]);
    const nobody = load((await agent.get('/search?q=%E6%B2%A1%E6%9C%89%E8%BF%99%E6%A0%B7%E7%9A%84%E4%BA%BA')).text);
    expect(nobody('.empty').text()).to.include('没有找到“没有这样的人”').and.to.include('手机尾号');
  });

  it('gives the pickers of place and year to those who work with an area, and only inside it', async () => {
    const county = load((await (await at.signIn('county')).get('/')).text);
    const labels = county('.picker')
      .first()
      .find('li')
      .toArray()
      .map((one) => county(one).text().trim());
    expect(labels).to.include('繁峙县').and.to.include('繁城镇').and.to.not.include('忻府区').and.to.not.include('忻州市');
    for (const login of ['system', 'audit', 'worker']) {
      expect(load((await (await at.signIn(login)).get('/account')).text)('.picker').length, login).to.equal(0);
    }
  });

  it('tells the system administrator which database is in use, and nobody else', async () => {
    const seen = async (login: string): Promise<boolean> => (await (await at.signIn(login)).get('/account')).text.includes('test store');
    expect([await seen('system'), await seen('county'), await seen('security')]).to.deep.equal([true, false, false]);
  });
});
