import { expect } from 'chai';
import fc from 'fast-check';
import { civilDay } from '../../../server/platform/civilDays.js';
import { rankCandidates } from '../../../server/planner/ranking.rules.js';
import type { Candidate } from '../../../server/planner/ranking.rules.js';
import { seatsToPlace, shareSeats } from '../../../server/planner/seats.rules.js';
import { holdsForAll } from '../../support/property.js';

const claims = (...untrained: number[]) =>
  untrained.map((count, index) => ({ divisionId: String(index), code: `14090${String(index)}`, untrained: count }));
const seats = (size: number, ...untrained: number[]) => shareSeats(size, claims(...untrained)).map((share) => share.seats);

describe('Seats by largest remainder', () => {
  it('documents.md §9.4 case 4: 90, 45 and 15 untrained share 7 seats as 4, 2, 1 and 50 as 30, 15, 5', () => {
    expect(seats(7, 90, 45, 15)).to.deep.equal([4, 2, 1]);
    expect(seats(50, 90, 45, 15)).to.deep.equal([30, 15, 5]);
  });

  it('ruling 36: equal remainders go to more untrained first, then by division code', () => {
    expect(seats(3, 1, 3)).to.deep.equal([1, 2]);
    expect(seats(2, 1, 3)).to.deep.equal([0, 2]);
    expect(seats(1, 5, 5)).to.deep.equal([1, 0]);
    expect(shareSeats(1, claims(5, 5).reverse())).to.deep.equal([
      { divisionId: '1', seats: 0 },
      { divisionId: '0', seats: 1 },
    ]);
  });

  it('ruling 36: the sum is the class size even above what is untrained, and with nobody untrained', () => {
    expect(seats(40, 2, 1, 1)).to.deep.equal([20, 10, 10]);
    expect(seats(5, 0, 0)).to.deep.equal([3, 2]);
    expect(shareSeats(5, [])).to.be.empty;
  });

  it('a manual change shows what is left to place', () => {
    expect(
      seatsToPlace(7, [
        { divisionId: 'a', seats: 4 },
        { divisionId: 'b', seats: 1 },
      ]),
    ).to.equal(2);
  });

  it('sums to the size, keeps within one seat of the share, and never gives more to fewer', () => {
    const untrained = fc.array(fc.nat(200), { minLength: 1, maxLength: 14 });
    holdsForAll([fc.nat(300), untrained], (size, counts) => {
      const shares = seats(size, ...counts);
      const total = counts.reduce((sum, count) => sum + count, 0);
      const isExact = shares.reduce((sum, count) => sum + count, 0) === size;
      const isNear = total === 0 || shares.every((share, index) => Math.abs(share - (size * (counts[index] ?? 0)) / total) < 1);
      const isMonotone = counts.every((one, i) => counts.every((other, j) => one <= other || (shares[i] ?? 0) >= (shares[j] ?? 0)));
      return isExact && isNear && isMonotone;
    });
  });
});

describe('Who goes first', () => {
  const open = (deadline: string, isWarned = false) =>
    ({ kind: 'OPEN', deadline: civilDay(deadline), warnFrom: civilDay(deadline), isWarned, appointedOn: civilDay('2026-01-01') }) as const;
  const untrained = { kind: 'UNTRAINED', arranged: null } as const;
  const trained = { kind: 'TRAINED', classId: 'c', tier: 'COUNTY', completedOn: civilDay('2026-05-01'), month: 5 } as const;

  function candidate(workerId: string, fields: Partial<Candidate> = {}): Candidate {
    const asked = { kind: 'NOT_ASKED' } as const;
    return {
      workerId,
      coverage: untrained,
      otherClasses: 2,
      isHoursMet: false,
      onboarding: asked,
      induction: asked,
      exam: null,
      isEligibleForExam: false,
      lastCompletedOn: null,
      ...fields,
    };
  }
  const order = (purpose: Parameters<typeof rankCandidates>[0], ...people: Candidate[]) =>
    rankCandidates(purpose, people).map(({ workerId, reason }) => `${workerId} ${reason}`);

  it('those whom nothing else will cover, then the unarranged, the arranged, the short of hours, the trained', () => {
    const arranged = { classId: 'x', endsOn: civilDay('2026-12-09') };
    const people = [
      candidate('f', { coverage: { kind: 'JOINED_AFTER_GRACE', joinedOn: civilDay('2026-10-08') } }),
      candidate('e', { coverage: trained, isHoursMet: true }),
      candidate('d', { coverage: trained }),
      candidate('c', { coverage: { kind: 'UNTRAINED', arranged } }),
      candidate('b'),
      candidate('a', { otherClasses: 0 }),
      candidate('gone', { coverage: { kind: 'NOT_IN_SERVICE', status: 'RETIRED' } }),
    ];
    expect(order('CATCH_ALL', ...people)).to.deep.equal([
      'a NOTHING_ELSE_COVERS',
      'b UNARRANGED',
      'c ARRANGED_ELSEWHERE',
      'd HOURS_SHORT',
      'e ALREADY_TRAINED',
      'f NOT_DUE',
    ]);
    expect(rankCandidates('CATCH_ALL', people).map((ranked) => ranked.rank)).to.deep.equal([1, 2, 3, 4, 5, 6]);
  });

  it('an onboarding or induction class takes its deadlines first, the overdue before the near', () => {
    const people = [
      candidate('d', { otherClasses: 0 }),
      candidate('c', { onboarding: open('2027-02-01'), induction: open('2027-02-01') }),
      candidate('b', { onboarding: open('2026-12-10', true), induction: open('2026-12-10', true) }),
      candidate('a', {
        onboarding: { kind: 'OVERDUE', deadline: civilDay('2026-10-01') },
        induction: { kind: 'OVERDUE', deadline: civilDay('2026-10-01'), appointedOn: civilDay('2026-04-01') },
      }),
    ];
    for (const purpose of ['ONBOARDING', 'INDUCTION'] as const) {
      expect(order(purpose, ...people)).to.deep.equal(['a OVERDUE', 'b DEADLINE_NEAR', 'c DEADLINE_AHEAD', 'd NOTHING_ELSE_COVERS']);
    }
    expect(order('CATCH_ALL', ...people)[0]).to.equal('d NOTHING_ELSE_COVERS');
  });

  it('exam coaching takes the last chances first, then the eligible', () => {
    const exam = { kind: 'OPEN', nextExam: 2027, carried: [], mustPass: ['S_PRAC'], lapsed: [], voided: [] } as const;
    const people = [
      candidate('c', { otherClasses: 0 }),
      candidate('b', { exam: { ...exam, isLastChance: false }, isEligibleForExam: true }),
      candidate('a', { exam: { ...exam, isLastChance: true } }),
    ];
    expect(order('EXAM_COACHING', ...people)).to.deep.equal(['a LAST_CHANCE', 'b ELIGIBLE', 'c NOTHING_ELSE_COVERS']);
  });

  it('within a reason whoever has gone longest without a class, and the same order however they come', () => {
    const people = [
      candidate('b', { lastCompletedOn: civilDay('2024-05-01') }),
      candidate('c', { lastCompletedOn: civilDay('2025-05-01') }),
      candidate('a', { lastCompletedOn: null }),
    ];
    expect(order('CATCH_ALL', ...people).map((line) => line[0])).to.deep.equal(['a', 'b', 'c']);
    holdsForAll(
      [fc.shuffledSubarray(people, { minLength: 3 })],
      (shuffled) => order('CATCH_ALL', ...shuffled).join() === order('CATCH_ALL', ...people).join(),
    );
  });
});
