import { expect } from 'chai';
import { civilDay } from '../../../server/platform/civilDays.js';
import {
  actOnClass,
  actionsFrom,
  isTierAtLeast,
  lengthInDays,
  spanOf,
  timetableProblems,
} from '../../../server/trainings/classes.rules.js';
import type { ClassSession } from '../../../server/trainings/classes.rules.js';
import { actOnEnrolment, enrolmentActionsFrom, enrolmentStates, isActive, isOpen } from '../../../server/trainings/enrolment.rules.js';
import { isSlot, sharedSlots, slot, slotDay, slotHalf, slotsBetween } from '../../../server/trainings/slots.rules.js';

const today = civilDay('2026-11-24');
const policy = { maxMinutesPerHalfDay: 240 };

function session(at: string, creditMinutes = 240, counted = true): ClassSession {
  return { id: at, slot: slot(at), form: 'LECTURE', creditMinutes, counted };
}

function problems(firstDay: string, lastDay: string, sessions: readonly ClassSession[]) {
  return timetableProblems({ firstDay: civilDay(firstDay), lastDay: civilDay(lastDay), sessions }, today, policy);
}

describe('Half-days', () => {
  it('are written 2026-12-08-AM and compare in order of time', () => {
    expect(isSlot('2026-12-08-AM')).to.be.true;
    for (const text of ['2026-12-08', '2026-02-30-AM', '2026-12-08-EV', '2026-12-08-AM ']) expect(isSlot(text), text).to.be.false;
    expect(() => slot('2026-12-08-XX')).to.throw(RangeError);
    expect([slotDay(slot('2026-12-08-PM')), slotHalf(slot('2026-12-08-PM'))]).to.deep.equal(['2026-12-08', 'PM']);
    expect(slotsBetween(slot('2026-12-31-PM'), slot('2027-01-01-PM'))).to.deep.equal(['2026-12-31-PM', '2027-01-01-AM', '2027-01-01-PM']);
    expect(slotsBetween(slot('2027-01-02-AM'), slot('2027-01-01-PM'))).to.be.empty;
  });

  it('overlap only where a half-day is shared', () => {
    const morning = [slot('2026-12-08-AM'), slot('2026-12-09-AM')];
    expect(sharedSlots(morning, [slot('2026-12-08-PM')])).to.be.empty;
    expect(sharedSlots(morning, [slot('2026-12-09-AM'), slot('2026-12-09-PM')])).to.deep.equal(['2026-12-09-AM']);
  });
});

