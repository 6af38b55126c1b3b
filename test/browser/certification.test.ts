import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { journey } from '../support/browserApp.js';
import { peopleOf } from '../support/samples/roster.js';

const main = async (page: Page): Promise<string> => (await page.textContent('main')) ?? '';

journey(
  'two years of exams make a pass, the pass a certificate, the certificate a registration, and the rate nears its target',
  async (app, look) => {
    await app.settle();
    const person = peopleOf(app, app.fixture.county)[3]!;
    const city = await app.open('city', look);
    await city.goto('/targets');
    expect(await main(city)).to.include('还没有定目标');
    await city.click('a.btn-main');
    const typed = {
      fromDay: '2025-05-30',
      fromRate: '18',
      toDay: '2027年5月30日',
      toRate: '15',
      tolerance: '1',
      from: '2026-11-24',
      sourceDoc: '忻社工发〔2026〕12 号',
    };
    await city.check('input[name=kind][value=LINEAR]');
    for (const [field, value] of Object.entries(typed)) await city.fill(`[name=${field}]`, value);
    await city.click('main form .btn-main');
    expect(await city.textContent('.error-box')).to.include('目标要比');
    await city.fill('[name=toRate]', '30');
    await city.click('main form .btn-main');
    expect(await main(city)).to.include('到 2027-05-30 达到 30.0%');
    expect(await city.textContent('.headline-value')).to.equal('0.0%');

    const county = await app.open('county', look);
    await county.goto('/exams/new');
    const choose = async (): Promise<void> => {
      await county.fill('.filters [name=q]', person.name);
      await county.click('.filters button');
      await county.click(`main li a.btn:has-text("${person.name}")`);
    };
    const enter = async (year: string, marks: Record<string, string>): Promise<void> => {
      await county.selectOption('[name=year]', year);
      for (const [subject, mark] of Object.entries(marks)) await county.fill(`[name=${subject}]`, mark);
      await county.check('input[name=eligibility][value=REVIEW_PASSED]');
      await county.fill('[name=source]', '省人事考试中心成绩单');
      await county.click('main form .btn-main');
    };
    await choose();
    await county.click('.tabs a:text-matches("^\\\\s*社会工作师")');
    await enter('2024', { S_COMP: '66', S_LAW: '101' });
    expect(await county.textContent('.error-box')).to.include('分数最高 100');
    await county.fill('[name=S_LAW]', '60');
    await county.click('main form .btn-main');
    expect(await county.textContent('[role=status]')).to.include(person.name);
    await county.goto(`/exams/new?worker=${person.id}&level=SOCIAL_WORKER`);
    await enter('2025', { S_PRAC: '60' });
    expect(await main(county)).to.include('2025 年已全科合格，证书还没有录入');

    await app.settle();
    await county.goto('/certificates/new');
    await choose();
    await county.check('input[name=level][value=SOCIAL_WORKER]');
    await county.fill('[name=managementNo]', '12');
    await county.fill('[name=obtainedOn]', '2025-09-01');
    await county.fill('[name=examYear]', '2025');
    await county.click('main form .btn-main');
    expect(await county.textContent('.error-box')).to.include('应是 10 到 25 位');
    await county.fill('[name=managementNo]', '2025 0901 1400 1234');
    await county.click('main form .btn-main');
    expect(await main(county)).to.include('2025090114001234');
    const certificate = new URL(county.url()).pathname;
    await county.goto(`${certificate}/registration`);
    await county.fill('[name=from]', '2025-10-20');
    await county.fill('[name=source]', '登记表');
    await county.click('main form .btn-main');
    expect(await main(county)).to.include('2025-10-20 至 2028-10-19');

    await app.settle();
    await city.goto('/targets');
    expect(await city.textContent('.headline-value')).to.equal('1.7%');
    await city.goto('/certificates');
    expect(await city.textContent('tbody')).to.include(person.name);

    const overflow = await county.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    expect(overflow).to.equal(0);
  },
);
