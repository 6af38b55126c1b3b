import { expect } from 'chai';
import { addDays, civilDay } from '../../../server/platform/civilDays.js';
import { inductionOf } from '../../../server/coverage/induction.rules.js';
import { isInOnboardingCohort, onboardingOf } from '../../../server/coverage/onboarding.rules.js';
import { appointment, induction, onboarding, period, place, today } from './people.js';

const onboarded = (lastDay: string) => place({ purpose: 'ONBOARDING', firstDay: lastDay, lastDay });

describe('Onboarding', () => {
  const entry = civilDay('2026-05-31');

  it('ends on the corresponding day six months later, or the last of a shorter month, that day included', () => {
    expect(onboardingOf(entry, [], civilDay('2026-11-30'), onboarding)).to.include({ kind: 'OPEN', deadline: '2026-11-30' });
    expect(onboardingOf(entry, [], civilDay('2026-12-01'), onboarding)).to.deep.equal({ kind: 'OVERDUE', deadline: '2026-11-30' });
  });

  it('ruling 31: the flag is raised on the very day of entry + 6 months − 30 days', () => {
    const warnFrom = addDays(civilDay('2026-11-30'), -30);
    expect(warnFrom).to.equal('2026-10-31');
    expect(onboardingOf(entry, [], civilDay('2026-10-30'), onboarding)).to.include({ kind: 'OPEN', isWarned: false, warnFrom });
    expect(onboardingOf(entry, [], civilDay('2026-10-31'), onboarding)).to.include({ kind: 'OPEN', isWarned: true });
  });

  it('ruling 31: finished before entry counts', () => {
    expect(onboardingOf(entry, [onboarded('2026-05-20')], today, onboarding)).to.include({ kind: 'DONE', isLate: false });
  });

  it('is late after the deadline, and another class does not count', () => {
    expect(onboardingOf(entry, [onboarded('2026-12-01')], civilDay('2026-12-02'), onboarding)).to.include({ kind: 'DONE', isLate: true });
    expect(onboardingOf(entry, [place()], today, onboarding).kind).to.equal('OPEN');
  });

  it('is not asked of nobody, nor of entries before the policy', () => {
    expect(onboardingOf(null, [], today, onboarding).kind).to.equal('NOT_ASKED');
    expect(onboardingOf(entry, [], today, { ...onboarding, entriesFrom: civilDay('2026-06-01') }).kind).to.equal('NOT_ASKED');
  });

  it('stays on the board for the year after entry while it is owed', () => {
    const cohort = (participations: ReturnType<typeof place>[], year: number) =>
      isInOnboardingCohort(onboardingOf(entry, participations, civilDay(`${String(year)}-12-31`), onboarding), entry, year);
    expect([2025, 2026, 2027, 2028].map((year) => cohort([], year))).to.deep.equal([false, true, true, false]);
    expect([cohort([onboarded('2026-08-01')], 2026), cohort([onboarded('2026-08-01')], 2027)]).to.deep.equal([true, false]);
    expect(cohort([onboarded('2027-02-01')], 2027)).to.be.true;
  });
});

describe('Induction of new secretaries', () => {
  const secretary = { post: 'PARTY_SECRETARY', postClass: 'CHIEF' } as const;
  const since = (from: string) => ({ appointments: [appointment(from, secretary)], statuses: [period('IN_SERVICE', '2015-01-01')] });
  const inducted = (lastDay: string) => place({ purpose: 'INDUCTION', firstDay: lastDay, lastDay });

  it('domain.md §2.4: within six months after appointment', () => {
    expect(inductionOf(since('2026-06-24'), [], today, induction)).to.deep.equal({
      kind: 'OPEN',
      appointedOn: '2026-06-24',
      deadline: '2026-12-24',
      isWarned: true,
    });
    expect(inductionOf(since('2026-06-25'), [], today, induction)).to.include({ isWarned: false });
    expect(inductionOf(since('2026-05-23'), [], today, induction)).to.include({ kind: 'OVERDUE', deadline: '2026-11-23' });
    expect(inductionOf(since('2026-05-24'), [inducted('2026-11-24')], today, induction)).to.include({ kind: 'DONE', isLate: false });
  });

  it('is asked of secretaries only, and counts from the appointment', () => {
    expect(inductionOf({ ...since('2026-06-24'), appointments: [appointment('2026-06-24')] }, [], today, induction).kind).to.equal(
      'NOT_ASKED',
    );
    expect(inductionOf(since('2026-06-24'), [inducted('2026-06-01')], today, induction).kind).to.equal('OPEN');
  });

  it('a secretary who moves or becomes director as well is no new secretary', () => {
    const appointments = [
      appointment('2021-01-10', { ...secretary, to: '2026-06-01' }),
      appointment('2026-06-01', { ...secretary, post: 'DUAL_POST', divisionId: 'other' }),
    ];
    const moved = inductionOf({ ...since('2021-01-10'), appointments }, [], today, induction);
    expect(moved).to.deep.equal({ kind: 'NOT_ASKED' });
  });

  it('is asked in the year of appointment and the one after', () => {
    const on = (day: string) => inductionOf(since('2025-02-01'), [], civilDay(day), induction).kind;
    expect([on('2025-12-31'), on('2026-12-31'), on('2027-01-01')]).to.deep.equal(['OVERDUE', 'OVERDUE', 'NOT_ASKED']);
  });
});
