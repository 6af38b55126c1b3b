import { expect } from 'chai';
import { systemScope } from '../../server/platform/scope.js';
import { systemActor } from '../../server/platform/transactions.js';
import { civilDay } from '../../server/platform/civilDays.js';
import { startTestApp, type Agent, type TestApp } from '../support/app.js';
import { errorsOf } from '../support/classes.js';
import { send } from './workerActs.js';

describe('an exemption that ends before its day', () => {
  let app: TestApp;
  let city: Agent;
  before(async () => {
    app = await startTestApp();
    city = await app.signIn('city');
    await app.settle();
  });
  after(() => app.close());

  /** Of a person of the county, from October to the end of the year. */
  async function approved(nth: number): Promise<{ id: string; workerId: string }> {
    const all = systemScope('test');
    const workerId = app.fixture.workers.filter((worker) => worker.divisionPath.includes(app.fixture.county.id))[nth]!.id;
    const days = { from: civilDay('2026-10-01'), to: civilDay('2026-12-31') };
    return app.deps.transact(systemActor('test'), async (tx) => {
      const asked = await app.deps.exemptions.request(tx, all, { workerId, reason: '产假', ...days });
      if (!asked.ok) throw new Error(JSON.stringify(asked.problems));
      await app.deps.exemptions.approve(tx, all, { id: asked.exemption.id, answer: '' });
      return { id: asked.exemption.id, workerId };
    });
  }

  const daysOf = async (workerId: string): Promise<string[]> =>
    (await app.deps.workers.factsFor([workerId])).get(workerId)!.exemptions.map(({ from, to }) => `${from}/${to}`);
  const due = async (): Promise<number> => {
    await app.settle();
    const text = (await city.get(`/untrained?area=${app.fixture.county.areaCode}`)).text;
    return Number(/应训 (\d+) 人/.exec(text)?.[1]);
  };

  it('ends on the day before the person is back, who is due again, and the county sees why', async () => {
    const before = await due();
    const { id, workerId } = await approved(0);
    expect(await due()).to.equal(before - 1);
    expect((await city.get(`/exemptions/${id}`)).text).to.contain(`/exemptions/${id}/ending`);
    expect((await send(city, `/exemptions/${id}/ending`, { backOn: '20261123', reason: '提前返岗' })).status).to.equal(303);
    expect(await daysOf(workerId)).to.deep.equal(['2026-10-01/2026-11-22']);
    expect(await due()).to.equal(before);
    const county = await app.signIn('county');
    expect((await county.get(`/exemptions/${id}`)).text)
      .to.contain('提前返岗')
      .and.contain('2026-10-01 至 2026-11-22')
      .and.not.contain('/ending');
    expect((await county.get(`/exemptions/${id}/ending`)).status).to.equal(403);
  });

  it('never was when the person is back on its first day', async () => {
    const { id, workerId } = await approved(1);
    await send(city, `/exemptions/${id}/ending`, { backOn: '2026-10-01', reason: '批错了人' });
    expect(await daysOf(workerId)).to.deep.equal([]);
    expect((await city.get('/exemptions?state=withdrawn')).text)
      .to.contain('已撤回 <')
      .and.contain(id);
  });

  it('is refused outside its days and without a reason, and only once', async () => {
    const { id } = await approved(2);
    const address = `/exemptions/${id}/ending`;
    const wrong = await send(city, address, { backOn: '2027-01-01', reason: '' });
    expect([wrong.status, errorsOf(wrong.text)]).to.deep.equal([422, ['请写原因或依据。']]);
    const outside = await send(city, address, { backOn: '2027-01-01', reason: '返岗' });
    expect(errorsOf(outside.text)).to.deep.equal(['2027-01-01 不在免训的日子里。请填 2026-10-01 到 2026-12-31 之间的日期。']);
    expect((await send(city, address, { backOn: '2026-10-01', reason: '返岗' })).status).to.equal(303);
    expect((await city.get(address)).status).to.equal(404);
  });
});
