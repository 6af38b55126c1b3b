import { expect } from 'chai';
import { load, type CheerioAPI } from 'cheerio';
import { systemScope } from '../../server/platform/scope.js';
import type { ClassPlan, TrainingClass } from '../../server/trainings/trainingClass.rules.js';
import { startTestApp, type Agent, type TestApp } from '../support/app.js';
import { errorsOf, makeClass, placePeople, sendForm } from '../support/classes.js';

/** Of a class that was announced for these days. */
const days: [string, string] = ['2026-12-14', '2026-12-16'];
const oldDates = /12-1[456]|12 月 1[456] 日/;

describe('a class that is put off or called off', () => {
  let at: TestApp;
  let city: Agent;
  before(async () => {
    at = await startTestApp();
    city = await at.signIn('city');
  });
  after(() => at.close());

  const open = async (address: string): Promise<CheerioAPI> => load((await city.get(address)).text);

  async function off(step: 'postponement' | 'cancellation', changes: Partial<ClassPlan>): Promise<TrainingClass> {
    const quotas = [{ divisionId: at.fixture.county.id, seats: 60 }];
    const of = await makeClass(at, { quotas, audience: [at.fixture.county.id], ...changes }, days);
    const people = at.fixture.workers.filter((worker) => worker.divisionPath.includes(at.fixture.county.id)).slice(0, 3);
    await placePeople(
      at,
      of,
      people.map((worker) => worker.id),
    );
    expect((await sendForm(city, `/classes/${of.id}/${step}`, { reason: '场地供暖检修' })).status).to.equal(303);
    return of;
  }

  it('has no dates on its pages and in the list until it has new ones', async () => {
    const of = await off('postponement', { name: '延期的班', nominateBy: null });
    const page = await open(`/classes/${of.id}`);
    expect(page('main').text()).to.include('日期待定').and.not.match(oldDates);
    expect(page('.steps').text()).to.include('待定').and.not.include('起');
    expect(page('main').text()).to.not.include('打印签到表');
    const row = (await open('/classes?tab=off'))('tbody tr').filter((_, one) => load(one).text().includes('延期的班'));
    expect(row.text()).to.include('日期待定').and.not.match(oldDates);
    const [place] = await at.deps.enrolments.ofClass(systemScope('test'), of.id);
    const history = await open(`/workers/${place!.workerId}`);
    expect(history('.timeline li:contains("延期的班")').text()).to.include('日期待定').and.not.include('待上课');
    const asked = await open(`/classes/${of.id}/rescheduling`);
    expect(asked('.confirm ul').text()).to.include('原来的安排：12-14 至 12-16');
    const moved = await sendForm(city, `/classes/${of.id}/rescheduling`, { firstDay: '2026-12-21', reason: '修好了' });
    expect(moved.status).to.equal(303);
    expect((await open(`/classes/${of.id}`))('main').text())
      .to.include('12-21 至 12-23')
      .and.not.include('待定');
    await sendForm(city, `/classes/${of.id}/cancellation`, { reason: '收尾' });
  });

  it('is not moved to a day that is over', async () => {
    const of = await off('postponement', { name: '改到过去的班' });
    const refused = await sendForm(city, `/classes/${of.id}/rescheduling`, { firstDay: '2026-11-23', reason: '修好了' });
    expect([refused.status, errorsOf(refused.text)]).to.deep.equal([
      422,
      ['2026-11-23 已经过去了，今天是 2026-11-24。请填今天或以后的日期。'],
    ]);
    await sendForm(city, `/classes/${of.id}/cancellation`, { reason: '收尾' });
  });

  it('says on its notice that the notice no longer holds', async () => {
    const [postponed, cancelled] = [await off('postponement', { name: '甲班' }), await off('cancellation', { name: '乙班' })];
    expect((await open(`/classes/${postponed.id}/notice`))('.sheet').first().text()).to.include('本班已延期，原定日期作废，新日期另行通知');
    expect((await open(`/classes/${cancelled.id}/notice`))('.sheet').first().text()).to.include('本班已取消，本通知作废');
    await sendForm(city, `/classes/${postponed.id}/cancellation`, { reason: '收尾' });
  });

  it('asks for nobody once it is cancelled, and says how many lost their place', async () => {
    const of = await off('cancellation', { name: '取消的班', capacity: 60 });
    const page = await open(`/classes/${of.id}`);
    expect(page('.stats').text().replaceAll(/\s+/g, '')).to.equal('已释放3人取消时占席或候补的人');
    expect(page('main').text()).to.not.match(/去提名|有空席时递补|计入年度覆盖 /);
    expect((await open(page('.stats a').attr('href') ?? ''))('tbody tr')).to.have.length(3);
    expect(page('.tabs').text()).to.not.include('名额与提名');
  });
});
