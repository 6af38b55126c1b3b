import { expect } from 'chai';
import { formOf, startTestApp, type Agent, type TestApp } from '../support/app.js';

describe('policies', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp();
  });
  after(() => app.close());

  const bodyOf = async (agent: Agent, more: Record<string, string>): Promise<Record<string, string>> => ({
    ...(await formOf(agent, '/policies/coverage.onboarding', '/policies/')),
    withinMonths: '6',
    warnDays: '30',
    entriesFrom: '',
    confirmed: 'yes',
    ...more,
  });

  it('shows every kind with the row in force, and one kind with its values in words', async () => {
    const agent = await app.signIn('city');
    const list = await agent.get('/policies');
    expect(list.status).to.equal(200);
    for (const kind of app.deps.policies.kinds) {
      expect(list.text).to.include(`/policies/${kind.kind}`);
      const page = await agent.get(`/policies/${kind.kind}`);
      expect(page.status, kind.kind).to.equal(200);
      expect(page.text, kind.kind).not.to.match(/policies\.(fields|kinds)\./);
    }
  });

  it('begins a new row on a day, which holds from that day only', async () => {
    const agent = await app.signIn('city');
    const answer = await agent.post('/policies/coverage.onboarding').type('form').send(await bodyOf(agent, { withinMonths: '4', from: '2027-01-01', sourceDoc: '忻社工发〔2026〕30号' }));
    expect(answer.status).to.equal(303);
    const kind = app.deps.policies.kinds.find((one) => one.kind === 'coverage.onboarding')!;
    const book = await app.deps.policies.load([kind]);
    const path = app.fixture.county.path;
    expect(book.on(kind, path, '2026-12-31' as never).value).to.include({ withinMonths: 6 });
    expect(book.on(kind, path, '2027-01-01' as never).value).to.include({ withinMonths: 4 });
  });

  it('asks first: from when, what changes and how many people it touches', async () => {
    const agent = await app.signIn('city');
    const typed = await bodyOf(agent, { withinMonths: '3', from: '2026-01-01', sourceDoc: '忻社工发〔2026〕31号', confirmed: '' });
    const question = await agent.post('/policies/coverage.onboarding').type('form').send(typed);
    expect(question.status).to.equal(200);
    expect(question.text).to.include('60 人').and.to.include('6 → 3').and.to.include('会按新的一条重算').and.to.include('name="withinMonths" value="3"');
    const kind = app.deps.policies.kinds.find((one) => one.kind === 'coverage.onboarding')!;
    expect((await app.deps.policies.rowsOf([kind])).some((row) => row.sourceDoc.includes('31号'))).to.equal(false);
  });

  it('keeps what was typed and says what is wrong, at the field', async () => {
    const agent = await app.signIn('city');
    const answer = await agent.post('/policies/coverage.onboarding').type('form').send(await bodyOf(agent, { withinMonths: '很快', from: '', sourceDoc: '会议纪要' }));
    expect(answer.status).to.equal(422);
    expect(answer.text).to.include('“很快”不能用在这里');
    expect(answer.text).to.include('没有写从哪一天起');
    expect(answer.text).to.include('会议纪要');
    expect(answer.text).to.include('value="很快"');
  });

  it('refuses a second row on the same day', async () => {
    const agent = await app.signIn('city');
    const form = { from: '2028-01-01', sourceDoc: '会议纪要' };
    expect((await agent.post('/policies/coverage.onboarding').type('form').send(await bodyOf(agent, form))).status).to.equal(303);
    const again = await agent.post('/policies/coverage.onboarding').type('form').send(await bodyOf(agent, form));
    expect(again.status).to.equal(422);
    expect(again.text).to.include('2028-01-01 起已经有一条规则');
  });

  it('lets the county read and not change', async () => {
    const agent = await app.signIn('county');
    const page = await agent.get('/policies/coverage.onboarding');
    expect(page.status).to.equal(200);
    expect(page.text).not.to.include('另立这一条');
    const token = (await formOf(agent, '/account'))['_csrf'] ?? '';
    expect((await agent.post('/policies/coverage.onboarding').type('form').send({ _csrf: token })).status).to.equal(403);
  });
});
