import { expect } from 'chai';
import { formOf, type Agent, type TestApp } from '../support/app.js';
import { problemsOf, startExams, type ExamActs } from './examActs.js';

describe('the forms of exams', () => {
  let test: TestApp;
  let county: Agent;
  let city: Agent;
  let send: ExamActs['send'];
  before(async () => {
    ({ test, county, city, send } = await startExams());
  });
  after(async () => test.close());

  it('bad input names every field and the mend, keeps what was typed and writes nothing', async () => {
    const worker = test.fixture.workers[5]!;
    const answer = await send(worker, 'SOCIAL_WORKER', {
      year: '2026',
      source: '',
      S_COMP: '172',
      S_LAW: '6.5',
      S_PRAC: '5',
      S_PRAC_outcome: 'ABSENT',
    });
    expect(answer.status).to.equal(422);
    expect(problemsOf(answer.text)).to.deep.equal([
      ['source', '没有写依据。请写成绩单或公告的名称。'],
      ['S_COMP', '分数最高 100，请核对。'],
      ['S_PRAC', '缺考没有分数：请删去分数，或改选别的。'],
      ['S_LAW', '填公布的整数分，不要小数。'],
    ]);
    expect(answer.text).to.include('value="172"');
    expect((await test.deps.exams.standingOf([worker.id])).size).to.equal(0);
    expect(problemsOf((await send(worker, 'SOCIAL_WORKER', { year: '2027', S_COMP: '70' })).text)).to.deep.equal([
      ['year', '考试年历里没有 2027 年。请先在考试年历里补上。'],
    ]);
    expect(problemsOf((await send(worker, 'SOCIAL_WORKER', { year: '2026' })).text)).to.deep.equal([
      ['level', '没有填任何科目。至少填一科的分数或结论。'],
    ]);
  });

  it('a subject that is recorded already is refused with the way to its correction', async () => {
    const worker = test.fixture.workers[1]!;
    expect((await send(worker, 'SOCIAL_WORKER', { year: '2026', S_PRAC: '65' })).status).to.equal(303);
    const answer = await send(worker, 'SOCIAL_WORKER', { year: '2026', S_PRAC: '71', S_LAW: '71' });
    expect(answer.status).to.equal(422);
    expect(problemsOf(answer.text)).to.deep.equal([['S_PRAC', '2026 年这一科已有成绩。要改请打开那一条更正。']]);
    expect(answer.text).to.include('href="/exams/attempts/');
  });

  it('somebody of another county is not there', async () => {
    const stranger = test.fixture.workers.at(-1)!;
    expect((await county.get(`/exams/people/${stranger.id}`)).status).to.equal(404);
    const fields = await formOf(county, `/exams/new?worker=${test.fixture.workers[5]!.id}`, '/exams');
    const typed = { workerId: stranger.id, level: 'ASSISTANT', year: '2026', A_COMP: '70', eligibility: 'RULE', source: '成绩单' };
    expect(
      (
        await county
          .post('/exams')
          .type('form')
          .send({ ...fields, ...typed })
      ).status,
    ).to.equal(404);
  });

  it('notes registrations for the coming exam from the list of those who may sit, and takes one back', async () => {
    const page = (await county.get('/exams?state=notEntered')).text;
    const [, id] = /name="worker" value="([0-9a-f]{24})"/.exec(page)!;
    const fields = await formOf(county, '/exams?state=notEntered', '/exams/entries');
    const answer = await county
      .post('/exams/entries')
      .type('form')
      .send({ ...fields, worker: [id, test.fixture.workers.at(-1)!.id], level: 'ASSISTANT' });
    expect(answer.status).to.equal(303);
    await test.settle();
    const entered = (await county.get('/exams?state=entered')).text;
    expect(entered).to.include('已登记 1 人报名 2027 年助理社会工作师考试').and.to.include(`/workers/${id!}`);
    const back = await formOf(county, `/exams/people/${id!}`, `/exams/people/${id!}/entry-withdrawal`);
    expect(
      (
        await county
          .post(`/exams/people/${id!}/entry-withdrawal`)
          .type('form')
          .send({ ...back, level: 'ASSISTANT' })
      ).status,
    ).to.equal(303);
    await test.settle();
    expect((await county.get('/exams?state=entered')).text).to.include('还没有登记 2027 年的报名');
  });

  it('exports what the list shows, and writes it in the trail', async () => {
    const answer = await county.get('/exams/export?state=lastChance');
    expect(answer.headers['content-type']).to.include('spreadsheetml');
    const rows = await test.deps.db.collection('audit_rows').find({ action: 'exam.exported' }).toArray();
    expect(rows.map((row) => row['count'])).to.deep.equal([1]);
  });

  it('the calendar refuses days that cannot be, each at its field', async () => {
    const fields = await formOf(city, '/exam-years/new', '/exam-years');
    const typed = {
      year: '2027',
      firstDay: '2028-05-22',
      lastDay: '2028-05-21',
      resultsOn: '2027-01-01',
      registrationFrom: '2027-03-20',
      registrationTo: '2027-03-10',
      source: '通知',
    };
    const answer = await city
      .post('/exam-years')
      .type('form')
      .send({ ...fields, ...typed });
    expect([answer.status, problemsOf(answer.text).map(([field]) => field)]).to.deep.equal([
      422,
      ['firstDay', 'lastDay', 'resultsOn', 'registrationTo'],
    ]);
    const good = { ...typed, firstDay: '2027-05-22', lastDay: '2027-05-23', resultsOn: '', registrationTo: '2027-03-31' };
    expect(
      (
        await city
          .post('/exam-years')
          .type('form')
          .send({ ...fields, ...good })
      ).status,
    ).to.equal(303);
    expect((await city.get('/exam-years')).text).to.include('03-20 至 03-31（忻州市）');
    expect((await county.get('/exam-years/new')).status).to.equal(403);
  });
});
