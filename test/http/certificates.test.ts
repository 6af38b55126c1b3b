import { expect } from 'chai';
import type { CertificateInput } from '../../server/certificates/certificateCheck.service.js';
import { civilDay } from '../../server/platform/civilDays.js';
import { systemScope } from '../../server/platform/scope.js';
import { systemActor } from '../../server/platform/transactions.js';
import { formOf, startTestApp, type Agent, type TestApp } from '../support/app.js';
import { peopleOf } from '../support/samples/roster.js';

const everywhere = systemScope('test of certificates');
const paper: CertificateInput = {
  level: 'ASSISTANT',
  managementNo: '2025061014000001',
  title: '',
  obtainedOn: civilDay('2026-09-01'),
  examYear: 2026,
  reviewPassed: true,
};

describe('certificates', () => {
  let app: TestApp;
  let county: Agent;
  before(async () => {
    app = await startTestApp();
    county = await app.signIn('county');
  });
  after(() => app.close());

  const person = (index: number) => peopleOf(app, app.fixture.county)[index]!;

  async function certificateOf(workerId: string, changes: Partial<CertificateInput>): Promise<string> {
    const outcome = await app.deps.transact(systemActor('test'), (tx) =>
      app.deps.certificates.enter(tx, everywhere, { workerId, ...paper, ...changes }),
    );
    if (!outcome.ok) throw new Error(JSON.stringify(outcome));
    await app.settle();
    return outcome.id;
  }

  /** Sends a form as a browser does: its hidden fields and what was typed. */
  async function send(agent: Agent, at: { address: string; action?: string; typed: Readonly<Record<string, string>> }) {
    const hidden = await formOf(agent, at.address, at.action ?? at.address);
    return agent
      .post(at.action ?? at.address)
      .type('form')
      .send({ ...hidden, ...at.typed });
  }

  it('says that nobody is certified, and finds the person a certificate is entered for', async () => {
    const empty = await county.get('/certificates');
    expect(empty.status).to.equal(200);
    expect(empty.text).to.include('这里还没有在岗持证的人');
    const found = await county.get('/certificates/new').query({ q: person(0).name });
    expect(found.status).to.equal(200);
    expect(found.text).to.include(person(0).id);
  });

  it('enters a certificate, which stands in the ledger and on the person page', async () => {
    const answer = await send(county, {
      address: `/certificates/new?worker=${person(0).id}`,
      action: '/certificates',
      typed: { level: 'ASSISTANT', managementNo: '2026 0901 1400 1111', obtainedOn: '2026年9月1日', examYear: '2026', title: '' },
    });
    expect(answer.status).to.equal(303);
    const one = await county.get(answer.headers['location'] as string);
    expect(one.text).to.include('2026090114001111').and.include('社会工作者职业资格证书').and.include('2027-09-01');
    await app.settle();
    const ledger = await county.get('/certificates').query({ state: 'firstDue', level: 'ASSISTANT' });
    expect(ledger.text).to.include(person(0).name).and.include('待首次登记');
    const byNumber = await county.get('/certificates').query({ q: '2026090114001111' });
    expect(byNumber.text).to.include(person(0).name);
    const nobody = await county.get('/certificates').query({ level: 'SENIOR' });
    expect(nobody.text).not.to.include(`>${person(0).name}<`);
    const page = await county.get(`/workers/${person(0).id}`);
    expect(page.text).to.include(`href="${(answer.headers['location'] as string).split('?')[0] ?? ''}`);
  });

  it('keeps what was typed and names the field and the mend', async () => {
    const address = `/certificates/new?worker=${person(1).id}`;
    const typed = { level: '', managementNo: '', obtainedOn: '明年春天', examYear: '二五' };
    const wrong = await send(county, { address, action: '/certificates', typed });
    expect(wrong.status).to.equal(422);
    for (const text of ['没有选证书等级', '没有填管理号', '“明年春天”不是日期', '考试年份要写四位数字', 'value="明年春天"'])
      expect(wrong.text).to.include(text);
    const later = { level: 'ASSISTANT', managementNo: '12', obtainedOn: '2026-12-31', examYear: '2027' };
    const refused = await send(county, { address, action: '/certificates', typed: later });
    expect(refused.status).to.equal(422);
    for (const text of ['应是 10 到 25 位', '取得日期 2026-12-31 还没到', '考试年份晚于取得证书的 2026 年'])
      expect(refused.text).to.include(text);
    const stranger = await send(county, {
      address,
      action: '/certificates',
      typed: { ...later, obtainedOn: '2026-09-01', examYear: '', managementNo: '2026090114001111' },
    });
    expect(stranger.text).to.include(`这个管理号已录在${person(0).name}名下`);
    expect((await county.get('/certificates').query({ state: 'all' })).text).not.to.include(`>${person(1).name}<`);
  });

  it('registers once, renews after that, and the new period follows the old', async () => {
    const id = await certificateOf(person(2).id, { managementNo: '2023090114002222', obtainedOn: civilDay('2023-09-01'), examYear: 2023 });
    const early = await send(county, {
      address: `/certificates/${id}/registration`,
      typed: { from: '2023-08-01', validThrough: '', source: '登记表' },
    });
    expect(early.status).to.equal(422);
    expect(early.text).to.include('登记日期早于取得证书的 2023-09-01');
    const registered = await send(county, {
      address: `/certificates/${id}/registration`,
      typed: { from: '2024-01-15', validThrough: '', source: '登记表' },
    });
    expect(registered.status).to.equal(303);
    expect((await county.get(`/certificates/${id}`)).text)
      .to.include('2024-01-15 至 2027-01-14')
      .and.include('再登记窗口期');
    const twice = await send(county, {
      address: `/certificates/${id}/registration`,
      typed: { from: '2026-01-15', validThrough: '', source: '登记表' },
    });
    expect(twice.text).to.include('已经登记过，有效期至 2027-01-14');
    const renewed = await send(county, { address: `/certificates/${id}/renewal`, typed: { from: '2026-11-20', source: '再登记表' } });
    expect(renewed.status).to.equal(303);
    expect((await county.get(`/certificates/${id}`)).text).to.include('2027-01-15 至 2030-01-14');
  });

  it('adds continuing education, a degree once, and takes an entry back with a reason', async () => {
    const id = await certificateOf(person(3).id, { managementNo: '2023090114003333', obtainedOn: civilDay('2023-09-01'), examYear: 2023 });
    await send(county, { address: `/certificates/${id}/registration`, typed: { from: '2024-06-01', validThrough: '', source: '登记表' } });
    const address = `/certificates/${id}/education`;
    const none = await send(county, {
      address,
      typed: { kind: 'TRAINING', title: '督导实务', endedOn: '2026-05-06', hours: '', source: '合格证明' },
    });
    expect(none.status).to.equal(422);
    expect(none.text).to.include('没有填认定学时');
    await send(county, {
      address,
      typed: { kind: 'TRAINING', title: '督导实务', endedOn: '2026-05-06', hours: '7.5', source: '合格证明' },
    });
    expect((await county.get(`/certificates/${id}`)).text)
      .to.include('7.5 / 72')
      .and.include('还差 64.5 学时');
    const degree = { kind: 'DEGREE', title: '社会工作硕士', endedOn: '2026-06-30', hours: '', source: '学位证' };
    await send(county, { address, typed: degree });
    expect((await county.get(`/certificates/${id}`)).text)
      .to.include('97.5 / 72')
      .and.include('本登记期学时已满足');
    const again = await send(county, { address, typed: { ...degree, title: '社会工作（硕士）' } });
    expect(again.status).to.equal(422);
    expect(again.text).to.include('这个学位已在 2026-06-30 计过');
    const entry = (await app.deps.certificates.byId(everywhere, id)).ce[1]!;
    const removal = `/certificates/${id}/entries/${entry.id}/removal`;
    expect((await send(county, { address: removal, typed: { reason: '' } })).text).to.include('没有写原因');
    expect((await send(county, { address: removal, typed: { reason: '不是社会工作学位' } })).status).to.equal(303);
    expect((await county.get(`/certificates/${id}`)).text)
      .to.include('7.5 / 72')
      .and.include('不是社会工作学位');
  });

  it('changes a certificate with a reason and refuses the older of two versions', async () => {
    const id = await certificateOf(person(4).id, { managementNo: '2026090114004444' });
    const address = `/certificates/${id}/change`;
    const first = await formOf(county, address, address);
    const second = await formOf(county, address, address);
    const typed = {
      level: 'ASSISTANT',
      managementNo: '2026090114004445',
      obtainedOn: '2026-09-02',
      examYear: '2026',
      title: '',
      reason: '抄错一位',
    };
    expect(
      (
        await county
          .post(address)
          .type('form')
          .send({ ...first, ...typed })
      ).status,
    ).to.equal(303);
    expect(
      (
        await county
          .post(address)
          .type('form')
          .send({ ...second, ...typed, obtainedOn: '2026-09-03' })
      ).status,
    ).to.equal(409);
    expect((await county.get(`/certificates/${id}`)).text)
      .to.include('2026-09-02')
      .and.include('抄错一位');
  });

  it('takes a certificate back: it no longer counts and its forms are closed', async () => {
    const id = await certificateOf(person(5).id, { managementNo: '2026090114005555' });
    const address = `/certificates/${id}/voiding`;
    expect((await send(county, { address, typed: { from: '2026-08-01', reason: '录错人' } })).text).to.include(
      '作废日期早于取得日期 2026-09-01',
    );
    expect((await send(county, { address, typed: { from: '2026-09-01', reason: '录错人' } })).status).to.equal(303);
    await app.settle();
    expect((await county.get('/certificates').query({ state: 'all' })).text).not.to.include(`>${person(5).name}<`);
    expect((await county.get(`/certificates/${id}`)).text).to.include('2026-09-01 起作废：录错人');
    expect((await county.get(`/certificates/${id}/education`)).status).to.equal(303);
  });

  it('exports the list as it is filtered, and the trail says so', async () => {
    const answer = await county.get('/certificates/export').query({ state: 'certified' }).buffer(true);
    expect(answer.status).to.equal(200);
    expect(answer.headers['content-type']).to.include('spreadsheetml');
    const trail = await (await app.signIn('audit')).get('/trail');
    expect(trail.text).to.include('导出持证台账');
  });

  it('keeps to the own county', async () => {
    const id = await certificateOf(peopleOf(app, app.fixture.otherCounty)[0]!.id, { managementNo: '2026090114009999' });
    expect((await county.get(`/certificates/${id}`)).status).to.equal(404);
    expect((await county.get('/certificates').query({ state: 'all' })).text).not.to.include(id);
    expect((await (await app.signIn('township')).get('/certificates')).status).to.equal(403);
  });
});
