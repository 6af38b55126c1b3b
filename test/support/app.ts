import type { Express } from 'express';
import request from 'supertest';
import { createApp } from '../../server/app.js';
import { migrations } from '../../server/migrations.js';
import { civilDay, startOfDay } from '../../server/platform/civilDays.js';
import type { Clock } from '../../server/platform/clock.js';
import { readConfig } from '../../server/platform/config.js';
import { makeSecrets } from '../../server/platform/crypto.js';
import { makeKeyRing, type KeyUse } from '../../server/platform/keyRing.js';
import { makeLog } from '../../server/platform/log.js';
import { migrateUp } from '../../server/platform/migrations.js';
import { wire, type Deps } from '../../server/wiring.js';
import { dropAndClose, openTestDatabase } from './database.js';
import { buildFixture, password, type Fixture } from './fixture.js';

/** A client that keeps its cookies. */
export type Agent = ReturnType<typeof request.agent>;

/** The product on an empty database with the fixture in it. */
export interface TestApp {
  readonly deps: Deps;
  readonly app: Express;
  readonly fixture: Fixture;
  /** Moves the clock; the suite starts at 2026-11-24 10:00 in Shanghai. */
  setNow(instant: Date): void;
  /** A client signed in by account name; signed in once per name. */
  signIn(loginName: string): Promise<Agent>;
  /** Forgets the clients that are signed in, for a test that ended their sessions. */
  signOutAll(): void;
  /** Delivers every waiting event. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** The day of all tests (decision 27). */
export const testDay = civilDay('2026-11-24');
export const testNow = new Date(startOfDay(testDay).getTime() + 10 * 3_600_000);

/** Starts the product for one test file. */
export async function startTestApp(): Promise<TestApp> {
  const db = await openTestDatabase();
  const clock = settableClock();
  const config = readConfig({ NODE_ENV: 'test', PASSWORD_HASHING: 'cheap', LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'fatal', JOBS: 'off' });
  const deps = wire({
    config,
    log: makeLog(config.LOG_LEVEL),
    clock,
    secrets: makeSecrets(testKeyRing()),
    db,
    databaseDescription: 'test store',
  });
  await migrateUp(db, migrations, clock.now());
  const fixture = await buildFixture(deps);
  const app = createApp(deps);
  const agents = new Map<string, Promise<Agent>>();
  return {
    deps,
    app,
    fixture,
    setNow: (instant) => {
      clock.set(instant);
    },
    signIn: (loginName) => {
      const known = agents.get(loginName) ?? signInAgent(app, loginName);
      agents.set(loginName, known);
      return known;
    },
    signOutAll: () => {
      agents.clear();
    },
    settle: async () => void (await deps.outbox.drain()),
    close: () => dropAndClose(db),
  };
}

async function signInAgent(app: Express, loginName: string): Promise<Agent> {
  const agent = request.agent(app);
  const body = await formOf(agent, '/sign-in');
  const answer = await agent
    .post('/sign-in')
    .type('form')
    .send({ ...body, login: loginName, password });
  if (answer.status !== 303) throw new Error(`sign-in of ${loginName} answered ${String(answer.status)}`);
  return agent;
}

/** The hidden fields (token and once-key) of the first form of a page, or of the form that posts to `action`. */
export async function formOf(agent: Agent, address: string, action?: string): Promise<Record<string, string>> {
  const page = await agent.get(address);
  return hiddenFields(page.text, action);
}

/** Hidden fields of a form in a page's HTML. */
export function hiddenFields(html: string, action?: string): Record<string, string> {
  const forms = html
    .split('<form')
    .slice(1)
    .map((part) => part.split('</form>')[0] ?? '');
  const form = forms.find((one) => one.includes('name="_csrf"') && (action === undefined || one.includes(`action="${action}`)));
  if (form === undefined) throw new Error(`no form${action === undefined ? '' : ` to ${action}`}`);
  const fields = [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  return Object.fromEntries(fields.map(([, name, value]) => [name ?? '', value ?? '']));
}

function settableClock(): Clock & { set(instant: Date): void } {
  let now = testNow;
  return {
    now: () => now,
    today: () => civilDay(new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)),
    set: (instant) => {
      now = instant;
    },
  };
}

function testKeyRing() {
  const uses: readonly KeyUse[] = ['seal', 'index', 'phoneTail', 'code'];
  return makeKeyRing(uses.map((use, index) => ({ id: `${use}-1`, use, version: 1, bytes: Buffer.alloc(32, index + 1) })));
}
