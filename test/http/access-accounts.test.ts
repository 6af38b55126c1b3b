import { expect } from 'chai';
import { load } from 'cheerio';
import { newId } from '../../server/platform/ids.js';
import { systemActor } from '../../server/platform/transactions.js';
import { formOf, startTestApp, testNow, type TestApp } from '../support/app.js';
import { password } from '../support/fixture.js';
import { accountActs, makeWorkerAccount, type AccountActs } from './accessActs.js';

describe('accounts', () => {
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

  it('a new account needs a usable name, a free account name and an office inside the reach', async () => {
    const system = await at.signIn('system');
    const bad = await acts.send(system, '/accounts/new', '/accounts', { name: '', loginName: '13900000123', division: '' });
    expect(bad.status).to.equal(422);
    expect(load(bad.text)('.f-error').text()).to.include('请填姓名').and.to.include('请选所属单位');
    const taken = await acts.send(system, '/accounts/new', '/accounts', {
      name: '某人',
      loginName: 'County',
      division: at.fixture.county.id,
    });
    expect(taken.status).to.equal(422);
    expect(load(taken.text)('.f-error').text()).to.include('账号 county 已有人用');
    const root = (await at.deps.divisionsStore.root())?.id ?? '';
    const outside = await acts.send(system, '/accounts/new', '/accounts', { name: '某人', loginName: 'outsider', division: root });
    expect(load(outside.text)('.f-error').text()).to.include('不在您的管辖范围内');
  });

  it('a form sent twice makes one account', async () => {
    const system = await at.signIn('system');
    const body = {
      ...(await formOf(system, '/accounts/new', '/accounts')),
      name: '只一个',
      loginName: 'only_one',
      division: at.fixture.county.id,
    };
    const first = await system.post('/accounts').type('form').send(body);
    const second = await system.post('/accounts').type('form').send(body);
    expect([first.status, second.status]).to.deep.equal([303, 303]);
    expect(second.headers['location']).to.equal(first.headers['location']);
  });

  it('disabling ends the sessions and needs a reason; the stale form of another loses', async () => {
    const id = await acts.create('leaving_one');
    const { code } = await acts.issue(id);
    await acts.activate('leaving_one', code, 'Fanshi-2026');
    const { agent } = await acts.signIn('leaving_one', 'Fanshi-2026');
    expect((await agent.get('/account')).status).to.equal(200);
    const system = await at.signIn('system');
    const stale = await formOf(system, `/accounts/${id}/disabling`, `/accounts/${id}/disabling`);
    expect((await acts.send(system, `/accounts/${id}/disabling`, `/accounts/${id}/disabling`)).status).to.equal(422);
    const done = await acts.send(system, `/accounts/${id}/disabling`, `/accounts/${id}/disabling`, { reason: '调离' });
    expect(done.status).to.equal(303);
    expect((await agent.get('/account')).status).to.equal(303);
    expect((await acts.signIn('leaving_one', 'Fanshi-2026')).status).to.equal(422);
    const late = await system
      .post(`/accounts/${id}/disabling`)
      .type('form')
      .send({ ...stale, once: newId(), reason: '又一次' });
    expect(late.status).to.equal(409);
    await acts.send(system, `/accounts/${id}`, `/accounts/${id}/enabling`);
    expect((await acts.signIn('leaving_one', 'Fanshi-2026')).status).to.equal(303);
  });

  it('the last administrator of a kind and the own account stay', async () => {
    const system = await at.signIn('system');
    const security = at.fixture.accounts['security'] ?? '';
    const last = await acts.send(system, `/accounts/${security}/disabling`, `/accounts/${security}/disabling`, { reason: '试' });
    expect(last.status).to.equal(422);
    expect(load(last.text)('.error-box').text()).to.include('最后一个');
    const own = at.fixture.accounts['system'] ?? '';
    const self = await acts.send(system, `/accounts/${own}/disabling`, `/accounts/${own}/disabling`, { reason: '试' });
    expect(load(self.text)('.error-box').text()).to.include('不能停用自己');
  });

  it('the own password changes with the present one only, and other sessions end', async () => {
    const id = await acts.create('changing_one');
    await acts.activate('changing_one', (await acts.issue(id)).code, 'Fanshi-2026');
    const here = await acts.signIn('changing_one', 'Fanshi-2026');
    const there = await acts.signIn('changing_one', 'Fanshi-2026');
    const wrong = await acts.send(here.agent, '/account', '/account/password', {
      password: 'Nope-2026',
      newPassword: 'Daixian-2026',
      repeatPassword: 'Daixian-2026',
    });
    expect(wrong.status).to.equal(422);
    const differs = await acts.send(here.agent, '/account', '/account/password', {
      password: 'Fanshi-2026',
      newPassword: 'Daixian-2026',
      repeatPassword: 'Daixian-2027',
    });
    expect(load(differs.text)('.f-error').text()).to.include('不一样');
    const done = await acts.send(here.agent, '/account', '/account/password', {
      password: 'Fanshi-2026',
      newPassword: 'Daixian-2026',
      repeatPassword: 'Daixian-2026',
    });
    expect(done.status).to.equal(303);
    expect((await here.agent.get('/account')).text).to.include('密码已改');
    expect((await there.agent.get('/account')).status).to.equal(303);
    expect((await acts.signIn('changing_one', 'Fanshi-2026')).status).to.equal(422);
    expect((await acts.signIn('changing_one', 'Daixian-2026')).status).to.equal(303);
  });

  it('the list filters by text, role and state, and shows no worker', async () => {
    await makeWorkerAccount(at, { name: '刘海燕', phone: '13711110001', divisionPath: at.fixture.communities[0]!.path });
    const system = await at.signIn('system');
    const names = async (query: string): Promise<string[]> => {
      const page = load((await system.get(`/accounts?size=50&${query}`)).text);
      return page('tbody th a')
        .get()
        .map((one) => page(one).text());
    };
    expect(await names('q=王秀')).to.deep.equal(['王秀兰']);
    expect(await names('q=county2')).to.deep.equal(['李建平']);
    expect(await names('role=auditAdmin')).to.deep.equal(['审计管理员']);
    expect(await names('q=刘海燕')).to.deep.equal([]);
    await acts.create('invited_one', '待启用的人');
    expect(await names('state=invited'))
      .to.include('待启用的人')
      .and.to.not.include('王秀兰');
  });

  it('a worker who leaves can no longer sign in', async () => {
    const workerId = newId();
    const id = await makeWorkerAccount(at, {
      name: '要走的人',
      phone: '13711110041',
      divisionPath: at.fixture.communities[0]!.path,
      workerId,
    });
    await at.deps.transact(systemActor('test'), (tx) => at.deps.officeAccounts.setPassword(tx, id, password));
    const { agent } = await acts.signIn('13711110041', password);
    expect((await agent.get('/account')).status).to.equal(200);
    await at.deps.transact(systemActor('test'), (tx) => at.deps.access.setWorkerAccess(tx, workerId, false));
    expect((await agent.get('/account')).status).to.equal(303);
    expect((await acts.signIn('13711110041', password)).status).to.equal(422);
  });

  it('name, phone and place of a worker are kept in step; a phone of another account stays away', async () => {
    const path = at.fixture.communities[0]!.path;
    const workerId = newId();
    const id = await makeWorkerAccount(at, { name: '旧名字', phone: '13711110051', divisionPath: path, workerId });
    await makeWorkerAccount(at, { name: '占号的人', phone: '13711110052', divisionPath: path });
    await at.deps.transact(systemActor('test'), (tx) => at.deps.officeAccounts.setPassword(tx, id, password));
    const keep = (name: string, phone: string, divisionPath: readonly string[]): Promise<void> =>
      at.deps.transact(systemActor('test'), (tx) =>
        at.deps.access.keepWorkerInStep(tx, { workerId, name, phoneIndex: at.deps.secrets.blindIndex('phone', phone), divisionPath }),
      );
    await keep('新名字', '13711110053', at.fixture.otherCommunities[0]!.path);
    expect((await acts.signIn('13711110051', password)).status).to.equal(422);
    const { agent, status } = await acts.signIn('13711110053', password);
    expect(status).to.equal(303);
    expect((await agent.get('/account')).text)
      .to.include('新名字')
      .and.to.include('古钟社区');
    await keep('新名字', '13711110052', at.fixture.otherCommunities[0]!.path);
    expect((await acts.signIn('13711110053', password)).status).to.equal(422);
    const [account] = [...(await at.deps.access.accountsOfWorkers([workerId])).values()];
    expect((await acts.signIn(account?.loginName ?? '', password)).status).to.equal(303);
  });

  it('limits show what is configured', async () => {
    const page = load((await (await at.signIn('security')).get('/limits')).text);
    expect(page('tbody').text()).to.include('5 次').and.to.include('15 分钟').and.to.include('SIGN_IN_FAILURES');
  });
});
