import { expect } from 'chai';
import { load } from 'cheerio';
import { connect, type AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:http';
import request from 'supertest';
import { formOf, hiddenFields, startTestApp, type Agent, type TestApp } from '../support/app.js';
import { password } from '../support/fixture.js';
import { joinFields } from './workerActs.js';

/** The form of the page that keeps what was typed: where it goes and everything in it. */
function keptForm(html: string): { action: string; fields: Record<string, string | string[]> } {
  const $ = load(html);
  const form = $('main form[action]:has(button):not([action="/display"])').first();
  const fields: Record<string, string | string[]> = {};
  for (const input of form.find('input[type=hidden]').toArray()) {
    const [name, value] = [$(input).attr('name') ?? '', $(input).attr('value') ?? ''];
    fields[name] = fields[name] === undefined ? value : [fields[name], value].flat();
  }
  return { action: form.attr('action') ?? '', fields };
}

describe('bad input that every form may get', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp();
  });
  after(() => app.close());

  const countOf = (collection: string): Promise<number> => app.deps.db.collection(collection).countDocuments();

  /** A client of its own, so that its session may end. */
  async function freshAgent(login: string): Promise<Agent> {
    const agent = request.agent(app.app);
    await signIn(agent, login);
    return agent;
  }
  async function signIn(agent: Agent, login: string): Promise<void> {
    const form = await formOf(agent, '/sign-in', '/sign-in');
    const answer = await agent
      .post('/sign-in')
      .type('form')
      .send({ ...form, login, password });
    expect(answer.status).to.equal(303);
  }

  it('a form sent twice, also at the same moment, is done once and gets the first answer', async () => {
    const county = await app.signIn('county');
    const before = await countOf('workers');
    const typed = { ...(await formOf(county, '/workers/new', '/workers')), ...joinFields(app) };
    const both = await Promise.all([1, 2].map(() => county.post('/workers').type('form').send(typed)));
    const third = await county.post('/workers').type('form').send(typed);
    expect([...both, third].map((answer) => answer.status)).to.deep.equal([303, 303, 303]);
    expect(new Set([...both, third].map((answer) => answer.headers['location'])).size).to.equal(1);
    expect(await countOf('workers')).to.equal(before + 1);
  });

  it('a refused form can be mended and sent with the same key', async () => {
    const county = await app.signIn('county');
    const typed = {
      ...(await formOf(county, '/workers/new', '/workers')),
      ...joinFields(app, { idNumber: '149999199204120329', name: '' }),
    };
    const refused = await county.post('/workers').type('form').send(typed);
    expect(refused.status).to.equal(422);
    expect(load(refused.text)('[name=reason]').val()).to.equal(typed['reason']);
    expect(hiddenFields(refused.text, '/workers')['once']).to.be.a('string').and.not.equal('');
  });

  it('a session that ends in the middle of a form loses nothing: signed in again, the form is sent as it was typed', async () => {
    const agent = await freshAgent('city');
    const person = app.fixture.workers[4]!;
    const address = `/workers/${person.id}/exemption`;
    const typed = {
      ...(await formOf(agent, address, address)),
      from: '2026-11-24',
      to: '2026-12-31',
      reason: '住院治疗，病历已附：\n“三个月”<全休>',
    };
    await app.deps.db.collection('sessions').deleteMany({});
    const before = await countOf('exemptions');

    const late = await agent.post(address).type('form').send(typed);
    expect(late.status).to.equal(401);
    const kept = keptForm(late.text);
    expect(kept.action).to.equal(address);
    expect(kept.fields['reason']).to.equal(typed.reason);
    expect(kept.fields['once']).to.not.equal(typed['once' as keyof typeof typed]);
    expect(await countOf('exemptions')).to.equal(before);

    await signIn(agent, 'city');
    const again = await agent.post(kept.action).type('form').send(kept.fields);
    // the token is one of the session before: the page asks once more, now with one of this session
    expect(again.status).to.equal(403);
    const last = keptForm(again.text);
    const done = await agent.post(last.action).type('form').send(last.fields);
    expect(done.status).to.equal(303);
    expect(await countOf('exemptions')).to.equal(before + 1);
    const stored = await app.deps.db.collection('exemptions').findOne({ workerId: person.id });
    expect(String(stored?.['reason']).replaceAll('\r\n', '\n')).to.equal(typed.reason);
    app.signOutAll();
  });

  it('a password that was typed into a form of an ended session is not carried along', async () => {
    const agent = await freshAgent('county2');
    const typed = {
      ...(await formOf(agent, '/account', '/account/password')),
      password,
      newPassword: 'Xinde-2026',
      repeatPassword: 'Xinde-2026',
    };
    await app.deps.db.collection('sessions').deleteMany({});
    const late = await agent.post('/account/password').type('form').send(typed);
    expect(late.status).to.equal(401);
    expect(late.text).to.not.include('Xinde-2026').and.not.include(password);
    app.signOutAll();
  });

  it('a form that is too large, has too many fields or is no form is refused on a page of the product', async () => {
    const county = await app.signIn('county');
    const bodies: readonly (readonly [string, number])[] = [
      [`reason=${'长'.repeat(400_000)}`, 413],
      ['a=1&'.repeat(25_000), 413],
      ['reason=%E4%BD', 403],
    ];
    for (const [body, status] of bodies) {
      const answer = await county.post('/workers').type('form').send(body);
      expect(answer.status).to.equal(status);
      expect(load(answer.text)('h1').text()).to.not.equal('');
    }
    const json = await county.post('/workers').send({ name: '王五' });
    expect(json.status).to.equal(403);
  });

  it('nobody is asked to send again what a page of another site has sent', async () => {
    const headers: readonly Record<string, string>[] = [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://elsewhere.example' }];
    for (const header of headers) {
      const signedIn = await (await app.signIn('city')).post('/imports').set(header).type('form').send({ reason: '他们要的' });
      const stranger = await request(app.app).post('/codes/sheets').set(header).type('form').send({ reason: '他们要的' });
      for (const answer of [signedIn, stranger]) {
        expect(answer.status).to.equal(400);
        expect(answer.text).to.not.include('他们要的');
      }
    }
  });

  it('several values of one field survive too', async () => {
    const agent = await freshAgent('county');
    const typed = { ...(await formOf(agent, '/codes', '/codes/sheets')), account: ['a'.repeat(24), 'b'.repeat(24)] };
    await app.deps.db.collection('sessions').deleteMany({});
    const late = await agent.post('/codes/sheets').type('form').send(typed);
    expect(keptForm(late.text).fields['account']).to.deep.equal(typed.account);
    app.signOutAll();
  });

  describe('an upload that breaks off', () => {
    let server: Server;
    let port: number;
    before(async () => {
      server = createServer(app.app);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      port = (server.address() as AddressInfo).port;
    });
    after(() => new Promise((resolve) => server.close(resolve)));

    /** Sends the head of an upload with a length, some of its bytes, and hangs up; or ends before the closing line and reads the answer. */
    async function breakOff(agent: Agent, hangUp: boolean): Promise<string> {
      const { cookies } = (await agent.get('/imports')).request as unknown as { cookies: string };
      const form = await formOf(agent, '/imports', '/imports');
      const boundary = 'xunzheng';
      const fields = ['_csrf', 'once'].map(
        (name) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${form[name] ?? ''}\r\n`,
      );
      const file = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n姓名,社区\r\n`;
      const body = Buffer.from(fields.join('') + file);
      const length = hangUp ? body.length + 1000 : body.length;
      const head = [
        'POST /imports HTTP/1.1',
        'Host: localhost',
        `Cookie: ${cookies}`,
        `Content-Type: multipart/form-data; boundary=${boundary}`,
        `Content-Length: ${String(length)}`,
        'Connection: close',
        '',
        '',
      ].join('\r\n');
      return new Promise((resolve, reject) => {
        const closed = new Promise<void>((done) => {
          server.once('connection', (socket) =>
            socket.once('close', () => {
              done();
            }),
          );
        });
        const socket = connect(port, '127.0.0.1', () => {
          socket.write(head);
          socket.write(body, () => {
            if (hangUp) socket.end(() => socket.destroy());
          });
        });
        let said = '';
        socket.on('data', (chunk: Buffer) => (said += chunk.toString()));
        socket.on('error', reject);
        // who hangs up hears nothing; then the server's side has to notice
        const over = hangUp
          ? closed
          : new Promise<void>((done) =>
              socket.once('close', () => {
                done();
              }),
            );
        void over.then(() => {
          resolve(said);
        });
      });
    }

    it('leaves nothing behind, and the product goes on', async () => {
      const county = await app.signIn('county');
      const before = await countOf('imports');
      await breakOff(county, true);
      await app.deps.importRuns.idle();
      expect(await countOf('imports')).to.equal(before);
      expect((await county.get('/imports')).status).to.equal(200);
    });

    it('is told so when it can still be answered', async () => {
      const county = await app.signIn('county');
      const before = await countOf('imports');
      const said = await breakOff(county, false);
      expect(said).to.match(/^HTTP\/1\.1 400 /);
      expect(said).to.include('没有传完');
      expect(await countOf('imports')).to.equal(before);
    });
  });
});
