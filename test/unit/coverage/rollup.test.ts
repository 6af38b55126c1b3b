import { expect } from 'chai';
import fc from 'fast-check';
import { hoursPolicy } from '../../../server/attendance/attendance.policies.js';
import { emptyRollUp, foldChildren, foldCommunity, mergeRollUps } from '../../../server/coverage/rollup.rules.js';
import type { PeopleFilter } from '../../../server/coverage/people.rules.js';
import { shows, type Show } from '../../../server/coverage/shows.rules.js';
import { standingKeys, type StandingKeys } from '../../../server/coverage/standings.rules.js';
import { workerYearOf } from '../../../server/coverage/workerYear.rules.js';
import type { WorkerYear } from '../../../server/coverage/workerYear.rules.js';
import { purposes, tiers } from '../../../server/trainings/classes.rules.js';
import { postClasses, serviceStatuses } from '../../../server/workers/posts.rules.js';
import { holdsForAll } from '../../support/property.js';
import { appointment, coverage, exemption, onboarding, period, person, place, today } from './people.js';

const policies = { coverage, onboarding, hours: hoursPolicy.shipped.value };
const communities = ['a', 'b', 'c'];

/** One person of the small city that the properties draw. */
const anyWorkerYear: fc.Arbitrary<WorkerYear> = fc
  .record({
    home: fc.constantFrom(...communities),
    joined: fc.constantFrom('2020-03-01', '2026-01-15', '2026-06-01', '2026-10-05'),
    status: fc.constantFrom(...serviceStatuses.slice(0, 5)),
    postClass: fc.constantFrom(...postClasses),
    isExempt: fc.boolean(),
    minutes: fc.nat(4000),
    places: fc.array(
      fc.record({
        tier: fc.constantFrom(...tiers),
        purpose: fc.constantFrom(...purposes),
        state: fc.constantFrom('COMPLETED' as const, 'CONFIRMED' as const, 'FAILED' as const),
        lastDay: fc.constantFrom('2026-02-03', '2026-06-12', '2026-11-20', '2026-12-15'),
        divisionId: fc.constantFrom(...communities),
      }),
      { maxLength: 5 },
    ),
  })
  .map((draw) => {
    const participations = draw.places.map((field, index) =>
      place({
        ...field,
        classId: String(index),
        firstDay: field.lastDay,
        classState: field.state === 'CONFIRMED' ? 'PUBLISHED' : 'CLOSED',
      }),
    );
    const history = {
      appointments: [appointment(draw.joined, { divisionId: draw.home, postClass: draw.postClass })],
      statuses: [period(draw.status, draw.joined)],
    };
    const exemptions = draw.isExempt ? [exemption('2026-01-01', null)] : [];
    const facts = {
      ...person({ history, exemptions, participations }),
      politicalStatus: null,
      credits: [{ year: 2026, bucket: 'IN_CLASS' as const, minutes: draw.minutes }],
    };
    return workerYearOf(facts, today, policies);
  });

const anyRollUp = fc.array(anyWorkerYear, { maxLength: 6 }).map((people) => foldCommunity('a', people));
const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

