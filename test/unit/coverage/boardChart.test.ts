import { expect } from 'chai';
import { civilDay } from '../../../server/platform/civilDays.js';
import type { Ctx } from '../../../server/platform/http/context.js';
import { loadTranslators } from '../../../server/platform/i18n/translator.js';
import { monthChart, pathChart } from '../../../server/coverage/boardChart.pages.js';
import { emptyRollUp } from '../../../server/coverage/rollup.rules.js';

describe('the charts of the board', () => {
  it('write counts as the rest of the page does', () => {
    const translators = loadTranslators();
    const ctx = { t: translators['zh-CN'], year: 2026, area: { code: '140900' } } as unknown as Ctx;
    const byMonth = [1200, 34, ...Array.from({ length: 10 }, () => 0)];
    const rollUp = { ...emptyRollUp, due: 2000, trained: 1234, untrained: 766, trainedByMonth: byMonth };
    const today = civilDay('2026-11-24');
    expect(pathChart(ctx, rollUp, today).drawing.svg)
      .to.include('1,234 人')
      .and.not.include('1234 人');
    expect(pathChart(ctx, rollUp, today).rows[10]?.cells[0]?.text).to.equal('1,234');
    expect(monthChart(ctx, rollUp, today).drawing.svg)
      .to.include('1,200 人')
      .and.not.include('1200<');
  });
});
