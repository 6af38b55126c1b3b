import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { barriersOf, overflowOf } from '../support/axe.js';
import { closeChromium, launchChromium } from '../support/chromium.js';
import { galleryNames, startGallery, type Gallery } from '../support/gallery.js';

const looks = [
  { name: '1280', width: 1280, query: '', axe: true },
  { name: '1024 in large text', width: 1024, query: '?lt=1', axe: false },
  { name: '390', width: 390, query: '', axe: true },
  { name: '390 in large text', width: 390, query: '?lt=1', axe: false },
  { name: '1280 in high contrast', width: 1280, query: '?hc=1', axe: true },
  { name: '1280 in English', width: 1280, query: '?lang=en', axe: false },
] as const;

/** What is wrong with a page as it stands: script and policy errors, sideways scrolling. */
async function problemsOf(page: Page, address: string): Promise<readonly string[]> {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', (error) => {
    problems.push(error.message);
  });
  const answer = await page.goto(address);
  if (answer?.status() !== 200) return [`answered ${String(answer?.status())}`];
  const sideways = await overflowOf(page);
  if (sideways > 0) problems.push(`scrolls sideways by ${String(sideways)} px`);
  return problems;
}

describe('the sample pages of the design', function () {
  this.timeout(60_000);
  let gallery: Gallery;

  before(async () => {
    gallery = await startGallery();
  });
  after(async () => {
    await gallery.close();
    await closeChromium();
  });

  for (const name of galleryNames) {
    for (const look of looks) {
      it(`${name} at ${look.name} fits, obeys the policy${look.axe ? ' and has no barrier' : ''}`, async () => {
        const browser = await launchChromium();
        const context = await browser.newContext({ viewport: { width: look.width, height: 800 }, locale: 'zh-CN' });
        const page = await context.newPage();
        const problems = [
          ...(await problemsOf(page, `${gallery.address}/${name}${look.query}`)),
          ...(look.axe ? await barriersOf(page) : []),
        ];
        await context.close();
        expect(problems).to.deep.equal([]);
      });
    }
  }

  it('moves the focus to what is to mend', async () => {
    const page = await (await launchChromium()).newPage();
    await page.goto(`${gallery.address}/form-errors`);
    expect(await page.evaluate(`document.activeElement.hasAttribute('data-error-summary')`)).to.equal(true);
    await page.close();
  });

  it('counts the ticked rows and ticks them all', async () => {
    const page = await (await launchChromium()).newPage();
    await page.goto(`${gallery.address}/county-list`);
    await page.check('[data-pick-all]');
    expect(await page.textContent('[data-pick-count]')).to.equal('4');
    await page.uncheck('[data-pick] >> nth=0');
    expect(await page.textContent('[data-pick-count]')).to.equal('3');
    await page.close();
  });

  it('shows the menu as a page of its own on a phone, without script', async () => {
    const context = await (await launchChromium()).newContext({ viewport: { width: 390, height: 800 }, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${gallery.address}/empty`);
    expect(await page.isVisible('#menu')).to.equal(false);
    await page.click('a[href="#menu"]');
    expect(await page.isVisible('#menu a:has-text("未训清单")')).to.equal(true);
    await page.click('#menu a[href="#main"]');
    expect(await page.isVisible('#menu')).to.equal(false);
    await context.close();
  });

  it('puts a paper on one A4 page', async () => {
    const page = await (await launchChromium()).newPage();
    await page.goto(`${gallery.address}/paper`);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    await page.close();
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)).to.have.length(1);
  });
});
