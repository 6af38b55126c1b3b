import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { attendanceActs } from '../http/attendanceActs.js';
import { journey } from '../support/browserApp.js';

/** What lies at the middle of the focused control, or of its label: the control itself unless a bar covers it. */
const covered = `(() => {
  const control = document.activeElement;
  const box = (control.labels?.[0] ?? control).getBoundingClientRect();
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return top !== null && (control.contains(top) || [...(control.labels ?? [])].some((label) => label.contains(top))) ? '' : control.name + ' under ' + (top?.className ?? 'nothing');
})()`;

/** {@link covered} once the page has scrolled to where the focus is; what still lies over it after a second stays there. */
async function settled(page: Page): Promise<string> {
  let over = await page.evaluate<string>(covered);
  for (let tries = 0; tries < 20 && over !== ''; tries += 1) {
    await page.waitForTimeout(50);
    over = await page.evaluate<string>(covered);
  }
  return over;
}

journey('a roll is called by keyboard, and no bar hides where the focus is', async (app, look) => {
  const ids = app.fixture.workers.slice(0, 20).map((worker) => worker.id);
  const teacherAccountId = app.fixture.accounts['teacher'] ?? null;
  const of = await attendanceActs(app).hall(ids, ['2026-11-24', '2026-11-24'], { teacherAccountId, teacherName: '孟晓东' });
  const teacher = await app.open('teacher', look);
  await teacher.goto(`/classes/${of.of.id}/sessions/${of.of.sessions[0]?.id ?? ''}/roll-call`);
  await teacher.locator('main input[type=radio]').first().focus();
  const hidden: string[] = [];
  for (let step = 0; step < 20; step += 1) {
    await teacher.keyboard.press('Tab');
    hidden.push(await settled(teacher));
  }
  expect(hidden.filter((one) => one !== '')).to.deep.equal([]);
});

journey('a paper is read on a narrow phone', async (app, look) => {
  const ids = app.fixture.workers.slice(20, 22).map((worker) => worker.id);
  const of = await attendanceActs(app).hall(ids, ['2026-11-25', '2026-11-25'], {
    name: '社区“两委”主干示范培训班（2026 年第 6 期，繁峙县）',
  });
  const city = await app.open('city', look);
  await city.setViewportSize({ width: 320, height: 700 });
  await city.goto(`/classes/${of.of.id}/notice`);
  expect(await city.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).to.be.at.most(0);
});
