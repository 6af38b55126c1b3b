import { expect } from 'chai';
import { load } from 'cheerio';
import request from 'supertest';
import { hiddenFields, formOf, startTestApp, testNow, type Agent, type TestApp } from '../support/app.js';
import { password } from '../support/fixture.js';

describe('signing in and out', () => {
  let at: TestApp;
  before(async () => {
    at = await startTestApp();
  });
  after(() => at.close());
  afterEach(() => at.setNow(testNow));

  async function attempt(
    login: string,
    typed: string,
    address = '/sign-in',
  ): Promise<{ agent: Agent; status: number; location: string; text: string }> {
    const agent = request.agent(at.app);
    const page = load((await agent.get(address)).text);
    const hidden = Object.fromEntries(
      page('form[action="/sign-in"] input[type=hidden]')
        .get()
        .map((one) => [one.attribs['name'] ?? '', one.attribs['value'] ?? '']),
    );
    const answer = await agent
      .post('/sign-in')
      .type('form')
      .send({ ...hidden, login, password: typed });
    return { agent, status: answer.status, location: String(answer.headers['location']), text: answer.text };
  }

  it('takes account name and password, in any case, and leads to the page that was asked for', async () => {
    const first = await request.agent(at.app).get('/account?year=2026');
    expect(first.status).to.equal(303);
    expect(first.headers['location']).to.equal('/sign-in?next=%2Faccount%3Fyear%3D2026');
    const { agent, status, location } = await attempt(' COUNTY ', password, String(first.headers['location']));
    expect([status, location]).to.deep.equal([303, '/account?year=2026']);
    const own = await agent.get('/account');
    expect(load(own.text)('dl.facts').text()).to.include('王秀兰');
    expect((await agent.get('/sign-in?next=/account')).headers['location']).to.equal('/account');
  });

  it('never leads to another host', async () => {
    for (const next of ['https://evil.example/x', '//evil.example', '/\\evil.example', '/sign-out']) {
      const { location } = await attempt('county', password, `/sign-in?next=${encodeURIComponent(next)}`);
      expect(location, next).to.equal('/');
    }
    const agent = request.agent(at.app);
    const hidden = await formOf(agent, '/sign-in');
    const answer = await agent
      .post('/sign-in')
      .type('form')
      .send({ ...hidden, next: '//evil.example', login: 'county', password });
    expect(answer.headers['location']).to.equal('/');
  });

  it('says the same for a wrong password, an unknown account and one without password', async () => {
    const wrong = await attempt('county2', 'Not-this-1');
    const unknown = await attempt('nobody_here', 'Not-this-1');
    expect([wrong.status, unknown.status]).to.deep.equal([422, 422]);
    const said = (text: string): string => load(text)('.error-box').text().trim();
    expect(said(wrong.text)).to.equal(said(unknown.text)).and.to.include('账号或密码不对');
    const page = load(wrong.text);
    expect(page('input[name=login]').val()).to.equal('county2');
    expect(page('input[name=password]').val()).to.equal(undefined);
  });

  it('names the fields that were left empty', async () => {
    const { status, text } = await attempt('', '');
    expect(status).to.equal(422);
    expect(load(text)('.f-error').text()).to.include('请填账号或手机号').and.to.include('请填密码');
  });

  it('gives the session a new id at sign-in and keeps no old one', async () => {
    const agent = request.agent(at.app);
    const before = await agent.get('/sign-in');
    const sid = (headers: Record<string, unknown>): string => String(headers['set-cookie']).match(/xz\.sid=[^;]+/)?.[0] ?? '';
    const answer = await agent
      .post('/sign-in')
      .type('form')
      .send({ ...hiddenFields(before.text), login: 'county', password });
    expect(sid(answer.headers)).to.not.equal('').and.to.not.equal(sid(before.headers));
    const stale = await request(at.app).get('/account').set('Cookie', sid(before.headers));
    expect(stale.status).to.equal(303);
  });

  it('signs out by POST only, and then shows nothing more', async () => {
    const { agent } = await attempt('county', password);
    const hidden = await formOf(agent, '/account', '/sign-out');
    const answer = await agent.post('/sign-out').type('form').send(hidden);
    expect([answer.status, answer.headers['location']]).to.deep.equal([303, '/sign-in']);
    expect((await agent.get('/sign-in')).text).to.include('已退出登录');
    expect((await agent.get('/account')).status).to.equal(303);
  });

  it('refuses a form without the token of its session', async () => {
    const answer = await request(at.app).post('/sign-in').type('form').send({ login: 'county', password });
    expect(answer.status).to.equal(403);
    expect(answer.text).to.not.include(password);
  });

  it('locks an account after five wrong passwords, for fifteen minutes, also for the right one', async () => {
    for (let n = 0; n < 5; n += 1) expect((await attempt('township2', `Wrong-${n}x`)).status).to.equal(422);
    expect((await attempt('township2', password)).status).to.equal(422);
    at.setNow(new Date(testNow.getTime() + 14 * 60_000));
    expect((await attempt('township2', password)).status).to.equal(422);
    at.setNow(new Date(testNow.getTime() + 16 * 60_000));
    expect((await attempt('township2', password)).status).to.equal(303);
  });

  it('five at once are not more than five one after the other', async () => {
    const tries = await Promise.all(Array.from({ length: 12 }, (_, n) => attempt('township', `Wrong-${n}y`)));
    expect(new Set(tries.map((one) => one.status))).to.deep.equal(new Set([422]));
    expect((await attempt('township', password)).status).to.equal(422);
    const security = await at.signIn('security');
    const list = await security.get('/lockouts');
    expect(load(list.text)('tbody tr').text()).to.include('高磊');
    const row = hiddenFields(list.text, '/lockouts/');
    const done = await security
      .post(`/lockouts/${at.fixture.accounts['township'] ?? ''}/unlocking`)
      .type('form')
      .send(row);
    expect(done.status).to.equal(303);
    expect((await attempt('township', password)).status).to.equal(303);
  });

  it('switches of the display are cookies and come back to where they were used', async () => {
    const agent = request.agent(at.app);
    const hidden = await formOf(agent, '/sign-in', '/display');
    const answer = await agent
      .post('/display')
      .type('form')
      .send({ ...hidden, text: 'large', contrast: 'high', lang: 'en', back: '/sign-in?next=%2Faccount' });
    expect([answer.status, answer.headers['location']]).to.deep.equal([303, '/sign-in?next=%2Faccount']);
    const page = load((await agent.get('/sign-in')).text);
    expect(page('html').attr('class')).to.include('lt').and.to.include('hc');
    expect(page('html').attr('lang')).to.equal('en');
    expect(page('h1').text()).to.equal('Sign in');
  });
});

describe('too many wrong attempts from one address', () => {
  let at: TestApp;
  before(async () => {
    at = await startTestApp();
  });
  after(() => at.close());

  it('answers 429 after ten accounts’ worth, also to the right password', async () => {
    const agent = request.agent(at.app);
    const tryOne = async (login: string, typed: string): Promise<number> => {
      const hidden = await formOf(agent, '/sign-in');
      return (
        await agent
          .post('/sign-in')
          .type('form')
          .send({ ...hidden, login, password: typed })
      ).status;
    };
    const before: number[] = [];
    for (let n = 0; n < 50; n += 1) before.push(await tryOne(`stranger${n}`, 'Wrong-1x'));
    expect(new Set(before)).to.deep.equal(new Set([422]));
    expect(await tryOne('county', password)).to.equal(429);
  });
});
