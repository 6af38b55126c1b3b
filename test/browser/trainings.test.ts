import { expect } from 'chai';
import { journey } from '../support/browserApp.js';

journey('a class is planned, published, filled from the uncovered, confirmed, announced and cancelled', async (app, look) => {
  await app.deps.rollUp.rebuild(2026);
  const { county: own, otherCounty } = app.fixture;

  const city = await app.open('city', look);
  await city.goto('/calendar?month=2026-12');
  await city.click('a:has-text("排一个班")');
  await city.fill('[name=name]', '县级兜底第 8 期');
  await city.selectOption('[name=tier]', 'COUNTY');
  await city.fill('[name=place]', '市委党校 1 号楼 204');
  await city.fill('[name=firstDay]', '20261215');
  await city.fill('[name=lastDay]', '2026-12-11');
  await city.fill('[name=capacity]', '12');
  await city.fill('[name=nominateBy]', '2026年12月7日');
  await city.click('.btn-main:has-text("保存为草拟")');
  expect(await city.textContent('.error-box'))
    .to.include('请选择用途')
    .and.include('结束日期 2026-12-11 早于开始日期 2026-12-15');
  expect(await city.title()).to.match(/^错误/);

  await city.selectOption('[name=purpose]', 'CATCH_ALL');
  await city.fill('[name=lastDay]', '2026-12-16');
  await city.click('button:has-text("按起止日期排课次")');
  for (const [index, field] of (await city.locator('[name=sessionTitle]').all()).entries())
    await field.fill(`社区工作实务 ${String(index + 1)}`);
  await city.click('button:has-text("按未训人数分配名额")');
  expect(await city.inputValue(`[name=seat-${own.id}]`)).to.equal('6');
  expect(await city.inputValue(`[name=seat-${otherCounty.id}]`)).to.equal('6');
  await city.click('.btn-main:has-text("保存为草拟")');
  expect(await city.textContent('[role=status]')).to.include('已保存为草拟：县级兜底第 8 期');
  const address = new URL(city.url()).pathname;
  await city.click('a:has-text("发布名额")');
  expect(await city.textContent('.confirm'))
    .to.include('12 席分给 2 个单位')
    .and.include('提名到 12-07 周一 为止');
  await city.click('button:has-text("发布名额")');
  expect(await city.textContent('.page-facts')).to.include('提名中');

  const county = await app.open('county', look);
  await county.goto('/nominations');
  await county.click('a:has-text("县级兜底第 8 期")');
  expect(await county.textContent('main')).to.include('繁峙县的名额 6 席，已占 0 席，还可提名 6 人');
  const boxes = county.locator('input[name=workerIds]');
  for (const at of [0, 1, 2, 3, 4, 5, 6]) await boxes.nth(at).check();
  if (look.javaScript) expect(await county.textContent('[data-pick-count]')).to.equal('7');
  await county.click('.bulk button:has-text("提名")');
  expect(await county.textContent('[role=status]'))
    .to.include('已把 6 人提名到县级兜底第 8 期，余 0 席')
    .and.include('1 人进入候补');

  await city.goto(`${address}/nominations`);
  for (const box of await city.locator('section:has(h2:has-text("待审核")) input[name=enrolmentIds]').all()) await box.check();
  await city.click('button:has-text("确认")');
  expect(await city.textContent('[role=status]')).to.include('已确认 6 人');
  await city.goto(address);
  expect(await city.textContent('.stats')).to.include('6人');
  expect(await city.textContent('main'))
    .to.include('候补 1 人')
    .and.include('本年未训，没有别的班可上');

  await city.goto(`${address}/notice`);
  expect(await city.textContent('.sheet >> nth=0'))
    .to.include('关于举办县级兜底第 8 期的通知')
    .and.include('名单见附件 2');
  expect(await city.locator('.sheet').count()).to.equal(4);

  await city.goto(`${address}/cancellation`);
  await city.fill('[name=reason]', '党校停电');
  await city.click('button:has-text("取消班次，影响 6 人")');
  expect(await city.textContent('[role=status]')).to.include('已取消“县级兜底第 8 期”，6 人的占席已释放');
  await county.goto(address);
  expect(await county.textContent('.notice.warn')).to.include('党校停电');
  const wide = await county.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect(wide).to.equal(0);
});
