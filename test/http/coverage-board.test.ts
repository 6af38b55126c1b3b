import { load } from 'cheerio';
import { expect } from 'chai';
import { startTestApp, type Agent, type TestApp } from '../support/app.js';
import { coverageActs } from './coverageActs.js';

/** The numbers of a page that open a list, each with its address: text of the link and what the list must sum to. */
function numbersOf(html: string): { href: string; value: number }[] {
  const $ = load(html);
  return $('#main a[href^="/coverage/people?"]')
    .toArray()
    .flatMap((link) => {
      const href = $(link).attr('href') ?? '';
      const mark = $(link).children('title');
      const text = $(link).find('.stat-value').clone().children().remove().end().text() || $(link).text();
      // a mark of a chart says its number in words
      const match = mark.length === 0 ? /^([\d,]+)(?:\s|人|$)/.exec(text.trim()) : /(\d+) 人/.exec(mark.text());
      return match === null ? [] : [{ href, value: Number((match[1] ?? '').replaceAll(',', '')) }];
    });
}

/** What a list says it sums to: persons, or person-times where it counts those. */
function sumOf(html: string): number {
  const facts = load(html)('.page-facts').text();
  const match = /共 \d+ 人、(\d+) 人次/.exec(facts) ?? /共 (\d+) 人/.exec(facts);
  return Number(match?.[1] ?? Number.NaN);
}

describe('coverage board', () => {
  let app: TestApp;
  let city: Agent;
  before(async () => {
    app = await startTestApp();
    await app.settle();
    const acts = coverageActs(app);
    const ids = app.fixture.workers.map((worker) => worker.id);
    await acts.complete(ids.slice(0, 20), ['2026-03-10', '2026-03-11']);
    await acts.complete(ids.slice(15, 40), ['2026-10-13', '2026-10-14'], {
      tier: 'CITY',
      purpose: 'DEMONSTRATION',
      name: '市级示范第 2 期',
    });
    await acts.complete(ids.slice(40, 44), ['2026-06-09', '2026-06-09'], { tier: 'TOWNSHIP', name: '乡镇岗位培训' });
    await acts.complete(ids.slice(5, 8), ['2026-05-12', '2026-05-12'], { purpose: 'ONBOARDING', name: '新入职岗位培训' });
    await acts.arrange(ids.slice(44, 50), ['2026-12-08', '2026-12-09']);
    await acts.exempt(ids[51] ?? '', '2026-11-01', '2027-03-31');
    city = await app.signIn('city');
  });
  after(() => app.close());

  for (const level of ['city', 'county', 'township', 'community'] as const) {
    it(`of a ${level}: every number equals the list it opens`, async () => {
      const { fixture } = app;
      const area = {
        city: fixture.city,
        county: fixture.otherCounty,
        township: fixture.otherTownship,
        community: fixture.otherCommunities[0]!,
      }[level];
      const board = await city.get(`/coverage?area=${area.areaCode}&year=2026`);
      expect(board.status).to.equal(200);
      const numbers = numbersOf(board.text);
      expect(numbers.length).to.be.greaterThan(level === 'community' ? 10 : 30);
      const lists = new Map<string, number>();
      for (const href of new Set(numbers.map((number) => number.href))) lists.set(href, sumOf((await city.get(`${href}&size=10`)).text));
      for (const { href, value } of numbers) expect(lists.get(href), href).to.equal(value);
    });
  }

  it('prints the rate, what it is made of and when', async () => {
    const $ = load((await city.get('/coverage')).text);
    expect($('.headline-value').text()).to.match(/^\d+\.\d%$/);
    expect($('.headline-div').text()).to.match(/已训 \d+ 人 ÷ 应训 \d+ 人/);
    expect($('.page-facts').text()).to.contain('截至 2026-11-24 10:00');
  });

  it('orders the counties by people without any arrangement', async () => {
    const $ = load((await city.get('/coverage')).text);
    const open = $('section:has(h2:contains("各县")) tbody tr')
      .toArray()
      .map((row) => Number($(row).find('td').eq(5).text()));
    expect(open).to.deep.equal([...open].sort((a, b) => b - a));
  });

  it('of a past year says that there is nothing instead of zeros', async () => {
    const answer = await city.get('/coverage?year=2023');
    expect(answer.text).to.contain('2023 年还没有覆盖数据');
  });

  it('keeps a county to itself', async () => {
    const county = await app.signIn('county');
    expect((await county.get(`/coverage?area=${app.fixture.otherCounty.areaCode}`)).status).to.equal(404);
    const list = await county.get('/coverage/people?show=inService');
    expect(sumOf(list.text)).to.equal(30);
  });

  it('exports a list with an entry in the trail', async () => {
    const answer = await city
      .get('/coverage/people/export?show=untrained')
      .buffer(true)
      .parse((res, done) => {
        const parts: Buffer[] = [];
        res.on('data', (part: Buffer) => parts.push(part));
        res.on('end', () => {
          done(null, Buffer.concat(parts));
        });
      });
    expect(answer.headers['content-type']).to.contain('spreadsheetml');
    expect((answer.body as Buffer).subarray(0, 2).toString()).to.equal('PK');
    const trail = await (await app.signIn('audit')).get('/trail?action=coverage.exported');
    expect(trail.text).to.contain('coverage');
  });

  it('opens its papers and onboarding', async () => {
    for (const address of ['/coverage/sheet', '/coverage/export', '/coverage/days', '/onboarding', '/onboarding/export']) {
      expect((await city.get(address)).status, address).to.equal(200);
    }
  });
});
