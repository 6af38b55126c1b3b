import { expect } from 'chai';
import { load } from 'cheerio';
import { civilDay } from '../../server/platform/civilDays.js';
import { systemScope } from '../../server/platform/scope.js';
import { systemActor, type Tx } from '../../server/platform/transactions.js';
import type { ClassPlan, TrainingClass } from '../../server/trainings/trainingClass.rules.js';
import type { Worker } from '../../server/workers/worker.rules.js';
import { formOf, startTestApp, type Agent, type TestApp } from '../support/app.js';
import { planOf } from '../support/classes.js';

const all = systemScope('test');

describe('nominations', () => {
  let at: TestApp;
  let city: Agent;
  let county: Agent;
  let mine: readonly Worker[];
  let foreign: readonly Worker[];
  before(async () => {
    at = await startTestApp();
    [city, county] = [await at.signIn('city'), await at.signIn('county')];
    mine = at.fixture.workers.filter((worker) => worker.divisionPath.includes(at.fixture.county.id));
    foreign = at.fixture.workers.filter((worker) => worker.divisionPath.includes(at.fixture.otherCounty.id));
    // two of the county are trained already, so that the order has something to say
    await run((tx) =>
      at.deps.classHistory.addHistoric(tx, [
        {
          plan: planOf(at.fixture, {}, ['2026-05-06', '2026-05-06']),
          state: 'CLOSED',
          publishedAt: tx.now,
          closedAt: tx.now,
          people: mine.slice(0, 2).map((worker) => ({ worker, state: 'COMPLETED' })),
        },
      ]),
    );
    await at.deps.rollUp.rebuild(2026);
  });
  after(() => at.close());

  const run = <T>(useCase: (tx: Tx) => Promise<T>): Promise<T> => at.deps.transact(systemActor('test'), useCase);

  async function made(changes: Partial<ClassPlan>, days: [string, string]): Promise<TrainingClass> {
    const quotas = [
      { divisionId: at.fixture.county.id, seats: 3 },
      { divisionId: at.fixture.otherCounty.id, seats: 4 },
    ];
    const plan = planOf(
      at.fixture,
      { capacity: 7, quotas, audience: quotas.map((quota) => quota.divisionId), nominateBy: civilDay('2026-12-01'), ...changes },
      days,
    );
    return run(async (tx) => {
      const created = await at.deps.classes.create(tx, all, plan);
      if (!created.ok) throw new Error(JSON.stringify(created.problems));
      const published = await at.deps.classes.act(tx, all, { id: created.trainingClass.id, version: 1, action: 'PUBLISH', reason: '' });
      if (!published.ok) throw new Error('not published');
      return published.trainingClass;
    });
  }

  async function send(agent: Agent, address: string, fields: Record<string, string | string[]>, page = address) {
    return agent
      .post(address)
      .type('form')
      .send({ ...(await formOf(agent, page)), ...fields });
  }

  const noticeOf = async (agent: Agent, address: string): Promise<string> =>
    load((await agent.get(address)).text)('[role=status]')
      .text()
      .trim();
  const statesOf = async (of: TrainingClass) => (await at.deps.enrolments.countByState(all, [of.id])).get(of.id) ?? {};

  it('offer a county its own uncovered people in the order of need, with the reason', async () => {
    const of = await made({ name: '县级兜底第 1 期' }, ['2026-12-02', '2026-12-03']);
    const page = load((await county.get(`/classes/${of.id}/nominations?size=50`)).text);
    const rows = page('#f-workerIds tbody tr')
      .get()
      .map((row) => load(row).text());
    expect(rows.length).to.be.greaterThan(0);
    expect(rows[0]).to.include('1. 本年未训，没有别的班可上');
    for (const trained of mine.slice(0, 2)) expect(page('#f-workerIds').text()).to.not.include(trained.idMasked);
    const names = new Set(foreign.map((worker) => worker.id));
    const offered = page('input[name=workerIds]')
      .get()
      .map((one) => one.attribs['value'] ?? '');
    expect(offered.filter((id) => names.has(id))).to.deep.equal([]);
    const everybody = load((await county.get(`/classes/${of.id}/nominations?size=50&pool=all`)).text)('input[name=workerIds]');
    expect(everybody.length).to.be.greaterThan(offered.length);
  });

  it('seat as many as the quota has, let the rest wait, and name who is left out', async () => {
    const [one, other] = [
      await made({ name: '县级兜底第 2 期' }, ['2026-12-07', '2026-12-08']),
      await made({ name: '县级兜底第 3 期' }, ['2026-12-08', '2026-12-09']),
    ];
    const people = mine.slice(5, 9);
    const none = await send(county, `/classes/${one.id}/nominations`, {});
    expect([none.status, load(none.text)('.error-box li').text().trim()]).to.deep.equal([422, '还没有选人。请在名单里勾选要提名的人。']);
    const sent = await send(county, `/classes/${one.id}/nominations`, { workerIds: people.map((worker) => worker.id) });
    expect(sent.status).to.equal(303);
    expect(await statesOf(one)).to.deep.equal({ NOMINATED: 3, WAITLISTED: 1 });
    expect(await noticeOf(county, String(sent.headers['location'])))
      .to.include('已把 3 人提名到县级兜底第 2 期，余 0 席')
      .and.include('1 人进入候补');
    const seated = (await at.deps.enrolments.ofClass(all, one.id, ['NOMINATED']))[0]!;
    const mixed = await send(county, `/classes/${other.id}/nominations`, { workerIds: [seated.workerId, mine[12]!.id] });
    const said = await noticeOf(county, String(mixed.headers['location']));
    expect(said)
      .to.include('已把 1 人提名')
      .and.include('1 人没有提名')
      .and.include(seated.name)
      .and.include('2026-12-07 至 2026-12-08 已有别的班');
    const page = load((await county.get(`/classes/${other.id}/nominations?pool=all&size=50`)).text);
    expect(page('#f-workerIds').text()).to.include('已在别的班，不能提名');
  });

  it('let the owner confirm, return with a reason and promote, and the county only withdraw', async () => {
    const of = await made({ name: '县级兜底第 4 期' }, ['2026-12-14', '2026-12-15']);
    await send(county, `/classes/${of.id}/nominations`, { workerIds: mine.slice(14, 18).map((worker) => worker.id) });
    const address = `/classes/${of.id}/nominations`;
    const [first, second, third] = await at.deps.enrolments.ofClass(all, of.id, ['NOMINATED']);
    const [waiting] = await at.deps.enrolments.ofClass(all, of.id, ['WAITLISTED']);
    const decide = (agent: Agent, action: string, ids: readonly string[], reason = '') =>
      send(agent, `${address}/decisions`, { action, enrolmentIds: [...ids], reason }, address);
    expect((await decide(county, 'CONFIRM', [first!.id])).status).to.equal(403);
    expect((await decide(city, 'CONFIRM', [first!.id, second!.id])).status).to.equal(303);
    const bare = await decide(city, 'RETURN', [third!.id]);
    expect([bare.status, load(bare.text)('.error-box li').text().trim()]).to.deep.equal([422, '退回要填写原因，提名单位会看到']);
    expect((await decide(city, 'RETURN', [third!.id], '请换一名网格员')).status).to.equal(303);
    expect(load((await county.get(address)).text)('body').text()).to.include('请换一名网格员');
    expect((await decide(city, 'PROMOTE', [waiting!.id])).status).to.equal(303);
    expect((await decide(county, 'WITHDRAW', [first!.id], '产假')).status).to.equal(303);
    expect(await statesOf(of)).to.deep.equal({ CONFIRMED: 2, RETURNED: 1, WITHDRAWN: 1 });
    const twice = await decide(city, 'CONFIRM', [first!.id]);
    expect([twice.status, load(twice.text)('.error-box li').text()]).to.deep.equal([422, `${first!.name}现在的状态不能这样做。`]);
    const elsewhere = await made({ name: '县级兜底第 5 期' }, ['2026-12-16', '2026-12-16']);
    expect(
      (
        await send(
          city,
          `/classes/${elsewhere.id}/nominations/decisions`,
          { action: 'WITHDRAW', enrolmentIds: second!.id, reason: 'x' },
          address,
        )
      ).status,
    ).to.equal(404);
  });

  it('list the classes a county is invited to, with seats and the last day', async () => {
    await made({ name: '县级兜底第 6 期' }, ['2026-12-21', '2026-12-21']);
    await made({ name: '别县的班', audience: [at.fixture.otherCounty.id], quotas: [{ divisionId: at.fixture.otherCounty.id, seats: 7 }] }, [
      '2026-12-22',
      '2026-12-22',
    ]);
    const page = load((await county.get('/nominations')).text);
    const row =
      page('tbody tr')
        .get()
        .map((one) => load(one).text())
        .find((text) => text.includes('第 6 期')) ?? '';
    expect(row.replace(/\s+/g, ' ')).to.include('12-01').and.include('剩 7 天').and.include('提名中');
    expect(page('tbody').text()).to.not.include('别县的班');
  });

  it('take people selected in the untrained list to a class of their choice', async () => {
    const of = await made({ name: '县级兜底第 7 期', nominateBy: null }, ['2026-12-23', '2026-12-23']);
    const uncounted = await made({ name: '新入职第 1 期', purpose: 'ONBOARDING' }, ['2026-12-24', '2026-12-24']);
    const people = mine.slice(22, 26).map((worker) => worker.id);
    const keys = await formOf(county, '/nominations', '/sign-out');
    const chosen = await county
      .post('/nominations/selection')
      .type('form')
      .send({ ...keys, workerIds: [...people, foreign[0]!.id] });
    const page = load(chosen.text);
    expect([chosen.status, page('h1').text()]).to.deep.equal([200, '给 4 人选一个班']);
    expect(page(`input[name=classId][value=${of.id}]`).closest('tr').text()).to.include('余席不够，1 人进入候补');
    const rowOf = (id: string): string => page(`input[name=classId][value=${id}]`).closest('tr').text();
    expect([rowOf(of.id).includes('不计入年度覆盖'), rowOf(uncounted.id).includes('不计入年度覆盖')]).to.deep.equal([false, true]);
    const none = await county
      .post('/nominations')
      .type('form')
      .send({ ...keys, workerIds: people, once: 'x1' });
    expect([none.status, load(none.text)('.error-box li').text().trim()]).to.deep.equal([422, '请选一个班']);
    const sent = await county
      .post('/nominations')
      .type('form')
      .send({ ...keys, workerIds: people, classId: of.id, once: 'x2' });
    expect([sent.status, sent.headers['location']]).to.deep.equal([303, `/classes/${of.id}/nominations`]);
    expect(await statesOf(of)).to.deep.equal({ NOMINATED: 3, WAITLISTED: 1 });
    const again = await county
      .post('/nominations')
      .type('form')
      .send({ ...keys, workerIds: people, classId: of.id, once: 'x3' });
    expect([again.status, load(again.text)('.error-box li').text()]).to.satisfy(
      ([status, text]: [number, string]) => status === 422 && text.includes('已在这个班里'),
    );
    const empty = await county
      .post('/nominations/selection')
      .type('form')
      .send({ ...keys });
    expect([empty.status, empty.headers['location']]).to.deep.equal([303, '/untrained']);
  });

  it('offer a class of a special purpose to whom its deadline or exam calls, and to everybody only when asked', async () => {
    const onboarding = await made({ name: '新入职第 9 期', purpose: 'ONBOARDING' }, ['2026-12-24', '2026-12-24']);
    const induction = await made({ name: '任职第 1 期', purpose: 'INDUCTION' }, ['2026-12-25', '2026-12-25']);
    const coaching = await made({ name: '考前第 1 期', purpose: 'EXAM_COACHING' }, ['2026-12-26', '2026-12-26']);
    const reasons = async (of: TrainingClass, pool: 'needing' | 'all') => {
      const people = await at.deps.candidates.forClass(all, of, { areaId: at.fixture.county.id, pool, today: civilDay('2026-11-24') });
      return new Set(people.map((one) => one.reason));
    };
    const deadlines = ['OVERDUE', 'DEADLINE_NEAR', 'DEADLINE_AHEAD'];
    for (const of of [onboarding, induction]) {
      for (const reason of await reasons(of, 'needing')) expect(deadlines, of.name).to.include(reason);
    }
    for (const reason of await reasons(coaching, 'needing')) expect(['LAST_CHANCE', 'ELIGIBLE']).to.include(reason);
    expect((await reasons(coaching, 'needing')).size).to.be.greaterThan(0);
    expect([...(await reasons(onboarding, 'all'))]).to.include('HOURS_SHORT');
  });

  it('open a class to townships below the invited county, each with its own people', async () => {
    const of = await made({ name: '县级兜底第 9 期', nominateBy: null }, ['2026-12-29', '2026-12-29']);
    const township = await at.signIn('township');
    const page = load((await township.get(`/classes/${of.id}/nominations?size=50&pool=all`)).text);
    const own = new Set(mine.filter((worker) => worker.divisionPath.includes(at.fixture.township.id)).map((worker) => worker.id));
    const offered = page('input[name=workerIds]')
      .get()
      .map((one) => one.attribs['value'] ?? '');
    expect(offered.length).to.be.greaterThan(0);
    expect(offered.filter((id) => !own.has(id))).to.deep.equal([]);
    expect((await (await at.signIn('teacher')).get(`/classes/${of.id}/nominations`)).status).to.equal(403);
  });
});
