import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { systemScope } from '../../server/platform/scope.js';
import { systemActor } from '../../server/platform/transactions.js';
import { journey } from '../support/browserApp.js';
import { password } from '../support/fixture.js';

/** Fills the form of a first or forgotten password and sends it. */
async function activate(page: Page, fields: { login: string; code: string; first: string; again?: string }): Promise<void> {
  await page.fill('[name=login]', fields.login);
  await page.fill('[name=code]', fields.code);
  await page.fill('[name=newPassword]', fields.first);
  await page.fill('[name=repeatPassword]', fields.again ?? fields.first);
  await page.click('button:has-text("设好密码")');
}

async function signIn(page: Page, login: string, typed: string): Promise<void> {
  await page.fill('[name=login]', login);
  await page.fill('[name=password]', typed);
  await page.click('main button[type=submit]');
}

journey('an office account is made, gets a code and a role, and starts with its own work; the trail knows each step', async (app, look) => {
  const system = await app.open('system', look);
  await system.goto('/accounts/new');
  await system.fill('[name=name]', '孙丽');
  await system.fill('[name=loginName]', 'county');
  await system.selectOption('[name=division]', app.fixture.county.id);
  await system.click('main button:has-text("新建账号")');
  expect(await system.textContent('.error-box')).to.include('账号 county 已有人用');
  await system.fill('[name=loginName]', 'fanshi_sun');
  await system.click('main button:has-text("新建账号")');
  await system.click('main .btn-main');
  expect(await system.textContent('.sheet'))
    .to.include('本页只显示这一次')
    .and.include('fanshi_sun');
  const code = (await system.textContent('.sheet tbody b')) ?? '';

  const newcomer = await app.stranger(look);
  await newcomer.goto('/');
  await newcomer.click('a:has-text("用一次性码启用账号")');
  await activate(newcomer, { login: 'fanshi_sun', code, first: 'Fanshi-2026', again: 'Fanshi-2025' });
  expect(await newcomer.textContent('.error-box')).to.include('两次填的新密码不一样');
  expect(await newcomer.inputValue('[name=login]')).to.equal('fanshi_sun');
  await activate(newcomer, { login: 'fanshi_sun', code, first: 'Fanshi-2026' });
  expect(await newcomer.textContent('[role=status]')).to.include('密码已设好，请登录');
  await signIn(newcomer, 'fanshi_sun', 'Fanshi-2025');
  expect(await newcomer.textContent('.error-box')).to.include('账号或密码不对');
  await signIn(newcomer, 'fanshi_sun', 'Fanshi-2026');
  expect(await newcomer.textContent('.empty')).to.include('还没有角色');
  expect(await newcomer.locator('a[href^="/untrained"]').count()).to.equal(0);

  const security = await app.open('security', look);
  await security.goto('/grants');
  await security.fill('.filters [name=q]', '孙丽');
  await security.click('.filters button');
  await security.click('tbody a:has-text("孙丽")');
  await security.selectOption('[name=role]', 'countyOfficer');
  await security.selectOption('[name=division]', app.fixture.county.id);
  await security.click('button:has-text("下一步")');
  expect(await security.textContent('.confirm')).to.include('繁峙县及以下');
  await security.click('button:has-text("授予孙丽")');
  expect(await security.textContent('main table')).to.include('管本县的人员');

  // a role ends the sign-in that did not have it
  await newcomer.goto('/untrained');
  expect(new URL(newcomer.url()).pathname).to.equal('/sign-in');
  await signIn(newcomer, 'fanshi_sun', 'Fanshi-2026');
  expect(new URL(newcomer.url()).pathname).to.equal('/untrained');
  expect(await newcomer.textContent('h1')).to.include('未训清单');

  const audit = await app.open('audit', look);
  await audit.goto('/trail');
  const rows = (await audit.textContent('tbody')) ?? '';
  expect(rows).to.include('孙丽').and.include('安全管理员').and.include('系统管理员');
});

journey('a county prints codes, a worker starts with the own phone number, and later asks for a new password', async (app, look) => {
  const person = app.fixture.workers[0]!;
  const { phone } = await app.deps.transact(systemActor('test'), (tx) =>
    app.deps.workers.reveal(tx, systemScope('test'), { workerId: person.id, purpose: '打印一次性码' }),
  );
  const county = await app.open('county', look);
  const codeFor = async (want: string): Promise<string> => {
    await county.goto(`/codes?want=${want}&q=${encodeURIComponent(person.name)}`);
    await county.check(`input[name=account][aria-label="${person.name}"]`);
    await county.click('button:has-text("给选中的人打印")');
    return (await county.textContent('.sheet tbody b')) ?? '';
  };
  const worker = await app.stranger(look);
  await worker.goto('/activation');
  await activate(worker, { login: phone ?? '', code: await codeFor('invited'), first: 'Geren-2026' });
  await signIn(worker, phone ?? '', 'Geren-2026');
  expect(new URL(worker.url()).pathname).to.equal('/me');
  expect(await worker.textContent('h1')).to.include(person.name);

  await worker.goto('/account');
  await worker.click('form[action="/sign-out"] button');
  expect(await worker.textContent('[role=status]')).to.include('已退出登录');
  await worker.click('a:has-text("忘记密码")');
  await activate(worker, { login: phone ?? '', code: await codeFor('all'), first: 'Xinde-2026' });
  await signIn(worker, phone ?? '', 'Geren-2026');
  expect(await worker.textContent('.error-box')).to.include('账号或密码不对');
  await signIn(worker, phone ?? '', 'Xinde-2026');
  expect(new URL(worker.url()).pathname).to.equal('/me');
});

journey('a session that ends in the middle of a form: signed in beside it, the form is sent as it was typed', async (app, look) => {
  const person = app.fixture.workers[5]!;
  const county = await app.open('county', look);
  await county.goto(`/workers/${person.id}/exemption`);
  await county.fill('[name=from]', '2026-11-24');
  await county.fill('[name=to]', '2026-12-31');
  await county.fill('[name=reason]', '住院治疗，病历已附');
  await app.deps.db.collection('sessions').deleteMany({});
  await county.click('button:has-text("提交申请")');
  expect(await county.textContent('h1')).to.include('登录已过期，刚才的内容没有提交');
  const [beside] = await Promise.all([county.context().waitForEvent('page'), county.click('a:has-text("登录")')]);
  await signIn(beside, 'county', password);
  expect(await beside.textContent('h1')).to.not.equal('');
  await beside.close();
  await county.click('button:has-text("再提交一次")');
  if (!look.javaScript) {
    // the page is of the session before: without a script it takes another one
    expect(await county.textContent('h1')).to.include('还没有提交');
    await county.click('button:has-text("再提交一次")');
  }
  expect(await county.textContent('[role=status]')).to.include('等市里批准');
  const [asked] = await app.deps.db.collection('exemptions').find({ workerId: person.id }).toArray();
  expect(asked?.['reason']).to.equal('住院治疗，病历已附');
});
