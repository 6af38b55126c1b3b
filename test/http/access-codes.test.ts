import { expect } from 'chai';
import { load } from 'cheerio';
import { newId } from '../../server/platform/ids.js';
import { hiddenFields, startTestApp, testNow, type TestApp } from '../support/app.js';
import { accountActs, makeWorkerAccount, type AccountActs } from './accessActs.js';

const day = 86_400_000;

describe('one-time codes', () => {
  let at: TestApp;
  let acts: AccountActs;
  before(async () => {
    at = await startTestApp();
    acts = accountActs(at);
  });
  after(() => at.close());
  afterEach(() => {
    at.setNow(testNow);
  });

  it('a code is shown once, works once, and sets the first password', async () => {
    const id = await acts.create('new_one');
    const { code, sheet } = await acts.issue(id);
    expect(code.replace(' ', '')).to.match(/^[0-9A-Z]{8}$/);
    const system = await at.signIn('system');
    expect((await system.get(sheet)).status).to.equal(404);
    const stored = JSON.stringify(await at.deps.db.collection('accounts').findOne({ loginName: 'new_one' }));
    expect(stored).to.not.include(code.replace(' ', ''));
    expect((await acts.signIn('new_one', code)).status).to.equal(422);
    expect((await acts.activate('new_one', code.toLowerCase(), 'Fanshi-2026')).status).to.equal(303);
    expect((await acts.signIn('new_one', 'Fanshi-2026')).status).to.equal(303);
    const again = await acts.activate('new_one', code, 'Another-2026');
    expect(again.status).to.equal(422);
    expect(load(again.text)('.error-box').text()).to.include('码已用过、已过期');
    expect((await acts.signIn('new_one', 'Fanshi-2026')).status).to.equal(303);
  });

  it('a code is good for fourteen days, and a newer one makes it void', async () => {
    const id = await acts.create('slow_one');
    const first = await acts.issue(id);
    const second = await acts.issue(id);
    expect((await acts.activate('slow_one', first.code, 'Fanshi-2026')).status).to.equal(422);
    at.setNow(new Date(testNow.getTime() + 14 * day + 1));
    expect((await acts.activate('slow_one', second.code, 'Fanshi-2026')).status).to.equal(422);
    at.setNow(new Date(testNow.getTime() + 14 * day - 60_000));
    expect((await acts.activate('slow_one', second.code, 'Fanshi-2026')).status).to.equal(303);
  });

  it('of two who use a code at the same moment one wins', async () => {
    const { code } = await acts.issue(await acts.create('double_one'));
    const both = await Promise.all([acts.activate('double_one', code, 'First-2026'), acts.activate('double_one', code, 'Second-2026')]);
    expect(both.map((one) => one.status).sort()).to.deep.equal([303, 422]);
    const winner = both[0].status === 303 ? 'First-2026' : 'Second-2026';
    expect((await acts.signIn('double_one', winner)).status).to.equal(303);
  });

  it('five wrong codes lock the account', async () => {
    const { code } = await acts.issue(await acts.create('guessed_one'));
    for (let n = 0; n < 5; n += 1) expect((await acts.activate('guessed_one', 'AAAA AAAA', 'Fanshi-2026')).status).to.equal(422);
    expect((await acts.activate('guessed_one', code, 'Fanshi-2026')).status).to.equal(422);
  });

  it('a weak password leaves the code unused', async () => {
    const { code } = await acts.issue(await acts.create('weak_one'));
    const weak = await acts.activate('weak_one', code, '12345678');
    expect(weak.status).to.equal(422);
    expect(weak.text).to.not.include('12345678');
    expect((await acts.activate('weak_one', code, 'Fanshi-2026')).status).to.equal(303);
  });

  it('a county prints codes for its own workers only, and a worker signs in by phone', async () => {
    const mine = await makeWorkerAccount(at, { name: '郭晓燕', phone: '13711110011', divisionPath: at.fixture.communities[0]!.path });
    const foreign = await makeWorkerAccount(at, {
      name: '外县人',
      phone: '13711110012',
      divisionPath: at.fixture.otherCommunities[0]!.path,
    });
    const county = await at.signIn('county');
    const list = (await county.get('/codes?q=' + encodeURIComponent('郭晓燕'))).text;
    expect(list).to.include('郭晓燕');
    expect((await county.get('/codes?q=' + encodeURIComponent('外县人'))).text).to.not.include('value="' + foreign);
    const refused = await acts.send(county, '/codes', '/codes/sheets', { all: '', account: [foreign] });
    expect(refused.status).to.equal(422);
    const hidden = hiddenFields(list, '/codes/sheets');
    const answer = await county
      .post('/codes/sheets')
      .type('form')
      .send({ _csrf: hidden['_csrf'], once: newId(), account: [mine, foreign] });
    const sheet = load((await county.get(String(answer.headers['location']))).text);
    expect(sheet('tbody tr').length).to.equal(1);
    expect(sheet('tbody').text()).to.include('郭晓燕').and.to.include('本人手机号').and.to.not.include('13711110011');
    const code = sheet('tbody td b').text();
    expect((await acts.activate('137 1111 0011', code, 'Donghai-2026')).status).to.equal(303);
    const worker = await acts.signIn('13711110011', 'Donghai-2026');
    expect(worker.status).to.equal(303);
    expect((await worker.agent.get('/account')).text).to.include('郭晓燕');
    expect((await worker.agent.get('/codes')).status).to.equal(403);
  });

  it('another’s sheet of codes is not shown and stays for its maker', async () => {
    const mine = await makeWorkerAccount(at, { name: '李娜', phone: '13711110021', divisionPath: at.fixture.communities[1]!.path });
    const county = await at.signIn('county');
    const answer = await acts.send(county, '/codes', '/codes/sheets', { all: '', account: [mine] });
    const address = String(answer.headers['location']);
    expect((await (await at.signIn('county2')).get(address)).status).to.equal(404);
    expect((await county.get(address)).status).to.equal(200);
  });

  it('two workers with one phone: the second signs in by an account name', async () => {
    await makeWorkerAccount(at, { name: '张志强', phone: '13711110031', divisionPath: at.fixture.communities[2]!.path });
    const second = await makeWorkerAccount(at, { name: '张志强之妻', phone: '13711110031', divisionPath: at.fixture.communities[2]!.path });
    const county = await at.signIn('county');
    const answer = await acts.send(county, '/codes', '/codes/sheets', { all: '', account: [second] });
    const sheet = load((await county.get(String(answer.headers['location']))).text);
    const login = sheet('tbody td').eq(3).text();
    expect(login).to.match(/^w[0-9a-f]{10}$/);
    expect((await acts.activate(login, sheet('tbody td b').text(), 'Donghai-2026')).status).to.equal(303);
    expect((await acts.signIn(login, 'Donghai-2026')).status).to.equal(303);
  });
});
