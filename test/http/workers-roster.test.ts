import { expect } from 'chai';
import { load } from 'cheerio';
import { openWorkbook } from '../../server/platform/files/xlsx.js';
import { startTestApp, formOf, type Agent, type TestApp } from '../support/app.js';

describe('roster: list, person page, sensitive numbers', () => {
  let app: TestApp;
  let county: Agent;

  before(async function () {
    this.timeout(60_000);
    app = await startTestApp();
    county = await app.signIn('county');
  });

  after(() => app.close());

  const namesOf = (html: string): string[] =>
    load(html)('tbody th[scope=row] a')
      .map((_, one) => load(one).text())
      .get();
  const first = () => app.fixture.workers[0]!;

  it('lists the own county only, and keeps paging, sort and filters in the address', async () => {
    const page = await county.get('/workers?size=10&sort=stroke&postClass=STAFF');
    expect(page.status).to.equal(200);
    const $ = load(page.text);
    expect(namesOf(page.text)).to.have.length.within(1, 10);
    expect($('.chip').text()).to.contain('一般');
    const next = $('a[rel=next]').attr('href') ?? '';
    if (next !== '') expect(next).to.contain('sort=stroke').and.contain('postClass=STAFF').and.contain('page=2');
    const foreign = app.fixture.workers.find((one) => one.divisionPath.includes(app.fixture.otherCounty.id))!;
    expect((await county.get(`/workers/${foreign.id}`)).status).to.equal(404);
  });

  it('finds people by name, pinyin, initials and phone tail', async () => {
    const worker = first();
    for (const term of [worker.name, worker.name.slice(1)]) {
      expect(namesOf((await county.get(`/workers?size=50&q=${encodeURIComponent(term)}`)).text)).to.include(worker.name);
    }
    const tail = worker.phoneMasked!.slice(-4);
    expect(namesOf((await county.get(`/workers?size=50&q=${tail}`)).text)).to.include(worker.name);
    const none = await county.get('/workers?q=zzzzzz');
    expect(none.text).to.contain('没有找到“zzzzzz”');
  });

  it('exports what is listed, masked and audited', async () => {
    const answer = await county
      .get('/workers/export?postClass=CHIEF')
      .buffer(true)
      .parse((res, done) => {
        const parts: Buffer[] = [];
        res.on('data', (part: Buffer) => parts.push(part));
        res.on('end', () => done(null, Buffer.concat(parts)));
      });
    expect(answer.status).to.equal(200);
    const book = await openWorkbook(answer.body as Buffer);
    expect(book.ok).to.equal(true);
    const rows = [];
    if (book.ok)
      for await (const row of book.rows(book.sheets[0]!)) rows.push(row.cells.map((cell) => (cell.kind === 'text' ? cell.text : '')));
    expect(rows.flat().some((text) => /^\d{4}\*{10}\d{3}[\dX]$/.test(text))).to.equal(true);
    expect(rows.flat().some((text) => /^\d{17}[\dX]$/.test(text))).to.equal(false);
    const trail = await app.deps.db.collection('audit_rows').findOne({ action: 'worker.exported' });
    expect(trail?.['actorName']).to.equal('王秀兰');
  });

  it('shows a person with history and basics', async () => {
    const page = await county.get(`/workers/${first().id}`);
    expect(page.status).to.equal(200);
    const $ = load(page.text);
    expect($('h1').text()).to.contain(first().name);
    expect($('.timeline .event').length).to.be.at.least(2);
    expect(page.text).to.contain(first().idMasked);
    expect((await county.get(`/workers/${first().id}?view=changes`)).text).to.contain('新增人员');
  });

  it('asks the purpose before it shows full numbers, shows them once and keeps it in the trail', async () => {
    const address = `/workers/${first().id}/sensitive`;
    const keys = await formOf(county, address, address);
    const refused = await county
      .post(address)
      .type('form')
      .send({ ...keys, purpose: ' ' });
    expect(refused.status).to.equal(422);
    expect(refused.text).to.contain('请写明用途');
    const shown = await county
      .post(address)
      .type('form')
      .send({ ...keys, purpose: '办理结业证书' });
    expect(shown.status).to.equal(200);
    expect(shown.text).to.match(/>\d{17}[\dX]</);
    const trail = await app.deps.db.collection('audit_rows').findOne({ action: 'worker.sensitiveRead' });
    expect(trail?.['reason']).to.equal('办理结业证书');
    expect(JSON.stringify(trail)).not.to.match(/\b\d{17}[\dX]\b/);
    expect((await county.get(address)).text).not.to.match(/>\d{17}[\dX]</);
    const township = await app.signIn('township');
    expect((await township.get(address)).status).to.equal(403);
  });
});