describe('Training classes', () => {
  it('order the tiers from the nation down', () => {
    expect(isTierAtLeast('PROVINCE', 'CITY')).to.be.true;
    expect(isTierAtLeast('CITY', 'CITY')).to.be.true;
    expect(isTierAtLeast('COUNTY', 'CITY')).to.be.false;
  });

  it('go from draft to closed, and say which step does not exist', () => {
    expect(actOnClass('DRAFT', 'PUBLISH')).to.deep.equal({ ok: true, state: 'PUBLISHED' });
    expect(actOnClass('PUBLISHED', 'POSTPONE')).to.deep.equal({ ok: true, state: 'POSTPONED' });
    expect(actOnClass('POSTPONED', 'RESCHEDULE')).to.deep.equal({ ok: true, state: 'PUBLISHED' });
    expect(actOnClass('IN_PROGRESS', 'CLOSE')).to.deep.equal({ ok: true, state: 'CLOSED' });
    expect(actOnClass('CLOSED', 'REOPEN')).to.deep.equal({ ok: true, state: 'IN_PROGRESS' });
    expect(actOnClass('CLOSED', 'CANCEL')).to.deep.equal({
      ok: false,
      reason: { kind: 'NOT_FROM_HERE', action: 'CANCEL', state: 'CLOSED' },
    });
    expect(actionsFrom('CANCELLED')).to.be.empty;
  });

  it('are as long as their counted half-days ÷ 2 (ruling 28)', () => {
    const sessions = [session('2026-12-07-PM', 0, false), session('2026-12-08-AM'), session('2026-12-08-PM'), session('2026-12-09-AM')];
    expect(lengthInDays(sessions)).to.equal(1.5);
    expect(spanOf(sessions)).to.deep.equal({ firstDay: '2026-12-07', lastDay: '2026-12-09' });
    expect(spanOf([])).to.be.null;
  });

  it('may end in the next year, not begin in the last or end in the one after', () => {
    expect(problems('2026-12-31', '2027-01-01', [session('2026-12-31-AM'), session('2027-01-01-AM')])).to.be.empty;
    expect(problems('2025-12-31', '2026-01-01', [session('2026-01-01-AM')])).to.deep.equal([{ kind: 'YEAR', year: 2025 }]);
    expect(problems('2027-12-31', '2028-01-01', [session('2028-01-01-AM')])).to.deep.equal([{ kind: 'YEAR', year: 2028 }]);
  });

  it('refuse an end before the begin, a half-day twice or outside, and credit that is missing or too much', () => {
    expect(problems('2026-12-14', '2026-12-11', [])).to.deep.equal([
      { kind: 'ENDS_BEFORE_BEGIN', firstDay: '2026-12-14', lastDay: '2026-12-11' },
    ]);
    expect(problems('2026-12-08', '2026-12-08', [session('2026-12-08-AM', 0, false)])).to.deep.equal([{ kind: 'NO_COUNTED_SESSION' }]);
    const faulty = [session('2026-12-09-AM'), session('2026-12-08-AM', 0), session('2026-12-08-PM', 241), session('2026-12-08-PM')];
    expect(problems('2026-12-08', '2026-12-08', faulty)).to.deep.equal([
      { kind: 'OUTSIDE_DATES', slot: '2026-12-09-AM' },
      { kind: 'NO_CREDIT', slot: '2026-12-08-AM' },
      { kind: 'TOO_MUCH_CREDIT', slot: '2026-12-08-PM', minutes: 241, max: 240 },
      { kind: 'TWICE', slot: '2026-12-08-PM' },
    ]);
  });
});

describe('Enrolments', () => {
  it('go from nomination to completion, over the waiting list too', () => {
    const walk = (...actions: Parameters<typeof actOnEnrolment>[1][]) =>
      actions.reduce<Parameters<typeof actOnEnrolment>[0]>((state, action) => {
        const step = actOnEnrolment(state, action);
        return step.ok ? step.state : state;
      }, 'NOMINATED');
    expect(walk('CONFIRM', 'ARRIVE', 'COMPLETE')).to.equal('COMPLETED');
    expect(walk('WAITLIST', 'PROMOTE', 'ARRIVE', 'FAIL', 'REOPEN', 'COMPLETE')).to.equal('COMPLETED');
    expect(walk('RETURN', 'RENOMINATE', 'CONFIRM', 'MISS')).to.equal('ABSENT');
    expect(walk('CONFIRM', 'CANCEL_CLASS')).to.equal('WITHDRAWN');
  });

  it('refuse a step that does not exist, and name it', () => {
    expect(actOnEnrolment('WAITLISTED', 'ARRIVE')).to.deep.equal({
      ok: false,
      reason: { kind: 'NOT_FROM_HERE', action: 'ARRIVE', state: 'WAITLISTED' },
    });
    expect(enrolmentActionsFrom('COMPLETED')).to.deep.equal(['REOPEN']);
  });

  it('hold a seat while active; only an open place is an arrangement', () => {
    expect(enrolmentStates.filter((state) => !isActive(state))).to.deep.equal(['RETURNED', 'WAITLISTED', 'WITHDRAWN']);
    expect(enrolmentStates.filter(isOpen)).to.deep.equal(['NOMINATED', 'CONFIRMED', 'ATTENDED']);
  });
});
