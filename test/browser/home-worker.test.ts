import { expect } from 'chai';
import { coverageActs } from '../http/coverageActs.js';
import { journey } from '../support/browserApp.js';

journey('a worker sees what is owed, says that something is wrong, and reads the answer', async (app, look) => {
  await app.settle();
  const own = app.fixture.workers.filter((one) => one.divisionId === app.fixture.communities[0]?.id).at(-1);
  await coverageActs(app).arrange([own?.id ?? ''], ['2026-12-08', '2026-12-09'], { name: '县级兜底第 7 期', place: '县委党校' });

  const worker = await app.open('worker', look);
  expect(new URL(worker.url()).pathname).to.equal('/me');
  expect(await worker.textContent('h1')).to.equal(`${own?.name ?? ''}，您好`);
  expect(await worker.textContent('section:has(h2:has-text("件事"))'))
    .to.include('12 月 31 日前')
    .and.to.include('县级兜底第 7 期');
  expect(await worker.textContent('section:has(h2:has-text("下一次课"))')).to.include('县委党校');
  const wide = await worker.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect(wide).to.equal(0);

  await worker.click('.bottom-nav a:has-text("课程")');
  expect(await worker.textContent('main'))
    .to.include('要上的')
    .and.to.include('12-08 至 12-09');
  await worker.click('.bottom-nav a:has-text("首页")');

  await worker.click('a:has-text("提出更正")');
  await worker.click('button:has-text("交给县里核实")');
  expect(await worker.textContent('.error-box')).to.include('请选哪一项不对');
  await worker.check('label:has-text("手机号")');
  await worker.fill('textarea', '手机号已换，请改');
  await worker.click('button:has-text("交给县里核实")');
  expect(await worker.textContent('[role="status"]')).to.include('已交给县里核实');

  const county = await app.open('county', look);
  await county.click('#todos a:has-text("更正待答复")');
  await county.click('main a[href*="/corrections/"]');
  await county.fill('textarea', '已改好');
  await county.click('button:has-text("答复本人")');
  expect(await county.textContent('[role="status"]')).to.include('已答复');

  await worker.click('.bottom-nav a:has-text("首页")');
  expect(await worker.textContent('.notice'))
    .to.include('“手机号”有了答复')
    .and.to.include('已改好');
  await worker.click('button:has-text("知道了")');
  await worker.click('.bottom-nav a:has-text("首页")');
  expect(await worker.locator('.notice').count()).to.equal(0);
});
