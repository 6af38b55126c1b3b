import { expect } from 'chai';
import fc from 'fast-check';
import { civilDay } from '../../../server/platform/civilDays.js';
import { nextExamYear, registrationPhase } from '../../../server/exams/examYears.rules.js';
import { isReviewInTime, lastDecided, levelStanding, subjectsOf } from '../../../server/exams/passes.rules.js';
import type { ExamResult, LevelStanding, Subject } from '../../../server/exams/passes.rules.js';
import { decidePass, passMarkFor } from '../../../server/exams/passMarks.rules.js';
import type { PassMark } from '../../../server/exams/passMarks.rules.js';
import { holdsForAll } from '../../support/property.js';

const names: Record<string, Subject> = { COMP: 'S_COMP', PRAC: 'S_PRAC', LAW: 'S_LAW' };

/** Passes of a year, `passes(2024, 'COMP LAW')`; the other subjects were failed or not sat. */
function passes(year: number, subjects: string, eligibleThatYear = true): ExamResult[] {
  const decidedAt = new Date(`${String(year)}-08-01T00:00:00Z`);
  return subjects
    .split(' ')
    .map((name) => ({ subject: names[name] ?? (name as Subject), year, passed: true, eligibleThatYear, decidedAt }));
}

function qualified(standing: LevelStanding): number | null {
  return standing.kind === 'QUALIFIED' ? standing.year : null;
}

function standingOf(nextExam: number, ...results: ExamResult[][]) {
  return levelStanding('SOCIAL_WORKER', results.flat(), nextExam);
}

