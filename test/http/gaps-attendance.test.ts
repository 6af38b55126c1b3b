import { expect } from 'chai';
import { runJob } from '../../jobs/agenda.js';
import { recomputeAllJob } from '../../jobs/coverage/recomputeAll.job.js';
import { scanJob } from '../../jobs/gaps/scan.job.js';
import { coveragePolicy } from '../../server/coverage/coverage.policies.js';
import { civilDay, startOfDay } from '../../server/platform/civilDays.js';
import { systemScope } from '../../server/platform/scope.js';
import { systemActor } from '../../server/platform/transactions.js';
import { startTestApp, testNow, type TestApp } from '../support/app.js';
import { attendanceActs, press } from './attendanceActs.js';
import { coverageActs } from './coverageActs.js';

const all = systemScope('test');

describe('flags follow the hall, the rules and the calendar', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp();
    await app.settle();
  });
  after(() => app.close());

  const flagsOf = async (workerId: string, open = true) =>
    (await app.deps.gaps.list(all, { open, workerIds: [workerId] }, { page: 1, size: 50, skip: 0, sort: 'urgency', direction: 1 })).rows;

  it('raise T-ATT when a roll with an absence is handed in, and clear it when the session is made up', async () => {
    const hall = attendanceActs(app);
    const people = app.fixture.workers.slice(0, 4).map((worker) => worker.id);
    const at = await hall.hall(people, ['2026-11-23', '2026-11-24']);
    const missing = at.places[0]!;
    await hall.mark(at, 0, [press(missing, 'ABSENT')]);
    await hall.fillRest(at, 0);
    await hall.submit(at, 0);
    await app.settle();
    const [flag] = (await flagsOf(missing.workerId)).filter((one) => one.ruleId === 'T-ATT');
    expect(flag).to.include({ subState: 'ABSENCE', addressee: 'CLASS_TEACHER', classId: at.of.id, severity: 'LATE' });
    await hall.correct(at, 0, { ...press(missing, 'PRESENT'), madeUp: true }, '11-24 晚上补课');
    await app.settle();
    expect((await flagsOf(missing.workerId)).map((one) => one.ruleId)).not.to.include('T-ATT');
    expect((await flagsOf(missing.workerId, false)).find((one) => one.ruleId === 'T-ATT')?.clearedBy).to.deep.equal({ because: 'madeUp' });
  });

  it('ask for a whole recomputation when a rule changes, which then moves the boards and the flags', async () => {
    const { deps, fixture } = app;
    const community = fixture.communities[0]!;
    const ids = fixture.workers.filter((worker) => worker.divisionId === community.id).map((worker) => worker.id);
    await coverageActs(app).complete(ids, ['2026-09-08', '2026-09-08'], { tier: 'TOWNSHIP', name: '乡镇岗位培训' });
    const untrained = async () => (await deps.coverage.boardFor(all, community.id, 2026)).rollUp.untrained;
    expect(await untrained()).to.equal(10);
    const value = {
      ...coveragePolicy.shipped.value,
      qualifyingTiers: [...coveragePolicy.shipped.value.qualifyingTiers, 'TOWNSHIP' as const],
    };
    const county = fixture.county;
    await deps.transact(systemActor('test'), (tx) =>
      deps.policies.change(tx, {
        kind: coveragePolicy,
        divisionId: county.id,
        divisionPath: county.path,
        from: civilDay('2026-01-01'),
        value,
        sourceDoc: '试点：乡镇班次计入',
      }),
    );
    await app.settle();
    const asked = await deps.db.collection('jobs').distinct('name');
    expect(asked).to.include.members(['coverage.recomputeAll', 'gaps.scan']);
    await runJob(recomputeAllJob, {}, deps);
    await runJob(scanJob, {}, deps);
    expect(await untrained()).to.equal(0);
    expect(await deps.gaps.count(all, { open: true, ruleIds: ['T-COV'], divisionId: community.id })).to.equal(0);
    const [cleared] = (await flagsOf(ids[0] ?? '', false)).filter((one) => one.ruleId === 'T-COV');
    expect(cleared?.clearedBy?.because).to.equal('trained');
    const row = (await deps.coverage.yearsOf([ids[0] ?? ''], 2026)).get(ids[0] ?? '');
    const [policy] = await deps.db
      .collection<{ _id: string }>('policies')
      .find({ kind: 'coverage.definition', divisionId: county.id })
      .toArray();
    expect(row?.policyRowIds).to.include(policy?._id);
  });

  it('end what belongs to a year when the year is over, and begin the next one', async () => {
    const open2026 = await app.deps.gaps.count(all, { open: true, year: 2026, ruleIds: ['T-COV'] });
    expect(open2026).to.be.greaterThan(0);
    app.setNow(new Date(startOfDay(civilDay('2027-01-01')).getTime() + 3_600_000));
    await runJob(recomputeAllJob, {}, app.deps);
    await runJob(scanJob, {}, app.deps);
    expect(await app.deps.gaps.count(all, { open: true, year: 2026 })).to.equal(0);
    expect(await app.deps.gaps.count(all, { open: true, year: 2027, ruleIds: ['T-COV'] })).to.be.greaterThan(0);
    const { rows } = await app.deps.gaps.list(
      all,
      { open: false, year: 2026, ruleIds: ['T-COV'] },
      { page: 1, size: 50, skip: 0, sort: 'cleared', direction: 1 },
    );
    expect(rows.filter((flag) => flag.clearedBy?.because === 'yearOver').length).to.equal(Math.min(open2026, 50));
    expect((await app.deps.coverage.boardFor(all, app.fixture.city.id, 2026)).asOf).to.equal('2026-12-31');
    app.setNow(testNow);
  });
});
