import { expect } from 'chai';
import { civilDate, dayNumber, isoWeek, weekday } from '../../../server/embedded-mongo/aggregate/dates/civil.js';
import { truncateInstant } from '../../../server/embedded-mongo/aggregate/dates/truncate.js';
import { instantOf, zoneNamed } from '../../../server/embedded-mongo/aggregate/dates/zone.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('dates of aggregation', () => {
  it('count days as the JavaScript calendar does, from year 0 to 9999', () => {
    for (let day = dayNumber(0, 1, 1); day < dayNumber(9999, 12, 31); day += 97) {
      const date = new Date(day * DAY);
      const { year, month, day: dayOfMonth } = civilDate(day);
      expect([year, month, dayOfMonth, weekday(day)]).to.deep.equal([
        date.getUTCFullYear(),
        date.getUTCMonth() + 1,
        date.getUTCDate(),
        date.getUTCDay(),
      ]);
      expect(dayNumber(year, month, dayOfMonth)).to.equal(day);
    }
  });

  it('give every week seven days and one number', () => {
    for (let monday = dayNumber(1999, 12, 27); monday < dayNumber(2040, 1, 1); monday += 7) {
      const weeks = Array.from({ length: 7 }, (_, i) => isoWeek(monday + i));
      expect(new Set(weeks.map(({ year, week }) => `${year}-${week}`)).size).to.equal(1);
    }
  });

  it('read the wall clock of a zone as Intl does, also around its changes', () => {
    for (const timeZone of ['Asia/Shanghai', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Casablanca']) {
      const zone = zoneNamed(timeZone);
      const parts = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
      for (let instant = Date.UTC(1985, 0, 1); instant < Date.UTC(1992, 0, 1); instant += 5 * HOUR + 1000) {
        const shown = new Date(instant + zone.offsetAt(instant)).toISOString().slice(0, 19).replace('T', ' ');
        expect(shown).to.equal(parts.format(instant));
      }
    }
  });

  it('find the instant of a wall clock, the first of two, moved on where the clock skips', () => {
    const zone = zoneNamed('America/New_York');
    const wall = (text: string): string => new Date(instantOf(Date.parse(`${text}Z`), zone)).toISOString();
    expect(wall('2026-07-01T12:00:00')).to.equal('2026-07-01T16:00:00.000Z');
    expect(wall('2026-11-01T01:30:00')).to.equal('2026-11-01T05:30:00.000Z');
    expect(wall('2026-03-08T02:30:00')).to.equal('2026-03-08T07:30:00.000Z');
  });

  it('cut time into bins that hold the instant and touch each other', () => {
    for (const name of ['Asia/Shanghai', 'America/New_York']) {
      const zone = zoneNamed(name);
      for (const unit of ['year', 'quarter', 'month', 'week', 'day', 'hour'] as const) {
        const bins = { unit, size: 1, startOfWeek: 1 };
        for (let instant = Date.UTC(2025, 0, 1); instant < Date.UTC(2027, 0, 1); instant += 7 * HOUR + 13) {
          const start = truncateInstant(instant, bins, zone);
          expect(start).to.be.at.most(instant);
          expect(truncateInstant(start, bins, zone)).to.equal(start);
          expect(truncateInstant(start - 1, bins, zone)).to.be.below(start);
        }
      }
    }
  });
});
