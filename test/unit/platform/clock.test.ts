import { expect } from 'chai';
import { civilDay, timeOf } from '../../../server/platform/civilDays.js';
import { clockFixedOn, systemClock } from '../../../server/platform/clock.js';

describe('clock', () => {
  it('stays on the demo day and keeps the real time of day in Asia/Shanghai', () => {
    const clock = clockFixedOn(civilDay('2026-11-24'), () => new Date('2031-02-03T06:05:00Z'));
    expect(clock.today()).to.equal('2026-11-24');
    expect(timeOf(clock.now())).to.equal('14:05');
  });

  it('is still on the demo day at the first and the last minute of a day', () => {
    for (const instant of ['2031-02-02T16:00:00Z', '2031-02-03T15:59:59.999Z']) {
      expect(clockFixedOn(civilDay('2026-11-24'), () => new Date(instant)).today()).to.equal('2026-11-24');
    }
  });

  it('gives the machine time when no day is fixed', () => {
    const before = Date.now();
    const now = systemClock().now().getTime();
    expect(now).to.be.within(before, Date.now());
  });
});
