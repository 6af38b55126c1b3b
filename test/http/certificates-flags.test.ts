import { expect } from 'chai';
import { startTestApp, type TestApp } from '../support/app.js';
import { civilDay, startOfDay } from '../../server/platform/civilDays.js';
import { systemScope } from '../../server/platform/scope.js';
import { systemActor, type Tx } from '../../server/platform/transactions.js';
import type { Level } from '../../server/certificates/level.rules.js';
import type { Subject } from '../../server/exams/passes.rules.js';
import type { Worker } from '../../server/workers/worker.rules.js';

const scope = systemScope('test');
const rules = ['E-LAST', 'E-ROLL', 'C-REG1', 'C-REN', 'C-CE'];

describe('flags of certification follow the facts', () => {
  let test: TestApp;
  before(async () => {
    test = await startTestApp();
    const line = (await test.deps.examCalendar.years()).find((one) => one.year === 2026)!;
    await act((tx) =>
      test.deps.examCalendar.changeYear(tx, {
        ...line,
        resultsOn: civilDay('2026-08-05'),
        window: null,
        windowDivisionId: test.fixture.city.id,
      }),
    );
  });
  after(async () => test.close());

  async function act<T>(useCase: (tx: Tx) => Promise<T>): Promise<T> {
    const result = await test.deps.transact(systemActor('test'), useCase);
    await test.settle();
    return result;
  }

  const pass = (worker: Worker, year: number, ...subjects: Subject[]) =>
    act((tx) =>
      test.deps.exams.record(tx, scope, {
        workerId: worker.id,
        year,
        level: 'SOCIAL_WORKER',
        eligibility: 'REVIEW_PASSED',
        source: '成绩单',
        results: subjects.map((subject) => ({ subject, sat: true, score: 70, official: null })),
      }),
    );

  let number = 0;
  async function certify(worker: Worker, level: Level, obtainedOn: string): Promise<string> {
    number += 1;
    const input = {
      workerId: worker.id,
      level,
      managementNo: `2024050121400${String(number).padStart(5, '0')}`,
      title: '',
      obtainedOn: civilDay(obtainedOn),
      examYear: null,
      reviewPassed: false,
    };
    const outcome = await act((tx) => test.deps.certificates.enter(tx, scope, input));
    if (!outcome.ok) throw new Error(JSON.stringify(outcome));
    return outcome.id;
  }

  async function flagsOf(worker: Worker) {
    const found = await test.deps.gaps.ofWorker(scope, worker.id);
    return found.filter((flag) => rules.includes(flag.ruleId)).map((flag) => `${flag.ruleId} ${flag.severity}`);
  }

  it('E-LAST stands after the results, turns red when registration opens, and goes when the set is complete', async () => {
    const worker = test.fixture.workers[0]!;
    await pass(worker, 2026, 'S_COMP', 'S_LAW');
    expect(await flagsOf(worker)).to.deep.equal(['E-LAST SOON']);
    await act((tx) =>
      test.deps.examCalendar.addYear(tx, {
        year: 2027,
        firstDay: civilDay('2027-05-22'),
        lastDay: null,
        resultsOn: null,
        source: '通知',
        windowDivisionId: test.fixture.city.id,
        window: { divisionId: test.fixture.city.id, from: civilDay('2026-11-20'), to: civilDay('2026-12-20') },
      }),
    );
    await test.deps.gaps.scan();
    expect(await flagsOf(worker)).to.deep.equal(['E-LAST LATE']);
    await act((tx) => test.deps.examEntries.enter(tx, scope, { workerIds: [worker.id], level: 'SOCIAL_WORKER' }));
    expect(await flagsOf(worker)).to.deep.equal(['E-LAST SOON']);
    await act(async (tx) => {
      const attempt = (await test.deps.exams.standingOf([worker.id], tx)).get(worker.id)![0]!;
      return test.deps.exams.correct(tx, scope, {
        id: attempt.id,
        sat: true,
        score: 40,
        official: null,
        eligibility: 'REVIEW_PASSED',
        source: '成绩单',
        reason: '抄错',
      });
    });
    await pass(worker, 2026, 'S_PRAC');
    expect(await flagsOf(worker)).to.deep.equal(['E-LAST SOON']);
    await act(async (tx) => {
      const attempt = (await test.deps.exams.standingOf([worker.id], tx)).get(worker.id)!.find((one) => one.passed === false)!;
      return test.deps.exams.correct(tx, scope, {
        id: attempt.id,
        sat: true,
        score: 70,
        official: null,
        eligibility: 'REVIEW_PASSED',
        source: '成绩单',
        reason: '原来没错',
      });
    });
    expect(await flagsOf(worker)).to.deep.equal([]);
  });

  it('E-ROLL says which passes died with the last results', async () => {
    const worker = test.fixture.workers[1]!;
    await pass(worker, 2025, 'S_COMP');
    expect(await flagsOf(worker)).to.deep.equal(['E-ROLL NOTICE']);
  });

  it('C-REG1 near and past the year, gone with the registration; C-REN inside the window; C-CE when hours are behind', async () => {
    const worker = test.fixture.workers[2]!;
    const certificateId = await certify(worker, 'ASSISTANT', '2025-12-01');
    expect(await flagsOf(worker)).to.deep.equal(['C-REG1 SOON']);
    const first = { certificateId, version: 1, source: '省民政厅', from: civilDay('2026-01-10'), validThrough: null };
    expect((await act((tx) => test.deps.registrations.register(tx, scope, first))).ok).to.equal(true);
    expect(await flagsOf(worker)).to.deep.equal(['C-CE SOON']);
    const course = {
      certificateId,
      version: 2,
      source: '合格证明',
      kind: 'TRAINING',
      title: '继续教育班',
      endedOn: civilDay('2026-06-30'),
      minutes: 12 * 60,
    } as const;
    expect((await act((tx) => test.deps.registrations.addCe(tx, scope, course))).ok).to.equal(true);
    expect(await flagsOf(worker)).to.deep.equal([]);
    const other = test.fixture.workers[3]!;
    const old = await certify(other, 'ASSISTANT', '2023-10-01');
    expect(await flagsOf(other)).to.deep.equal(['C-REG1 LATE']);
    await act((tx) =>
      test.deps.registrations.register(tx, scope, {
        certificateId: old,
        version: 1,
        source: '省民政厅',
        from: civilDay('2024-01-16'),
        validThrough: null,
      }),
    );
    await act((tx) =>
      test.deps.registrations.addCe(tx, scope, {
        certificateId: old,
        version: 2,
        source: '毕业证',
        kind: 'DEGREE',
        title: '社会工作本科',
        endedOn: civilDay('2025-07-01'),
        minutes: null,
      }),
    );
    expect(await flagsOf(other)).to.deep.equal(['C-REN SOON']);
    await act((tx) =>
      test.deps.registrations.renew(tx, scope, { certificateId: old, version: 3, source: '省民政厅', from: civilDay('2026-11-20') }),
    );
    expect(await flagsOf(other)).to.deep.equal([]);
  });

  it('a new day moves what is owed without any event', async () => {
    const worker = test.fixture.workers[4]!;
    const certificateId = await certify(worker, 'ASSISTANT', '2023-11-01');
    await act((tx) =>
      test.deps.registrations.register(tx, scope, {
        certificateId,
        version: 1,
        source: '省民政厅',
        from: civilDay('2023-12-01'),
        validThrough: null,
      }),
    );
    await act((tx) =>
      test.deps.registrations.addCe(tx, scope, {
        certificateId,
        version: 2,
        source: '合格证明',
        kind: 'TRAINING',
        title: '继续教育班',
        endedOn: civilDay('2025-07-01'),
        minutes: 72 * 60,
      }),
    );
    expect(await flagsOf(worker)).to.deep.equal(['C-REN SOON']);
    test.setNow(new Date(startOfDay(civilDay('2026-12-01')).getTime() + 3_600_000));
    await test.deps.gaps.scan();
    expect(await flagsOf(worker)).to.deep.equal(['C-REN LATE']);
    const lapsed = { divisionId: test.fixture.city.id, registration: 'LAPSED', today: civilDay('2026-12-01') } as const;
    expect(await test.deps.certificateStandings.count(scope, lapsed)).to.equal(1);
  });

  it('R-RATE is raised for a division below its path and goes when people are certified', async () => {
    const open = async () =>
      (
        await test.deps.gaps.list(scope, { open: true, ruleIds: ['R-RATE'] }, { page: 1, size: 50, skip: 0, sort: 'urgency', direction: 1 })
      ).rows.map((flag) => `${flag.subjectId === test.fixture.city.id ? 'city' : 'county'} ${flag.severity}`);
    const { city } = test.fixture;
    const path = { kind: 'STEPPED', milestones: [{ day: civilDay('2026-11-01'), basisPoints: 900 }] } as const;
    await act((tx) =>
      test.deps.targets.set(tx, scope, {
        divisionId: city.id,
        divisionPath: city.path,
        from: civilDay('2026-10-01'),
        sourceDoc: '会议纪要',
        toleranceBasisPoints: 0,
        path,
      }),
    );
    expect(await open()).to.have.members(['city LATE', 'county LATE']);
    for (const worker of test.fixture.workers.slice(-3)) await certify(worker, 'ASSISTANT', '2024-10-01');
    expect(await open()).to.deep.equal([]);
  });
});
