import { expect } from 'chai';
import { completionPolicy, hoursPolicy } from '../../../server/attendance/attendance.policies.js';
import { workerYearOf } from '../../../server/coverage/workerYear.rules.js';
import type { CoverageFacts } from '../../../server/coverage/coverage.rules.js';
import { inductionOf } from '../../../server/coverage/induction.rules.js';
import { flagKey } from '../../../server/gaps/flags.rules.js';
import {
  attendanceFlag,
  cityClassFlag,
  coverageFlag,
  hoursFlag,
  inductionFlag,
  onboardingFlag,
} from '../../../server/gaps/trainingFlags.rules.js';
import { civilDay } from '../../../server/platform/civilDays.js';
import type { ClassState } from '../../../server/trainings/classes.rules.js';
import { slot } from '../../../server/trainings/slots.rules.js';
import type { ServiceHistory } from '../../../server/workers/service.rules.js';
import { appointment, coverage, exemption, induction, onboarding, period, person, place } from '../coverage/people.js';
import { flagPolicy } from './flagPolicy.js';

const policies = { coverage, onboarding, hours: hoursPolicy.shipped.value };
const coming = { classState: 'PUBLISHED', state: 'CONFIRMED', firstDay: '2026-12-08', lastDay: '2026-12-09' } as const;

function yearOf(facts: CoverageFacts, day: string, minutes = 0) {
  const credits = [{ year: 2026, bucket: 'IN_CLASS' as const, minutes }];
  return workerYearOf({ ...facts, politicalStatus: null, credits }, civilDay(day), policies);
}

describe('T-COV', () => {
  const flag = (facts: CoverageFacts, day: string) =>
    coverageFlag(yearOf(facts, day), facts.participations, civilDay(day), { flags: flagPolicy, coverage });

  it('is raised for every due person without coverage: a notice, amber from July, red from November', () => {
    const severities = ['2026-01-01', '2026-06-30', '2026-07-01', '2026-10-31', '2026-11-01'].map((day) => flag(person(), day)?.severity);
    expect(severities).to.deep.equal(['NOTICE', 'NOTICE', 'SOON', 'SOON', 'LATE']);
    expect(flag(person(), '2026-11-24')).to.deep.equal({
      rule: 'T-COV',
      severity: 'LATE',
      dueOn: '2026-12-31',
      subState: 'UNARRANGED',
      evidence: { arranged: null, inVain: [] },
      clearsWhen: 'COMPLETES_QUALIFYING_CLASS',
      addressee: 'COUNTY',
    });
  });

  it('decision 21: is arranged by an open place, and then only a notice', () => {
    expect(flag(person({ participations: [place(coming)] }), '2026-11-24')).to.deep.include({
      severity: 'NOTICE',
      subState: 'ARRANGED',
      evidence: { arranged: { classId: 'class', endsOn: '2026-12-09' }, inVain: [] },
      clearsWhen: 'COMPLETES_ARRANGED_CLASS',
    });
  });

  it('tells which classes of the year did not help, and why', () => {
    const participations = [
      place({ classId: 'a', tier: 'TOWNSHIP' }),
      place({ classId: 'b', state: 'FAILED' }),
      place({ classId: 'c', state: 'WITHDRAWN' }),
    ];
    const why = flag(person({ participations }), '2026-11-24')?.evidence.inVain.map((entry) => `${entry.classId} ${entry.why}`);
    expect(why).to.deep.equal(['a NOT_QUALIFYING', 'b NOT_COMPLETED', 'c NOT_COMPLETED']);
  });

  it('clears by completion or exemption, and is never raised for who is not due', () => {
    for (const facts of [
      person({ participations: [place()] }),
      person({ exemptions: [exemption('2026-01-01', null)] }),
      person({ joined: '2026-10-02' }),
    ]) {
      expect(flag(facts, '2026-11-24')).to.be.null;
    }
  });
});

