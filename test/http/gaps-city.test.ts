import { load } from 'cheerio';
import { expect } from 'chai';
import { startTestApp, type TestApp } from '../support/app.js';

describe('the list of the untrained', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp();
    await app.settle();
  });
  after(() => app.close());

  const open = async (login: string) => load((await (await app.signIn(login)).get('/untrained')).text);

  it('names the county where it spans several, and only there', async () => {
    const { county, otherCounty } = app.fixture;
    const [city, own] = [await open('city'), await open('county')];
    expect(city('thead').text()).to.contain('县（市、区）');
    expect(city('tbody tr').first().text()).to.match(new RegExp(`${county.name}|${otherCounty.name}`));
    expect(own('tbody tr').length).to.be.greaterThan(0);
    expect(own('table').text()).to.not.contain('县（市、区）').and.not.contain(county.name);
  });
});
