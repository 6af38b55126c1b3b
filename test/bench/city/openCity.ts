import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import request from 'supertest';
import { createApp } from '../../../server/app.js';
import { demoPassword } from '../../../server/demo/accounts.js';
import { loadDemoCity } from '../../../server/demo/city.js';
import { migrations } from '../../../server/migrations.js';
import { readConfig } from '../../../server/platform/config.js';
import { migrateUp } from '../../../server/platform/migrations.js';
import { openProcess } from '../../../server/process.js';
import type { Deps } from '../../../server/wiring.js';
import { hiddenFields } from '../../support/app.js';

export type Agent = ReturnType<typeof request.agent>;

/** A demo city on a store of its own, on the disk. */
export interface City {
  readonly deps: Deps;
  /** Seconds that loading took. */
  readonly loadedIn: number;
  signIn(login: string): Promise<Agent>;
  close(): Promise<void>;
}

/** Loads the demo city with so many times its people. */
export async function openCity(times: number): Promise<City> {
  const folder = await mkdtemp(path.join(tmpdir(), 'city-bench-'));
  const config = readConfig({
    NODE_ENV: 'test',
    PASSWORD_HASHING: 'cheap',
    LOG_LEVEL: 'fatal',
    JOBS: 'off',
    DATA_DIR: folder,
    DEMO_TODAY: '2026-11-24',
  });
  const { deps, close } = await openProcess(config);
  await migrateUp(deps.db, migrations, deps.clock.now());
  const started = performance.now();
  await loadDemoCity(
    deps,
    (line) => {
      console.log(`${String(times)}× ${line}`);
    },
    times,
  );
  const app = createApp(deps);
  return {
    deps,
    loadedIn: (performance.now() - started) / 1000,
    signIn: async (login) => {
      const agent = request.agent(app);
      const fields = hiddenFields((await agent.get('/sign-in')).text);
      await agent
        .post('/sign-in')
        .type('form')
        .send({ ...fields, login, password: demoPassword })
        .expect(303);
      return agent;
    },
    close: async () => {
      await close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
