import { expect } from 'chai';
import { civilDay } from '../../../server/platform/civilDays.js';
import { countedCertificate, countedLevel, isManagementNumber } from '../../../server/certificates/level.rules.js';
import type { CertificateFacts } from '../../../server/certificates/level.rules.js';
import { ceStanding, passDay, registrationStatus, renewedPeriod, validThroughOf } from '../../../server/certificates/registration.rules.js';
import type { RegistrationPeriod } from '../../../server/certificates/registration.rules.js';
import { registrationPolicy as policy } from './registrationPolicy.js';

const period = (from: string, validThrough: string, level: RegistrationPeriod['level'] = 'ASSISTANT'): RegistrationPeriod => ({
  from: civilDay(from),
  validThrough: civilDay(validThrough),
  level,
});

describe('Registration (domain.md §1.7)', () => {
  const passedOn = civilDay('2025-07-25');
  const kindOn = (day: string, periods: RegistrationPeriod[] = []) => registrationStatus(passedOn, periods, civilDay(day), policy).kind;

  it('is owed within a year of the pass, the anniversary included', () => {
    expect([kindOn('2025-08-01'), kindOn('2026-07-25'), kindOn('2026-07-26')]).to.deep.equal([
      'NONE_WITHIN_1Y',
      'NONE_WITHIN_1Y',
      'NONE_OVERDUE',
    ]);
  });

  it('is valid, opens for renewal three months before expiry, and lapses after it', () => {
    const periods = [period('2023-12-01', '2026-11-30')];
    const kinds = ['2026-08-29', '2026-08-30', '2026-11-30', '2026-12-01'].map((day) => kindOn(day, periods));
    expect(kinds).to.deep.equal(['VALID', 'RENEW_WINDOW', 'RENEW_WINDOW', 'LAPSED']);
    expect(kindOn('2026-12-01', [...periods, period('2026-12-01', '2029-11-30')])).to.equal('VALID');
  });

  it('ruling 33: of a registration known by its first day only, the last is the day before the third anniversary', () => {
    expect(validThroughOf(civilDay('2023-12-01'), policy)).to.equal('2026-11-30');
    expect(validThroughOf(civilDay('2024-02-29'), policy)).to.equal('2027-02-27');
  });

  it('ruling 33: the pass day is that of the certificate, else of the results', () => {
    expect(passDay(civilDay('2025-10-01'), passedOn)).to.equal('2025-10-01');
    expect(passDay(null, passedOn)).to.equal('2025-07-25');
  });

  it('ruling 33: an early renewal starts at the old expiry, a late one on its day; a higher level holds from there', () => {
    const old = period('2023-12-01', '2026-11-30');
    expect(renewedPeriod(old, civilDay('2026-09-10'), 'SOCIAL_WORKER', policy)).to.deep.equal(
      period('2026-12-01', '2029-11-30', 'SOCIAL_WORKER'),
    );
    expect(renewedPeriod(old, civilDay('2027-01-10'), 'ASSISTANT', policy)).to.deep.equal(period('2027-01-10', '2030-01-09'));
  });
});

describe('Continuing education', () => {
  const training = (endedOn: string, hours: number) => ({ kind: 'TRAINING', endedOn: civilDay(endedOn), minutes: hours * 60 }) as const;
  const degree = (endedOn: string, degreeId = 'd') => ({ kind: 'DEGREE', endedOn: civilDay(endedOn), degreeId }) as const;
  const running = period('2023-12-01', '2026-11-30');

  it('owes 72 h as ASSISTANT, 90 h above, by what ended within the period', () => {
    const records = [training('2023-11-30', 50), training('2023-12-01', 30), training('2026-11-30', 20), training('2026-12-01', 50)];
    expect(ceStanding(running, records, policy)).to.deep.equal({ requiredMinutes: 4320, earnedMinutes: 3000, missingMinutes: 1320 });
    expect(ceStanding({ ...running, level: 'SENIOR' }, [], policy).missingMinutes).to.equal(5400);
  });

  it('ruling 33: degree study gives 90 hours once per degree', () => {
    expect(ceStanding(running, [degree('2025-07-01'), degree('2025-07-01')], policy)).to.include({
      earnedMinutes: 5400,
      missingMinutes: 0,
    });
    expect(ceStanding(running, [degree('2025-07-01'), degree('2026-07-01', 'e')], policy).earnedMinutes).to.equal(10_800);
  });
});

describe('Certified level', () => {
  const certificate = (level: CertificateFacts['level'], fields: Partial<CertificateFacts> = {}): CertificateFacts => ({
    id: level,
    level,
    obtainedOn: civilDay('2024-09-01'),
    review: 'PASSED',
    voidedOn: null,
    ...fields,
  });
  const asOf = civilDay('2026-11-24');

  it('ruling 34: a person counts once, at the highest level', () => {
    expect(countedCertificate([certificate('ASSISTANT'), certificate('SOCIAL_WORKER'), certificate('ASSISTANT')], asOf)?.id).to.equal(
      'SOCIAL_WORKER',
    );
    expect(countedLevel([], asOf)).to.be.null;
  });

  it('a senior counts only after review: the written pass alone is no certificate', () => {
    const others = [certificate('SOCIAL_WORKER', { review: 'NOT_NEEDED' })];
    for (const review of ['PENDING', 'REFUSED', 'NOT_NEEDED'] as const) {
      expect(countedLevel([...others, certificate('SENIOR', { review })], asOf), review).to.equal('SOCIAL_WORKER');
    }
    expect(countedLevel([...others, certificate('SENIOR')], asOf)).to.equal('SENIOR');
  });

  it('documents.md §4.2: a certificate counts only once its review is passed, from its day, until it is taken back', () => {
    expect(countedLevel([certificate('ASSISTANT', { review: 'PENDING' })], asOf)).to.be.null;
    expect(countedLevel([certificate('ASSISTANT', { obtainedOn: civilDay('2026-11-25') })], asOf)).to.be.null;
    expect(countedLevel([certificate('ASSISTANT', { voidedOn: asOf })], asOf)).to.be.null;
  });

  it('management numbers are checked for shape only', () => {
    expect(isManagementNumber('202405012140000123')).to.be.true;
    expect(isManagementNumber('2.02405E+17')).to.be.false;
  });
});
