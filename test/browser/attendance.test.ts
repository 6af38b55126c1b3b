import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { attendanceActs, press } from '../http/attendanceActs.js';
import { journey, looks, startBrowserApp, type BrowserApp } from '../support/browserApp.js';

/** The counters on top of a roll call: here, on leave, absent, not called. */
const counters = async (page: Page): Promise<string> => (await page.locator('#roll-head .tally b').allTextContents()).join(' ');

/** Waits until the counters say so; each press is saved by itself. */
async function countersBecome(page: Page, wanted: string): Promise<void> {
  const [here, leave, absent, blank] = wanted.split(' ');
  const cell = (n: number, text: string | undefined) =>
    page
      .locator('#roll-head .tally li')
      .nth(n)
      .locator(`b:text-is("${text ?? ''}")`)
      .waitFor();
  await Promise.all([cell(0, here), cell(1, leave), cell(2, absent), cell(3, blank)]);
}

journey('the roll is called, corrected and made up, and the class closed: hours and coverage follow', async (app, look) => {
  const acts = attendanceActs(app);
  const ids = app.fixture.workers.slice(0, 6).map((worker) => worker.id);
  const of = await acts.hall(ids, ['2026-11-24', '2026-11-24'], {
    teacherAccountId: app.fixture.accounts['teacher'] ?? null,
    teacherName: '孟晓东',
  });
  const [one, two] = of.places;
  // the afternoon was handed in before, so that one roll is left
  app.setNow(new Date('2026-11-24T17:40:00+08:00'));
  await acts.fillRest(of, 1);
  await acts.submit(of, 1);

  const teacher = await app.open('teacher', look);
  await teacher.goto('/today');
  expect(await teacher.textContent('main'))
    .to.include('未点 6 人')
    .and.include('已提交，到 6 / 6 人');
  await teacher.click('a:has-text("点名") >> nth=0');
  await teacher.locator(`[name="m-${one!.id}"][value=PRESENT]`).check({ force: true });
  if (look.javaScript) await countersBecome(teacher, '1 0 0 5');
  await teacher.locator(`[name="m-${two!.id}"][value=ABSENT]`).check({ force: true });
  if (look.javaScript) {
    await countersBecome(teacher, '1 0 1 4');
    expect(await teacher.textContent('.submitbar')).to.include(`刚才：${two!.name} 记为“缺勤”`);
    await teacher.locator(`#late-${one!.id}`).check();
    await teacher.click('button:has-text("撤销")');
    await countersBecome(teacher, '1 0 1 4');
  } else await teacher.click('button:has-text("保存")');
  await teacher.click('button:has-text("提交本课次（还有 4 人未点）")');
  expect(await teacher.textContent('.error-box')).to.include('还有 4 人没点');
  await teacher.click('button:has-text("其余都到")');
  expect(await counters(teacher)).to.equal('5 0 1 0');
  await teacher.click('button:has-text("提交本课次")');
  expect(await teacher.textContent('.notice.ok')).to.include('本课次已提交，共 6 人');

  await teacher.goto(`/classes/${of.of.id}/completion`);
  expect(await teacher.textContent('table')).to.include('缺勤 1 / 2 课次，有缺勤不能结业。补课 1 个课次即可结业。');
  await teacher.click('a:has-text("11-24 上午 缺")');
  expect(await teacher.isChecked('[name=madeUp]')).to.equal(true);
  await teacher.fill('[name=reason]', '11-24 晚上补课');
  await teacher.click('button:has-text("保存更正")');
  expect(await teacher.textContent('.notice.ok')).to.include('已更正为“缺勤（已补课）”');
  await teacher.goto(`/classes/${of.of.id}/completion`);
  await teacher.click('a:has-text("认定结业")');
  await teacher.click('button:has-text("认定结业，6 人")');
  expect(await teacher.textContent('[role=status]')).to.include('已认定结业：6 人结业，0 人不结业');
  expect(await acts.minutesOf(two!.workerId)).to.equal(480);
});

describe('a press at roll call', () => {
  let app: BrowserApp;
  before(async () => {
    app = await startBrowserApp();
  });
  after(() => app.close());

  it('is kept without network and saved with the next one; a rival’s mark stands and is shown', async () => {
    const acts = attendanceActs(app);
    const of = await acts.hall(
      app.fixture.workers.slice(0, 3).map((worker) => worker.id),
      ['2026-11-24', '2026-11-24'],
      { teacherAccountId: app.fixture.accounts['teacher'] ?? null },
    );
    const [one, two, three] = of.places;
    const teacher = await app.open('teacher', looks[0]);
    await teacher.goto(`/classes/${of.of.id}/sessions/${of.of.sessions[0]!.id}/roll-call`);
    await teacher.context().setOffline(true);
    await teacher.locator(`[name="m-${one!.id}"][value=ABSENT]`).check({ force: true });
    await teacher.locator('#roll-said:has-text("1 人的记录还没存上")').waitFor();
    await teacher.context().setOffline(false);
    await teacher.locator(`[name="m-${two!.id}"][value=PRESENT]`).check({ force: true });
    await countersBecome(teacher, '1 0 1 1');
    // somebody else is quicker: the mark that stands is shown with whose it is
    await acts.mark(of, 0, [press(three!, 'APPROVED_LEAVE')], 'city');
    await teacher.locator(`[name="m-${three!.id}"][value=PRESENT]`).check({ force: true });
    await teacher.locator(`#roll-said:has-text("${three!.name} 刚由city记为“请假”")`).waitFor();
    expect(await teacher.isChecked(`[name="m-${three!.id}"][value=APPROVED_LEAVE]`)).to.equal(true);
  });
});
