import { expect } from 'chai';
import fc from 'fast-check';
import { marks } from '../../../server/attendance/completion.rules.js';
import { isOvertaken, isSameMark, standingText } from '../../../server/attendance/marks.rules.js';
import { holdsForAll } from '../../support/property.js';

const value = fc.record({ mark: fc.constantFrom(...marks), late: fc.boolean(), leftEarly: fc.boolean() });
const present = { mark: 'PRESENT', late: false, leftEarly: false } as const;
const of = (byAccountId: string) => ({ ...present, madeUp: false, byAccountId });

describe('a mark', () => {
  it('reads as nothing when there is none, and differently for every difference', () => {
    expect(standingText(undefined)).to.equal('');
    holdsForAll([value, value], (one, other) => {
      const same = one.mark === other.mark && one.late === other.late && one.leftEarly === other.leftEarly;
      return (standingText(one) === standingText(other)) === same;
    });
  });

  it('is the same beside leave and absence whatever late and early say', () => {
    const leave = { mark: 'APPROVED_LEAVE', late: false, leftEarly: false, madeUp: false, byAccountId: null } as const;
    expect(isSameMark(leave, { ...leave, late: true })).to.equal(true);
    expect(isSameMark(of('a'), { ...present, late: true })).to.equal(false);
    expect(isSameMark(of('a'), { ...present, madeUp: true })).to.equal(false);
    expect(isSameMark(undefined, present)).to.equal(false);
  });

  it('stands against an older page unless it is one’s own or says what is wanted', () => {
    const absent = { mark: 'ABSENT', late: false, leftEarly: false, seen: '' } as const;
    expect(isOvertaken(of('other'), absent, 'me')).to.equal(true);
    expect(isOvertaken(of('me'), absent, 'me')).to.equal(false);
    expect(isOvertaken(of('other'), { ...present, seen: '' }, 'me')).to.equal(false);
    expect(isOvertaken(of('other'), { ...absent, seen: standingText(present) }, 'me')).to.equal(false);
    expect(isOvertaken(undefined, absent, 'me')).to.equal(false);
  });
});
