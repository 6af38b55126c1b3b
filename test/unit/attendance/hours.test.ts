import { expect } from 'chai';
import fc from 'fast-check';
import { hoursPolicy } from '../../../server/attendance/attendance.policies.js';
import {
  bucketOf,
  creditsOf,
  elapsedShare,
  hoursStanding,
  isBehind,
  reversalsOf,
  showHours,
  sumByBucket,
  totalOf,
} from '../../../server/attendance/hours.rules.js';
import type { HoursFacts, LedgerEntry } from '../../../server/attendance/hours.rules.js';
import type { SessionMark } from '../../../server/attendance/completion.rules.js';
import type { ClassSession, SessionForm } from '../../../server/trainings/classes.rules.js';
import { slot } from '../../../server/trainings/slots.rules.js';
import { civilDay } from '../../../server/platform/civilDays.js';
import { holdsForAll } from '../../support/property.js';

const policy = hoursPolicy.shipped.value;
const none = { IN_CLASS: 0, ONLINE: 0, PRACTICE: 0 };
const staff: HoursFacts = {
  group: 'STAFF',
  isPartyMember: false,
  isYearOfEntry: false,
  monthsInService: 12,
  earned: none,
  completedTiers: [],
};

function session(at: string, form: SessionForm = 'LECTURE'): ClassSession {
  return { id: at, slot: slot(at), form, creditMinutes: 240, counted: true };
}

function mark(sessionId: string, kind: SessionMark['mark'], madeUp = false): SessionMark {
  return { sessionId, mark: kind, late: false, leftEarly: false, madeUp };
}

const overNewYear = [
  session('2026-12-31-AM'),
  session('2026-12-31-PM', 'ONLINE_STUDY'),
  session('2027-01-01-AM'),
  session('2027-01-01-PM'),
];
const overNewYearMarks = [
  mark('2026-12-31-AM', 'PRESENT'),
  mark('2026-12-31-PM', 'PRESENT'),
  mark('2027-01-01-AM', 'APPROVED_LEAVE'),
  mark('2027-01-01-PM', 'ABSENT', true),
];
const credited = { completed: true, requireCompletion: false };

describe('Hours ledger', () => {
  it('credits the attended sessions of each year and bucket; leave is not credited, a make-up is (ruling 30)', () => {
    expect(creditsOf(overNewYear, overNewYearMarks, credited)).to.deep.equal([
      { year: 2026, bucket: 'IN_CLASS', minutes: 240 },
      { year: 2026, bucket: 'ONLINE', minutes: 240 },
      { year: 2027, bucket: 'IN_CLASS', minutes: 240 },
    ]);
  });

  it('credits an uncompleted class too, unless the policy requires completion (ruling 30)', () => {
    expect(creditsOf(overNewYear, overNewYearMarks, { completed: false, requireCompletion: false })).to.have.length(3);
    expect(creditsOf(overNewYear, overNewYearMarks, { completed: false, requireCompletion: true })).to.be.empty;
  });

  it('puts self-study online and practice apart, a branch room in class', () => {
    expect((['LIVE_BROADCAST', 'ONLINE_STUDY', 'JOB_SHADOWING'] as const).map(bucketOf)).to.deep.equal(['IN_CLASS', 'ONLINE', 'PRACTICE']);
  });

  it('reversed, sums to nothing, and reverses no line twice', () => {
    const entries: LedgerEntry[] = creditsOf(overNewYear, overNewYearMarks, credited).map((credit, index) => ({
      ...credit,
      id: String(index),
      classId: 'c',
      reverses: null,
    }));
    const reversals = reversalsOf(entries).map((entry, index) => ({ ...entry, id: `r${String(index)}` }));
    expect(totalOf(sumByBucket([...entries, ...reversals], 2026))).to.equal(0);
    expect(reversalsOf([...entries, ...reversals])).to.be.empty;
  });

  it('ruling 30: shown to 0.1, rounded once, half up', () => {
    expect([0, 60, 90, 92, 93, 3, 2, 2400].map(showHours)).to.deep.equal(['0.0', '1.0', '1.5', '1.5', '1.6', '0.1', '0.0', '40.0']);
    holdsForAll([fc.nat(100_000)], (minutes) => Math.abs(Number(showHours(minutes).replace('.', '')) * 6 - minutes) <= 3);
  });
});

