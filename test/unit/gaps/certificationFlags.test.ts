import { expect } from 'chai';
import { ceStanding, registrationStatus } from '../../../server/certificates/registration.rules.js';
import type { CeRecord, RegistrationPeriod } from '../../../server/certificates/registration.rules.js';
import { levelStanding } from '../../../server/exams/passes.rules.js';
import type { Subject } from '../../../server/exams/passes.rules.js';
import {
  ceFlag,
  firstRegistrationFlag,
  lapsedPassesFlag,
  lastChanceFlag,
  rateFlag,
  renewalFlag,
} from '../../../server/gaps/certificationFlags.rules.js';
import { flagKey } from '../../../server/gaps/flags.rules.js';
import { civilDay } from '../../../server/platform/civilDays.js';
import { targetStanding } from '../../../server/targets/path.rules.js';
import { registrationPolicy } from '../certificates/registrationPolicy.js';
import { flagPolicy } from './flagPolicy.js';

const passed = (year: number, ...subjects: Subject[]) =>
  subjects.map((subject) => ({
    subject,
    year,
    passed: true,
    eligibleThatYear: true,
    decidedAt: new Date(`${String(year)}-08-01T00:00:00Z`),
  }));

describe('E-LAST and E-ROLL', () => {
  const line = {
    year: 2027,
    registrationFrom: civilDay('2027-03-10'),
    registrationTo: civilDay('2027-03-31'),
    firstDay: civilDay('2027-05-22'),
    lastDay: civilDay('2027-05-23'),
    resultsOn: null,
  };
  const standing = levelStanding('SOCIAL_WORKER', passed(2026, 'S_COMP', 'S_LAW'), 2027);
  const flag = (day: string, isRegistered = false) => lastChanceFlag(standing, { line, isRegistered }, civilDay(day));

  it('decision 21: E-LAST is raised when the results before are in, and grows when registration opens', () => {
    expect(flag('2026-11-24')).to.deep.equal({
      rule: 'E-LAST',
      severity: 'SOON',
      dueOn: '2027-03-31',
      subState: 'NOT_REGISTERED',
      evidence: {
        examYear: 2027,
        carried: [
          { subject: 'S_COMP', passedIn: 2026, countsUntil: 2027 },
          { subject: 'S_LAW', passedIn: 2026, countsUntil: 2027 },
        ],
        mustPass: ['S_PRAC'],
      },
      clearsWhen: 'PASSES_REMAINING_SUBJECTS',
      addressee: 'WORKER',
    });
    expect([flag('2027-03-10')?.severity, flag('2027-04-01')?.severity]).to.deep.equal(['LATE', 'LATE']);
    expect(flag('2027-03-20', true)).to.deep.include({ severity: 'SOON', subState: 'REGISTERED', dueOn: '2027-05-22' });
  });

  it('E-LAST without a calendar line has no date; qualified or with nothing carried it is not raised', () => {
    expect(lastChanceFlag(standing, { line: undefined, isRegistered: false }, civilDay('2026-11-24'))?.dueOn).to.be.null;
    expect(lastChanceFlag(levelStanding('SOCIAL_WORKER', [], 2027), { line, isRegistered: false }, civilDay('2026-11-24'))).to.be.null;
    const all = levelStanding('SOCIAL_WORKER', passed(2026, 'S_COMP', 'S_LAW', 'S_PRAC'), 2027);
    expect([lastChanceFlag(all, { line, isRegistered: false }, civilDay('2026-11-24')), lapsedPassesFlag(all)]).to.deep.equal([null, null]);
  });

  it('E-ROLL tells which passes died with the last results, until the next', () => {
    const results = passed(2025, 'S_COMP', 'S_LAW');
    expect(lapsedPassesFlag(levelStanding('SOCIAL_WORKER', results, 2026))).to.be.null;
    expect(lapsedPassesFlag(levelStanding('SOCIAL_WORKER', results, 2027))).to.deep.include({
      severity: 'NOTICE',
      evidence: {
        lapsed: [
          { subject: 'S_COMP', passedIn: 2025 },
          { subject: 'S_LAW', passedIn: 2025 },
        ],
        mustPass: ['S_COMP', 'S_PRAC', 'S_LAW'],
      },
    });
    expect(lapsedPassesFlag(levelStanding('SOCIAL_WORKER', results, 2028))).to.be.null;
    expect(lapsedPassesFlag(levelStanding('ASSISTANT', passed(2026, 'A_COMP'), 2027))).to.be.null;
  });
});

