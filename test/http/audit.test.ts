import { expect } from 'chai';
import { load } from 'cheerio';
import { newId } from '../../server/platform/ids.js';
import { systemActor } from '../../server/platform/transactions.js';
import { openWorkbook } from '../../server/platform/files/xlsx.js';
import { civilDay } from '../../server/platform/civilDays.js';
import { systemScope } from '../../server/platform/scope.js';
import { startTestApp, testNow, type TestApp } from '../support/app.js';
import { makeClass, placePeople } from '../support/classes.js';

describe('the trail', () => {
  let at: TestApp;
  const classId = newId();
  before(async () => {
    at = await startTestApp();
    const write = (name: string, entry: { action: string; id: string; path: readonly string[] }): Promise<void> =>
      at.deps.transact({ ...systemActor(name), name }, async (tx) => {
        tx.audit({
          action: entry.action,
          object: { kind: 'class', id: entry.id },
          divisionPath: entry.path,
          reason: '场地供暖检修',
          changes: [{ field: 'capacity', from: '60', to: '58' }],
        });
      });
    await write('李建平', { action: 'class.cancelled', id: classId, path: at.fixture.otherCounty.path });
    await write('王秀兰', { action: 'class.published', id: newId(), path: at.fixture.county.path });
    at.setNow(new Date(testNow.getTime() + 86_400_000));
    await write('王秀兰', { action: 'class.closed', id: newId(), path: at.fixture.county.path });
    const province = at.fixture.city.path.slice(0, 2);
    await write('省里的人', { action: 'class.published', id: newId(), path: province });
    at.setNow(testNow);
  });
  after(() => at.close());

  async function rows(query: string): Promise<string[]> {
    const page = load((await (await at.signIn('audit')).get(`/trail?size=50&${query}`)).text);
    return page('tbody tr')
      .get()
      .map((one) => page(one).text().replace(/\s+/g, ' ').trim());
  }

  it('shows who did what, to what, why and with which values', async () => {
    const [row = ''] = await rows('who=李建平');
    expect(row)
      .to.include('李建平')
      .and.to.include('班次')
      .and.to.include('忻府区')
      .and.to.include('60 → 58')
      .and.to.include('原因：场地供暖检修');
  });

  it('filters by who, action, kind, object, place and days, each day whole', async () => {
    expect(await rows('who=李建')).to.have.lengthOf(1);
    expect(await rows('kind=class&who=王秀兰')).to.have.lengthOf(2);
    expect(await rows('action=class.')).to.have.lengthOf(3);
    expect(await rows(`object=${classId}`)).to.have.lengthOf(1);
    expect(await rows(`kind=class&division=${at.fixture.county.id}`)).to.have.lengthOf(2);
    expect(await rows('kind=class&from=2026-11-25')).to.have.lengthOf(1);
    expect(await rows('kind=class&to=2026年11月24日')).to.have.lengthOf(2);
    expect(await rows('kind=class&from=20261124&to=2026/11/24')).to.have.lengthOf(2);
    expect(await rows('kind=class&from=whenever')).to.have.lengthOf(3);
    expect(await rows('who=' + encodeURIComponent('.*'))).to.have.lengthOf(0);
  });

  it('pages, newest first', async () => {
    const audit = await at.signIn('audit');
    const first = load((await audit.get('/trail?size=10')).text);
    expect(first('tbody tr')).to.have.lengthOf(10);
    expect(first('.pager').text()).to.match(/第 1–10 条，共 \d+ 条/);
    const second = load((await audit.get('/trail?size=10&page=2')).text);
    const moments = (page: ReturnType<typeof load>): string[] =>
      page('tbody td:first-child')
        .get()
        .map((one) => page(one).text());
    expect([...moments(first), ...moments(second)]).to.deep.equal([...moments(first), ...moments(second)].sort().reverse());
  });

  it('says changes in words: fields, codes, half-days, divisions and jobs', async () => {
    const { county, otherCounty } = at.fixture;
    await at.deps.transact(systemActor('某人'), async (tx) => {
      tx.audit({
        action: 'worker.transferred',
        object: { kind: 'worker', id: newId() },
        divisionPath: county.path,
        changes: [
          { field: 'divisionId', from: county.id, to: otherCounty.id },
          { field: 'post', from: 'GRID_WORKER', to: 'DEPUTY_DIRECTOR' },
          { field: 'status', from: 'PROBATION', to: 'IN_SERVICE' },
          { field: 'level', from: null, to: 'ASSISTANT' },
          { field: 'S_PRAC', from: null, to: '55 ×' },
          { field: '2026-11-24-AM', from: 'PRESENT', to: 'APPROVED_LEAVE' },
        ],
      });
      tx.audit({ action: 'job.started', object: { kind: 'job', id: 'gaps.scan' }, divisionPath: county.path });
    });
    const page = load((await (await at.signIn('audit')).get('/trail?who=' + encodeURIComponent('某人'))).text);
    expect(page('tbody').text())
      .to.include('专职网格员 → 居委会副主任')
      .and.include('试用 → 在岗')
      .and.include('2026-11-24 上午：到 → 请假')
      .and.include('证书等级：空 → 助理社会工作师')
      .and.include('实务：空 → 55 ×')
      .and.include('预警核对');
    expect(page('tbody').text()).to.not.match(/[A-Z]{3}|divisionId|[0-9a-f]{24}/);
  });

  it('names classes, people and places by their names', async () => {
    const of = await makeClass(at, { name: '记录里的班' }, ['2026-12-14', '2026-12-14']);
    const [person] = at.fixture.workers;
    await placePeople(at, of, [person!.id]);
    const [place] = await at.deps.enrolments.ofWorkers(systemScope('test'), [person!.id]);
    await at.deps.transact(systemActor('记名的人'), async (tx) => {
      const about = (kind: string, id: string): void =>
        tx.audit({ action: 'class.changed', object: { kind, id }, divisionPath: at.fixture.city.path });
      about('class', of.id);
      about('worker', person!.id);
      about('enrolment', place!.id);
      await at.deps.certificates.recordPass(tx, {
        workerId: person!.id,
        level: 'ASSISTANT',
        examYear: 2026,
        passedOn: civilDay('2026-08-05'),
      });
    });
    const [fourth, third, second, first] = await rows('who=' + encodeURIComponent('记名的人'));
    expect(first).to.include('班次 记录里的班');
    expect(second).to.include(`人员 ${person!.name}`);
    expect(third).to.include(`${person!.name}（记录里的班）`);
    expect(fourth).to.include(`证书 ${person!.name}`);
  });

  it('has a word for every field that a service writes down', async () => {
    const fields = [
      'target',
      'firstDay',
      'lastDay',
      'resultsOn',
      'registration',
      'assessment',
      'effectiveOn',
      'ce',
      'managementNo',
      'voidedOn',
      'phone',
    ];
    await at.deps.transact(systemActor('写字的人'), async (tx) => {
      const changes = fields.map((field) => ({ field, from: null, to: '1' }));
      tx.audit({ action: 'policy.changed', object: { kind: 'policy', id: '0'.repeat(24) }, divisionPath: at.fixture.city.path, changes });
    });
    const [row = ''] = await rows('who=' + encodeURIComponent('写字的人'));
    expect(row.match(/[a-zA-Z]{2,}/g)).to.equal(null);
  });

  it('keeps rows above the auditor’s reach away', async () => {
    expect(await rows('who=省里')).to.have.lengthOf(0);
  });

  it('exports what the filter shows, and writes the export down', async () => {
    const audit = await at.signIn('audit');
    const page = load((await audit.get('/trail?kind=class&who=王秀兰')).text);
    const href = page('a[href^="/trail/export"]').attr('href') ?? '';
    const answer = await audit
      .get(href)
      .buffer(true)
      .parse((res, done) => {
        const chunks: Buffer[] = [];
        res.on('data', (chunk: Buffer) => chunks.push(chunk));
        res.on('end', () => done(null, Buffer.concat(chunks)));
      });
    expect(answer.status).to.equal(200);
    expect(decodeURIComponent(String(answer.headers['content-disposition']))).to.include('操作记录-2026-11-24.xlsx');
    const book = await openWorkbook(answer.body as Buffer);
    if (!book.ok) throw new Error('not a workbook');
    const texts: string[] = [];
    for await (const row of book.rows(book.sheets[0] ?? ''))
      texts.push(row.cells.map((cell) => (cell.kind === 'text' ? cell.text : '')).join('|'));
    expect(texts.filter((text) => text.includes('王秀兰') && text.includes('60 → 58'))).to.have.lengthOf(2);
    const written = await rows('action=trail.exported');
    expect(written).to.have.lengthOf(1);
    expect(written[0]).to.include('审计管理员').and.to.include('共 2');
  });

  it('is for the auditor alone', async () => {
    for (const login of ['city', 'county', 'system', 'security', 'teacher']) {
      const agent = await at.signIn(login);
      expect((await agent.get('/trail')).status, login).to.equal(403);
      expect((await agent.get('/trail/export')).status, login).to.equal(403);
    }
  });

  it('records signing in', async () => {
    expect((await rows('action=session.opened')).join()).to.include('审计管理员');
  });
});
