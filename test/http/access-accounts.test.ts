import { expect } from 'chai';
import { load } from 'cheerio';
import request from 'supertest';
import { newId } from '../../server/platform/ids.js';
import { systemActor } from '../../server/platform/transactions.js';
import { formOf, hiddenFields, startTestApp, testNow, type Agent, type TestApp } from '../support/app.js';
import { password } from '../support/fixture.js';

const day = 86_400_000;

describe('accounts, one-time codes and roles', () => {
  let at: TestApp;
  before(async () => {
    at = await startTestApp();
  });
  after(() => at.close());
  afterEach(() => at.setNow(testNow));

  async function send(agent: Agent, from: string, action: string, body: Record<string, string | string[]> = {}) {
    const hidden = await formOf(agent, from, action);
    return agent.post(action).type('form').send({ ...hidden, ...body });
  }

  async function create(loginName: string, name = '新同事'): Promise<string> {
    const system = await at.signIn('system');
    const answer = await send(system, '/accounts/new', '/accounts', { name, loginName, division: at.fixture.county.id });
    expect(answer.status, answer.text.slice(0, 200)).to.equal(303);
    return String(answer.headers['location']).replace('/accounts/', '');
  }

  async function issue(id: string): Promise<{ code: string; sheet: string }> {
    const system = await at.signIn('system');
    const answer = await send(system, `/accounts/${id}`, `/accounts/${id}/codes`);
    const sheet = String(answer.headers['location']);
    const page = load((await system.get(sheet)).text);
    return { code: page('tbody td b').first().text(), sheet };
  }

  async function activate(login: string, code: string, newPassword: string): Promise<{ status: number; text: string }> {
    const agent = request.agent(at.app);
    const answer = await send(agent, '/activation', '/activation', { login, code, newPassword, repeatPassword: newPassword });
    return { status: answer.status, text: answer.text };
  }

  async function signIn(login: string, typed: string): Promise<{ agent: Agent; status: number }> {
    const agent = request.agent(at.app);
    const answer = await send(agent, '/sign-in', '/sign-in', { login, password: typed });
    return { agent, status: answer.status };
  }

  it('a code is shown once, works once, and sets the first password', async () => {
    const id = await create('new_one');
    const { code, sheet } = await issue(id);
    expect(code.replace(' ', '')).to.match(/^[0-9A-Z]{8}$/);
    const system = await at.signIn('system');
    expect((await system.get(sheet)).status).to.equal(404);
    const stored = JSON.stringify(await at.deps.db.collection('accounts').findOne({ loginName: 'new_one' }));
    expect(stored).to.not.include(code.replace(' ', ''));
    expect((await signIn('new_one', code)).status).to.equal(422);
    expect((await activate('new_one', code.toLowerCase(), 'Fanshi-2026')).status).to.equal(303);
    expect((await signIn('new_one', 'Fanshi-2026')).status).to.equal(303);
    const again = await activate('new_one', code, 'Another-2026');
    expect(again.status).to.equal(422);
    expect(load(again.text)('.error-box').text()).to.include('码已用过、已过期');
    expect((await signIn('new_one', 'Fanshi-2026')).status).to.equal(303);
  });

  it('a code is good for fourteen days, and a newer one makes it void', async () => {
    const id = await create('slow_one');
    const first = await issue(id);
    const second = await issue(id);
    expect((await activate('slow_one', first.code, 'Fanshi-2026')).status).to.equal(422);
    at.setNow(new Date(testNow.getTime() + 14 * day + 1));
    expect((await activate('slow_one', second.code, 'Fanshi-2026')).status).to.equal(422);
    at.setNow(new Date(testNow.getTime() + 14 * day - 60_000));
    expect((await activate('slow_one', second.code, 'Fanshi-2026')).status).to.equal(303);
  });

  it('of two who use a code at the same moment one wins', async () => {
    const { code } = await issue(await create('double_one'));
    const both = await Promise.all([activate('double_one', code, 'First-2026'), activate('double_one', code, 'Second-2026')]);
    expect(both.map((one) => one.status).sort()).to.deep.equal([303, 422]);
    const winner = both[0]?.status === 303 ? 'First-2026' : 'Second-2026';
    expect((await signIn('double_one', winner)).status).to.equal(303);
  });

  it('five wrong codes lock the account', async () => {
    const { code } = await issue(await create('guessed_one'));
    for (let n = 0; n < 5; n += 1) expect((await activate('guessed_one', 'AAAA AAAA', 'Fanshi-2026')).status).to.equal(422);
    expect((await activate('guessed_one', code, 'Fanshi-2026')).status).to.equal(422);
  });

  it('a weak password leaves the code unused', async () => {
    const { code } = await issue(await create('weak_one'));
    const weak = await activate('weak_one', code, '12345678');
    expect(weak.status).to.equal(422);
    expect(weak.text).to.not.include('12345678');
    expect((await activate('weak_one', code, 'Fanshi-2026')).status).to.equal(303);
  });

  it('a new account needs a usable name, a free account name and an office inside the reach', async () => {
    const system = await at.signIn('system');
    const bad = await send(system, '/accounts/new', '/accounts', { name: '', loginName: '13900000123', division: '' });
    expect(bad.status).to.equal(422);
    expect(load(bad.text)('.f-error').text()).to.include('请填姓名').and.to.include('请选所属单位');
    const taken = await send(system, '/accounts/new', '/accounts', { name: '某人', loginName: 'County', division: at.fixture.county.id });
    expect(taken.status).to.equal(422);
    expect(load(taken.text)('.f-error').text()).to.include('账号 county 已有人用');
    const root = (await at.deps.divisionsStore.root())?.id ?? '';
    const outside = await send(system, '/accounts/new', '/accounts', { name: '某人', loginName: 'outsider', division: root });
    expect(load(outside.text)('.f-error').text()).to.include('不在您的管辖范围内');
  });

  it('a form sent twice makes one account', async () => {
    const system = await at.signIn('system');
    const body = { ...(await formOf(system, '/accounts/new', '/accounts')), name: '只一个', loginName: 'only_one', division: at.fixture.county.id };
    const first = await system.post('/accounts').type('form').send(body);
    const second = await system.post('/accounts').type('form').send(body);
    expect([first.status, second.status]).to.deep.equal([303, 303]);
    expect(second.headers['location']).to.equal(first.headers['location']);
  });

  it('disabling ends the sessions and needs a reason; the stale form of another loses', async () => {
    const id = await create('leaving_one');
    const { code } = await issue(id);
    await activate('leaving_one', code, 'Fanshi-2026');
    const { agent } = await signIn('leaving_one', 'Fanshi-2026');
    expect((await agent.get('/account')).status).to.equal(200);
    const system = await at.signIn('system');
    const stale = await formOf(system, `/accounts/${id}/disabling`, `/accounts/${id}/disabling`);
    expect((await send(system, `/accounts/${id}/disabling`, `/accounts/${id}/disabling`)).status).to.equal(422);
    const done = await send(system, `/accounts/${id}/disabling`, `/accounts/${id}/disabling`, { reason: '调离' });
    expect(done.status).to.equal(303);
    expect((await agent.get('/account')).status).to.equal(303);
    expect((await signIn('leaving_one', 'Fanshi-2026')).status).to.equal(422);
    const late = await system.post(`/accounts/${id}/disabling`).type('form').send({ ...stale, once: newId(), reason: '又一次' });
    expect(late.status).to.equal(409);
    await send(system, `/accounts/${id}`, `/accounts/${id}/enabling`);
    expect((await signIn('leaving_one', 'Fanshi-2026')).status).to.equal(303);
  });

  it('the last administrator of a kind and the own account stay', async () => {
    const system = await at.signIn('system');
    const security = at.fixture.accounts['security'] ?? '';
    const last = await send(system, `/accounts/${security}/disabling`, `/accounts/${security}/disabling`, { reason: '试' });
    expect(last.status).to.equal(422);
    expect(load(last.text)('.error-box').text()).to.include('最后一个');
    const own = at.fixture.accounts['system'] ?? '';
    const self = await send(system, `/accounts/${own}/disabling`, `/accounts/${own}/disabling`, { reason: '试' });
    expect(load(self.text)('.error-box').text()).to.include('不能停用自己');
  });

  it('a role given or withdrawn ends the session and holds from the next sign-in', async () => {
    const id = await create('promoted_one', '张新');
    await activate('promoted_one', (await issue(id)).code, 'Fanshi-2026');
    const { agent } = await signIn('promoted_one', 'Fanshi-2026');
    expect((await agent.get('/codes')).status).to.equal(403);
    const security = await at.signIn('security');
    const question = `/grants/${id}/giving?role=countyOfficer&division=${at.fixture.county.id}`;
    expect(load((await security.get(question)).text)('.confirm').text()).to.include('把“县级经办”授予 张新');
    expect((await send(security, question, `/grants/${id}/giving`)).status).to.equal(303);
    expect((await agent.get('/codes')).status).to.equal(303);
    const next = await signIn('promoted_one', 'Fanshi-2026');
    expect((await next.agent.get('/codes')).status).to.equal(200);
    const grant = (await at.deps.officeAccounts.byId(at.deps.access.scopeFor(await signedInSecurity(), 'grant.manage')!, id)).grants[0];
    const gone = await send(security, `/grants/${id}/withdrawal?grant=${grant?.id ?? ''}`, `/grants/${id}/withdrawal`, { reason: '换人' });
    expect(gone.status).to.equal(303);
    expect((await next.agent.get('/codes')).status).to.equal(303);
    expect((await (await signIn('promoted_one', 'Fanshi-2026')).agent.get('/codes')).status).to.equal(403);
  });

  async function signedInSecurity() {
    const account = await at.deps.signIn.fresh(at.fixture.accounts['security'] ?? '');
    if (account === null) throw new Error('no security administrator');
    return account;
  }

  it('nobody gives a role to the own account, and an administrator stands alone', async () => {
    const security = await at.signIn('security');
    const own = at.fixture.accounts['security'] ?? '';
    const page = load((await security.get(`/grants/${own}`)).text);
    expect(page('form[action$="/giving"]')).to.have.lengthOf(0);
    const mine = `/grants/${own}/giving?role=securityAdmin&division=${at.fixture.county.id}`;
    expect(load((await send(security, mine, `/grants/${own}/giving`)).text)('.error-box').text()).to.include('另一位安全管理员');
    const county = at.fixture.accounts['county'] ?? '';
    const both = `/grants/${county}/giving?role=auditAdmin&division=${at.fixture.county.id}`;
    expect(load((await send(security, both, `/grants/${county}/giving`)).text)('.error-box').text()).to.include('不能与别的角色');
  });

  it('the own password changes with the present one only, and other sessions end', async () => {
    const id = await create('changing_one');
    await activate('changing_one', (await issue(id)).code, 'Fanshi-2026');
    const here = await signIn('changing_one', 'Fanshi-2026');
    const there = await signIn('changing_one', 'Fanshi-2026');
    const wrong = await send(here.agent, '/account', '/account/password', { password: 'Nope-2026', newPassword: 'Daixian-2026', repeatPassword: 'Daixian-2026' });
    expect(wrong.status).to.equal(422);
    const differs = await send(here.agent, '/account', '/account/password', { password: 'Fanshi-2026', newPassword: 'Daixian-2026', repeatPassword: 'Daixian-2027' });
    expect(load(differs.text)('.f-error').text()).to.include('不一样');
    const done = await send(here.agent, '/account', '/account/password', { password: 'Fanshi-2026', newPassword: 'Daixian-2026', repeatPassword: 'Daixian-2026' });
    expect(done.status).to.equal(303);
    expect((await here.agent.get('/account')).text).to.include('密码已改');
    expect((await there.agent.get('/account')).status).to.equal(303);
    expect((await signIn('changing_one', 'Fanshi-2026')).status).to.equal(422);
    expect((await signIn('changing_one', 'Daixian-2026')).status).to.equal(303);
  });

  it('the list filters by text, role and state, and shows no worker', async () => {
    await makeWorker(at, '刘海燕', '13711110001', at.fixture.communities[0]!.path);
    const system = await at.signIn('system');
    const names = async (query: string): Promise<string[]> => {
      const page = load((await system.get(`/accounts?size=50&${query}`)).text);
      return page('tbody th a').get().map((one) => page(one).text());
    };
    expect(await names('q=王秀')).to.deep.equal(['王秀兰']);
    expect(await names('q=county2')).to.deep.equal(['李建平']);
    expect(await names('role=auditAdmin')).to.deep.equal(['审计管理员']);
    expect(await names('q=刘海燕')).to.deep.equal([]);
    await create('invited_one', '待启用的人');
    expect(await names('state=invited')).to.include('待启用的人').and.to.not.include('王秀兰');
  });

  it('a county prints codes for its own workers only, and a worker signs in by phone', async () => {
    const mine = await makeWorker(at, '郭晓燕', '13711110011', at.fixture.communities[0]!.path);
    const foreign = await makeWorker(at, '外县人', '13711110012', at.fixture.otherCommunities[0]!.path);
    const county = await at.signIn('county');
    const list = (await county.get('/codes?q=' + encodeURIComponent('郭晓燕'))).text;
    expect(list).to.include('郭晓燕');
    expect((await county.get('/codes?q=' + encodeURIComponent('外县人'))).text).to.not.include('value="' + foreign);
    const refused = await send(county, '/codes', '/codes/sheets', { all: '', account: [foreign] });
    expect(refused.status).to.equal(422);
    const hidden = hiddenFields(list, '/codes/sheets');
    const answer = await county.post('/codes/sheets').type('form').send({ _csrf: hidden['_csrf'], once: newId(), account: [mine, foreign] });
    const sheet = load((await county.get(String(answer.headers['location']))).text);
    expect(sheet('tbody tr').length).to.equal(1);
    expect(sheet('tbody').text()).to.include('郭晓燕').and.to.include('本人手机号').and.to.not.include('13711110011');
    const code = sheet('tbody td b').text();
    expect((await activate('137 1111 0011', code, 'Donghai-2026')).status).to.equal(303);
    const worker = await signIn('13711110011', 'Donghai-2026');
    expect(worker.status).to.equal(303);
    expect((await worker.agent.get('/account')).text).to.include('郭晓燕');
    expect((await worker.agent.get('/codes')).status).to.equal(403);
  });

  it('another’s sheet of codes is not shown and stays for its maker', async () => {
    const mine = await makeWorker(at, '李娜', '13711110021', at.fixture.communities[1]!.path);
    const county = await at.signIn('county');
    const answer = await send(county, '/codes', '/codes/sheets', { all: '', account: [mine] });
    const address = String(answer.headers['location']);
    expect((await (await at.signIn('county2')).get(address)).status).to.equal(404);
    expect((await county.get(address)).status).to.equal(200);
  });

  it('two workers with one phone: the second signs in by an account name', async () => {
    await makeWorker(at, '张志强', '13711110031', at.fixture.communities[2]!.path);
    const second = await makeWorker(at, '张志强之妻', '13711110031', at.fixture.communities[2]!.path);
    const county = await at.signIn('county');
    const answer = await send(county, '/codes', '/codes/sheets', { all: '', account: [second] });
    const sheet = load((await county.get(String(answer.headers['location']))).text);
    const login = sheet('tbody td').eq(3).text();
    expect(login).to.match(/^w[0-9a-f]{10}$/);
    expect((await activate(login, sheet('tbody td b').text(), 'Donghai-2026')).status).to.equal(303);
    expect((await signIn(login, 'Donghai-2026')).status).to.equal(303);
  });

  it('a worker who leaves can no longer sign in', async () => {
    const workerId = newId();
    const id = await makeWorker(at, '要走的人', '13711110041', at.fixture.communities[0]!.path, workerId);
    await at.deps.transact(systemActor('test'), (tx) => at.deps.officeAccounts.setPassword(tx, id, password));
    const { agent } = await signIn('13711110041', password);
    expect((await agent.get('/account')).status).to.equal(200);
    await at.deps.transact(systemActor('test'), (tx) => at.deps.access.setWorkerAccess(tx, workerId, false));
    expect((await agent.get('/account')).status).to.equal(303);
    expect((await signIn('13711110041', password)).status).to.equal(422);
  });

  it('limits show what is configured', async () => {
    const page = load((await (await at.signIn('security')).get('/limits')).text);
    expect(page('tbody').text()).to.include('5 次').and.to.include('15 分钟').and.to.include('SIGN_IN_FAILURES');
  });
});

/** An account of a worker, as `workers` makes it. */
async function makeWorker(at: TestApp, name: string, phone: string, divisionPath: readonly string[], workerId = newId()): Promise<string> {
  const phoneIndex = at.deps.secrets.blindIndex('phone', phone);
  return at.deps.transact(systemActor('test'), (tx) => at.deps.access.createForWorker(tx, { workerId, name, phoneIndex, divisionPath }));
}