describe('Hours of a year', () => {
  it('domain.md §2.4: 56 for chiefs, 56 or 40 for committee members, 40 for the others', () => {
    const required = (facts: Partial<HoursFacts>) => hoursStanding({ ...staff, ...facts }, policy).requiredMinutes / 60;
    expect(required({ group: 'CHIEF' })).to.equal(56);
    expect(required({ group: 'COMMITTEE' })).to.equal(40);
    expect(required({ group: 'COMMITTEE', isPartyMember: true })).to.equal(56);
    expect(required({ isPartyMember: true })).to.equal(40);
  });

  it('domain.md §2.4, ruling 30: in the year of entry the new-hire row applies, whole', () => {
    const standing = hoursStanding(
      { ...staff, group: 'CHIEF', isYearOfEntry: true, monthsInService: 2, earned: { ...none, IN_CLASS: 1440 } },
      policy,
    );
    expect(standing).to.deep.include({ requiredMinutes: 24 * 60, isMet: true });
  });

  it('ruling 30: a part-year owes begun months ÷ 12', () => {
    expect(hoursStanding({ ...staff, monthsInService: 7 }, policy).requiredMinutes).to.equal(1400);
    expect(hoursStanding({ ...staff, monthsInService: 0 }, policy).requiredMinutes).to.equal(0);
  });

  it('ruling 30: every bucket counts without a cap; the class is a second condition', () => {
    const online = { ...staff, earned: { ...none, ONLINE: 2400 } };
    expect(hoursStanding(online, policy)).to.include({ missingMinutes: 0, classesRequired: 1, classesDone: 0, isMet: false });
    expect(hoursStanding({ ...online, completedTiers: ['TOWNSHIP'] }, policy).isMet).to.be.false;
    expect(hoursStanding({ ...online, completedTiers: ['COUNTY'] }, policy).isMet).to.be.true;
    expect(hoursStanding({ ...online, group: 'COMMITTEE', completedTiers: ['TOWNSHIP'] }, policy).isMet).to.be.true;
  });

  it('ruling 30: an in-class minimum is a condition of its own', () => {
    const strict = { ...policy, groups: { ...policy.groups, STAFF: { ...policy.groups.STAFF, inClassMinutes: 600 } } };
    const standing = hoursStanding({ ...staff, earned: { ...none, ONLINE: 2400, IN_CLASS: 240 }, completedTiers: ['CITY'] }, strict);
    expect(standing).to.include({ missingMinutes: 0, inClassMissingMinutes: 360, isMet: false });
  });

  it('ruling 30: the elapsed share is the days up to today ÷ the days of the year', () => {
    expect(elapsedShare(2026, civilDay('2026-01-01'))).to.deep.equal({ days: 1, of: 365 });
    expect(elapsedShare(2028, civilDay('2028-12-31'))).to.deep.equal({ days: 366, of: 366 });
    expect(elapsedShare(2026, civilDay('2025-06-01')).days).to.equal(0);
    expect(elapsedShare(2026, civilDay('2027-06-01')).days).to.equal(365);
  });

  it('falls behind only below the line, never on it', () => {
    const standing = (minutes: number) => hoursStanding({ ...staff, earned: { ...none, IN_CLASS: minutes } }, policy);
    expect(isBehind(standing(2400), 2026, civilDay('2026-12-31'))).to.be.false;
    expect(isBehind(standing(2399), 2026, civilDay('2026-12-31'))).to.be.true;
    expect(isBehind(standing(0), 2027, civilDay('2026-12-31'))).to.be.false;
  });
});
