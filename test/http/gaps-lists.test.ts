import { load } from 'cheerio';
import { expect } from 'chai';
import { civilDay } from '../../server/platform/civilDays.js';
import { mostExported } from '../../server/platform/http/exports.js';
import { systemActor } from '../../server/platform/transactions.js';
import { formOf, startTestApp, type Agent, type TestApp } from '../support/app.js';
import { coverageActs } from './coverageActs.js';

describe('lists of gaps', () => {
  let app: TestApp;
  let acts: ReturnType<typeof coverageActs>;
  let county: Agent;
  let own: string[];
  before(async () => {
    app = await startTestApp();
    await app.settle();
    acts = coverageActs(app);
    own = app.fixture.workers.filter((worker) => worker.divisionPath.includes(app.fixture.county.id)).map((worker) => worker.id);
    await acts.complete(own.slice(0, 20), ['2026-11-10', '2026-11-11']);
    await acts.complete(own.slice(20, 22), ['2026-06-09', '2026-06-09'], { tier: 'TOWNSHIP', name: '乡镇岗位培训' });
    await acts.arrange(own.slice(22, 24), ['2026-12-08', '2026-12-09'], { name: '县级兜底第 7 期' });
    county = await app.signIn('county');
  });
  after(() => app.close());

  const open = async (address: string) => load((await county.get(address)).text);
  const tabCount = ($: ReturnType<typeof load>, label: string): number => Number($(`.tabs a:contains("${label}") small`).text());

  it('name everybody untrained with why and the way out', async () => {
    const $ = await open('/untrained');
    expect($('tbody tr').length).to.equal(10);
    expect(tabCount($, '无安排') + tabCount($, '已报名')).to.equal(tabCount($, '全部'));
    expect($('tbody').text())
      .to.contain('完成了乡镇岗位培训，不计入覆盖')
      .and.to.contain('完成 12-09 结束的县级兜底第 7 期')
      .and.to.contain('剩 37 天');
    expect($('tbody td').filter((_, cell) => $(cell).text().includes('可入 12-08 县级兜底第 7 期')).length).to.equal(8);
  });

  it('sum to the board', async () => {
    const $ = await open('/untrained');
    const board = await open('/coverage');
    expect(board('.stat:contains("未训") .stat-value').text()).to.contain(String(tabCount($, '全部')));
    expect(board('.stat:contains("没有任何安排") .stat-value').text()).to.contain(String(tabCount($, '无安排')));
  });

  it('narrow by reason, post, community and search, in the address', async () => {
    expect((await open('/untrained?reason=NOT_QUALIFYING'))('tbody tr').length).to.equal(2);
    expect((await open(`/untrained?division=${app.fixture.communities[0]!.areaCode}`))('.empty').length).to.equal(1);
    const [flag] = (
      await app.deps.coverage.uncovered((await import('../../server/platform/scope.js')).systemScope('test'), app.fixture.county.id, 2026)
    ).slice(0, 1);
    const worker = app.fixture.workers.find((one) => one.id === flag?.workerId);
    const found = await open(`/untrained?q=${encodeURIComponent(worker?.name ?? '')}`);
    expect(found('tbody th[scope=row]').text()).to.contain(worker?.name);
  });

  it('take selected people to the nomination', async () => {
    const hidden = await formOf(county, '/untrained', '/nominations/selection');
    const answer = await county
      .post('/nominations/selection')
      .type('form')
      .send({ ...hidden, workerIds: own.slice(24, 26) });
    expect(answer.status).to.equal(200);
    expect(load(answer.text)('h1').text()).to.contain('2');
  });

  it('show a person as awaiting the answer once an exemption is asked for', async () => {
    const workerId = own[28] ?? '';
    const scope = (await import('../../server/platform/scope.js')).systemScope('test');
    await app.deps.transact(systemActor('test'), (tx) =>
      app.deps.exemptions.request(tx, scope, { workerId, reason: '产假', from: civilDay('2026-11-01'), to: civilDay('2027-03-01') }),
    );
    const $ = await open('/untrained?tab=pending');
    expect($('tbody tr').length).to.equal(1);
    expect($('tbody').text()).to.contain('待核实').and.to.contain('等免训批复');
  });

  it('explain each flag by rule, with counts on the tabs that sum to all', async () => {
    const $ = await open('/flags?size=50');
    const counts = $('.tabs a')
      .toArray()
      .map((tab) => ({ href: $(tab).attr('href') ?? '', count: Number($(tab).find('small').text()) }));
    const byRule = counts.filter((tab) => tab.href.includes('rule='));
    expect(byRule.reduce((sum, tab) => sum + tab.count, 0)).to.equal(counts[0]?.count);
    for (const tab of byRule) {
      const list = load((await county.get(tab.href)).text);
      expect(list('.pager').text()).to.contain(`共 ${String(tab.count)} 条`);
    }
  });

  it('keep what was cleared, with the evidence', async () => {
    const $ = await open('/flags?state=cleared&q=');
    expect($('tbody').text()).to.contain('11-11 县级兜底第 8 期结业');
  });

  it('say since when an area is covered', async () => {
    await acts.complete(own.slice(20, 30), ['2026-11-16', '2026-11-17'], { name: '县级兜底第 9 期' });
    const $ = await open('/untrained');
    expect($('.empty').text()).to.contain('繁峙县已全覆盖').and.to.contain('最后一人 11-17 结业');
  });

  it('export what they show', async () => {
    expect((await county.get('/flags/export')).status).to.equal(200);
    expect((await county.get('/untrained/export')).status).to.equal(200);
  });

  it('refuse an export that would be a part of the list', async () => {
    const { list } = app.deps.gaps;
    app.deps.gaps.list = async (...asked) => ({ ...(await list(...asked)), total: mostExported + 1 });
    const answer = await county.get('/flags/export?state=cleared');
    app.deps.gaps.list = list;
    expect(answer.status).to.equal(413);
    expect(load(answer.text)('main').text()).to.match(/要导出的有 50,001 行，一次最多 50,000 行/);
  });
});
