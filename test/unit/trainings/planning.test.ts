import { expect } from 'chai';
import fc from 'fast-check';
import { addDays, civilDay, type CivilDay } from '../../../server/platform/civilDays.js';
import { monthSpan, monthWeeks } from '../../../server/trainings/calendar.rules.js';
import type { ClassSession, Purpose, Tier } from '../../../server/trainings/classes.rules.js';
import { purposes, tiers } from '../../../server/trainings/classes.rules.js';
import { externalCredits, shareMinutes } from '../../../server/trainings/credits.rules.js';
import { orderProblems, quotaProblems } from '../../../server/trainings/planProblems.rules.js';
import { slot } from '../../../server/trainings/slots.rules.js';
import { planRowFilter, planRowOf, planRows, progressOf, stageOf } from '../../../server/trainings/stages.rules.js';
import { holdsForAll } from '../../support/property.js';

const day = (text: string): CivilDay => civilDay(text);
const session = (at: string, creditMinutes = 240): ClassSession => ({
  id: at,
  slot: slot(at),
  form: 'LECTURE',
  creditMinutes,
  counted: creditMinutes > 0,
});

describe('The stage of a class', () => {
  const of = {
    state: 'PUBLISHED',
    external: false,
    firstDay: day('2026-12-08'),
    lastDay: day('2026-12-09'),
    nominateBy: day('2026-12-01'),
  } as const;

  it('follows the calendar while it is published', () => {
    const on = (text: string) => stageOf(of, day(text));
    expect([on('2026-12-01'), on('2026-12-02'), on('2026-12-08'), on('2026-12-09'), on('2026-12-10')]).to.deep.equal([
      'NOMINATING',
      'READY',
      'RUNNING',
      'RUNNING',
      'TO_CLOSE',
    ]);
    expect(stageOf({ ...of, nominateBy: null }, day('2026-12-07'))).to.equal('NOMINATING');
    expect(stageOf({ ...of, state: 'IN_PROGRESS' }, day('2026-12-10'))).to.equal('TO_CLOSE');
  });

  it('is its state when it is a draft, put off, cancelled or over; a class held elsewhere is entered', () => {
    for (const state of ['DRAFT', 'POSTPONED', 'CANCELLED', 'CLOSED'] as const)
      expect(stageOf({ ...of, state }, day('2026-12-20'))).to.equal(state);
    expect(stageOf({ ...of, state: 'CLOSED', external: true }, day('2026-12-20'))).to.equal('RECORDED');
  });

  it('counts the sessions that have begun, without those that do not count', () => {
    const sessions = [session('2026-12-08-AM', 0), session('2026-12-08-PM'), session('2026-12-09-AM')];
    const titled = sessions.map((one) => ({ ...one, title: '', lecturer: '' }));
    expect(progressOf({ sessions: titled }, slot('2026-12-08-PM'))).to.deep.equal({ begun: 1, total: 2 });
  });
});

describe('The rows of the year plan', () => {
  it('hold every class exactly once, and the filter of a row holds what stands in it', () => {
    const kinds = tiers.flatMap((tier) => purposes.map((purpose): { tier: Tier; purpose: Purpose } => ({ tier, purpose })));
    for (const kind of kinds) {
      const holding = planRows.filter((row) => {
        const { tiers: wanted, purposes: only, notPurpose } = planRowFilter(row);
        return (wanted?.includes(kind.tier) ?? true) && (only?.includes(kind.purpose) ?? true) && kind.purpose !== notPurpose;
      });
      expect(holding, JSON.stringify(kind)).to.deep.equal([planRowOf(kind)]);
    }
  });
});

describe('A month as a table', () => {
  it('shows whole weeks from Monday', () => {
    expect(monthSpan('2026-11')).to.deep.equal({ firstDay: '2026-10-26', lastDay: '2026-12-06' });
    expect(monthWeeks('2027-02', [])).to.have.length(4);
  });

  it('lays every event into its days, each week seven days wide, none over another', () => {
    const events = fc.array(
      fc
        .record({ from: fc.integer({ min: -10, max: 40 }), days: fc.integer({ min: 0, max: 9 }), id: fc.nat() })
        .map(({ from, days, id }) => ({
          id,
          firstDay: addDays(day('2026-11-01'), from),
          lastDay: addDays(day('2026-11-01'), from + days),
        })),
      { maxLength: 12 },
    );
    holdsForAll([events], (list) =>
      monthWeeks('2026-11', list).every((week) => {
        const shown = week.lanes.flatMap((lane) => {
          let column = 0;
          return lane.flatMap((cell) => {
            const days = week.days.slice(column, column + cell.days);
            column += cell.days;
            return cell.event === null ? [] : [{ event: cell.event, days }];
          });
        });
        const expected = list.flatMap((event) => {
          const days = week.days.filter((one) => one >= event.firstDay && one <= event.lastDay);
          return days.length === 0 ? [] : [{ event, days }];
        });
        const text = (entries: typeof shown): string[] =>
          entries.map(({ event, days }) => `${String(event.id)} ${event.firstDay} ${days.join()}`).sort();
        return (
          week.lanes.every((lane) => lane.reduce((sum, cell) => sum + cell.days, 0) === 7) && text(shown).join() === text(expected).join()
        );
      }),
    );
  });
});

describe('Credit of a class held elsewhere', () => {
  it('is shared in whole minutes that add up', () => {
    expect(shareMinutes(100, 3)).to.deep.equal([34, 33, 33]);
    holdsForAll([fc.integer({ min: 0, max: 60_000 }), fc.integer({ min: 1, max: 60 })], (minutes, parts) => {
      const shares = shareMinutes(minutes, parts);
      return (
        shares.length === parts && shares.reduce((sum, one) => sum + one, 0) === minutes && Math.max(...shares) - Math.min(...shares) <= 1
      );
    });
  });

  it('belongs to the year of each session, by the class or by the person', () => {
    const sessions = [session('2026-12-31-AM'), session('2026-12-31-PM', 0), session('2027-01-01-AM')];
    expect(externalCredits(sessions, { creditMinutes: null }).map(({ year, minutes }) => [year, minutes])).to.deep.equal([
      [2026, 240],
      [2027, 240],
    ]);
    expect(externalCredits(sessions, { creditMinutes: 101 }).map(({ year, minutes }) => [year, minutes])).to.deep.equal([
      [2026, 51],
      [2027, 50],
    ]);
  });
});

describe('What two fields of a plan say against each other', () => {
  it('seats set apart add up to the class, or are not set apart at all', () => {
    const quotas = [
      { divisionId: 'a', seats: 40 },
      { divisionId: 'b', seats: 26 },
    ];
    expect(quotaProblems({ quotas, capacity: 66 })).to.deep.equal([]);
    expect(quotaProblems({ quotas: [], capacity: 60 })).to.deep.equal([]);
    expect(quotaProblems({ quotas, capacity: 60 })[0]).to.deep.include({
      key: 'trainings.class.seats.over',
      values: { total: 66, capacity: 60, difference: 6 },
    });
    expect(quotaProblems({ quotas, capacity: 70 })[0]).to.deep.include({
      key: 'trainings.class.seats.under',
      values: { total: 66, capacity: 70, difference: 4 },
    });
  });

  it('a class does not end before it begins', () => {
    expect(orderProblems(day('2026-12-14'), day('2026-12-14'))).to.deep.equal([]);
    expect(orderProblems(day('2026-12-14'), day('2026-12-11')).map((problem) => problem.field)).to.deep.equal(['lastDay']);
  });
});
