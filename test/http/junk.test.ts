import { expect } from 'chai';
import { load } from 'cheerio';
import { holds, type Role } from '../../server/access/permissions.rules.js';
import type { Route } from '../../server/platform/http/routeTable.js';
import { newId } from '../../server/platform/ids.js';
import { routes } from '../../server/routes.js';
import { startTestApp, type Agent, type TestApp } from '../support/app.js';
import { makeSamples, type Samples } from '../support/samples.js';

const walkers: readonly { readonly login: string; readonly role: Role }[] = [
  { login: 'city', role: 'trainingManager' },
  { login: 'worker', role: 'worker' },
  { login: 'system', role: 'systemAdmin' },
  { login: 'security', role: 'securityAdmin' },
  { login: 'audit', role: 'auditAdmin' },
];

/** What no form of ours sends: signs of queries, of paths and of markup, too much, too small, and what no character stands for. */
const junk = [
  '',
  '-1',
  '0',
  '1e9',
  'NaN',
  '$gt',
  '{"$ne":null}',
  '../../etc',
  '<script>',
  '\u0000',
  '\ud800',
  'ﷺ'.repeat(3000),
  '2026-13-45',
  '[object Object]',
  '%',
  '*(',
];

/** Forms that would end the session of who walks. */
const ending = /^\/account|sign-out$/;

/** Where each form of a page goes, and the names of its fields. */
function formsOf(html: string): { action: string; fields: readonly string[] }[] {
  const $ = load(html);
  return $('main form')
    .toArray()
    .map((form) => ({
      action: $(form).attr('action') ?? '',
      fields: $(form)
        .find('[name]')
        .toArray()
        .map((field) => $(field).attr('name') ?? ''),
    }));
}

describe('junk', () => {
  let app: TestApp;
  let samples: Samples;
  before(async function () {
    this.timeout(60_000);
    app = await startTestApp();
    samples = await makeSamples(app);
    await app.settle();
  });
  after(() => app.close());

  const rowsOf = (login: string, method: Route['method']): readonly Route[] =>
    routes(app.deps).filter((route) => {
      const { guard } = route;
      const walker = typeof guard === 'object' ? walkers.find((one) => holds(one.role, guard.permission)) : walkers[0];
      return route.method === method && walker?.login === login && guard !== 'public' && !/\/sheets\/:/.test(route.path);
    });
  /** Some of the junk, others for every row, so that all of it comes up everywhere in turn. */
  const someOf = (turn: number): readonly string[] => junk.filter((_text, index) => (index + turn) % 8 === 0);
  const always = ['page', 'size', 'sort', 'q', 'month', 'state', 'tab', 'show', 'from', 'to', 'division', 'worker', 'level'];

  /** The addresses of a page with junk in everything that it reads; area and year, which the platform reads for every page, in every fifth. */
  async function queriesOf(agent: Agent, route: Route, turn: number): Promise<readonly string[]> {
    const address = samples.addressOf(route, 'own');
    const shown = formsOf((await agent.get(address)).text).flatMap((form) => form.fields);
    const names = [...new Set([...always, ...shown])].filter((name) => name !== 'area' && name !== 'year');
    const parts = turn % 5 === 0 ? [['area'], ['year'], names] : [names];
    return someOf(turn).flatMap((text) =>
      parts.map((some) => `${address}?${new URLSearchParams(some.map((name): [string, string] => [name, text])).toString()}`),
    );
  }

  async function errorsOf(answers: readonly (readonly [string, () => PromiseLike<{ status: number }>])[]): Promise<readonly string[]> {
    const wrong: string[] = [];
    for (const [what, ask] of answers) {
      const { status } = await ask();
      if (status >= 500) wrong.push(`${what.slice(0, 120)} answered ${String(status)}`);
    }
    return wrong;
  }

  for (const { login } of walkers) {
    it(`in the address gets ${login} no error of ours`, async function () {
      this.timeout(120_000);
      const agent = await app.signIn(login);
      const wrong: string[] = [];
      for (const [turn, route] of rowsOf(login, 'get').entries()) {
        const addresses = await queriesOf(agent, route, turn);
        wrong.push(...(await errorsOf(addresses.map((address) => [address, () => agent.get(address)]))));
      }
      expect(wrong).to.deep.equal([]);
    });

    it(`in the forms gets ${login} no error of ours`, async function () {
      this.timeout(120_000);
      const agent = await app.signIn(login);
      const shown = new Map<string, readonly string[]>();
      for (const route of rowsOf(login, 'get')) {
        for (const form of formsOf((await agent.get(samples.addressOf(route, 'own'))).text))
          shown.set(form.action.split('?')[0] ?? '', form.fields);
      }
      const token = String(
        load((await agent.get('/account')).text)('[name=_csrf]')
          .first()
          .val(),
      );
      const wrong: string[] = [];
      for (const [turn, route] of rowsOf(login, 'post')
        .filter((one) => one.upload === undefined && !ending.test(one.path))
        .entries()) {
        const address = samples.addressOf(route, 'own');
        const names = shown.get(address) ?? ['version', 'reason', 'from', 'workerIds', 'answer'];
        const bodies = someOf(turn).flatMap((text) =>
          [text, [text, text]].map((value) => Object.fromEntries(names.map((name) => [name, value]))),
        );
        const send = (body: object) =>
          agent
            .post(address)
            .type('form')
            .send({ ...body, _csrf: token, once: newId() });
        wrong.push(...(await errorsOf(bodies.map((body) => [`${address} ${JSON.stringify(body)}`, () => send(body)]))));
      }
      expect(wrong).to.deep.equal([]);
    });
  }
});
