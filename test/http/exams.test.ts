import { expect } from 'chai';
import { formOf, type Agent, type TestApp } from '../support/app.js';
import { systemScope } from '../../server/platform/scope.js';
import type { Worker } from '../../server/workers/worker.rules.js';
import { problemsOf, startExams, type ExamActs } from './examActs.js';

describe('exam results through the forms', () => {
  let test: TestApp;
  let county: Agent;
  let city: Agent;
  let send: ExamActs['send'];
  before(async () => {
    ({ test, county, city, send } = await startExams());
  });
  after(async () => test.close());

  async function record(worker: Worker, level: string, typed: Record<string, string>) {
    const answer = await send(worker, level, typed);
    expect(answer.status, answer.text).to.equal(303);
    await test.settle();
  }

  const standingOf = async (worker: Worker, level: 'ASSISTANT' | 'SOCIAL_WORKER') =>
    (await test.deps.examStandings.judgementsOf([worker.id], test.deps.clock.today())).get(worker.id)!.standings[level];

  const waitingOf = async (worker: Worker) =>
    ((await test.deps.certificates.ofWorkers([worker.id])).get(worker.id) ?? [])
      .filter((one) => one.voidedOn === null)
      .map((one) => [one.level, one.examYear, one.review]);

  it('domain.md §1.5 (a): 2024 {COMP, LAW}, 2025 {PRAC} qualifies in 2025, and the certificate waits for review', async () => {
    const worker = test.fixture.workers[0]!;
    await record(worker, 'SOCIAL_WORKER', { year: '2024', S_COMP: '66', S_LAW: '60', S_PRAC: '59' });
    expect((await standingOf(worker, 'SOCIAL_WORKER')).kind).to.equal('OPEN');
    await record(worker, 'SOCIAL_WORKER', { year: '2025', S_PRAC: '60' });
    expect(await standingOf(worker, 'SOCIAL_WORKER')).to.deep.include({ kind: 'QUALIFIED', year: 2025 });
    expect(await waitingOf(worker)).to.deep.equal([['SOCIAL_WORKER', 2025, 'PENDING']]);
    expect((await county.get(`/workers/${worker.id}`)).text).to.include('2025 年已全科合格，证书还没有录入');
  });

  it('domain.md §1.5 (b): 2024 {COMP}, 2025 {LAW}, 2026 {PRAC} does not qualify, and says what still counts', async () => {
    const worker = test.fixture.workers[1]!;
    await record(worker, 'SOCIAL_WORKER', { year: '2024', S_COMP: '70' });
    await record(worker, 'SOCIAL_WORKER', { year: '2025', S_LAW: '70' });
    await record(worker, 'SOCIAL_WORKER', { year: '2026', S_PRAC: '70' });
    expect(await standingOf(worker, 'SOCIAL_WORKER')).to.deep.include({
      kind: 'OPEN',
      nextExam: 2027,
      isLastChance: true,
      mustPass: ['S_COMP', 'S_LAW'],
    });
    expect(await waitingOf(worker)).to.deep.equal([]);
    expect((await county.get(`/exams/people/${worker.id}`)).text).to.include('2027 年须过综合能力、法规与政策，否则实务成绩作废');
    const list = (await county.get('/exams?state=lastChance')).text;
    expect(list).to.include(worker.name).and.to.include('最后机会 <small>1</small>');
  });

  it('domain.md §1.5 (e): ASSISTANT 2025 {A_COMP}, 2026 {A_PRAC} does not qualify: nothing carries over', async () => {
    const worker = test.fixture.workers[2]!;
    await record(worker, 'ASSISTANT', { year: '2025', A_COMP: '80', A_PRAC: '40' });
    await record(worker, 'ASSISTANT', { year: '2026', A_PRAC: '80', A_COMP_outcome: 'ABSENT' });
    expect(await standingOf(worker, 'ASSISTANT')).to.deep.include({ kind: 'OPEN', mustPass: ['A_COMP', 'A_PRAC'], isLastChance: false });
    expect(await waitingOf(worker)).to.deep.equal([]);
  });

  it('an ineligible first year gives nothing to the next (ruling 32)', async () => {
    const worker = test.fixture.workers[3]!;
    await record(worker, 'SOCIAL_WORKER', { year: '2025', S_COMP: '66', S_LAW: '60', eligibility: 'REVIEW_REFUSED' });
    await record(worker, 'SOCIAL_WORKER', { year: '2026', S_PRAC: '60' });
    const standing = await standingOf(worker, 'SOCIAL_WORKER');
    expect(standing.kind).to.equal('OPEN');
    expect(standing.voided.map((one) => `${one.subject} ${one.reason}`)).to.have.members([
      'S_COMP NOT_ELIGIBLE',
      'S_LAW NOT_ELIGIBLE',
      'S_PRAC SET_VOID',
    ]);
  });

  it('decision 22: a mark announced months later turns a fail into a pass, and the certificate begins to wait', async () => {
    const worker = test.fixture.workers[4]!;
    await record(worker, 'ASSISTANT', { year: '2026', A_COMP: '55', A_PRAC: '61' });
    expect(await waitingOf(worker)).to.deep.equal([]);
    const fields = await formOf(city, '/exam-years/marks/new', '/exam-years/marks');
    const typed = {
      year: '2026',
      subject: 'A_COMP',
      divisionId: test.fixture.county.id,
      mark: '53',
      announcedOn: '2026-09-15',
      source: '单独划线通知',
    };
    const answer = await city
      .post('/exam-years/marks')
      .type('form')
      .send({ ...fields, ...typed });
    expect(answer.status, answer.text).to.equal(303);
    expect((await city.get('/exam-years')).text).to.include('已公布 2026 年综合能力（初级） 53 分，1 人的结论因此改变。');
    await test.settle();
    expect(await standingOf(worker, 'ASSISTANT')).to.deep.include({ kind: 'QUALIFIED', year: 2026 });
    expect(await waitingOf(worker)).to.deep.equal([['ASSISTANT', 2026, 'PENDING']]);
    const history = await test.deps.exams.historyOf(systemScope('test'), worker.id);
    expect(history.filter((one) => one.subject === 'A_COMP').map((one) => [one.passed, one.supersededAt !== null])).to.deep.equal([
      [false, true],
      [true, false],
    ]);
  });

  it('a correction needs a reason, supersedes, and takes the waiting certificate back', async () => {
    const worker = test.fixture.workers[4]!;
    const attempt = (await test.deps.exams.standingOf([worker.id])).get(worker.id)!.find((one) => one.subject === 'A_PRAC')!;
    const address = `/exams/attempts/${attempt.id}`;
    const fields = await formOf(county, address, address);
    const typed = { A_PRAC: '51', A_PRAC_outcome: 'BY_MARK', eligibility: 'REVIEW_PASSED', source: '成绩单' };
    const refused = await county
      .post(`${address}/correction`)
      .type('form')
      .send({ ...fields, ...typed });
    expect([refused.status, problemsOf(refused.text)]).to.deep.equal([422, [['reason', '没有写更正原因。']]]);
    const answer = await county
      .post(`${address}/correction`)
      .type('form')
      .send({ ...fields, ...typed, reason: '抄错一位' });
    expect(answer.status).to.equal(303);
    await test.settle();
    expect(await waitingOf(worker)).to.deep.equal([]);
    expect((await county.get(address)).text).to.include('这条已被更正，不再算数。');
  });
});
