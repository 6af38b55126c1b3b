import { load } from 'cheerio';
import { expect } from 'chai';
import { runJob } from '../../jobs/agenda.js';
import { jobs } from '../../jobs/jobs.js';
import { scanJob } from '../../jobs/gaps/scan.job.js';
import { formOf, startTestApp, type Agent, type TestApp } from '../support/app.js';

describe('jobs page', () => {
  let app: TestApp;
  let system: Agent;
  before(async () => {
    app = await startTestApp();
    system = await app.signIn('system');
  });
  after(() => app.close());

  it('lists every job with words of its own', async () => {
    const $ = load((await system.get('/jobs')).text);
    expect($('tbody tr').length).to.equal(jobs.length);
    expect($('tbody').text()).not.to.contain('operations.job');
  });

  it('tells what waits in the outbox', async () => {
    const waiting = await app.deps.db.collection('outbox').countDocuments({ doneAt: null });
    expect(waiting).to.be.greaterThan(0);
    expect((await system.get('/jobs')).text).to.contain(`有 ${String(waiting)} 个变动待处理`);
    await app.settle();
    expect((await system.get('/jobs')).text).to.contain('没有待处理的变动');
  });

  it('shows how a run went, and its history', async () => {
    await runJob(scanJob, {}, app.deps);
    const $ = load((await system.get('/jobs')).text);
    expect($('tr:contains("预警核对")').text()).to.contain('正常').and.to.contain('60 人，新挂起').and.to.contain('2026-11-24 10:00');
    const history = load((await system.get('/jobs/gaps.scan')).text);
    expect(history('tbody tr').length).to.equal(1);
    expect(history('tbody').text())
      .to.contain('60 人，新挂起')
      .and.not.to.match(/[a-z]=/);
  });

  it('asks for a run now, once, with a notice and an entry in the trail', async () => {
    const hidden = await formOf(system, '/jobs', '/jobs/coverage.keepDay');
    const answer = await system.post('/jobs/coverage.keepDay/runs').type('form').send(hidden);
    expect(answer.status).to.equal(303);
    await system.post('/jobs/coverage.keepDay/runs').type('form').send(hidden);
    expect(await app.deps.db.collection('jobs').countDocuments({ name: 'coverage.keepDay' })).to.equal(1);
    expect((await system.get('/jobs')).text).to.contain('已要求运行“留存当天数字”');
    expect(await app.deps.db.collection('audit_rows').countDocuments({ action: 'job.started', objectId: 'coverage.keepDay' })).to.equal(1);
  });

  it('knows no other job and nobody else', async () => {
    expect((await system.get('/jobs/nothing')).status).to.equal(404);
    expect((await (await app.signIn('city')).get('/jobs')).status).to.equal(403);
  });
});