describe('C-REG1 and C-REN', () => {
  const passedOn = civilDay('2025-07-25');
  const certificate = (day: string, periods: RegistrationPeriod[] = []) => ({
    certificateId: 'certificate',
    passedOn,
    status: registrationStatus(passedOn, periods, civilDay(day), registrationPolicy),
  });
  const first = (day: string) => firstRegistrationFlag(certificate(day), civilDay(day), flagPolicy);

  it('C-REG1 is raised 60 days before the year is over, red after it, and gone once registered', () => {
    expect([first('2026-05-25'), first('2026-05-26')?.severity, first('2026-07-26')?.severity]).to.deep.equal([null, 'SOON', 'LATE']);
    expect(first('2026-05-26')).to.deep.include({ dueOn: '2026-07-25', subState: 'OPEN', clearsWhen: 'REGISTERS' });
    const registered = certificate('2026-08-01', [
      { from: civilDay('2026-07-01'), validThrough: civilDay('2029-06-30'), level: 'ASSISTANT' },
    ]);
    expect(firstRegistrationFlag(registered, civilDay('2026-08-01'), flagPolicy)).to.be.null;
  });

  it('C-REN is raised inside the window, red once lapsed', () => {
    const periods: RegistrationPeriod[] = [{ from: civilDay('2023-12-01'), validThrough: civilDay('2026-11-30'), level: 'ASSISTANT' }];
    const renewal = (day: string) => renewalFlag(certificate(day, periods), null);
    expect(renewal('2026-08-29')).to.be.null;
    expect(renewal('2026-08-30')).to.deep.include({ severity: 'SOON', subState: 'RENEW_WINDOW', dueOn: '2026-11-30' });
    expect(renewal('2026-12-01')).to.deep.include({ severity: 'LATE', subState: 'LAPSED' });
    expect(renewalFlag(certificate('2026-07-01'), null)).to.be.null;
    expect(flagKey(renewal('2026-12-01')!, 'worker')).to.equal('C-REN worker certificate');
  });
});

describe('C-CE', () => {
  const period: RegistrationPeriod = { from: civilDay('2024-12-01'), validThrough: civilDay('2027-11-30'), level: 'ASSISTANT' };
  const flag = (day: string, hours: number) => {
    const records: CeRecord[] = [{ kind: 'TRAINING', endedOn: civilDay('2025-01-10'), minutes: hours * 60 }];
    const ce = ceStanding(period, records, registrationPolicy);
    return ceFlag({ certificateId: 'certificate', period, ce }, civilDay(day), { flags: flagPolicy, registration: registrationPolicy });
  };

  it('looks half-yearly: 72 hours in six half-years are 12 in each', () => {
    expect(flag('2025-05-31', 0)).to.be.null;
    expect(flag('2025-06-01', 11)).to.deep.include({ severity: 'SOON', dueOn: '2027-11-30', clearsWhen: 'REACHES_CE_HOURS' });
    expect(flag('2025-06-01', 12)).to.be.null;
    expect(flag('2026-12-01', 47)?.evidence).to.include({ requiredByNow: 48 * 60, earnedMinutes: 47 * 60, missingMinutes: 25 * 60 });
  });

  it('asks for all of it, in red, in the last half-year, and for nothing outside the period', () => {
    expect(flag('2027-05-29', 60)).to.be.null;
    expect(flag('2027-05-30', 71)).to.deep.include({ severity: 'LATE' });
    expect([flag('2027-05-30', 72), flag('2027-12-01', 0), flag('2024-11-30', 0)]).to.deep.equal([null, null, null]);
  });
});

describe('R-RATE', () => {
  const target = {
    path: {
      kind: 'LINEAR',
      from: { day: civilDay('2025-01-01'), basisPoints: 1000 },
      to: { day: civilDay('2027-01-01'), basisPoints: 3000 },
    },
    toleranceBasisPoints: 100,
  } as const;
  const flag = (certified: number, day: string) => {
    const count = { certified, inService: 1000 };
    const standing = targetStanding(count, target, civilDay(day));
    return rateFlag({ divisionId: 'city', addressee: 'CITY', count, standing }, civilDay(day));
  };

  it('is raised below the path by more than the tolerance, with the people needed, red past the final day', () => {
    expect(flag(190, '2026-01-01')).to.be.null;
    expect(flag(189, '2026-01-01')).to.deep.include({
      severity: 'SOON',
      dueOn: '2027-01-01',
      addressee: 'CITY',
      clearsWhen: 'REACHES_PATH',
    });
    expect(flag(189, '2026-01-01')?.evidence).to.include({ certified: 189, neededByNow: 11, neededInAll: 111 });
    expect([flag(250, '2027-01-01')?.severity, flag(250, '2027-01-02')?.severity]).to.deep.equal(['SOON', 'LATE']);
  });
});
