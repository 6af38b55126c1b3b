import { expect } from 'chai';
import fc from 'fast-check';
import { civilDay } from '../../../server/platform/civilDays.js';
import { ageOn, checkDigitOf, maskIdNumber, normaliseIdNumber, readIdNumber } from '../../../server/workers/idNumber.rules.js';
import type { IdNumberClaims } from '../../../server/workers/idNumber.rules.js';
import { holdsForAll } from '../../support/property.js';

const today = civilDay('2026-11-24');
const ages = { min: 16, max: 70 };
const withCheck = (first17: string) => first17 + checkDigitOf(first17);

function problemOf(text: string, claims: IdNumberClaims = {}) {
  const reading = readIdNumber(text, today, ages, claims);
  return reading.ok ? null : reading.problem;
}

describe('ID numbers', () => {
  it('reads the standard example and the synthetic numbers of domain.md §5.3', () => {
    for (const number of ['11010519491231002X', '149999199003070014', '149999198811220020', '149999197506300046']) {
      const kind = problemOf(number)?.kind;
      expect(kind === undefined || kind === 'TOO_OLD', number).to.be.true;
    }
    expect(readIdNumber('149999199003070014', today, ages)).to.deep.equal({
      ok: true,
      facts: { idNumber: '149999199003070014', birth: '1990-03-07', sex: 'MALE', age: 36, converted: false },
    });
    expect(problemOf('11010519491231002x')).to.deep.equal({ kind: 'TOO_OLD', age: 76, max: 70 });
    expect(problemOf('440524188001010014')).to.deep.equal({ kind: 'TOO_OLD', age: 146, max: 70 });
  });

  it('narrows full-width digits, drops spaces and the apostrophe of spreadsheets, raises x', () => {
    expect(normaliseIdNumber(" '１１０１０５ 19491231 002x")).to.equal('11010519491231002X');
  });

  it('turns 15 digits of the first generation into 18', () => {
    const reading = readIdNumber('149999900307001', today, ages);
    expect(reading).to.deep.include({ ok: true });
    expect(reading.ok && reading.facts).to.include({ idNumber: '149999199003070014', converted: true, sex: 'MALE' });
  });

  it('sees that a spreadsheet lost the last digits, written as 1.40902E+17 or with 000 at the end', () => {
    expect(problemOf('1.40902E+17')).to.deep.equal({ kind: 'DIGITS_LOST' });
    expect(problemOf('1.40902e17')).to.deep.equal({ kind: 'DIGITS_LOST' });
    expect(problemOf('149999199003070000')).to.deep.equal({ kind: 'DIGITS_LOST' });
  });

  it('says what is wrong with the shape, the calendar and the check digit', () => {
    expect(problemOf('  ')).to.deep.equal({ kind: 'EMPTY' });
    expect(problemOf('14999919900307001')).to.deep.equal({ kind: 'LENGTH', length: 17 });
    expect(problemOf('14999919900307001甲')).to.deep.equal({ kind: 'CHARACTERS' });
    expect(problemOf(withCheck('14999919900230001'))).to.deep.equal({ kind: 'DATE' });
    expect(problemOf(withCheck('14999920270101001'))).to.deep.equal({ kind: 'BORN_LATER' });
    expect(problemOf('149999199003070015')).to.deep.equal({ kind: 'CHECKSUM', expected: '4' });
  });

  it('compares sex and birth with the roster, the birth by month or by day', () => {
    expect(problemOf('149999199003070014', { sex: 'FEMALE' })).to.deep.equal({ kind: 'SEX_DIFFERS', sex: 'MALE' });
    expect(problemOf('149999199003070014', { birth: '1990-03' })).to.be.null;
    expect(problemOf('149999199003070014', { birth: '1990-03-08' })).to.deep.equal({ kind: 'BIRTH_DIFFERS', birth: '1990-03-07' });
    expect(problemOf('149999199003070014', { sex: null, birth: null })).to.be.null;
  });

  it('ruling 37: 70 completed years still pass, the 71st birthday does not; 16 must be completed', () => {
    expect(problemOf(withCheck('14999919551125001'))).to.be.null;
    expect(problemOf(withCheck('14999919551124001'))).to.deep.equal({ kind: 'TOO_OLD', age: 71, max: 70 });
    expect(problemOf(withCheck('14999920101124001'))).to.be.null;
    expect(problemOf(withCheck('14999920101125001'))).to.deep.equal({ kind: 'TOO_YOUNG', age: 15, min: 16 });
  });

  it('ruling 37: a birthday on 29 February is 28 February in common years', () => {
    expect(ageOn(civilDay('2000-02-29'), civilDay('2026-02-27'))).to.equal(25);
    expect(ageOn(civilDay('2000-02-29'), civilDay('2026-02-28'))).to.equal(26);
    expect(ageOn(civilDay('2000-02-29'), civilDay('2028-02-28'))).to.equal(27);
    expect(ageOn(civilDay('2000-02-29'), civilDay('2028-02-29'))).to.equal(28);
  });

  it('masks all but the first four and the last four', () => {
    expect(maskIdNumber('140923199003070046')).to.equal('1409**********0046');
  });

  it('notices any one digit mistyped', () => {
    holdsForAll(
      [fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 999 })],
      (at, add, sequence) => {
        const number = withCheck(`14999919900307${String(sequence).padStart(3, '0')}`);
        const wrong = number.slice(0, at) + String((Number(number[at]) + add) % 10) + number.slice(at + 1);
        return !readIdNumber(wrong, today, ages).ok;
      },
    );
  });
});
