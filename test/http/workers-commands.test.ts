import { expect } from 'chai';
import { load } from 'cheerio';
import { formOf, hiddenFields, startTestApp, type Agent, type TestApp } from '../support/app.js';
import { idNumberOf, joinFields, send, stored } from './workerActs.js';

describe('people: join, edit, change of post, transfer, status, departure, return', () => {
  let app: TestApp;
  let county: Agent;

  before(async function () {
    this.timeout(60_000);
    app = await startTestApp();
    county = await app.signIn('county');
  });

  after(() => app.close());

  const worker = (index: number) => app.fixture.workers[index]!;
  const outbox = (workerId: string) =>
    app.deps.db.collection('outbox').find({ name: 'worker.changed', workerIds: workerId }).sort({ _id: -1 }).toArray();
  const versionOf = async (id: string): Promise<string> => String((await stored(app, id)).version);

  it('enters a person with facts, account, trail and event; the same form again changes nothing', async () => {
    const keys = await formOf(county, '/workers/new', '/workers');
    const fields = { ...keys, ...joinFields(app), isSocialWorkMajor: 'yes', fullTimeEducation: 'COLLEGE' };
    const answer = await county.post('/workers').type('form').send(fields);
    expect(answer.status).to.equal(303);
    const id = /([0-9a-f]{24})/.exec(answer.headers['location'] ?? '')?.[1] ?? '';
    const person = await stored(app, id);
    expect(person).to.include({
      name: '石丽君',
      sex: 'FEMALE',
      birthDay: '1992-04-12',
      entryDate: '2026-03-16',
      education: 'COLLEGE',
      isSocialWorkMajor: true,
    });
    expect((await app.deps.access.accountsOfWorkers([id])).has(id)).to.equal(true);
    expect((await outbox(id))[0]?.['years']).to.deep.equal([2026]);
    const again = await county.post('/workers').type('form').send(fields);
    expect(again.headers['location']).to.equal(answer.headers['location']);
    expect(await app.deps.db.collection('workers').countDocuments({ name: '石丽君' })).to.equal(1);
    expect(JSON.stringify(await app.deps.db.collection('workers').findOne({ name: '石丽君' }))).not.to.contain(joinFields(app)['idNumber']);
  });

  it('answers 422 with every problem beside its field and what was typed', async () => {
    const wrong = joinFields(app, {
      idNumber: `${idNumberOf('19920412', 32).slice(0, 17)}0`,
      phone: '12',
      from: '2027-01-01',
      name: '王 五*',
    });
    const first = await send(county, '/workers/new', wrong, '/workers');
    expect(first.status).to.equal(422);
    const $ = load(first.text);
    expect(
      $('.error-box li')
        .map((_, one) => $(one).text().trim())
        .get(),
    ).to.deep.equal([
      '姓名里只能有文字和“·”。请去掉其他符号。',
      '校验位不对，可能有一位抄错。请对照身份证核对。',
      '手机号应为 11 位、以 1 开头；座机请带区号，如 0350-1234567。',
    ]);
    expect($('#f-phone').val()).to.equal('12');
    expect($('#f-name').val()).to.equal('王 五*');
    const late = await send(county, '/workers/new', joinFields(app, { from: '2027-01-01' }), '/workers');
    expect(late.status).to.equal(422);
    expect(load(late.text)('#f-from-error').text()).to.contain('晚于今天');
    const outside = await send(county, '/workers/new', joinFields(app, { divisionId: app.fixture.otherCommunities[0]!.id }), '/workers');
    expect(outside.status).to.equal(422);
    expect(outside.text).to.contain('本辖区的社区');
  });

  it('points to the person when the number is already here', async () => {
    const answer = await send(county, '/workers/new', joinFields(app), '/workers');
    expect(answer.status).to.equal(422);
    expect(answer.text).to.contain('已有此人：石丽君');
  });

  it('edits what a person is; a stale form gets 409 with both values', async () => {
    const id = worker(2).id;
    const address = `/workers/${id}/edit`;
    const keys = await formOf(county, address, address);
    const fields = {
      ...keys,
      name: worker(2).name,
      politicalStatus: 'CITIZEN',
      fullTimeEducation: 'MASTER',
      fullTimeSchool: '山西大学 社会工作',
      isSocialWorkMajor: 'yes',
      grade: '6',
      note: '',
    };
    const answer = await county.post(address).type('form').send(fields);
    expect(answer.status).to.equal(303);
    expect(await stored(app, id)).to.include({ politicalStatus: 'CITIZEN', education: 'MASTER', grade: 6, isSocialWorkMajor: true });
    const stale = await county
      .post(address)
      .type('form')
      .send({ ...fields, once: 'another', grade: '7' });
    expect(stale.status).to.equal(409);
    expect(stale.text).to.contain('7').and.contain('6').and.contain('王秀兰');
    expect((await stored(app, id)).grade).to.equal(6);
  });

  it('changes a post from a day on, and keeps the old one in the history', async () => {
    const id = worker(9).id;
    const before = await stored(app, id);
    const post = before.post === 'COMMITTEE_MEMBER' ? 'DEPUTY_DIRECTOR' : 'COMMITTEE_MEMBER';
    const answer = await send(county, `/workers/${id}/post`, {
      version: await versionOf(id),
      post,
      postClass: 'STAFF',
      from: '2026-11-01',
      reason: '居委会增补',
    });
    expect(answer.status).to.equal(303);
    expect(await stored(app, id)).to.include({ post, postSince: '2026-11-01', entryDate: before.entryDate });
    const facts = (await app.deps.workers.factsFor([id])).get(id)!;
    expect(facts.appointments.map(({ post: held, from, to }) => ({ held, from, to }))).to.deep.equal([
      { held: before.post, from: before.postSince, to: '2026-11-01' },
      { held: post, from: '2026-11-01', to: null },
    ]);
    const earlier = await send(county, `/workers/${id}/post`, {
      version: await versionOf(id),
      post: 'GRID_WORKER',
      postClass: 'STAFF',
      from: '2026-10-01',
      reason: '倒填',
    });
    expect(earlier.status).to.equal(422);
    expect(earlier.text).to.contain('2026-11-01 起已有一次变动');
  });

  it('transfers inside the county after a page that says what happens', async () => {
    const id = worker(8).id;
    const to = app.fixture.communities[2]!;
    const fields = {
      version: await versionOf(id),
      divisionId: to.id,
      post: 'GRID_WORKER',
      postClass: 'STAFF',
      from: '2026-11-20',
      reason: '网格调整',
    };
    const asked = await send(county, `/workers/${id}/transfer`, fields);
    expect(asked.status).to.equal(200);
    expect(asked.text).to.contain('跃进社区').and.contain('培训、考试和证书记录随人走');
    expect((await stored(app, id)).divisionId).not.to.equal(to.id);
    const carried = hiddenFields(asked.text, `/workers/${id}/transfer`);
    const done = await county.post(`/workers/${id}/transfer`).type('form').send(carried);
    expect(done.status).to.equal(303);
    expect((await stored(app, id)).divisionId).to.equal(to.id);
    const outside = await send(county, `/workers/${id}/transfer`, {
      ...fields,
      version: await versionOf(id),
      divisionId: app.fixture.otherCommunities[0]!.id,
      confirmed: 'yes',
    });
    expect(outside.status).to.equal(422);
  });

  it('records leave of absence, departure with confirmation, and return', async () => {
    const id = worker(7).id;
    const sick = await send(county, `/workers/${id}/status`, {
      version: await versionOf(id),
      status: 'MATERNITY_LEAVE',
      from: '2026-06-01',
      reason: '产假',
    });
    expect(sick.status).to.equal(303);
    expect((await stored(app, id)).status).to.equal('MATERNITY_LEAVE');
    const fields = { version: await versionOf(id), status: 'RESIGNED', from: '2026-11-10', reason: '考入事业单位' };
    const asked = await send(county, `/workers/${id}/departure`, fields);
    expect(asked.status).to.equal(200);
    expect(load(asked.text)('.btn-harm-final').text()).to.contain('辞职');
    expect((await stored(app, id)).status).to.equal('MATERNITY_LEAVE');
    const gone = await send(county, `/workers/${id}/departure`, { ...fields, confirmed: 'yes' });
    expect(gone.status).to.equal(303);
    expect(await stored(app, id)).to.include({ status: 'RESIGNED', inServiceSince: null });
    expect((await app.deps.access.accountsOfWorkers([id])).get(id)?.disabledAt).not.to.equal(null);
    expect((await county.get('/workers?size=50')).text).not.to.contain(`/workers/${id}`);
    expect((await county.get('/workers?size=50&status=RESIGNED')).text).to.contain(`/workers/${id}`);
    expect((await county.get(`/workers/${id}`)).text).to.contain('重新上岗');
    const back = await send(county, `/workers/${id}/return`, {
      version: await versionOf(id),
      status: 'IN_SERVICE',
      divisionId: app.fixture.communities[1]!.id,
      post: 'FULL_TIME_WORKER',
      postClass: 'STAFF',
      from: '2026-11-20',
      reason: '返岗',
    });
    expect(back.status).to.equal(303);
    expect(await stored(app, id)).to.include({ status: 'IN_SERVICE', entryDate: '2026-11-20', inServiceSince: '2026-11-20' });
    expect((await app.deps.access.accountsOfWorkers([id])).get(id)?.disabledAt).to.equal(null);
    expect((await outbox(id)).length).to.be.at.least(3);
  });

  it('lets one of two rival commands win', async () => {
    const id = worker(6).id;
    const address = `/workers/${id}/status`;
    const [one, other] = [await formOf(county, address, address), await formOf(county, address, address)];
    const version = await versionOf(id);
    const post = (keys: Record<string, string>, status: string) =>
      county
        .post(address)
        .type('form')
        .send({ ...keys, version, status, from: '2026-11-23', reason: '同时办理' });
    const answers = await Promise.all([post(one, 'LONG_SICK_LEAVE'), post(other, 'TEMPORARILY_REASSIGNED')]);
    expect(answers.map((answer) => answer.status).sort()).to.deep.equal([303, 409]);
    const facts = (await app.deps.workers.factsFor([id])).get(id)!;
    expect(facts.statuses.filter((fact) => fact.to === null)).to.have.length(1);
  });
});
