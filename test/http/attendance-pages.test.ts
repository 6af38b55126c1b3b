import { expect } from 'chai';
import { load, type CheerioAPI } from 'cheerio';
import { systemScope } from '../../server/platform/scope.js';
import { hiddenFields, startTestApp, testNow, type Agent, type TestApp } from '../support/app.js';
import { attendanceActs, here, open, press, teachersHalls } from './attendanceActs.js';

const all = systemScope('test');

describe('the pages of attendance', () => {
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

  /** The fields that a browser without script would send: those of the form and those tied to it by `form=`. */
  const typedOf = ($: CheerioAPI): Record<string, string> => {
    const fields: [string, string][] = $('#form input, [form="form"]')
      .toArray()
      .flatMap((element): [string, string][] => {
        const input = $(element);
        const isPressed = !['radio', 'checkbox'].includes(input.attr('type') ?? '') || input.attr('checked') !== undefined;
        return isPressed && element.tagName === 'input' ? [[input.attr('name') ?? '', String(input.val() ?? '')]] : [];
      });
    return Object.fromEntries(fields);
  };

  it('take a roll as one form: saved, filled, refused while marks are missing, handed in', async () => {
    const of = await hall(4, ['2026-11-24', '2026-11-24']);
    const [one, two] = of.places;
    const $ = await open(teacher, `${here(of, 0)}/roll-call`);
    expect($('ul.roll > li .roll-name').length).to.equal(4);
    expect(
      $('#roll-head .tally b')
        .toArray()
        .map((b) => $(b).text()),
    ).to.deep.equal(['0', '0', '0', '4']);
    expect($('input[type=radio][checked]').length).to.equal(0);
    const typed = { ...typedOf($), [`m-${one!.id}`]: 'PRESENT', [`m-${two!.id}`]: 'ABSENT' };
    const refused = await teacher
      .post(`${here(of, 0)}/marks`)
      .type('form')
      .send({ ...typed, then: 'submit' });
    expect(refused.status).to.equal(422);
    const again = load(refused.text);
    expect(again('.error-box').text()).to.include('还有 2 人没点').and.to.include(of.places[2]!.name);
    expect(again(`input[name="m-${two!.id}"][checked]`).val()).to.equal('ABSENT');
    expect(await acts.rollOf(of, 0)).to.deep.equal({});
    const saved = await teacher
      .post(`${here(of, 0)}/marks`)
      .type('form')
      .send({ ...typedOf(again), [`m-${one!.id}`]: 'PRESENT', [`m-${two!.id}`]: 'ABSENT', then: 'rest' });
    expect(saved.status).to.equal(303);
    expect(Object.values(await acts.rollOf(of, 0)).sort()).to.deep.equal(['ABSENT', 'PRESENT', 'PRESENT', 'PRESENT']);
    const filled = await open(teacher, String(saved.headers['location']));
    expect(filled('.notice.ok').text()).to.include('其余 2 人都记为“到”');
    expect(filled('.submitbar').text()).to.include('刚才：记了 2 人').and.to.include('提交本课次');
    const done = await teacher
      .post(`${here(of, 0)}/marks`)
      .type('form')
      .send({ ...typedOf(filled), then: 'submit' });
    const after = await open(teacher, String(done.headers['location']));
    expect(after('.notice.ok').text()).to.include('本课次已提交，共 4 人');
    expect(after('input[type=radio]').length).to.equal(0);
  });

  it('save one press by itself, and keep late and early as a second fact', async () => {
    const of = await hall(2, ['2026-11-24', '2026-11-24']);
    const [one] = of.places;
    const csrf = hiddenFields((await teacher.get(`${here(of, 0)}/roll-call`)).text, `${here(of, 0)}/marks`)['_csrf'] ?? '';
    const send = (fields: Record<string, string>) =>
      teacher
        .post(`${here(of, 0)}/marks`)
        .set('x-csrf-token', csrf)
        .set('HX-Request', 'true')
        .type('form')
        .send(fields);
    expect((await send({ [`was-${one!.id}`]: '', [`m-${one!.id}`]: 'PRESENT' })).status).to.equal(303);
    const $ = await open(teacher, `${here(of, 0)}/roll-call`);
    expect($('.notice').length).to.equal(0);
    expect($(`#late-${one!.id}`).length).to.equal(1);
    await send({ [`was-${one!.id}`]: 'PRESENT:0:0', [`m-${one!.id}`]: 'PRESENT', [`late-${one!.id}`]: 'yes' });
    const roll = await at.deps.rollCalls.roll(all, { classId: of.of.id, sessionId: of.of.sessions[0]!.id });
    expect(roll.marks.get(one!.id)).to.deep.include({ mark: 'PRESENT', late: true, leftEarly: false });
    const undoing = await open(teacher, `${here(of, 0)}/roll-call`);
    const keys = Object.fromEntries(
      undoing('#undoing input')
        .toArray()
        .map((input) => [undoing(input).attr('name') ?? '', String(undoing(input).val())]),
    );
    await teacher
      .post(`${here(of, 0)}/undoing`)
      .type('form')
      .send(keys);
    expect((await at.deps.rollCalls.roll(all, { classId: of.of.id, sessionId: of.of.sessions[0]!.id })).marks.get(one!.id)).to.deep.include(
      { late: false },
    );
  });

  it('leave alone what somebody else marked since the page was opened, and say who', async () => {
    const of = await hall(2, ['2026-11-24', '2026-11-24']);
    const [one, two] = of.places;
    const $ = await open(teacher, `${here(of, 0)}/roll-call`);
    await acts.mark(of, 0, [press(one!, 'ABSENT')], 'city');
    const sent = await teacher
      .post(`${here(of, 0)}/marks`)
      .type('form')
      .send({ ...typedOf($), [`m-${one!.id}`]: 'PRESENT', [`m-${two!.id}`]: 'PRESENT', then: 'save' });
    expect(await acts.rollOf(of, 0)).to.deep.equal({ [one!.name]: 'ABSENT', [two!.name]: 'PRESENT' });
    expect((await open(teacher, String(sent.headers['location'])))('.notice.warn').text()).to.include(`${one!.name} 刚由city记为“缺勤”`);
    const pressed = await teacher
      .post(`${here(of, 0)}/marks`)
      .set('HX-Request', 'true')
      .type('form')
      .send({ _csrf: typedOf($)['_csrf'] ?? '', [`was-${one!.id}`]: '', [`m-${one!.id}`]: 'PRESENT' });
    expect((await open(teacher, String(pressed.headers['location'])))('#roll-said').text()).to.include('这里没有改动');
  });

  it('filter by mark and find by initials', async () => {
    const of = await hall(3, ['2026-11-24', '2026-11-24']);
    const [one, two] = of.places;
    await acts.mark(of, 0, [press(one!, 'ABSENT'), press(two!, 'PRESENT')]);
    const names = async (query: string): Promise<string[]> => {
      const $ = await open(teacher, `${here(of, 0)}/roll-call?${query}`);
      return $('ul.roll > li .roll-name')
        .toArray()
        .map((element) => $(element).contents().first().text().trim());
    };
    expect(await names('show=absent')).to.deep.equal([one!.name]);
    expect(await names('show=blank')).to.deep.equal([of.places[2]!.name]);
    expect(await names(`q=${encodeURIComponent(two!.name)}`)).to.include(two!.name);
    expect(await names('q=zzzz')).to.deep.equal([]);
  });

  it('add somebody who is here without being listed, from the divisions of the class only', async () => {
    const of = await hall(2, ['2026-11-24', '2026-11-24'], { audience: [at.fixture.county.id] });
    const guest = at.fixture.workers.filter((worker) => worker.divisionPath.includes(at.fixture.county.id)).at(-2)!;
    const stranger = at.fixture.workers.filter((worker) => worker.divisionPath.includes(at.fixture.otherCounty.id)).at(-2)!;
    const found = await teacher.get(`${here(of, 0)}/walk-ins?q=${encodeURIComponent(guest.name)}`);
    expect(load(found.text)('.roll-name').text()).to.include(guest.name).and.to.include('繁峙县');
    expect(found.text).not.to.match(/\b\d{17}[\dX]\b/);
    const keys = hiddenFields(found.text, `${here(of, 0)}/walk-ins`);
    expect(
      (
        await teacher
          .post(`${here(of, 0)}/walk-ins`)
          .type('form')
          .send({ ...keys, workerId: stranger.id })
      ).status,
    ).to.equal(404);
    const added = await teacher
      .post(`${here(of, 0)}/walk-ins`)
      .type('form')
      .send({ ...keys, workerId: guest.id });
    expect((await open(teacher, String(added.headers['location'])))('.notice.ok').text()).to.include(`已加上 ${guest.name}`);
    expect((await acts.rollOf(of, 0))[guest.name]).to.equal('PRESENT');
    await acts.fillRest(of, 0);
    await acts.submit(of, 0);
    const late = at.fixture.workers.filter((worker) => worker.divisionPath.includes(at.fixture.county.id)).at(-3)!;
    const page = await teacher.get(`${here(of, 0)}/walk-ins?q=${encodeURIComponent(late.name)}`);
    const bare = await teacher
      .post(`${here(of, 0)}/walk-ins`)
      .type('form')
      .send({ ...hiddenFields(page.text, `${here(of, 0)}/walk-ins`), workerId: late.id });
    expect(bare.status).to.equal(422);
    expect(load(bare.text)('.f-error').text()).to.include('请写明原因');
    const told = await teacher
      .post(`${here(of, 0)}/walk-ins`)
      .type('form')
      .send({ ...hiddenFields(page.text, `${here(of, 0)}/walk-ins`), workerId: late.id, reason: '漏点' });
    expect(told.status).to.equal(303);
  });

  it('correct a handed-in mark with a reason, which keeps what was typed when it is missing', async () => {
    const of = await hall(2, ['2026-11-24', '2026-11-24']);
    const [one] = of.places;
    await acts.fillRest(of, 0);
    await acts.submit(of, 0);
    const address = `${here(of, 0)}/places/${one!.id}/correction`;
    const page = await teacher.get(address);
    const refused = await teacher
      .post(address)
      .type('form')
      .send({ ...hiddenFields(page.text, address), mark: 'ABSENT', madeUp: 'yes' });
    expect(refused.status).to.equal(422);
    const $ = load(refused.text);
    expect($('.f-error').text()).to.include('请写明原因');
    expect([$('input[name=mark][checked]').val(), $('input[name=madeUp]').attr('checked')]).to.deep.equal(['ABSENT', 'checked']);
    const done = await teacher
      .post(address)
      .type('form')
      .send({ ...hiddenFields(refused.text, address), mark: 'ABSENT', reason: '看错了行' });
    expect(done.status).to.equal(303);
    expect((await acts.rollOf(of, 0))[one!.name]).to.equal('ABSENT');
  });

  it('say why a half-day to come cannot be marked, and still print its sign-in sheet in blocks of 25', async () => {
    const of = await hall(3, ['2026-11-24', '2026-11-25']);
    const $ = await open(teacher, `${here(of, 2)}/roll-call`);
    expect($('.notice.warn').text()).to.include('2026-11-25 的课次还没到');
    expect($('input[type=radio]').length).to.equal(0);
    const sheet = await open(teacher, `${here(of, 2)}/sign-in-sheet`);
    expect(sheet('tbody tr').length).to.equal(25);
    expect(sheet('thead th').length).to.equal(14);
    expect(sheet('.sheet-sign').text()).to.include('应到 3 人').and.to.include('班主任签名');
    expect(sheet('.sheet-foot').text()).to.include(of.of.sessions[2]!.id).and.to.include('第 1 页，共 1 页');
  });
});
