import { expect } from 'chai';
import fc from 'fast-check';
import { civilDay } from '../../../server/platform/civilDays.js';
import { coverageOf, isDue, rateInTenths, showRate } from '../../../server/coverage/coverage.rules.js';
import { enrolmentStates } from '../../../server/trainings/enrolment.rules.js';
import { purposes, tiers } from '../../../server/trainings/classes.rules.js';
import { holdsForAll } from '../../support/property.js';
import { appointment, coverage, exemption, period, person, place, today } from './people.js';

function kindOf(facts: Parameters<typeof coverageOf>[0], asOf = today, policy = coverage) {
  return coverageOf(facts, asOf, policy).kind;
}

describe('Coverage (domain.md §2.3)', () => {
  it('covers who completed one qualifying class in the year, in the month the first one ended', () => {
    const participations = [
      place({ classId: 'second' }),
      place({ classId: 'first', tier: 'CITY', firstDay: '2026-06-01', lastDay: '2026-06-03' }),
    ];
    expect(coverageOf(person({ participations }), today, coverage)).to.deep.equal({
      kind: 'TRAINED',
      classId: 'first',
      tier: 'CITY',
      completedOn: '2026-06-03',
      month: 6,
    });
  });

  it('decision 17: only completed classes count', () => {
    for (const state of enrolmentStates.filter((other) => other !== 'COMPLETED')) {
      expect(kindOf(person({ participations: [place({ state })] })), state).to.equal('UNTRAINED');
    }
  });

  it('counts a higher tier, the township only where the policy says so', () => {
    expect(tiers.map((tier) => kindOf(person({ participations: [place({ tier })] })))).to.deep.equal([
      'TRAINED',
      'TRAINED',
      'TRAINED',
      'TRAINED',
      'UNTRAINED',
    ]);
    expect(kindOf(person({ participations: [place({ tier: 'TOWNSHIP' })] }), today, { ...coverage, qualifyingTiers: tiers })).to.equal(
      'TRAINED',
    );
  });

  it('decision 11: an onboarding class counts only where the policy says so', () => {
    const onboarded = person({ participations: [place({ purpose: 'ONBOARDING' })] });
    expect(kindOf(onboarded)).to.equal('UNTRAINED');
    expect(kindOf(onboarded, today, { ...coverage, countsOnboarding: true })).to.equal('TRAINED');
  });

  it('ruling 29: a class over New Year counts in the year it ends', () => {
    const facts = person({ participations: [place({ firstDay: '2025-12-30', lastDay: '2026-01-02' })] });
    expect(kindOf(facts, civilDay('2025-12-31'))).to.equal('UNTRAINED');
    expect(coverageOf(facts, today, coverage)).to.include({ kind: 'TRAINED', month: 1 });
  });

  it('ruling 29: an exemption counts while approved and in force on the as-of day', () => {
    expect(kindOf(person({ exemptions: [exemption('2026-11-24', '2026-11-25')] }))).to.equal('EXEMPT');
    expect(kindOf(person({ exemptions: [exemption('2026-03-01', '2026-11-24')] }))).to.equal('UNTRAINED');
    expect(kindOf(person({ exemptions: [exemption('2026-03-01', null, 'REQUESTED')] }))).to.equal('UNTRAINED');
    expect(kindOf(person({ exemptions: [exemption('2026-03-01', null)], participations: [place()] }))).to.equal('EXEMPT');
  });

  it('ruling 29: who joined after the grace day is not due; that day itself is', () => {
    expect(kindOf(person({ joined: '2026-10-01' }))).to.equal('UNTRAINED');
    expect(coverageOf(person({ joined: '2026-10-02' }), today, coverage)).to.deep.equal({
      kind: 'JOINED_AFTER_GRACE',
      joinedOn: '2026-10-02',
    });
    expect(kindOf(person({ joined: '2025-12-01' }))).to.equal('UNTRAINED');
  });

  it('ruling 29: joined is the start of the present unbroken service', () => {
    const statuses = [
      period('IN_SERVICE', '2015-01-01', '2019-01-01'),
      period('RESIGNED', '2019-01-01', '2026-10-08'),
      period('PROBATION', '2026-10-08'),
    ];
    expect(kindOf(person({ history: { appointments: [appointment('2026-10-08')], statuses } }))).to.equal('JOINED_AFTER_GRACE');
    const backFromLeave = [
      period('IN_SERVICE', '2015-01-01', '2026-03-01'),
      period('MATERNITY_LEAVE', '2026-03-01', '2026-10-08'),
      period('IN_SERVICE', '2026-10-08'),
    ];
    expect(kindOf(person({ history: { appointments: [appointment('2015-01-01')], statuses: backFromLeave } }))).to.equal('UNTRAINED');
  });

  it('ruling 29: a class completed before joining counts, for coverage follows the person', () => {
    expect(kindOf(person({ joined: '2026-09-01', participations: [place({ firstDay: '2026-05-01', lastDay: '2026-05-02' })] }))).to.equal(
      'TRAINED',
    );
  });

  it('ruling 29: somebody whose status is not in the in-service set is neither due nor exempt', () => {
    for (const status of ['LONG_SICK_LEAVE', 'MATERNITY_LEAVE', 'TEMPORARILY_REASSIGNED', 'RETIRED'] as const) {
      const history = {
        appointments: [appointment('2020-03-01')],
        statuses: [period('IN_SERVICE', '2020-03-01', '2026-05-01'), period(status, '2026-05-01')],
      };
      expect(coverageOf(person({ history, exemptions: [exemption('2026-01-01', null)] }), today, coverage)).to.deep.equal({
        kind: 'NOT_IN_SERVICE',
        status,
      });
    }
  });

  it('decision 21: untrained is arranged by an active place in a qualifying class that ends by 31 December', () => {
    const coming = { classState: 'PUBLISHED', state: 'CONFIRMED', firstDay: '2026-12-08', lastDay: '2026-12-09' } as const;
    const arranged = (...participations: ReturnType<typeof place>[]) => {
      const result = coverageOf(person({ participations }), today, coverage);
      return result.kind === 'UNTRAINED' ? (result.arranged?.classId ?? null) : result.kind;
    };
    expect(arranged(place({ ...coming, classId: 'late', lastDay: '2026-12-31' }), place({ ...coming, classId: 'soon' }))).to.equal('soon');
    expect(arranged(place({ ...coming, lastDay: '2027-01-01' }))).to.be.null;
    expect(arranged(place({ ...coming, tier: 'TOWNSHIP' }))).to.be.null;
    expect(arranged(place({ ...coming, state: 'WAITLISTED' }))).to.be.null;
    expect(arranged(place({ ...coming, classState: 'POSTPONED' }))).to.be.null;
    expect(arranged(place({ ...coming, classState: 'CANCELLED', state: 'WITHDRAWN' }))).to.be.null;
  });

  it('ruling 29: nobody due has no rate; otherwise tenths of a per cent, half up', () => {
    expect(showRate(0, 0)).to.be.null;
    expect(rateInTenths(0, 0)).to.be.null;
    expect(showRate(2160, 2461)).to.equal('87.8');
    expect(showRate(1, 2000)).to.equal('0.1');
    expect(showRate(85, 85)).to.equal('100.0');
  });

  it('is due or not due by who the person is, never by what they attended', () => {
    const places = fc.array(
      fc.record({
        tier: fc.constantFrom(...tiers),
        purpose: fc.constantFrom(...purposes),
        state: fc.constantFrom(...enrolmentStates),
        lastDay: fc.constantFrom('2026-03-05', '2026-11-24', '2026-12-20', '2025-05-05'),
      }),
      { maxLength: 6 },
    );
    holdsForAll([places, fc.constantFrom('2020-03-01', '2026-10-01', '2026-10-02')], (fields, joined) => {
      const participations = fields.map((field, index) => place({ ...field, classId: String(index), firstDay: field.lastDay }));
      return isDue(coverageOf(person({ joined, participations }), today, coverage)) === joined <= '2026-10-01';
    });
  });
});
