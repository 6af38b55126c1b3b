import { expect } from 'chai';
import { load } from 'cheerio';
import { formOf, startTestApp, type Agent, type TestApp } from '../support/app.js';

describe('the pages of a worker', () => {
  let at: TestApp;
  let worker: Agent;
  before(async () => {
    at = await startTestApp();
    worker = await at.signIn('worker');
  });
  after(() => at.close());

  it('greets by name and place', async () => {
    const page = load((await worker.get('/me')).text);
    const own = at.fixture.workers.find((one) => one.name === page('h1').text().split('，')[0]);
    expect(own).to.not.equal(undefined);
    console.log(page('body').text().replace(/\s+/g, ' '));
    console.log(load((await worker.get('/me/classes')).text)('main').text().replace(/\s+/g, ' '));
    console.log(load((await worker.get('/me/corrections')).text)('main').text().replace(/\s+/g, ' '));
  });
});
