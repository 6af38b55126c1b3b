import { expect } from 'chai';
import fc from 'fast-check';
import { completionPolicy } from '../../../server/attendance/attendance.policies.js';
import { allowedLeaveHalfDays, completionOf, makeUpHalfDaysNeeded, marks } from '../../../server/attendance/completion.rules.js';
import type { Assessment, CompletionPolicy, SessionMark } from '../../../server/attendance/completion.rules.js';
import type { ClassSession } from '../../../server/trainings/classes.rules.js';
import { addDays, civilDay } from '../../../server/platform/civilDays.js';
import { slotOf } from '../../../server/trainings/slots.rules.js';
import { holdsForAll } from '../../support/property.js';

const shipped = completionPolicy.shipped.value;
const ratioOnly: CompletionPolicy = { ...shipped, lengthRows: [] };

/** A class of n half-days of four 学时 from Monday 2026-12-07. */
function classOf(halfDays: number, minutes = 240): ClassSession[] {
  return Array.from({ length: halfDays }, (_, index) => ({
    id: String(index),
    slot: slotOf(addDays(civilDay('2026-12-07'), Math.floor(index / 2)), index % 2 === 0 ? 'AM' : 'PM'),
    form: 'LECTURE',
    creditMinutes: minutes,
    counted: true,
  }));
}

/** One letter per half-day: p present, l late, e left early, v leave, a absent, m absent and made up, n leave and made up, - no mark. */
function marked(letters: string): SessionMark[] {
  return [...letters].flatMap((letter, index) => {
    const mark = 'vn'.includes(letter) ? 'APPROVED_LEAVE' : 'am'.includes(letter) ? 'ABSENT' : 'PRESENT';
    return letter === '-'
      ? []
      : [{ sessionId: String(index), mark, late: letter === 'l', leftEarly: letter === 'e', madeUp: 'mn'.includes(letter) } as const];
  });
}

function outcome(letters: string, policy = shipped, assessment: Assessment = 'NONE') {
  const completion = completionOf(classOf(letters.length), marked(letters), assessment, policy);
  return completion.kind === 'NOT_COMPLETED' ? completion.problems.map((problem) => problem.kind) : completion.kind;
}

