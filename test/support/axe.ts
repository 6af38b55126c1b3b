import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What WCAG 2.1 A and AA finds wrong with the page that is open. */
export async function barriersOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(source);
  const run = `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], resultTypes: ['violations'] })`;
  const result = await page.evaluate<axe.AxeResults>(run);
  return result.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`);
}

/** By how many pixels the page that is open scrolls sideways. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/** Tables of the page that is open whose staying first column covers what scrolls under it, by their names. */
export function coveredTables(page: Page): Promise<readonly string[]> {
  return page.evaluate<string[]>(`[...document.querySelectorAll('.scroll')].filter((box) => {
    const held = box.querySelector('tbody th');
    return box.scrollWidth > box.clientWidth && held !== null && held.offsetWidth > box.clientWidth * 0.6;
  }).map((box) => box.getAttribute('aria-label') ?? '')`);
}