describe('T-HRS', () => {
  const flag = (minutes: number, day: string, facts = person()) => hoursFlag(yearOf(facts, day, minutes), civilDay(day), flagPolicy);

  it('compares with the share of the year gone by the last end of a quarter', () => {
    // 40 h × 273 ÷ 365 days to 30 September = 1795.07 minutes
    expect(flag(1795, '2026-11-24')).to.deep.include({ severity: 'LATE', dueOn: '2026-12-31', clearsWhen: 'REACHES_HOURS' });
    expect(flag(1795, '2026-11-24')?.evidence).to.include({
      checkDay: '2026-09-30',
      requiredByCheckDay: 1796,
      requiredMinutes: 2400,
      earnedMinutes: 1795,
    });
    expect(flag(1796, '2026-11-24')).to.be.null;
  });

  it('is silent before the first quarter has ended, amber until October', () => {
    expect(flag(0, '2026-03-30')).to.be.null;
    expect([flag(0, '2026-03-31')?.severity, flag(0, '2026-09-30')?.severity, flag(0, '2026-10-01')?.severity]).to.deep.equal([
      'SOON',
      'SOON',
      'LATE',
    ]);
  });

  it('asks only who is due', () => {
    expect(flag(0, '2026-11-24', person({ exemptions: [exemption('2026-01-01', null)] }))).to.be.null;
    expect(
      flag(
        0,
        '2026-11-24',
        person({ history: { appointments: [appointment('2020-03-01')], statuses: [period('RETIRED', '2026-01-01')] } }),
      ),
    ).to.be.null;
  });
});

describe('T-ONB', () => {
  const flag = (joined: string, day: string, participations: ReturnType<typeof place>[] = []) => {
    const facts = person({ joined, participations });
    return onboardingFlag(yearOf(facts, day), participations);
  };

  it('ruling 31: is raised on the very day of entry + 6 months − 30 days, red past the deadline', () => {
    expect(flag('2026-05-31', '2026-10-30')).to.be.null;
    expect(flag('2026-05-31', '2026-10-31')).to.deep.include({
      severity: 'SOON',
      subState: 'OPEN',
      dueOn: '2026-11-30',
      addressee: 'COUNTY',
    });
    expect(flag('2026-05-31', '2026-12-01')).to.deep.include({ severity: 'LATE', subState: 'OVERDUE' });
  });

  it('names the onboarding class already arranged, and clears by completing one', () => {
    const arranged = flag('2026-05-31', '2026-11-24', [place({ ...coming, purpose: 'ONBOARDING' })]);
    expect(arranged?.evidence).to.deep.equal({ joinedOn: '2026-05-31', arranged: { classId: 'class', endsOn: '2026-12-09' } });
    expect(flag('2026-05-31', '2026-11-24', [place({ purpose: 'ONBOARDING' })])).to.be.null;
  });
});

describe('T-SEC', () => {
  const history = {
    appointments: [appointment('2026-06-01', { post: 'PARTY_SECRETARY', postClass: 'CHIEF' })],
    statuses: [period('IN_SERVICE', '2020-01-01')],
  };
  const flag = (day: string, participations: ReturnType<typeof place>[] = []) =>
    inductionFlag(inductionOf(history, participations, civilDay(day), induction));

  it('is raised as the half year ends, red once it is past, for the city', () => {
    expect(flag('2026-10-31')).to.be.null;
    expect(flag('2026-11-01')).to.deep.include({
      severity: 'SOON',
      dueOn: '2026-12-01',
      addressee: 'CITY',
      evidence: { appointedOn: '2026-06-01' },
    });
    expect(flag('2026-12-02')).to.deep.include({ severity: 'LATE', subState: 'OVERDUE' });
    expect(flag('2026-12-02', [place({ purpose: 'INDUCTION' })])).to.be.null;
  });
});

