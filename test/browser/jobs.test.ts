import { expect } from 'chai';
import { makeScheduler } from '../../jobs/agenda.js';
import type { JobDefinition } from '../../jobs/defineJob.js';
import { jobs } from '../../jobs/jobs.js';
import { testNow } from '../support/app.js';
import { journey, type BrowserApp } from '../support/browserApp.js';

/** Runs what was asked for, as a jobs process does, until the named jobs have ended; `failing` lets one of them fail. */
async function work(app: BrowserApp, names: readonly string[], failing: string): Promise<void> {
  const waiting = new Set(names);
  let allStarted: () => void = () => undefined;
  const started = new Promise<void>((resolve) => (allStarted = resolve));
  const watched = jobs.map((definition): JobDefinition => ({
    ...definition,
    every: null,
    run(data, deps) {
      waiting.delete(definition.name);
      if (waiting.size === 0) allStarted();
      if (definition.name === failing) throw new Error('磁盘空间不足');
      return definition.run(data, deps);
    },
  }));
  const scheduler = makeScheduler(app.deps, watched, 20);
  await scheduler.start();
  await started;
  await scheduler.drain();
}

journey('the administrator lets jobs run now and reads how they went', async (app, look) => {
  await app.settle();
  const system = await app.open('system', look);
  await system.goto('/jobs');
  expect(await system.locator('tbody tr').count()).to.equal(jobs.length);
  expect(await system.textContent('tr:has-text("预警核对")')).to.include('未运行过');
  await system.click('button[aria-label="现在运行 预警核对"]');
  expect(await system.textContent('[role=status]')).to.include('已要求运行“预警核对”');
  await system.click('button[aria-label="现在运行 留存当天数字"]');
  await work(app, ['gaps.scan', 'coverage.keepDay'], 'coverage.keepDay');

  await system.click('a:has-text("刷新")');
  expect(await system.textContent('tr:has-text("预警核对")'))
    .to.include('正常')
    .and.include('60 人');
  const failed = system.locator('tr:has-text("留存当天数字")');
  expect(await failed.textContent())
    .to.include('失败')
    .and.include('磁盘空间不足');
  await failed.locator('a:text-is("1")').click();
  expect(await system.textContent('h1')).to.equal('留存当天数字');
  expect(await system.textContent('tbody')).to.include('磁盘空间不足');
  await system.click('button:has-text("现在运行")');
  app.setNow(new Date(testNow.getTime() + 60_000));
  await work(app, ['coverage.keepDay'], '');
  await system.click('tr:has-text("留存当天数字") th a');
  expect(await system.locator('tbody tr').count()).to.equal(2);
  expect(await system.textContent('tbody tr >> nth=0')).to.include('正常');
});
