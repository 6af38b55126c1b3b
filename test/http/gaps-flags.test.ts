import { expect } from 'chai';
import { runJob } from '../../jobs/agenda.js';
import { scanJob } from '../../jobs/gaps/scan.job.js';
import { civilDay } from '../../server/platform/civilDays.js';
import { systemScope } from '../../server/platform/scope.js';
import { systemActor } from '../../server/platform/transactions.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { coverageActs } from './coverageActs.js';

const all = systemScope('test');

describe('flags', () => {
  let app: TestApp;
  let acts: ReturnType<typeof coverageActs>;
  before(async () => {
    app = await startTestApp();
    acts = coverageActs(app);
    await app.settle();
  });
  after(() => app.close());

  const flagsOf = async (workerId: string, open = true) =>
    (await app.deps.gaps.list(all, { open, workerIds: [workerId] }, { page: 1, size: 50, skip: 0, sort: 'urgency', direction: 1 })).rows;
  const coverageFlags = async (workerId: string, open = true) => (await flagsOf(workerId, open)).filter((flag) => flag.ruleId === 'T-COV');
  const due = async () => (await app.deps.coverage.uncovered(all, app.fixture.city.id, 2026)).map((one) => one.workerId);

  it('are one open T-COV for each due person without coverage', async () => {
    const untrained = await due();
    const count = await app.deps.gaps.count(all, { open: true, ruleIds: ['T-COV'], divisionId: app.fixture.city.id });
    expect(untrained.length).to.be.greaterThan(40);
    expect(count).to.equal(untrained.length);
  });

  it('are neither raised twice nor touched by a scan that finds nothing new', async () => {
    const summary = await runJob(scanJob, {}, app.deps);
    expect(summary).to.equal('people=60 raised=0 refreshed=0 cleared=0');
  });

  it('turn to arranged with a place in a class to come', async () => {
    const [workerId = ''] = await due();
    const trainingClass = await acts.arrange([workerId], ['2026-12-08', '2026-12-08']);
    const [flag] = await coverageFlags(workerId);
    expect(flag?.subState).to.equal('ARRANGED');
    expect(flag?.evidence).to.deep.include({ arranged: { classId: trainingClass.id, endsOn: '2026-12-08' } });
  });

  it('are cleared by a completed class, with the class as evidence', async () => {
    const workerId = (await due()).at(0) ?? '';
    const trainingClass = await acts.complete([workerId], ['2026-11-10', '2026-11-11']);
    expect(await coverageFlags(workerId)).to.deep.equal([]);
    const [cleared] = await coverageFlags(workerId, false);
    expect(cleared?.clearedBy).to.deep.equal({ because: 'trained', classId: trainingClass.id, on: '2026-11-11' });
    expect(cleared?.clearedOn).to.equal('2026-11-24');
  });

  it('are cleared by an exemption in force', async () => {
    const workerId = (await due()).at(0) ?? '';
    await acts.exempt(workerId, '2026-11-01', '2027-02-28');
    expect(await coverageFlags(workerId)).to.deep.equal([]);
    expect((await coverageFlags(workerId, false))[0]?.clearedBy).to.deep.equal({ because: 'exempt' });
  });

  it('follow the person to the other county, and the counts with them', async () => {
    const { deps, fixture } = app;
    const worker = fixture.workers.filter((one) => one.divisionPath.includes(fixture.county.id)).at(4);
    if (worker === undefined) throw new Error('the fixture has people');
    const before = await deps.coverage.boardFor(all, fixture.city.id, 2026);
    const target = fixture.otherCommunities[0]!;
    const { version } = await deps.workers.byId(all, worker.id);
    await deps.transact(systemActor('test'), async (tx) => {
      const outcome = await deps.workers.transfer(tx, all, {
        workerId: worker.id,
        version,
        from: civilDay('2026-11-20'),
        reason: '调动',
        divisionId: target.id,
        post: 'GRID_WORKER',
        postClass: 'STAFF',
      });
      if (!outcome.ok) throw new Error(JSON.stringify(outcome));
    });
    await app.settle();
    const after = await deps.coverage.boardFor(all, fixture.city.id, 2026);
    const inService = (board: typeof before, id: string) => board.children.get(id)?.inService ?? 0;
    expect(inService(after, fixture.county.id)).to.equal(inService(before, fixture.county.id) - 1);
    expect(inService(after, fixture.otherCounty.id)).to.equal(inService(before, fixture.otherCounty.id) + 1);
    expect(after.rollUp.inService).to.equal(before.rollUp.inService);
    for (const flag of await flagsOf(worker.id)) expect(flag.divisionPath).to.deep.equal(target.path);
  });
});