describe('Completion', () => {
  it('documents.md §9.4 case 1: five days bear one half-day of leave (10 %), not two (20 %)', () => {
    expect(outcome('vppppppppp')).to.equal('COMPLETED');
    expect(outcome('vvpppppppp')).to.deep.equal(['LEAVE_OVER_SHARE']);
  });

  it('documents.md §9.4 case 1: in three days one half-day is 16.7 %, over 1/7 unless the short-class row applies', () => {
    expect(outcome('vppppp', ratioOnly)).to.deep.equal(['LEAVE_OVER_SHARE']);
    expect(outcome('vppppp')).to.equal('COMPLETED');
    expect(outcome('vvpppp')).to.deep.equal(['LEAVE_OVER_HALF_DAYS']);
  });

  it('documents.md §9.4 case 1: one of seven half-days is exactly 1/7 and not over', () => {
    expect(outcome('vpppppp')).to.equal('COMPLETED');
    expect(outcome('vpppppp', ratioOnly)).to.equal('COMPLETED');
  });

  it('documents.md §9.4 case 2: one unapproved half-day is absence, never netted against leave', () => {
    const completion = completionOf(classOf(10), marked('appppppppp'), 'NONE', shipped);
    expect(completion).to.deep.include({ kind: 'NOT_COMPLETED', problems: [{ kind: 'ABSENT', absentHalfDays: 1, max: 0 }] });
    expect(completion.summary).to.include({ absentHalfDays: 1, absentMinutes: 240, leaveHalfDays: 0, leaveMinutes: 0, totalMinutes: 2400 });
    expect(outcome('avpppppppp', { ...shipped, maxUnapprovedHalfDays: 1 })).to.equal('COMPLETED');
  });

  it('decision 15: late and early count as present', () => {
    const completion = completionOf(classOf(4), marked('lepp'), 'NONE', shipped);
    expect(completion.kind).to.equal('COMPLETED');
    expect(completion.summary).to.include({ attendedHalfDays: 4, lateTimes: 1, leftEarlyTimes: 1 });
  });

  it('decision 15: the assessment must be passed if there is one', () => {
    expect(outcome('pp', shipped, 'PASSED')).to.equal('COMPLETED');
    expect(outcome('pp', shipped, 'FAILED')).to.deep.equal(['ASSESSMENT_FAILED']);
    expect(outcome('pa', shipped, 'NOT_TAKEN')).to.deep.equal(['ABSENT', 'ASSESSMENT_NOT_TAKEN']);
  });

  it('decision 15: a class cannot close with marks missing; sessions that do not count need none', () => {
    expect(outcome('p-pp')).to.equal('MARKS_MISSING');
    const opening: ClassSession = { ...classOf(5)[4]!, creditMinutes: 0, counted: false };
    expect(completionOf([...classOf(4), opening], marked('pppp'), 'NONE', shipped).kind).to.equal('COMPLETED');
  });

  it('ruling 28: where a length row fits it replaces the 1/7, the shortest first', () => {
    const rows = {
      ...shipped,
      lengthRows: [
        { upToDays: 15, maxLeaveHalfDays: 2 },
        { upToDays: 3, maxLeaveHalfDays: 1 },
      ],
    };
    expect(outcome('vvpppppppp', rows)).to.equal('COMPLETED');
    expect(outcome('vvpppp', rows)).to.deep.equal(['LEAVE_OVER_HALF_DAYS']);
    expect(outcome(`${'v'.repeat(5)}${'p'.repeat(30)}`, rows)).to.equal('COMPLETED');
  });

  it('ruling 28: whatever the row allows, at least half must have been attended', () => {
    expect(outcome('v')).to.deep.equal(['TOO_LITTLE_ATTENDED']);
    expect(outcome('vp')).to.equal('COMPLETED');
    expect(outcome('vvp', { ...shipped, lengthRows: [{ upToDays: 3, maxLeaveHalfDays: 9 }] })).to.deep.equal(['TOO_LITTLE_ATTENDED']);
  });

  it('ruling 28: a make-up clears an absence and no longer counts as leave', () => {
    expect(outcome('mppppp')).to.equal('COMPLETED');
    expect(outcome('nvpppp')).to.equal('COMPLETED');
    expect(completionOf(classOf(6), marked('nmpppp'), 'NONE', shipped).summary).to.include({
      madeUpHalfDays: 2,
      attendedHalfDays: 6,
      leaveHalfDays: 0,
    });
  });

  it('says how many half-days of leave a class bears (documents.md §2.2)', () => {
    const byRatio = [1, 3, 6, 7, 13, 14, 20].map((halfDays) => allowedLeaveHalfDays(classOf(halfDays), ratioOnly));
    expect(byRatio).to.deep.equal([0, 0, 0, 1, 1, 2, 2]);
    expect([1, 2, 6, 7].map((halfDays) => allowedLeaveHalfDays(classOf(halfDays), shipped))).to.deep.equal([0, 1, 1, 1]);
  });

  it('says how many half-days made up would do', () => {
    const needed = (letters: string) => makeUpHalfDaysNeeded(classOf(letters.length), marked(letters), shipped);
    expect(['vppppppppp', 'vvvppppppp', 'avvppppppp', 'aapppppppp'].map(needed)).to.deep.equal([0, 2, 2, 2]);
    expect(needed('vvvvvvvvvv')).to.equal(9);
  });

  it('is monotone: leave or absence turned into presence never undoes it, presence into absence never makes it', () => {
    const letters = fc.array(fc.constantFrom('p', 'v', 'a', 'm', 'l'), { minLength: 1, maxLength: 16 });
    const policies = fc.constantFrom(shipped, ratioOnly, { ...shipped, maxUnapprovedHalfDays: 2 });
    holdsForAll([letters, fc.nat(15), policies], (marksOf, at, policy) => {
      const better = marksOf.map((letter, index) => (index === at % marksOf.length ? 'p' : letter));
      const [before, after] = [outcome(marksOf.join(''), policy), outcome(better.join(''), policy)];
      return before !== 'COMPLETED' || after === 'COMPLETED';
    });
  });

  it('counts every counted session once: attended, leave and absent sum to the class', () => {
    const any = fc.array(
      fc.record({ mark: fc.constantFrom(...marks), late: fc.boolean(), leftEarly: fc.boolean(), madeUp: fc.boolean() }),
      { minLength: 1, maxLength: 12 },
    );
    holdsForAll([any], (facts) => {
      const given = facts.map((fact, index) => ({ ...fact, sessionId: String(index) }));
      const { summary } = completionOf(classOf(facts.length), given, 'NONE', shipped);
      return summary.attendedMinutes + summary.leaveMinutes + summary.absentMinutes === summary.totalMinutes;
    });
  });
});