describe('Rolling passes (domain.md §1.5)', () => {
  it('(a) 2024 COMP and LAW, 2025 PRAC: qualified in 2025', () => {
    expect(qualified(standingOf(2026, passes(2024, 'COMP LAW'), passes(2025, 'PRAC')))).to.equal(2025);
  });

  it('(b) 2024 COMP, 2025 LAW, 2026 PRAC: not qualified in 2026, COMP is dead', () => {
    const results = [passes(2024, 'COMP'), passes(2025, 'LAW'), passes(2026, 'PRAC')];
    const standing = standingOf(2027, ...results);
    expect(standing).to.deep.include({
      kind: 'OPEN',
      mustPass: ['S_COMP', 'S_LAW'],
      isLastChance: true,
      lapsed: [{ subject: 'S_LAW', passedIn: 2025 }],
    });
    expect(standingOf(2026, ...results)).to.deep.include({ lapsed: [{ subject: 'S_COMP', passedIn: 2024 }] });
  });

  it('(c) 2024 COMP and LAW, absent in 2025, 2026 PRAC: not qualified', () => {
    const results = [passes(2024, 'COMP LAW'), passes(2026, 'PRAC')];
    expect(qualified(standingOf(2027, ...results))).to.be.null;
    expect(standingOf(2026, ...results)).to.deep.include({
      carried: [],
      mustPass: ['S_COMP', 'S_PRAC', 'S_LAW'],
      lapsed: [
        { subject: 'S_COMP', passedIn: 2024 },
        { subject: 'S_LAW', passedIn: 2024 },
      ],
    });
  });

  it('(d) the same subject passed twice: the later year wins', () => {
    const results = [passes(2024, 'COMP'), passes(2025, 'COMP LAW'), passes(2026, 'PRAC')];
    expect(qualified(standingOf(2027, ...results))).to.equal(2026);
    expect(standingOf(2026, ...results.slice(0, 2))).to.deep.include({
      carried: [
        { subject: 'S_COMP', passedIn: 2025, countsUntil: 2026 },
        { subject: 'S_LAW', passedIn: 2025, countsUntil: 2026 },
      ],
      mustPass: ['S_PRAC'],
      lapsed: [],
    });
  });

  it('(e) ASSISTANT 2025 A_COMP, 2026 A_PRAC: not qualified, nothing carries over', () => {
    const results = [...passes(2025, 'A_COMP'), ...passes(2026, 'A_PRAC')];
    expect(levelStanding('ASSISTANT', results, 2027)).to.deep.include({
      kind: 'OPEN',
      carried: [],
      mustPass: ['A_COMP', 'A_PRAC'],
      isLastChance: false,
    });
    expect(levelStanding('ASSISTANT', passes(2026, 'A_COMP A_PRAC'), 2027)).to.include({ kind: 'QUALIFIED', year: 2026 });
  });

  it('(f) the exam of 2020 was in autumn: the window is still by exam year', () => {
    expect(qualified(standingOf(2022, passes(2020, 'COMP'), passes(2021, 'PRAC LAW')))).to.equal(2021);
    expect(qualified(standingOf(2023, passes(2020, 'COMP'), passes(2022, 'PRAC LAW')))).to.be.null;
  });

  it('before the exam, last chance is whatever is carried into it', () => {
    expect(standingOf(2026, passes(2025, 'COMP LAW'))).to.deep.include({ isLastChance: true, mustPass: ['S_PRAC'] });
    expect(standingOf(2025, passes(2025, 'COMP LAW'))).to.deep.include({ isLastChance: false, carried: [] });
  });

  it('decision 22, ruling 32: the flag last decided counts, a re-import may turn a fail into a pass', () => {
    const [pass] = passes(2025, 'PRAC');
    const fail: ExamResult = { ...pass!, passed: false, decidedAt: new Date('2025-07-25T00:00:00Z') };
    expect(lastDecided([pass!, fail])).to.deep.equal([pass]);
    expect(qualified(standingOf(2026, passes(2024, 'COMP LAW'), [fail]))).to.be.null;
    expect(qualified(standingOf(2026, passes(2024, 'COMP LAW'), [fail, pass!]))).to.equal(2025);
  });

  it('a later pass never hurts who was eligible, and never comes too early', () => {
    const years = fc.array(fc.subarray(['COMP', 'PRAC', 'LAW']), { minLength: 5, maxLength: 5 });
    holdsForAll([years, fc.integer({ min: 0, max: 4 }), fc.constantFrom('COMP', 'PRAC', 'LAW')], (drawn, at, extra) => {
      const results = drawn.flatMap((subjects, index) => (subjects.length === 0 ? [] : passes(2020 + index, subjects.join(' '))));
      const before = qualified(standingOf(2026, results));
      const after = qualified(standingOf(2026, results, passes(2020 + at, extra)));
      return before === null || (after !== null && after <= before);
    });
  });

  it('agrees with the definition, subject by subject', () => {
    const years = fc.array(fc.subarray(['COMP', 'PRAC', 'LAW']), { minLength: 5, maxLength: 5 });
    holdsForAll([years], (drawn) => {
      const has = (subject: string, index: number) => drawn[index]?.includes(subject) === true;
      const results = drawn.flatMap((subjects, index) => (subjects.length === 0 ? [] : passes(2020 + index, subjects.join(' '))));
      const expected = [0, 1, 2, 3, 4].find((index) =>
        ['COMP', 'PRAC', 'LAW'].every((subject) => has(subject, index) || has(subject, index - 1)),
      );
      return qualified(standingOf(2025, results)) === (expected === undefined ? null : 2020 + expected);
    });
  });
});

describe('Passes of a year without eligibility (ruling 32)', () => {
  it('documents.md §9.4 case 7: not eligible in 2024, then passing the rest in 2025 voids all three, restart in 2026', () => {
    const results = [passes(2024, 'COMP LAW', false), passes(2025, 'PRAC')];
    expect(standingOf(2026, ...results)).to.deep.include({
      kind: 'OPEN',
      carried: [],
      mustPass: subjectsOf.SOCIAL_WORKER,
      voided: [
        { subject: 'S_COMP', year: 2024, reason: 'NOT_ELIGIBLE' },
        { subject: 'S_LAW', year: 2024, reason: 'NOT_ELIGIBLE' },
        { subject: 'S_PRAC', year: 2025, reason: 'SET_VOID' },
      ],
    });
  });

  it('otherwise only the ineligible year is void', () => {
    const standing = standingOf(2026, passes(2024, 'COMP', false), passes(2025, 'PRAC'));
    expect(standing).to.deep.include({ carried: [{ subject: 'S_PRAC', passedIn: 2025, countsUntil: 2026 }] });
    expect(standing.voided).to.deep.equal([{ subject: 'S_COMP', year: 2024, reason: 'NOT_ELIGIBLE' }]);
  });

  it('a year that is a full set by itself stands, whatever came before', () => {
    expect(qualified(standingOf(2026, passes(2024, 'COMP LAW', false), passes(2025, 'COMP PRAC LAW')))).to.equal(2025);
  });

  it('an ineligible second year voids itself alone', () => {
    const standing = standingOf(2026, passes(2024, 'COMP LAW'), passes(2025, 'PRAC', false));
    expect(standing).to.deep.include({ kind: 'OPEN', voided: [{ subject: 'S_PRAC', year: 2025, reason: 'NOT_ELIGIBLE' }] });
  });

  it('for ASSISTANT and SENIOR the pass of that year is void', () => {
    expect(levelStanding('ASSISTANT', passes(2025, 'A_COMP A_PRAC', false), 2026).kind).to.equal('OPEN');
    expect(levelStanding('SENIOR', passes(2025, 'H_PRAC', false), 2026).kind).to.equal('OPEN');
  });

  it('senior: applying for review within the three years suffices', () => {
    const issued = civilDay('2023-09-15');
    expect(isReviewInTime(issued, civilDay('2026-09-15'), 3)).to.be.true;
    expect(isReviewInTime(issued, civilDay('2026-09-16'), 3)).to.be.false;
  });
});

