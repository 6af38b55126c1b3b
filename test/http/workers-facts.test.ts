import { expect } from 'chai';
import { startTestApp, type Agent, type TestApp } from '../support/app.js';
import { send, stored } from './workerActs.js';

describe('people: corrections of what was recorded', () => {
  let app: TestApp;
  let county: Agent;

  before(async function () {
    this.timeout(60_000);
    app = await startTestApp();
    county = await app.signIn('county');
  });

  after(() => app.close());

  it('supersede the wrong fact, move the seam to the one before, and keep both readable', async () => {
    const worker = app.fixture.workers[9]!;
    const version = async (): Promise<string> => String((await stored(app, worker.id)).version);
    const changed = await send(county, `/workers/${worker.id}/post`, {
      version: await version(),
      post: 'DEPUTY_DIRECTOR',
      postClass: 'DEPUTY',
      from: '2026-11-01',
      reason: '增补',
    });
    expect(changed.status).to.equal(303);
    const factsNow = async () => (await app.deps.workers.factsFor([worker.id])).get(worker.id)!.appointments;
    const wrong = (await factsNow()).at(-1)!;
    const address = `/workers/${worker.id}/facts/${wrong.id}`;
    expect((await county.get(`/workers/${worker.id}`)).text).to.contain(address);
    const fields = {
      version: await version(),
      divisionId: worker.divisionId,
      post: 'DEPUTY_DIRECTOR',
      postClass: 'DEPUTY',
      from: '2026-10-15',
      reason: '任命文件上是 10 月 15 日',
    };
    const tooEarly = await send(county, address, { ...fields, from: worker.postSince });
    expect(tooEarly.status).to.equal(422);
    expect(tooEarly.text).to.contain(`应晚于 ${worker.postSince}`);
    const corrected = await send(county, address, fields);
    expect(corrected.status).to.equal(303);
    expect((await factsNow()).map(({ post, from, to }) => [post, from, to])).to.deep.equal([
      [worker.post, worker.postSince, '2026-10-15'],
      ['DEPUTY_DIRECTOR', '2026-10-15', null],
    ]);
    expect(await stored(app, worker.id)).to.include({ postSince: '2026-10-15', post: 'DEPUTY_DIRECTOR' });
    const all = await app.deps.db.collection('appointments').find({ workerId: worker.id }).toArray();
    expect(all.filter((row) => row['supersededAt'] !== null)).to.have.length(3);
    const page = (await county.get(`/workers/${worker.id}?view=changes`)).text;
    expect(page).to.contain('生效日期：2026-11-01 → 2026-10-15').and.contain('任命文件上是 10 月 15 日');
    expect((await county.get(address)).status).to.equal(404);
    const other = await app.signIn('county2');
    expect((await other.get(`/workers/${worker.id}/facts/${(await factsNow())[0]!.id}`)).status).to.equal(404);
  });
});
