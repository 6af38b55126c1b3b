import { expect } from 'chai';
import { load } from 'cheerio';
import { openWorkbook } from '../../server/platform/files/xlsx.js';
import { hiddenFields, startTestApp, testNow, type Agent, type TestApp } from '../support/app.js';
import { attendanceActs, here, open, press, teachersHalls } from './attendanceActs.js';

describe('the pages of a class that is held', () => {
  let at: TestApp;
  let acts: ReturnType<typeof attendanceActs>;
  let teacher: Agent;
  let hall: ReturnType<typeof teachersHalls>;
  before(async () => {
    at = await startTestApp();
    acts = attendanceActs(at);
    hall = teachersHalls(at);
    teacher = await at.signIn('teacher');
  });
  after(() => at.close());
  afterEach(() => at.setNow(testNow));

  it('lead a class from its assessment to closing, opening again and its statistics', async () => {
    const of = await hall(3, ['2026-11-23', '2026-11-24'], { assessment: true });
    const [one, two, three] = of.places;
    await acts.attend(of, [{ session: 1, input: press(three!, 'ABSENT') }]);
    const address = `/classes/${of.of.id}/completion`;
    const first = await teacher.get(address);
    expect(load(first.text)('body').text())
      .to.include('还有 3 人没有考核结果')
      .and.to.include('缺勤 1 / 4 课次')
      .and.to.include('补课 1 个课次即可结业');
    const asses = (html: string, more: Record<string, string>) =>
      teacher
        .post(`/classes/${of.of.id}/assessments`)
        .type('form')
        .send({ ...hiddenFields(html, `/classes/${of.of.id}/assessments`), ...more });
    const results = { [`result-${one!.id}`]: 'PASSED', [`result-${two!.id}`]: 'FAILED', [`result-${three!.id}`]: 'PASSED' };
    const early = load((await teacher.get(`/classes/${of.of.id}/closing`)).text);
    expect(early('main form').length).to.equal(0);
    expect(early('.error-box').text()).to.include('还有 3 人没有考核结果');
    const bad = await asses(first.text, { ...results, [`score-${one!.id}`]: '101' });
    expect(bad.status).to.equal(422);
    expect(load(bad.text)('.error-box').text()).to.include('“101”不是 0 到 100 的整数');
    expect(load(bad.text)(`#score-${one!.id}`).val()).to.equal('101');
    expect((await asses(bad.text, { ...results, [`score-${one!.id}`]: '88' })).status).to.equal(303);
    const question = await teacher.get(`/classes/${of.of.id}/closing`);
    expect(load(question.text)('button[type=submit]').text()).to.include('认定结业，1 人');
    const keys = hiddenFields(question.text, `/classes/${of.of.id}/closing`);
    const stale = await teacher
      .post(`/classes/${of.of.id}/closing`)
      .type('form')
      .send({ ...keys, version: '1', once: 'stale' });
    expect(stale.status).to.equal(409);
    expect((await teacher.post(`/classes/${of.of.id}/closing`).type('form').send(keys)).status).to.equal(303);
    expect((await teacher.post(`/classes/${of.of.id}/closing`).type('form').send(keys)).status).to.equal(303);
    const closed = await open(teacher, address);
    expect(closed('body').text()).to.include('孟晓东认定结业，1 人结业');
    const reopening = `/classes/${of.of.id}/reopening`;
    const asked = await teacher.get(reopening);
    expect((await teacher.post(reopening).type('form').send(hiddenFields(asked.text, reopening))).status).to.equal(422);
    expect(
      (
        await teacher
          .post(reopening)
          .type('form')
          .send({ ...hiddenFields(asked.text, reopening), reason: '漏记补课' })
      ).status,
    ).to.equal(303);
    expect(await acts.minutesOf(one!.workerId)).to.equal(0);
    const paper = await open(teacher, `/classes/${of.of.id}/attendance`);
    expect(paper('tbody tr').length).to.equal(3);
    const file = await teacher
      .get(`/classes/${of.of.id}/attendance/export`)
      .buffer(true)
      .parse((res, done) => {
        const parts: Buffer[] = [];
        res.on('data', (part: Buffer) => parts.push(part));
        res.on('end', () => done(null, Buffer.concat(parts)));
      });
    const book = await openWorkbook(file.body as Buffer);
    expect(book.ok && book.sheets).to.deep.equal(['考勤统计表']);
  });

  it('show the teacher whom to call today, what is not handed in, and the next day', async () => {
    const of = await hall(2, ['2026-11-23', '2026-11-25'], { name: '孟老师的班' });
    await acts.fillRest(of, 0);
    await acts.submit(of, 0);
    const $ = await open(teacher, '/today');
    const cards = $('section.card-s')
      .toArray()
      .map((card) => $(card).text().replaceAll(/\s+/g, ' '));
    expect(cards.find((text) => text.includes('以前的课次还没提交')))
      .to.include('11-23 周一 下午')
      .and.not.include('11-23 周一 上午');
    expect(cards.find((text) => text.includes('下一次上课 11-25'))).to.include('应到 2 人');
    const other = await at.signIn('township2');
    expect((await other.get('/today')).text).not.to.include('孟老师的班');
    const office = await at.signIn('city');
    const page = await open(office, `/classes/${of.of.id}`);
    expect(page(`a[href="${here(of, 1)}/roll-call"]`).length).to.be.greaterThan(0);
    const county = await at.signIn('county');
    expect((await county.get(`${here(of, 1)}/roll-call`)).status).to.be.oneOf([403, 404]);
  });
});
