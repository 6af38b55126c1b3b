import { expect } from 'chai';
import request from 'supertest';
import { holds, type Role } from '../../server/access/permissions.rules.js';
import type { Route } from '../../server/platform/http/routeTable.js';
import { newId } from '../../server/platform/ids.js';
import { routes } from '../../server/routes.js';
import { formOf, startTestApp, type Agent, type TestApp } from '../support/app.js';
import { makeSamples, objectParams, type Samples, type Whose } from '../support/samples.js';

/** Who walks: an account of every role, and whose objects are foreign to it. */
const walkers: readonly { readonly login: string; readonly role: Role; readonly foreign: Whose }[] = [
  { login: 'city', role: 'trainingManager', foreign: 'nowhere' },
  { login: 'county', role: 'countyOfficer', foreign: 'foreign' },
  { login: 'county2', role: 'countyOfficer', foreign: 'own' },
  { login: 'township2', role: 'townshipOfficer', foreign: 'own' },
  { login: 'teacher', role: 'classTeacher', foreign: 'own' },
  { login: 'worker2', role: 'worker', foreign: 'own' },
  { login: 'system', role: 'systemAdmin', foreign: 'nowhere' },
  { login: 'security', role: 'securityAdmin', foreign: 'nowhere' },
  { login: 'audit', role: 'auditAdmin', foreign: 'nowhere' },
];

describe('access matrix: every route × role × foreign object', () => {
  let app: TestApp;
  let samples: Samples;
  let all: readonly Route[];
  const tokens = new Map<string, string>();

  before(async function () {
    this.timeout(120_000);
    app = await startTestApp();
    samples = await makeSamples(app);
    all = routes(app.deps);
    for (const { login } of walkers) {
      const agent = await app.signIn(login);
      tokens.set(login, (await formOf(agent, '/account'))['_csrf'] ?? '');
    }
  });

  after(() => app.close());

  const guarded = (route: Route): string | null => (typeof route.guard === 'object' ? route.guard.permission : null);

  /** Addresses with one foreign object among own ones: an own class with a foreign place in it. */
  function mixed(route: Route, names: readonly string[], foreign: Whose): readonly string[] {
    if (names.length < 2) return [];
    const own = foreign === 'own' ? 'foreign' : 'own';
    return names.map((param) => samples.addressOf(route, own, { param, whose: foreign }));
  }

  async function call(agent: Agent, route: Route, at: { address: string; login: string }): Promise<number> {
    if (route.method === 'get') return (await agent.get(at.address)).status;
    const form = { _csrf: tokens.get(at.login) ?? '', once: newId() };
    if (route.upload === undefined) return (await agent.post(at.address).type('form').send(form)).status;
    return (await agent.post(at.address).field('_csrf', form._csrf).field('once', form.once)).status;
  }

  it('sends strangers to the sign-in page, and does nothing for their forms', async () => {
    const wrong: string[] = [];
    for (const route of all.filter((one) => one.guard !== 'public')) {
      const answer = await request(app.app)[route.method](samples.addressOf(route, 'own'));
      const good =
        route.method === 'get'
          ? answer.status === 303 && answer.headers['location']?.startsWith('/sign-in') === true
          : answer.status === 401;
      if (!good) wrong.push(`${route.method} ${route.path} answered ${String(answer.status)}`);
    }
    expect(wrong).to.deep.equal([]);
  });

  it('knows every permission that a row asks for', () => {
    const asked = new Set(all.flatMap((route) => guarded(route) ?? []));
    const held = [...asked].filter((permission) => walkers.some((walker) => holds(walker.role, permission)));
    expect(held.sort()).to.deep.equal([...asked].sort());
  });

  for (const { login, role, foreign } of walkers) {
    it(`${login} (${role}): refused without the permission, 404 for foreign objects, nothing changed`, async function () {
      this.timeout(120_000);
      const agent = await app.signIn(login);
      const rows = app.deps.db.collection('audit_rows');
      const before = await rows.countDocuments({});
      const wrong: string[] = [];
      for (const route of all) {
        const permission = guarded(route);
        if (permission === null) continue;
        const isHeld = holds(role, permission);
        const names = objectParams(route);
        if (isHeld && names.length === 0) continue;
        for (const at of new Set([samples.addressOf(route, foreign), ...(isHeld ? mixed(route, names, foreign) : [])])) {
          const status = await call(agent, route, { address: at, login });
          const good = isHeld ? status === 404 || status === 403 : status === 403;
          if (!good) wrong.push(`${route.method} ${at} (${route.path}) answered ${String(status)}`);
        }
      }
      expect(wrong).to.deep.equal([]);
      expect(await rows.countDocuments({})).to.equal(before);
    });

    // a class teacher reaches classes, not divisions: the lists hold the own classes whatever the area says
    if (foreign === 'nowhere' || role === 'classTeacher') continue;
    it(`${login} (${role}): no page of a foreign division`, async function () {
      this.timeout(60_000);
      const agent = await app.signIn(login);
      const area = login === 'county' ? app.fixture.otherCounty.areaCode : app.fixture.county.areaCode;
      const wrong: string[] = [];
      for (const route of all) {
        const permission = guarded(route);
        if (route.method !== 'get' || permission === null || !holds(role, permission) || route.path.includes(':')) continue;
        const status = (await agent.get(`${route.path}?area=${area}`)).status;
        if (status !== 404) wrong.push(`${route.path} answered ${String(status)}`);
      }
      expect(wrong).to.deep.equal([]);
    });
  }

  it('opens every page of own objects for the first role that may see it', async function () {
    this.timeout(180_000);
    const wrong: string[] = [];
    for (const route of all.filter((one) => one.method === 'get')) {
      const permission = guarded(route);
      const walker = permission === null ? walkers[0] : (walkers.find((one) => holds(one.role, permission)) ?? walkers[0]);
      const agent = await app.signIn(walker!.login === 'worker2' ? 'worker' : walker!.login);
      const answer = await agent.get(samples.addressOf(route, 'own'));
      if (answer.status !== 200 && answer.status !== 303) wrong.push(`${route.path} answered ${String(answer.status)}`);
    }
    expect(wrong).to.deep.equal([]);
  });
});
