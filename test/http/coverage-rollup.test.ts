import { expect } from 'chai';
import { keepDayJob } from '../../jobs/coverage/keepDay.job.js';
import { recomputeAllJob } from '../../jobs/coverage/recomputeAll.job.js';
import { runJob } from '../../jobs/agenda.js';
import { systemScope } from '../../server/platform/scope.js';
import { startTestApp, type TestApp } from '../support/app.js';

const all = systemScope('test');

describe('roll-ups', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp();
    await app.settle();
  });
  after(() => app.close());

  const board = (divisionId: string) => app.deps.coverage.boardFor(all, divisionId, 2026);

  it('follow the events of people, up to the root', async () => {
    const { rollUp, children } = await board(app.fixture.city.id);
    expect(rollUp.inService).to.equal(60);
    expect(rollUp.untrained + rollUp.trained).to.equal(rollUp.due);
    expect([...children.values()].reduce((sum, child) => sum + child.due, 0)).to.equal(rollUp.due);
  });

  it('are the same after a whole recomputation, which finds no drift', async () => {
    const before = await board(app.fixture.city.id);
    const summary = await runJob(recomputeAllJob, { year: 2026 }, app.deps);
    expect(summary).to.match(/people=60 divisions=\d+ drifted=0/);
    expect((await board(app.fixture.city.id)).rollUp).to.deep.equal(before.rollUp);
  });

  it('keep the day once, however often the job runs', async () => {
    await runJob(keepDayJob, {}, app.deps);
    await runJob(keepDayJob, {}, app.deps);
    const { rows, total } = await app.deps.coverage.daysOf(all, { divisionId: app.fixture.county.id, year: 2026 }, { skip: 0, size: 10 });
    expect(total).to.equal(1);
    expect(rows[0]?.day).to.equal('2026-11-24');
  });
});
