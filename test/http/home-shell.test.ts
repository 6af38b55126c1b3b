import { expect } from 'chai';
import { load } from 'cheerio';
import { startTestApp, type TestApp } from '../support/app.js';

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
    const page = load((await agent.get('/workers?q=zhang&year=2025')).text);
    expect(page('.who a[href="/account"]').text()).to.include('账号');
    expect(page('.who form[action="/sign-out"]').length).to.equal(1);
    const search = page('.topbar-search');
    expect([
      search.attr('action'),
      search.find('input[name=q]').attr('value'),
      search.find('input[name=year]').attr('value'),
    ]).to.deep.equal(['/workers', 'zhang', '2025']);
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