describe('Roll-ups', () => {
  it('put every person in service into one place', () => {
    const people = [
      person({ participations: [place()] }),
      person(),
      person({ participations: [place({ state: 'CONFIRMED', classState: 'PUBLISHED', firstDay: '2026-12-08', lastDay: '2026-12-09' })] }),
      person({ exemptions: [exemption('2026-01-01', null)] }),
      person({ joined: '2026-10-08', participations: [place({ purpose: 'ONBOARDING', firstDay: '2026-11-02', lastDay: '2026-11-04' })] }),
      person({ history: { appointments: [appointment('2020-03-01')], statuses: [period('MATERNITY_LEAVE', '2020-03-01')] } }),
    ];
    const rollUp = foldCommunity(
      'home',
      people.map((facts) => workerYearOf({ ...facts, politicalStatus: null, credits: [] }, today, policies)),
    );
    expect(rollUp).to.include({
      inService: 5,
      due: 3,
      trained: 1,
      untrained: 2,
      arranged: 1,
      unarranged: 1,
      exempt: 1,
      joinedAfterGrace: 1,
      hoursMet: 0,
    });
    expect(rollUp.onboarding).to.deep.equal({ asked: 1, done: 1, doneLate: 0, open: 0, overdue: 0 });
    expect(rollUp.rows.COUNTY).to.deep.equal({ persons: 1, personTimes: 1 });
    expect(rollUp.rows.ONBOARDING).to.deep.equal({ persons: 1, personTimes: 1 });
    expect(rollUp.postClasses.STAFF).to.deep.equal({ due: 3, trained: 1 });
    expect([rollUp.trainedByMonth[9], rollUp.arrangedByMonth[11]]).to.deep.equal([1, 1]);
  });

  it('ruling 29: persons are distinct within a tier, person-times stay with the home of that time', () => {
    const participations = [
      place({ classId: '1', divisionId: 'before' }),
      place({ classId: '2', divisionId: 'before' }),
      place({ classId: '3', tier: 'CITY' }),
    ];
    const year = workerYearOf({ ...person({ participations }), politicalStatus: null, credits: [] }, today, policies);
    const [home, before] = [foldCommunity('home', [year]), foldCommunity('before', [year])];
    expect([home.rows.COUNTY, home.rows.CITY]).to.deep.equal([
      { persons: 1, personTimes: 0 },
      { persons: 1, personTimes: 1 },
    ]);
    expect(before.rows.COUNTY).to.deep.equal({ persons: 0, personTimes: 2 });
    expect(before.due).to.equal(0);
    expect(mergeRollUps(home, before).rows.COUNTY).to.deep.equal({ persons: 1, personTimes: 2 });
  });

  it('merge in any order and grouping to the same, and nothing is neutral', () => {
    holdsForAll([anyRollUp, anyRollUp, anyRollUp], (one, two, three) => {
      const isAssociative = isSame(mergeRollUps(mergeRollUps(one, two), three), mergeRollUps(one, mergeRollUps(two, three)));
      return isAssociative && isSame(mergeRollUps(one, two), mergeRollUps(two, one)) && isSame(mergeRollUps(one, emptyRollUp), one);
    });
  });

  it('equal a count over the persons themselves: the parent is the sum of its communities', () => {
    holdsForAll([fc.array(anyWorkerYear, { maxLength: 25 })], (people) => {
      const parent = foldChildren(communities.map((community) => foldCommunity(community, people)));
      const count = (holds: (year: WorkerYear) => boolean) => people.filter(holds).length;
      return (
        parent.trained === count(({ coverage: { kind } }) => kind === 'TRAINED') &&
        parent.unarranged === count((year) => year.coverage.kind === 'UNTRAINED' && year.coverage.arranged === null) &&
        parent.hoursMet === count((year) => year.coverage.kind.endsWith('TRAINED') && year.hours?.isMet === true) &&
        parent.rows.TOWNSHIP.persons === count((year) => year.coverage.kind !== 'NOT_IN_SERVICE' && year.rows.includes('TOWNSHIP')) &&
        parent.rows.CITY.personTimes ===
          people.flatMap((year) => year.bookings).reduce((sum, { row, personTimes }) => sum + (row === 'CITY' ? personTimes : 0), 0)
      );
    });
  });

  it('keep the sums their definitions promise', () => {
    holdsForAll([anyRollUp], (rollUp) => {
      const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
      return (
        rollUp.inService === rollUp.due + rollUp.exempt + rollUp.joinedAfterGrace &&
        rollUp.due === rollUp.trained + rollUp.untrained &&
        rollUp.untrained === rollUp.arranged + rollUp.unarranged &&
        rollUp.trained === sum(rollUp.trainedByMonth) &&
        rollUp.arranged === sum(rollUp.arrangedByMonth) &&
        rollUp.due === sum(postClasses.map((postClass) => rollUp.postClasses[postClass].due)) &&
        rollUp.onboarding.asked === rollUp.onboarding.done + rollUp.onboarding.open + rollUp.onboarding.overdue
      );
    });
  });
});

describe('The lists behind the numbers', () => {
  /** Whether a list shows a person; what the query of the store asks of the keys. */
  function isShown(show: Show, keys: StandingKeys): boolean {
    const { kinds, isArranged, hoursMet, onboarding: stages, isOnboardingLate, isCoveredOrArranged } = shows[show] as Partial<PeopleFilter>;
    const conditions: [asked: unknown, holds: boolean | undefined][] = [
      [kinds, kinds?.includes(keys.kind)],
      [isArranged, keys.isArranged === isArranged],
      [hoursMet, keys.hoursMet === hoursMet],
      [stages, stages?.includes(keys.onboardingKind)],
      [isOnboardingLate, keys.isOnboardingLate === isOnboardingLate],
      [isCoveredOrArranged, keys.kind === 'TRAINED' || keys.isArranged],
    ];
    return conditions.every(([asked, holds]) => asked === undefined || holds === true);
  }

  it('restate the counts of the roll-up', () => {
    holdsForAll([fc.array(anyWorkerYear, { maxLength: 12 })], (people) => {
      const own = people.filter((one) => one.divisionId === 'a').map(standingKeys);
      const rollUp = foldCommunity('a', people);
      const count = (show: Show): number => own.filter((keys) => isShown(show, keys)).length;
      const { onboarding: hires } = rollUp;
      const simple = [
        'inService',
        'due',
        'trained',
        'untrained',
        'arranged',
        'unarranged',
        'exempt',
        'joinedAfterGrace',
        'hoursMet',
      ] as const;
      for (const show of simple) expect(count(show), show).to.equal(rollUp[show]);
      expect(count('hoursShort')).to.equal(rollUp.due - rollUp.hoursMet);
      expect(count('projected')).to.equal(rollUp.trained + rollUp.arranged);
      expect([
        count('onboarding'),
        count('onboardingDone'),
        count('onboardingLate'),
        count('onboardingOpen'),
        count('onboardingOverdue'),
      ]).to.deep.equal([hires.asked, hires.done, hires.doneLate, hires.open, hires.overdue]);
      rollUp.trainedByMonth.forEach((trained, index) => {
        expect(own.filter((keys) => isShown('trained', keys) && keys.month === index + 1).length).to.equal(trained);
      });
      rollUp.arrangedByMonth.forEach((arranged, index) => {
        expect(own.filter((keys) => isShown('arranged', keys) && keys.month === index + 1).length).to.equal(arranged);
      });
    });
  });
});
