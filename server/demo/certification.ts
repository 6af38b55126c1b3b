import type { HistoricCertificate } from '../certificates/certificates.service.js';
import type { Level } from '../certificates/level.rules.js';
import type { HistoricAttempt } from '../exams/exams.service.js';
import { levelStanding, subjectsOf, type ExamResult, type Subject } from '../exams/passes.rules.js';
import { addDays, addYears, civilDay, yearOf, type CivilDay } from '../platform/civilDays.js';
import { newId } from '../platform/ids.js';
import type { Worker } from '../workers/worker.rules.js';
import type { CountyStory } from './counties.js';
import type { Random } from './random.js';

/** The exam papers of one person over the last four years. */
export interface Papers {
  readonly attempts: readonly HistoricAttempt[];
  readonly certificates: readonly HistoricCertificate[];
}

/** The last exams, with the day their results came out in the demo. */
export const examDays: readonly { readonly year: number; readonly results: CivilDay }[] = [
  { year: 2023, results: civilDay('2023-08-11') },
  { year: 2024, results: civilDay('2024-08-08') },
  { year: 2025, results: civilDay('2025-07-25') },
  { year: 2026, results: civilDay('2026-07-24') },
];
const source = '演示数据';
const fiftyHours = 50 * 60;

/** Attempts and certificates of somebody: the certified share is the county's story, the rest tried or did not. */
export function papersOf(random: Random, worker: Worker, at: { story: CountyStory; number: number; today: CivilDay }): Papers {
  if (random.chance(at.story.certified)) return certified(random, worker, at);
  if (!random.chance(0.22)) return { attempts: [], certificates: [] };
  return { attempts: triedIn(random, worker, random.chance(0.4) ? 'SOCIAL_WORKER' : 'ASSISTANT', at.today), certificates: [] };
}

function certified(random: Random, worker: Worker, at: { number: number; today: CivilDay }): Papers {
  const level: Level = random.weighted({ ASSISTANT: 74, SOCIAL_WORKER: 25, SENIOR: 1 });
  const known = random.chance(0.6) ? past(random.pick([0, 1, 2, 3] as const), at.today) : null;
  const passedOn = known?.results ?? addDays(at.today, -random.between(1500, 3800));
  const attempts =
    known === null || level === 'SENIOR'
      ? []
      : subjectsOf[level].map((subject) => attemptOf(worker, { level, subject, ...known, score: random.between(60, 88) }));
  const studying =
    level === 'ASSISTANT' && random.chance(0.18)
      ? triedIn(random, worker, 'SOCIAL_WORKER', at.today).filter((one) => one.year > yearOf(passedOn))
      : [];
  return {
    attempts: [...attempts, ...studying],
    certificates: [certificateOf(random, worker, { level, passedOn, number: at.number, today: at.today })],
  };
}

/** An exam year whose results are out, counted back from the newest. */
function past(back: number, today: CivilDay): (typeof examDays)[number] | null {
  return examDays.filter((exam) => exam.results <= today).at(-1 - back) ?? null;
}

function certificateOf(
  random: Random,
  worker: Worker,
  of: { level: Level; passedOn: CivilDay; number: number; today: CivilDay },
): HistoricCertificate {
  const registeredOn = addDays(of.passedOn, random.between(60, 300));
  const registered = registeredOn <= of.today && random.chance(0.82);
  const periods = registered ? periodsOf(random, registeredOn, of.today) : [];
  const last = periods.at(-1);
  return {
    workerId: worker.id,
    divisionPath: worker.divisionPath,
    level: of.level,
    managementNo: `${String(yearOf(of.passedOn))}14${String(9_000_000 + of.number)}`,
    title: yearOf(of.passedOn) >= 2022 ? '社会工作者职业资格证书' : '社会工作者职业水平证书',
    obtainedOn: of.passedOn,
    examYear: yearOf(of.passedOn),
    reviewPassed: of.level === 'SENIOR',
    registrations: periods.map((period, index) => ({
      id: newId(),
      kind: index === 0 ? 'FIRST' : 'RENEWAL',
      level: of.level,
      ...period,
      source,
      recordedAt: new Date(`${period.from}T09:00:00+08:00`),
      recordedBy: source,
    })),
    ce:
      last === undefined
        ? []
        : [
            {
              id: newId(),
              kind: 'TRAINING',
              title: '继续教育面授班',
              endedOn: latest(addDays(last.from, 200), of.today),
              minutes: fiftyHours + 60 * random.between(-20, 40),
              source,
              recordedAt: new Date(`${of.passedOn}T09:00:00+08:00`),
              recordedBy: source,
            },
          ],
  };
}

/** Registration periods of three years, one after the other; now and then the last one was not renewed. */
function periodsOf(random: Random, from: CivilDay, today: CivilDay): { from: CivilDay; validThrough: CivilDay }[] {
  const periods: { from: CivilDay; validThrough: CivilDay }[] = [];
  for (let start = from; start <= today; start = addYears(start, 3)) {
    periods.push({ from: start, validThrough: addDays(addYears(start, 3), -1) });
    if (random.chance(0.12)) break;
  }
  return periods;
}

function latest(day: CivilDay, today: CivilDay): CivilDay {
  return day > today ? today : day;
}

/** Attempts that have not led to a certificate: some subjects passed, some not, some years missed. */
function triedIn(random: Random, worker: Worker, level: 'ASSISTANT' | 'SOCIAL_WORKER', today: CivilDay): HistoricAttempt[] {
  const years = examDays.filter((exam) => exam.results <= today && random.chance(0.45));
  const attempts = years.flatMap((exam) =>
    subjectsOf[level]
      .filter(() => random.chance(0.9))
      .map((subject) => {
        const score = random.between(38, 74);
        return attemptOf(worker, { level, subject, ...exam, score });
      }),
  );
  const results = attempts.map((one): ExamResult => ({
    subject: one.subject,
    year: one.year,
    passed: one.passed === true,
    eligibleThatYear: true,
    decidedAt: new Date(`${one.decidedOn}T10:00:00+08:00`),
  }));
  const isOpen = levelStanding(level, results, yearOf(today) + 1).kind === 'OPEN';
  return isOpen ? attempts : attempts.map((one) => (one.subject.endsWith('PRAC') ? { ...one, score: 57, passed: false } : one));
}

function attemptOf(
  worker: Worker,
  of: { level: Level; subject: Subject; year: number; results: CivilDay; score: number },
): HistoricAttempt {
  return {
    workerId: worker.id,
    divisionPath: worker.divisionPath,
    year: of.year,
    level: of.level,
    subject: of.subject,
    sat: true,
    score: of.score,
    passed: of.score >= 60,
    eligibleThatYear: true,
    decidedOn: of.results,
    source,
  };
}