describe('T-ATT', () => {
  const sessions = [
    '2026-11-23-AM',
    '2026-11-23-PM',
    '2026-11-24-AM',
    '2026-11-24-PM',
    '2026-11-25-AM',
    '2026-11-25-PM',
    '2026-11-26-AM',
    '2026-11-26-PM',
  ].map((id) => ({ id, slot: slot(id), form: 'LECTURE', creditMinutes: 240, counted: true }) as const);
  const flag = (letters: string, classState: ClassState = 'IN_PROGRESS') => {
    const marks = [...letters].map((letter, index) => {
      const mark = letter === 'v' ? 'APPROVED_LEAVE' : letter === 'a' ? 'ABSENT' : 'PRESENT';
      return { sessionId: sessions[index]!.id, mark, late: false, leftEarly: false, madeUp: false } as const;
    });
    return attendanceFlag(
      { classId: 'class', classState, lastDay: civilDay('2026-11-26'), sessions, marks },
      completionPolicy.shipped.value,
    );
  };

  it('is raised as soon as leave is beyond what the class bears, though marks are still missing', () => {
    expect(flag('v')).to.be.null;
    expect(flag('vv')).to.deep.include({
      severity: 'LATE',
      subState: 'LEAVE',
      dueOn: '2026-11-26',
      addressee: 'CLASS_TEACHER',
      clearsWhen: 'MAKES_UP_SESSIONS',
    });
    expect(flag('vv')?.evidence.makeUpHalfDays).to.equal(1);
  });

  it('puts unapproved absence apart from leave', () => {
    expect(flag('a')?.subState).to.equal('ABSENCE');
    expect(flag('vva')?.evidence.problems.map((problem) => problem.kind)).to.deep.equal(['LEAVE_OVER_SHARE', 'ABSENT']);
    expect(flag('vva')?.subState).to.equal('ABSENCE');
  });

  it('goes when the class closes or falls away', () => {
    expect([flag('a', 'CLOSED'), flag('a', 'CANCELLED')]).to.deep.equal([null, null]);
  });
});

describe('T-CITY', () => {
  const secretary: ServiceHistory = {
    appointments: [appointment('2020-03-01', { post: 'DUAL_POST', postClass: 'CHIEF' })],
    statuses: [period('IN_SERVICE', '2020-03-01')],
  };
  const flag = (day: string, participations: ReturnType<typeof place>[] = [], history = secretary) => {
    const facts = person({ history, participations });
    return cityClassFlag(yearOf(facts, day), participations, civilDay(day), flagPolicy);
  };

  it('asks chief posts for a class of the city or above', () => {
    expect(flag('2026-11-24', [place()])).to.deep.include({ severity: 'LATE', subState: 'UNARRANGED', addressee: 'CITY' });
    expect(flag('2026-11-24', [place({ tier: 'PROVINCE' })])).to.be.null;
    expect(flag('2026-11-24', [place({ tier: 'CITY', purpose: 'ONBOARDING' })])?.rule).to.equal('T-CITY');
    expect(flag('2026-11-24', [], person().history)).to.be.null;
  });

  it('is arranged by an open place in one, amber before November, silent in the first quarter', () => {
    expect(flag('2026-11-24', [place({ ...coming, tier: 'CITY' })])).to.deep.include({ severity: 'NOTICE', subState: 'ARRANGED' });
    expect([flag('2026-03-31'), flag('2026-04-01')?.severity]).to.deep.equal([null, 'SOON']);
  });
});

describe('Keys of flags', () => {
  it('name rule and subject, so that a rescan refreshes instead of raising twice', () => {
    const [one, two] = [person(), person({ participations: [place(coming)] })].map((facts) =>
      coverageFlag(yearOf(facts, '2026-11-24'), facts.participations, civilDay('2026-11-24'), { flags: flagPolicy, coverage }),
    );
    expect(flagKey(one!, 'worker')).to.equal(flagKey(two!, 'worker')).and.equal('T-COV worker');
  });
});
