import type { Test } from 'supertest';
import request from 'supertest';
import { load } from 'cheerio';
import { newId } from '../../server/platform/ids.js';
import { systemActor } from '../../server/platform/transactions.js';
import { formOf, type Agent, type TestApp } from '../support/app.js';

/** What administrators and their subjects do, as forms sent by clients. */
export interface AccountActs {
  /** Sends the form of a page. */
  send(agent: Agent, from: string, action: string, body?: Record<string, string | string[]>): Promise<Awaited<Test>>;
  /** Makes an office account in the county by the system administrator; its id. */
  create(loginName: string, name?: string): Promise<string>;
  /** Issues a one-time code; as printed, and the address of its sheet. */
  issue(id: string): Promise<{ code: string; sheet: string }>;
  activate(login: string, code: string, newPassword: string): Promise<{ status: number; text: string }>;
  signIn(login: string, typed: string): Promise<{ agent: Agent; status: number }>;
}

/** The acts on a started app. */
export function accountActs(at: TestApp): AccountActs {
  async function send(agent: Agent, from: string, action: string, body: Record<string, string | string[]> = {}) {
    const hidden = await formOf(agent, from, action);
    return agent
      .post(action)
      .type('form')
      .send({ ...hidden, ...body });
  }
  return {
    send,
    async create(loginName, name = '新同事') {
      const answer = await send(await at.signIn('system'), '/accounts/new', '/accounts', {
        name,
        loginName,
        division: at.fixture.county.id,
      });
      if (answer.status !== 303) throw new Error(`making ${loginName} answered ${String(answer.status)}`);
      return String(answer.headers['location']).replace('/accounts/', '');
    },
    async issue(id) {
      const system = await at.signIn('system');
      const sheet = String((await send(system, `/accounts/${id}`, `/accounts/${id}/codes`)).headers['location']);
      return {
        code: load((await system.get(sheet)).text)('tbody td b')
          .first()
          .text(),
        sheet,
      };
    },
    async activate(login, code, newPassword) {
      const { status, text } = await send(request.agent(at.app), '/activation', '/activation', {
        login,
        code,
        newPassword,
        repeatPassword: newPassword,
      });
      return { status, text };
    },
    async signIn(login, typed) {
      const agent = request.agent(at.app);
      return { agent, status: (await send(agent, '/sign-in', '/sign-in', { login, password: typed })).status };
    },
  };
}

/** The account of a worker, as `workers` makes it; its id. */
export async function makeWorkerAccount(
  at: TestApp,
  person: { name: string; phone: string; divisionPath: readonly string[]; workerId?: string },
): Promise<string> {
  const { name, phone, divisionPath, workerId = newId() } = person;
  const phoneIndex = at.deps.secrets.blindIndex('phone', phone);
  return at.deps.transact(systemActor('test'), (tx) => at.deps.access.createForWorker(tx, { workerId, name, phoneIndex, divisionPath }));
}
