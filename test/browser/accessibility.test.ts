import { expect } from 'chai';
import type { ConsoleMessage, Page } from 'playwright-core';
import { holds, type Role } from '../../server/access/permissions.rules.js';
import type { Route } from '../../server/platform/http/routeTable.js';
import { routes } from '../../server/routes.js';
import { attendanceActs } from '../http/attendanceActs.js';
import { barriersOf, coveredTables, overflowOf } from '../support/axe.js';
import { looks, startBrowserApp, type BrowserApp } from '../support/browserApp.js';
import { makeSamples, type Samples } from '../support/samples.js';

/** The first of these that may see a page opens it; a page for everybody is opened by the first. */
const walkers: readonly { readonly login: string; readonly role: Role }[] = [
  { login: 'city', role: 'trainingManager' },
  { login: 'worker', role: 'worker' },
  { login: 'system', role: 'systemAdmin' },
  { login: 'security', role: 'securityAdmin' },
  { login: 'audit', role: 'auditAdmin' },
];

/** What is wrong with the frame of a page: language, title, headings. */
const frameProblems = `(() => {
  const problems = [];
  if (document.documentElement.lang === '') problems.push('no language');
  if (document.title.trim() === '') problems.push('no title');
  const headings = document.querySelectorAll('h1').length;
  if (headings !== 1) problems.push(headings + ' h1');
  return problems;
})()`;

describe('every page, at a desk and on a phone', () => {
  let app: BrowserApp;
  let samples: Samples;

  before(async function () {
    this.timeout(60_000);
    app = await startBrowserApp();
    samples = await makeSamples(app);
    await app.settle();
  });
  after(() => app.close());

  const rowsOf = (login: string): readonly Route[] =>
    routes(app.deps).filter((route) => {
      const { guard } = route;
      const walker = typeof guard === 'object' ? walkers.find((one) => holds(one.role, guard.permission)) : walkers[0];
      return route.method === 'get' && walker?.login === login;
    });

  /** What is wrong with the page that is open, at a desk and then on a phone. */
  async function problemsOf(page: Page): Promise<readonly string[]> {
    await page.setViewportSize({ width: 1280, height: 900 });
    const problems = [...(await page.evaluate<string[]>(frameProblems)), ...(await barriersOf(page))];
    if ((await overflowOf(page)) > 0) problems.push('scrolls sideways at 1280');
    await page.setViewportSize({ width: 390, height: 900 });
    const wide = await overflowOf(page);
    if (wide > 0) problems.push(`scrolls sideways at 390 by ${String(wide)} px`);
    return [...problems, ...(await coveredTables(page)).map((table) => `at 390 the first column covers ${table}`)];
  }

  /** Opens a page at both widths; a code sheet opens once, so the phone is the desk's window made narrow. */
  async function look(page: Page, address: string): Promise<readonly string[]> {
    const problems: string[] = [];
    const said = (text: string): number => problems.push(text);
    const onConsole = (message: ConsoleMessage): void => {
      if (message.type() === 'error') said(message.text());
    };
    const onError = (error: Error): void => {
      said(error.message);
    };
    page.on('console', onConsole).on('pageerror', onError);
    await page.setViewportSize({ width: 1280, height: 900 });
    const answer = await page.goto(address);
    if (answer?.status() !== 200) said(`answered ${String(answer?.status())}`);
    else problems.push(...(await problemsOf(page)));
    page.off('console', onConsole).off('pageerror', onError);
    return problems;
  }

  for (const { login } of walkers) {
    it(`as ${login}: no barrier, no error, nothing wider than the window`, async function () {
      this.timeout(120_000);
      const first = await app.open(login, looks[0]);
      const second = await first.context().newPage();
      const waiting = rowsOf(login).filter((route) => !isFile(route.path));
      const wrong: string[] = [];
      const walk = async (page: Page): Promise<void> => {
        for (let route = waiting.shift(); route !== undefined; route = waiting.shift()) {
          const { path } = route;
          wrong.push(...(await look(page, samples.addressOf(route, 'own'))).map((problem) => `${path}: ${problem}`));
        }
      };
      // two windows, as many as the least machine has cores
      await Promise.all([walk(first), walk(second)]);
      expect(wrong.sort()).to.deep.equal([]);
    });
  }

  it('the first pages of the other roles', async () => {
    const ids = app.fixture.workers.slice(20, 23).map((worker) => worker.id);
    await attendanceActs(app).hall(ids, ['2026-11-24', '2026-11-24'], {
      name: '班主任的班',
      teacherAccountId: app.fixture.accounts['teacher'] ?? null,
    });
    const firsts = { county: ['/', '/coverage', '/untrained'], township: ['/'], teacher: ['/today', '/my-classes'] };
    const wrong: string[] = [];
    for (const [login, addresses] of Object.entries(firsts)) {
      const page = await app.open(login, looks[0]);
      for (const address of addresses) wrong.push(...(await look(page, address)).map((problem) => `${login} ${address}: ${problem}`));
    }
    expect(wrong).to.deep.equal([]);
  });

  it('the pages that say no: not found, not allowed, a form to mend', async () => {
    const page = await app.open('city', looks[0]);
    const wrong: string[] = [];
    for (const [address, status] of [
      ['/nothing-here', 404],
      ['/jobs', 403],
    ] as const) {
      expect((await page.goto(address))?.status()).to.equal(status);
      wrong.push(...(await problemsOf(page)).map((problem) => `${address}: ${problem}`));
    }
    for (const address of ['/workers/new', '/classes/new', '/classes/external/new']) {
      await page.goto(address);
      await page.click('main form:not([action="/display"]) .btn-main');
      await page.locator('.error-box').waitFor();
      wrong.push(...(await problemsOf(page)).map((problem) => `${address} with mistakes: ${problem}`));
    }
    expect(wrong).to.deep.equal([]);
  });

  it('the pages of a stranger', async () => {
    const page = await app.stranger(looks[0]);
    const wrong: string[] = [];
    for (const route of routes(app.deps).filter((one) => one.method === 'get' && one.guard === 'public')) {
      wrong.push(...(await look(page, route.path)).map((problem) => `${route.path}: ${problem}`));
    }
    expect(wrong).to.deep.equal([]);
  });
});

/** Exports and templates are files, told by their path: asking first would use up what is shown once. */
function isFile(path: string): boolean {
  return /\/export$|^\/imports\/templates\//.test(path);
}
