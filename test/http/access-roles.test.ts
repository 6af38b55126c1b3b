import { expect } from 'chai';
import { load } from 'cheerio';
import { startTestApp, testNow, type TestApp } from '../support/app.js';
import { accountActs, type AccountActs } from './accessActs.js';

describe('roles', () => {
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

  it('a role given or withdrawn ends the session and holds from the next sign-in', async () => {
    const id = await acts.create('promoted_one', '张新');
    await acts.activate('promoted_one', (await acts.issue(id)).code, 'Fanshi-2026');
    const { agent } = await acts.signIn('promoted_one', 'Fanshi-2026');
    expect((await agent.get('/codes')).status).to.equal(403);
    const security = await at.signIn('security');
    const question = `/grants/${id}/giving?role=countyOfficer&division=${at.fixture.county.id}`;
    expect(load((await security.get(question)).text)('.confirm').text()).to.include('把“县级经办”授予张新');
    expect((await acts.send(security, question, `/grants/${id}/giving`)).status).to.equal(303);
    expect((await agent.get('/codes')).status).to.equal(303);
    const next = await acts.signIn('promoted_one', 'Fanshi-2026');
    expect((await next.agent.get('/codes')).status).to.equal(200);
    const grant = (await at.deps.officeAccounts.byId(at.deps.access.scopeFor(await signedInSecurity(), 'grant.manage')!, id)).grants[0];
    const gone = await acts.send(security, `/grants/${id}/withdrawal?grant=${grant?.id ?? ''}`, `/grants/${id}/withdrawal`, {
      reason: '换人',
    });
    expect(gone.status).to.equal(303);
    expect((await next.agent.get('/codes')).status).to.equal(303);
    expect((await (await acts.signIn('promoted_one', 'Fanshi-2026')).agent.get('/codes')).status).to.equal(403);
    const history = await at.deps.trail.historyOf({ kind: 'account', id });
    const told = history
      .filter((row) => row.action.startsWith('account.'))
      .map((row) => [row.action, row.actorName, row.changes[0]?.to ?? null, row.reason]);
    expect(told).to.deep.equal([
      ['account.roleWithdrawn', '安全管理员', null, '换人'],
      ['account.roleGiven', '安全管理员', 'countyOfficer', null],
      ['account.activated', '张新', null, null],
      ['account.codeIssued', '系统管理员', null, null],
      ['account.created', '系统管理员', 'promoted_one', null],
    ]);
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
    expect(load((await acts.send(security, mine, `/grants/${own}/giving`)).text)('.error-box').text()).to.include('另一位安全管理员');
    const county = at.fixture.accounts['county'] ?? '';
    const both = `/grants/${county}/giving?role=auditAdmin&division=${at.fixture.county.id}`;
    expect(load((await acts.send(security, both, `/grants/${county}/giving`)).text)('.error-box').text()).to.include('不能与别的角色');
  });
});