describe('Pass marks', () => {
  const row = (divisionId: string, mark: number, announcedOn: string): PassMark => ({
    year: 2025,
    level: 'SOCIAL_WORKER',
    subject: 'S_PRAC',
    divisionId,
    mark,
    announcedOn: civilDay(announcedOn),
  });
  const rows = [row('nation', 60, '2025-07-25'), row('province', 58, '2025-09-15')];
  const markOn = (day: string, divisionPath = ['nation', 'province', 'city']) =>
    passMarkFor(rows, { year: 2025, subject: 'S_PRAC', divisionPath, asOf: civilDay(day) })?.mark ?? null;

  it('are the nearest region’s, from the day announced', () => {
    expect([markOn('2025-07-24'), markOn('2025-07-25'), markOn('2025-09-15')]).to.deep.equal([null, 60, 58]);
    expect(markOn('2025-12-01', ['nation', 'elsewhere'])).to.equal(60);
  });

  it('decide only where there is no official flag; the mark itself passes', () => {
    const mark = row('nation', 60, '2025-07-25');
    expect(decidePass({ score: 60, official: null, sat: true }, mark)).to.deep.equal({ kind: 'BY_MARK', passed: true, mark: 60 });
    expect(decidePass({ score: 59, official: null, sat: true }, mark)).to.include({ passed: false });
    expect(decidePass({ score: 59, official: true, sat: true }, mark)).to.deep.equal({ kind: 'OFFICIAL', passed: true });
    expect(decidePass({ score: null, official: null, sat: false }, mark)).to.deep.equal({ kind: 'ABSENT' });
    expect(decidePass({ score: 60, official: null, sat: true }, null)).to.deep.equal({ kind: 'UNDECIDED' });
  });
});

describe('The exam calendar', () => {
  const line = (year: number, resultsOn: string | null) => ({
    year,
    registrationFrom: civilDay(`${String(year)}-03-10`),
    registrationTo: civilDay(`${String(year)}-03-31`),
    firstDay: civilDay(`${String(year)}-05-24`),
    lastDay: civilDay(`${String(year)}-05-25`),
    resultsOn: resultsOn === null ? null : civilDay(resultsOn),
  });

  it('names the exam still to be decided', () => {
    const calendar = [line(2025, '2025-07-25'), line(2026, null)];
    expect(nextExamYear(calendar, civilDay('2025-07-24'))).to.equal(2025);
    expect(nextExamYear(calendar, civilDay('2025-07-25'))).to.equal(2026);
    expect(nextExamYear([line(2026, '2026-07-24')], civilDay('2026-11-24'))).to.equal(2027);
  });

  it('knows when registration is open, the last day included', () => {
    const phases = ['2026-03-09', '2026-03-10', '2026-03-31', '2026-04-01'].map((day) =>
      registrationPhase(line(2026, null), civilDay(day)),
    );
    expect(phases).to.deep.equal(['NOT_YET', 'OPEN', 'OPEN', 'OVER']);
    expect(registrationPhase(undefined, civilDay('2026-03-10'))).to.equal('UNKNOWN');
  });
});
