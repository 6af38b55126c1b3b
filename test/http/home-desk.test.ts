import { expect } from 'chai';
import { load } from 'cheerio';
import { startTestApp, type TestApp } from '../support/app.js';
import { coverageActs } from './coverageActs.js';

describe('the first page of each role', () => {
  let at: TestApp;
  before(async () => {
    at = await startTestApp();
    await at.settle();
  });
  after(() => at.close());

  it('show', async () => {
    for (const login of ['city', 'county', 'township']) {
      const answer = await (await at.signIn(login)).get('/');
      console.log(answer.status, load(answer.text)('body').text().replace(/\s+/g, ' '));
    }
  });
});
