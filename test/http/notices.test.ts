import { expect } from 'chai';
import { load } from 'cheerio';
import { once } from 'node:events';
import http, { type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Collection } from 'mongodb';
import { formOf, startTestApp, type Agent, type TestApp } from '../support/app.js';
import { makeClass } from '../support/classes.js';

/** How long each write of a session takes in this file: a disk under load. */
const slowMs = 150;

describe('the notice of what was done', () => {
  let at: TestApp;
  let city: Agent;
  const quick = Object.getOwnPropertyDescriptor(Collection.prototype, 'updateOne');
  before(async () => {
    at = await startTestApp();
    city = await at.signIn('city');
  });
  after(async () => {
    if (quick !== undefined) Object.defineProperty(Collection.prototype, 'updateOne', quick);
    await at.close();
  });

  it('is there for a browser that follows the answer before its last byte came', async () => {
    const of = await makeClass(at, { name: '要延期的班' }, ['2026-12-17', '2026-12-17']);
    const address = `/classes/${of.id}/postponement`;
    const body = new URLSearchParams({ ...(await formOf(city, address, address)), reason: '停电' }).toString();
    const server = http.createServer(at.app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    slowSessions();
    try {
      const answer = await ask(server, { method: 'POST', path: address, cookie: cookieOf(city), body });
      expect(answer.statusCode).to.equal(303);
      const next = await ask(server, { method: 'GET', path: answer.headers.location ?? '', cookie: cookieOf(city), body: '' });
      expect(load(await textOf(next))('[role=status]').text()).to.include('要延期的班');
    } finally {
      server.close();
    }
  });

  function slowSessions(): void {
    const write = quick?.value as (...all: unknown[]) => Promise<unknown>;
    Object.defineProperty(Collection.prototype, 'updateOne', {
      ...quick,
      value: async function (this: Collection, ...all: unknown[]) {
        if (this.collectionName === 'sessions') await new Promise((resolve) => setTimeout(resolve, slowMs));
        return write.apply(this, all);
      },
    });
  }
});

/** The answer as soon as its head is there, its body unread. */
async function ask(server: http.Server, of: { method: string; path: string; cookie: string; body: string }): Promise<IncomingMessage> {
  const { port } = server.address() as AddressInfo;
  const headers = { cookie: of.cookie, 'content-type': 'application/x-www-form-urlencoded' };
  const request = http.request({ host: '127.0.0.1', port, method: of.method, path: of.path, headers });
  request.end(of.body);
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  return answer;
}

async function textOf(answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of answer) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

function cookieOf(agent: Agent): string {
  return agent.jar.getCookies({ domain: '127.0.0.1', path: '/', secure: false, script: false }).toValueString();
}
