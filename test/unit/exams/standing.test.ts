import { expect } from 'chai';
import { calendarProblems, comingYear, lineFor } from '../../../server/exams/calendar.rules.js';
import type { CalendarYear } from '../../../server/exams/calendar.rules.js';
import type { ExamAttempt } from '../../../server/exams/attempt.rules.js';
import { eligibilityPolicy } from '../../../server/exams/exams.policies.js';
import type { Subject } from '../../../server/exams/passes.rules.js';
import { levelOfSubject } from '../../../server/exams/passes.rules.js';
import { couldSit, eligibilityFactsOf, personExams, yearResultsOf, type ExamGround } from '../../../server/exams/standing.rules.js';
import { civilDay } from '../../../server/platform/civilDays.js';
import type { WorkerFacts } from '../../../server/workers/worker.rules.js';
import { notice2026 } from './notice2026.js';

const facts = (more: object = {}): WorkerFacts =>
  ({
    worker: {
      fullTimeEducation: 'BACHELOR',
      inServiceEducation: null,
      education: 'BACHELOR',
      isSocialWorkMajor: false,
      workStartedOn: null,
      ...more,
    },
    appointments: [],
    statuses: [{ status: 'IN_SERVICE', from: civilDay('2024-01-01'), to: null }],
    exemptions: [],
  }) as unknown as WorkerFacts;

const attempt = (year: number, subject: Subject, passed: boolean): ExamAttempt =>
  ({
    year,
    subject,
    level: levelOfSubject(subject),
    sat: true,
    passed,
    eligibleThatYear: true,
    decidedAt: new Date(year, 8, 1),
  }) as ExamAttempt;

const ground = (more: Partial<ExamGround> = {}): ExamGround => ({
  facts: facts(),
  attempts: [],
  held: {},
  level: null,
  nextExam: 2027,
  policy: notice2026,
  ...more,
});

describe('how a person stands before the coming exam', () => {
  it('the shipped conditions are those of the 2026 notice', () => {
    expect(eligibilityPolicy.shipped.value).to.deep.equal(notice2026);
  });

  it('community work before the roster counts, and the mark of the major is of the highest study', () => {
    const found = eligibilityFactsOf(
      facts({ workStartedOn: civilDay('2020-05-01'), inServiceEducation: 'MASTER', education: 'MASTER', isSocialWorkMajor: true }),
      {},
    );
    expect(found.service).to.deep.equal([
      { from: '2020-05-01', to: '2024-01-01' },
      { from: '2024-01-01', to: null },
    ]);
    expect(found.educations).to.deep.equal([
      { level: 'BACHELOR', isSocialWork: false, obtainedOn: null },
      { level: 'MASTER', isSocialWork: true, obtainedOn: null },
    ]);
  });

  it('says what may be sat now and from when the rest', () => {
    const person = personExams(ground());
    expect(person.open).to.deep.equal(['ASSISTANT']);
    expect(person.eligibility.SOCIAL_WORKER).to.deep.include({ ok: false, shortfallYears: 1, earliestExamYear: 2028 });
    expect(person.aim).to.equal('ASSISTANT');
  });

  it('aims where something is carried, and calls it the last chance', () => {
    const person = personExams(ground({ attempts: [attempt(2026, 'S_COMP', true), attempt(2026, 'S_LAW', false)] }));
    expect([person.aim, person.isLastChance, person.hasLapsed]).to.deep.equal(['SOCIAL_WORKER', true, false]);
  });

  it('who holds the level has nothing to lose below it', () => {
    const person = personExams(
      ground({ level: 'SOCIAL_WORKER', held: { SOCIAL_WORKER: civilDay('2025-10-01') }, attempts: [attempt(2026, 'S_COMP', true)] }),
    );
    expect([person.isLastChance, person.aim, person.open]).to.deep.equal([false, 'SENIOR', []]);
  });

  it('the funnel asks whether a level above the one held then could be sat', () => {
    const held = { ASSISTANT: civilDay('2025-10-01') };
    expect([
      couldSit(ground(), 2024),
      couldSit(ground(), 2025),
      couldSit(ground({ held }), 2025),
      couldSit(ground({ held }), 2026),
    ]).to.deep.equal([false, true, true, false]);
  });

  it('counts what was done in each year and marks the one that completed the set', () => {
    const attempts = [
      attempt(2025, 'S_COMP', true),
      attempt(2025, 'S_LAW', true),
      attempt(2025, 'S_PRAC', false),
      attempt(2026, 'S_PRAC', true),
    ];
    expect(yearResultsOf(attempts, personExams(ground({ attempts })).standings)).to.deep.equal([
      { year: 2025, level: 'SOCIAL_WORKER', sat: 3, passed: 2, failed: 1, qualified: false },
      { year: 2026, level: 'SOCIAL_WORKER', sat: 1, passed: 1, failed: 0, qualified: true },
    ]);
  });
});

describe('the exam calendar', () => {
  const line = (more: Partial<CalendarYear>): CalendarYear => ({
    id: 'y',
    year: 2026,
    firstDay: civilDay('2026-05-23'),
    lastDay: civilDay('2026-05-24'),
    resultsOn: null,
    windows: [],
    source: '',
    version: 1,
    changedBy: '',
    changedAt: new Date(0),
    ...more,
  });

  it('the nearest registration window holds', () => {
    const windows = [
      { divisionId: 'nation', from: civilDay('2026-03-12'), to: civilDay('2026-03-30') },
      { divisionId: 'city', from: civilDay('2026-03-14'), to: civilDay('2026-03-24') },
    ];
    expect(lineFor(line({ windows }), ['nation', 'city', 'county'])).to.include({ registrationFrom: '2026-03-14' });
    expect(lineFor(line({ windows }), ['nation', 'other'])).to.include({ registrationFrom: '2026-03-12' });
    expect(lineFor(line({ windows: [] }), ['nation'])).to.include({ registrationFrom: null });
  });

  it('the coming exam is the one after the last whose results are out', () => {
    const years = [line({ year: 2025, resultsOn: civilDay('2025-07-25') }), line({ resultsOn: civilDay('2026-08-05') })];
    expect([comingYear(years, civilDay('2026-08-04')), comingYear(years, civilDay('2026-08-05'))]).to.deep.equal([2026, 2027]);
  });

  it('names every fault of a line', () => {
    expect(calendarProblems(line({}), null)).to.deep.equal([]);
    const wrong = { ...line({ firstDay: civilDay('2027-05-23'), lastDay: civilDay('2027-05-20'), resultsOn: civilDay('2027-05-01') }) };
    expect(calendarProblems(wrong, { from: civilDay('2027-06-02'), to: civilDay('2027-06-01') })).to.deep.equal([
      'WRONG_YEAR',
      'DAYS_ORDER',
      'RESULTS_BEFORE_EXAM',
      'WINDOW_ORDER',
      'WINDOW_AFTER_EXAM',
    ]);
  });
});
