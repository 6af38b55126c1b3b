import { closeChromium } from './chromium.js';
import { stopStore } from './database.js';

/** Root hooks of every suite with a database. */
export const mochaHooks = {
  async afterAll(): Promise<void> {
    await closeChromium();
    await stopStore();
  },
};
