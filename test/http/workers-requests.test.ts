import { expect } from 'chai';
import { grantScope } from '../../server/platform/scope.js';
import { systemActor } from '../../server/platform/transactions.js';
import { hiddenFields, startTestApp, type Agent, type TestApp } from '../support/app.js';
import { idNumberOf, joinFields, send, stored } from './workerActs.js';

describe('requests about people: exemption, transfer between counties, correction', () => {
  let app: TestApp;
  let county: Agent;
  let other: Agent;
  let city: Agent;

  before(async function () {
    this.timeout(60_000);
    app = await startTestApp();
    [county, other, city] = [await app.signIn('county'), await app.signIn('county2'), await app.signIn('city')];
  });

  after(() => app.close());

  const idIn = (address: string | undefined): string => /([0-9a-f]{24})/.exec(address ?? '')?.[1] ?? '';
  const newest = async (collection: string): Promise<string> =>
    String((await app.deps.db.collection(collection).find().sort({ askedAt: -1, _id: -1 }).limit(1).toArray())[0]?._id);

  it('asks an exemption of the city, which approves it; it then counts and shows on the person page', async () => {
    const worker = app.fixture.workers[3]!;
    const address = `/workers/${worker.id}/exemption`;
    const wrong = await send(county, address, { from: '2026-12-31', to: '2026-06-01', reason: '产假' });
    expect(wrong.status).to.equal(422);
    expect(wrong.text).to.contain('早于开始日期');
    const asked = await send(county, address, { from: '2026-06-01', to: '2026-12-31', reason: '产假，证明 2026-17 号' });
    expect(asked.status).to.equal(303);
    const twice = await send(county, address, { from: '2026-06-01', to: '2026-12-31', reason: '再提' });
    expect(twice.text).to.contain('已有一份待批准的免训申请');
    const id = await newest('exemptions');
    expect((await county.get('/exemptions')).text).to.contain(worker.name);
    expect((await county.get(`/exemptions/${id}`)).text)
      .to.contain('等市里批准')
      .and.not.to.contain('/approval');
    expect((await other.get(`/exemptions/${id}`)).status).to.equal(404);
    expect((await county.post(`/exemptions/${id}/approval`).type('form').send({})).status).to.equal(403);
    const silent = await send(city, `/exemptions/${id}`, { answer: '' }, `/exemptions/${id}/refusal`);
    expect(silent.status).to.equal(422);
    expect(silent.text).to.contain('请写答复或原因');
    expect((await send(city, `/exemptions/${id}`, { answer: '证明不全' }, `/exemptions/${id}/refusal`)).status).to.equal(303);
    expect((await county.get(`/exemptions/${id}`)).text).to.contain('证明不全');
    expect((await send(county, address, { from: '2026-06-01', to: '2026-12-31', reason: '补了证明' })).status).to.equal(303);
    const second = await newest('exemptions');
    const page = await city.get(`/exemptions/${second}`);
    const answer = await city
      .post(`/exemptions/${second}/approval`)
      .type('form')
      .send({ ...hiddenFields(page.text, `/exemptions/${second}`), answer: '' });
    expect(answer.status).to.equal(303);
    const facts = (await app.deps.workers.factsFor([worker.id])).get(worker.id)!;
    expect(facts.exemptions.map(({ from, to }) => ({ from, to }))).to.deep.equal([{ from: '2026-06-01', to: '2026-12-31' }]);
    expect((await county.get(`/workers/${worker.id}`)).text)
      .to.contain('2026-06-01 至 2026-12-31 免训')
      .and.contain('赵文斌 批准');
    const overlap = await send(county, address, { from: '2026-12-01', to: '2027-01-31', reason: '续' });
    expect(overlap.text).to.contain('重叠');
  });

  it('tells only the county of a person who serves elsewhere, and writes nothing but a request that the giving county confirms', async () => {
    const idNumber = idNumberOf('19880203', 41);
    const made = await send(
      other,
      '/workers/new',
      joinFields(app, { name: '白玉兰', idNumber, divisionId: app.fixture.otherCommunities[0]!.id }),
      '/workers',
    );
    const id = idIn(made.headers['location']);
    const fields = joinFields(app, { name: '白玉蓝', idNumber, from: '2026-11-20', post: 'FULL_TIME_WORKER' });
    const finding = await send(county, '/workers/new', fields, '/workers');
    expect(finding.status).to.equal(422);
    expect(finding.text).to.contain('此人在忻府区在岗，请办调入').and.not.to.contain('白玉兰').and.not.to.contain('古钟');
    const asked = await send(county, '/workers/new', { ...fields, asTransfer: 'yes' }, '/workers');
    const transfer = idIn(asked.headers['location']);
    expect(asked.headers['location']).to.match(/^\/transfers\//);
    expect((await stored(app, id)).divisionPath).to.include(app.fixture.otherCounty.id);
    const mine = await county.get(`/transfers/${transfer}`);
    expect(mine.text).to.contain('撤回申请').and.contain('忻府区').and.not.to.contain('白玉兰').and.not.to.contain('古钟');
    expect((await county.get(`/workers/${id}`)).status).to.equal(404);
    const again = await send(county, '/workers/new', { ...fields, asTransfer: 'yes' }, '/workers');
    expect(again.text).to.contain('已有一份待确认的调动申请');
    const theirs = await other.get(`/transfers/${transfer}`);
    expect(theirs.text).to.contain('白玉兰').and.contain('同意调出');
    const keys = hiddenFields(theirs.text, `/transfers/${transfer}`);
    const own = hiddenFields(mine.text, `/transfers/${transfer}`);
    expect(
      (
        await county
          .post(`/transfers/${transfer}/confirmation`)
          .type('form')
          .send({ ...own, once: 'x', answer: '' })
      ).status,
    ).to.equal(403);
    const confirmed = await other
      .post(`/transfers/${transfer}/confirmation`)
      .type('form')
      .send({ ...keys, answer: '' });
    expect(confirmed.status).to.equal(303);
    expect(await stored(app, id)).to.include({
      divisionId: app.fixture.communities[0]!.id,
      post: 'FULL_TIME_WORKER',
      postSince: '2026-11-20',
      entryDate: '2026-03-16',
    });
    expect((await county.get(`/workers/${id}`)).status).to.equal(200);
    expect((await other.get(`/workers/${id}`)).status).to.equal(404);
    const late = await other
      .post(`/transfers/${transfer}/refusal`)
      .type('form')
      .send({ ...keys, once: 'y', answer: '不同意' });
    expect(late.status).to.equal(422);
    expect(late.text).to.contain('已经有了答复');
  });

  it('brings what a worker says is wrong to the county, and the answer back', async () => {
    const worker = app.fixture.workers.find((one) => one.divisionId === app.fixture.communities[0]!.id)!;
    const self = grantScope({ kind: 'self', workerId: worker.id });
    const raised = await app.deps.transact(systemActor(worker.name), (tx) =>
      app.deps.corrections.raise(tx, self, { workerId: worker.id, topic: 'phone', text: '手机号已换' }),
    );
    expect(raised.ok).to.equal(true);
    const id = await newest('corrections');
    expect((await county.get('/corrections')).text).to.contain('手机号已换');
    expect((await other.get('/corrections')).text).not.to.contain('手机号已换');
    const empty = await send(county, `/corrections/${id}`, { answer: '' }, `/corrections/${id}/answer`);
    expect(empty.status).to.equal(422);
    const answered = await send(county, `/corrections/${id}`, { answer: '已改为新号' }, `/corrections/${id}/answer`);
    expect(answered.status).to.equal(303);
    const own = await app.deps.corrections.list(self, { workerId: worker.id }, { skip: 0, size: 10 });
    expect(own.rows[0]).to.include({ state: 'answered', answer: '已改为新号', answeredBy: '王秀兰' });
    const strange = await app.deps.corrections.list(
      grantScope({ kind: 'self', workerId: app.fixture.workers[1]!.id }),
      {},
      { skip: 0, size: 10 },
    );
    expect(strange.total).to.equal(0);
  });
});
