import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserContext, Page } from 'playwright-core';
import { launchChromium } from './chromium.js';
import { startTestApp, type TestApp } from './app.js';
import { password } from './fixture.js';

/** The two ways every journey is walked: a desk with JavaScript, a phone without. */
export const looks = [
  { name: '1280 with JavaScript', width: 1280, javaScript: true },
  { name: '390 without JavaScript', width: 390, javaScript: false },
] as const;
export type Look = (typeof looks)[number];

/** The product behind an address, for a real browser. */
export interface BrowserApp extends TestApp {
  readonly address: string;
  /** A page of somebody who is not signed in; closed with the app. */
  stranger(look: Look): Promise<Page>;
  /** A page signed in by account name; closed with the app. */
  open(loginName: string, look: Look): Promise<Page>;
}

/** Starts the product and listens on a free port of this machine. */
export async function startBrowserApp(): Promise<BrowserApp> {
  const app = await startTestApp();
  const server = await new Promise<Server>((resolve) => {
    const opened = app.app.listen(0, '127.0.0.1', () => {
      resolve(opened);
    });
  });
  const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const contexts: BrowserContext[] = [];
  const stranger = async (look: Look): Promise<Page> => {
    const browser = await launchChromium();
    const context = await browser.newContext({
      viewport: { width: look.width, height: 900 },
      javaScriptEnabled: look.javaScript,
      locale: 'zh-CN',
      baseURL: address,
    });
    contexts.push(context);
    return context.newPage();
  };
  return {
    ...app,
    address,
    stranger,
    async open(loginName, look) {
      const page = await stranger(look);
      await page.goto('/sign-in');
      await page.fill('[name="login"]', loginName);
      await page.fill('[name="password"]', password);
      await page.click('main button[type="submit"]');
      await page.waitForURL((url) => url.pathname !== '/sign-in');
      return page;
    },
    async close() {
      await Promise.all(contexts.map((context) => context.close()));
      await new Promise((resolve) => server.close(resolve));
      await app.close();
    },
  };
}

/** One journey through the product, walked at a desk and on a phone; each time on a database of its own. */
export function journey(name: string, steps: (app: BrowserApp, look: Look) => Promise<void>): void {
  describe(name, () => {
    for (const look of looks) {
      it(look.name, async () => {
        const app = await startBrowserApp();
        try {
          await steps(app, look);
        } finally {
          await app.close();
        }
      });
    }
  });
}
