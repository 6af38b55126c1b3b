import { expect } from 'chai';
import { addDays, civilDay } from '../../../server/platform/civilDays.js';
import { raisedWithin } from '../../../server/gaps/flagFilter.rules.js';
import type { CoverageFlag, PlaceInVain } from '../../../server/gaps/flags.rules.js';
import type { FoundFlag } from '../../../server/gaps/flagSources.rules.js';
import { ageBandOf, ageBands, identityKey, identityOf, reasonOf } from '../../../server/gaps/storedFlag.rules.js';

const today = civilDay('2026-11-24');

function coverageFlag(inVain: readonly PlaceInVain[]): CoverageFlag {
  return {
    rule: 'T-COV',
    severity: 'LATE',
    dueOn: civilDay('2026-12-31'),
    subState: 'UNARRANGED',
    evidence: { arranged: null, inVain },
    clearsWhen: 'COMPLETES_QUALIFYING_CLASS',
    addressee: 'COUNTY',
  };
}

const vain = (why: PlaceInVain['why']): PlaceInVain => ({ classId: 'c', tier: 'COUNTY', purpose: 'CATCH_ALL', state: 'FAILED', why });
const found = (flag: FoundFlag['flag'], year = 2026): FoundFlag => ({
  flag,
  subject: { kind: 'WORKER', workerId: 'w', divisionPath: ['d'] },
  year,
  policyRowIds: [],
});

describe('Flags as work items', () => {
  it('say in one word why somebody is not covered', () => {
    expect(reasonOf(coverageFlag([]))).to.equal('NO_CLASS');
    expect(reasonOf(coverageFlag([vain('NOT_QUALIFYING')]))).to.equal('NOT_QUALIFYING');
    expect(reasonOf(coverageFlag([vain('NOT_QUALIFYING'), vain('NOT_COMPLETED')]))).to.equal('NOT_COMPLETED');
  });

  it('are one per rule, subject and year', () => {
    const [one, same, other] = [found(coverageFlag([])), found(coverageFlag([vain('NOT_COMPLETED')])), found(coverageFlag([]), 2025)];
    expect(identityKey(identityOf(one))).to.equal(identityKey(identityOf(same)));
    expect(identityKey(identityOf(one))).not.to.equal(identityKey(identityOf(other)));
  });

  it('of attendance are one per class', () => {
    const inClass = (classId: string): FoundFlag =>
      found({
        rule: 'T-ATT',
        severity: 'LATE',
        dueOn: today,
        subState: 'ABSENCE',
        clearsWhen: 'MAKES_UP_SESSIONS',
        addressee: 'CLASS_TEACHER',
        evidence: {
          classId,
          problems: [],
          makeUpHalfDays: 1,
          summary: {
            halfDays: 4,
            totalMinutes: 960,
            attendedHalfDays: 3,
            attendedMinutes: 720,
            leaveHalfDays: 0,
            leaveMinutes: 0,
            absentHalfDays: 1,
            absentMinutes: 240,
            lateTimes: 0,
            leftEarlyTimes: 0,
            madeUpHalfDays: 0,
            unmarked: [],
          },
        },
      });
    expect(identityOf(inClass('a'))).not.to.deep.equal(identityOf(inClass('b')));
    expect(identityOf(inClass('a')).subjectId)
      .to.contain('w')
      .and.to.contain('a');
  });

  it('fall into the age band whose days the filter names, and into no other', () => {
    for (let age = 0; age <= 60; age += 1) {
      const raisedOn = addDays(today, -age);
      const bands = ageBands.filter((band) => {
        const { from, to } = raisedWithin(band, today);
        return (from === null || raisedOn >= from) && (to === null || raisedOn <= to);
      });
      expect(bands, String(age)).to.deep.equal([ageBandOf(age)]);
    }
  });
});
