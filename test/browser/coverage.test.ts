import { expect } from 'chai';
import { coverageActs } from '../http/coverageActs.js';
import { journey } from '../support/browserApp.js';

journey('the city sees who is left, the county puts them into a class, and the board moves', async (app, look) => {
  await app.settle();
  const acts = coverageActs(app);
  const { fixture } = app;
  const own = fixture.workers.filter((worker) => worker.divisionPath.includes(fixture.county.id)).map((worker) => worker.id);
  const others = fixture.workers.filter((worker) => worker.divisionPath.includes(fixture.otherCounty.id)).map((worker) => worker.id);
  await acts.complete([...own.slice(0, 27), ...others], ['2026-10-13', '2026-10-14']);
  await acts.arrange(own.slice(27, 28), ['2026-12-08', '2026-12-09'], { name: '县级兜底第 7 期' });

  const city = await app.open('city', look);
  await city.goto('/coverage');
  expect(await city.textContent('.headline-value')).to.equal('95.0%');
  expect(await city.textContent('.board-top'))
    .to.include('照现有安排，年底到 96.7%')
    .and.include('2 人没有任何安排');
  await city.click(`tbody a:has-text("${fixture.county.name}")`);
  expect(await city.textContent('h1')).to.include(fixture.county.name);
  await city.click('.stat:has-text("没有任何安排")');
  expect(await city.textContent('.page-facts')).to.include('共 2 人');
  expect(await city.locator('tbody tr').count()).to.equal(2);

  const county = await app.open('county', look);
  await county.goto('/untrained');
  expect(await county.textContent('.tabs'))
    .to.include('无安排 2')
    .and.include('已报名、待上课 1');
  await county.click('.tabs a:has-text("无安排")');
  expect(await county.textContent('tbody')).to.include('可入 12-08 县级兜底第 7 期，余 59 席');
  for (const box of await county.locator('input[name=workerIds]').all()) await box.check();
  if (look.javaScript) expect(await county.textContent('[data-pick-count]')).to.equal('2');
  await county.click('button:has-text("提名到班次")');
  await county.check('label:has-text("县级兜底第 7 期") input, input[name=classId]');
  await county.click('main .btn-main');
  expect(await county.textContent('[role=status]')).to.include('2 人');

  await app.settle();
  await city.goto('/coverage');
  expect(await city.textContent('.board-top'))
    .to.include('照现有安排，年底到 100.0%')
    .and.include('未训的人都已报名');
  await county.goto('/untrained?tab=unarranged');
  expect(await county.textContent('.empty')).to.include('这里没有人');
});

journey('a class held elsewhere counts at once; from the city down to the named person every number opens its list', async (app, look) => {
  await app.settle();
  const { fixture } = app;
  const person = fixture.workers[2]!;
  const county = await app.open('county', look);
  await county.goto('/classes/external/new');
  await county.fill('[name=name]', '全省社区书记示范班');
  await county.selectOption('[name=tier]', 'PROVINCE');
  await county.selectOption('[name=purpose]', 'DEMONSTRATION');
  await county.fill('[name=organiser]', '省委社会工作部');
  await county.fill('[name=evidence]', '结业证书 2026-114');
  await county.fill('[name=firstDay]', '2026-10-12');
  await county.selectOption('[name=firstHalf]', 'AM');
  await county.fill('[name=lastDay]', '2026-10-14');
  await county.selectOption('[name=lastHalf]', 'PM');
  await county.fill('[name=hours]', '24');
  await county.click('.btn-main:has-text("登记")');
  expect(await county.textContent('.error-box')).to.include('还没有结业的人');
  await county.fill('main [name=q]', person.name);
  await county.click('button:has-text("找人")');
  expect(await county.inputValue('[name=hours]')).to.equal('24');
  await county.check(`input[name=workerIds][value="${person.id}"]`);
  await county.click('.btn-main:has-text("登记")');
  expect(await county.textContent('[role=status]')).to.include('已登记“全省社区书记示范班”，1 人结业');

  await app.settle();
  const city = await app.open('city', look);
  await city.goto('/coverage');
  expect(await city.textContent('.headline-value')).to.equal('1.7%');
  const [community] = fixture.communities;
  for (const name of [fixture.county.name, fixture.township.name, community!.name.replace(/居委会$/, '')])
    await city.click(`tbody th a:has-text("${name}")`);
  expect(await city.textContent('h1')).to.include('东泰社区');
  expect(await city.textContent('.headline-value')).to.equal('10.0%');
  await city.locator('.board-top a:text-is("1")').first().click();
  expect(await city.textContent('.page-facts')).to.include('共 1 人');
  expect(await city.textContent('tbody')).to.include(person.name);
  const [file] = await Promise.all([city.waitForEvent('download'), city.click('main a:has-text("导出")')]);
  expect(file.suggestedFilename()).to.match(/\.xlsx$/);
  await city.click(`tbody a:has-text("${person.name}")`);
  expect(await city.textContent('main')).to.include('全省社区书记示范班');
});
