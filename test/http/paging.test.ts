import { expect } from 'chai';
import { load } from 'cheerio';
import { startTestApp, type TestApp } from '../support/app.js';
import { makeClass } from '../support/classes.js';

describe('a page behind the end of a list', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp();
    await makeClass(app, {}, ['2026-12-14', '2026-12-14']);
    await app.settle();
  });
  after(() => app.close());

  for (const [login, address] of [
    ['city', '/workers?size=10&q='],
    ['city', '/untrained?tab=unarranged'],
    ['city', '/classes'],
    ['system', '/accounts?size=10'],
    ['audit', '/trail?kind=class'],
  ] as const) {
    it(`of ${address} is its last page, under the same conditions`, async () => {
      const agent = await app.signIn(login);
      const asked = new URL(address, 'http://host');
      asked.searchParams.set('page', '9999');
      const answer = await agent.get(`${asked.pathname}${asked.search}`);
      expect(answer.status).to.equal(303);
      const page = load((await agent.get(String(answer.headers['location']))).text);
      expect(page('tbody tr').length).to.be.greaterThan(0);
      const last = new URL(String(answer.headers['location']), 'http://host').searchParams;
      for (const [name, value] of new URL(address, 'http://host').searchParams) expect(last.get(name), name).to.equal(value);
      expect(page('.pages [aria-current]').text().trim()).to.equal(last.get('page'));
    });
  }

  for (const [address, said] of [
    ['/codes', '没有符合条件的人'],
    ['/flags', '没有符合条件的预警'],
    ['/exams', '没有符合条件的人'],
    ['/certificates', '没有符合条件的人'],
  ] as const) {
    it(`of nothing under conditions does not say that there is nothing at all: ${address}`, async () => {
      const page = load((await (await app.signIn('city')).get(`${address}?q=%E6%B2%A1%E6%9C%89`)).text);
      expect(page('.empty h2').text()).to.equal(said);
      expect(page('.empty').hasClass('ok')).to.equal(false);
    });
  }

  it('of an empty list says why it is empty', async () => {
    const page = await (await app.signIn('city')).get('/workers?q=%E6%B2%A1%E6%9C%89&page=3');
    expect([page.status, load(page.text)('.empty').length]).to.deep.equal([200, 1]);
  });
});
