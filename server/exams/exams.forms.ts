import { z } from 'zod';
import { day, list, oneOf, optionalDay, text, version, whole } from '../platform/http/fields.js';
import type { Problem } from '../platform/http/forms.js';
import { isId } from '../platform/ids.js';
import { levels } from '../certificates/level.rules.js';
import type { Published } from './attempt.rules.js';
import { subjects, type Subject } from './passes.rules.js';

/** How a subject came out, as the form offers it; BY_MARK leaves it to the score and the pass mark. */
export const outcomes = ['BY_MARK', 'PASSED', 'FAILED', 'ABSENT'] as const;
export type OutcomeChoice = (typeof outcomes)[number];

/** The ways the conditions of the year can be judged. */
export const eligibilityAnswers = ['RULE', 'REVIEW_PASSED', 'REVIEW_REFUSED'] as const;

const workerId = text('exams.worker', 24).refine(isId, 'exams.worker.missing');
const examYear = whole('exams.year', 2008, 2100);

type Body = Readonly<Record<string, string | readonly string[] | undefined>>;

function typed(body: Body, name: string): string {
  const value = body[name];
  return typeof value === 'string' ? value.normalize('NFKC').trim() : '';
}

/** Reads one subject of a form; null when nothing was filled in, a message key when it cannot be read. */
function readSubject(body: Body, subject: Subject): Published | null | { readonly problem: string } {
  const score = typed(body, subject);
  const choice = outcomes.find((one) => one === typed(body, `${subject}_outcome`)) ?? 'BY_MARK';
  if (choice === 'ABSENT') return score === '' ? { subject, sat: false, score: null, official: null } : { problem: 'exams.score.absent' };
  if (score === '') return choice === 'BY_MARK' ? null : { subject, sat: true, score: null, official: choice === 'PASSED' };
  if (!/^\d{1,3}$/.test(score)) return { problem: /^\d+\.\d+$/.test(score) ? 'exams.score.notWhole' : 'exams.score.notANumber' };
  if (Number(score) > 100) return { problem: 'exams.score.outOfRange' };
  return { subject, sat: true, score: Number(score), official: choice === 'BY_MARK' ? null : choice === 'PASSED' };
}

/** Reads some subjects of a form: the field of a score is called by its subject, that of the outcome `<subject>_outcome`. */
export function readSubjects(
  body: Body,
  of: readonly Subject[],
): { readonly results: readonly Published[]; readonly problems: readonly Problem[] } {
  const read = of.map((subject) => ({ subject, found: readSubject(body, subject) }));
  return {
    results: read.flatMap(({ found }) => (found === null || 'problem' in found ? [] : [found])),
    problems: read.flatMap(({ subject, found }) => (found !== null && 'problem' in found ? [{ field: subject, key: found.problem }] : [])),
  };
}

/** Results of a person, year and level, beside the subjects. */
export const resultsForm = z.object({
  workerId,
  year: examYear,
  level: oneOf('exams.level', levels),
  eligibility: oneOf('exams.eligibilityAnswer', eligibilityAnswers),
  source: text('exams.source', 100),
});

/** A correction of one result, beside the subject. */
export const correctionForm = z.object({
  eligibility: oneOf('exams.eligibilityAnswer', eligibilityAnswers),
  source: text('exams.source', 100),
  reason: text('exams.reason', 200),
});

/** People who registered for a level of the coming exam. */
export const entriesForm = z.object({ worker: list, level: oneOf('exams.level', levels) });
export const withdrawalForm = z.object({ level: oneOf('exams.level', levels) });

/** A line of the exam calendar. */
export const yearForm = z.object({
  year: examYear,
  firstDay: day('exams.calendar.firstDay'),
  lastDay: optionalDay('exams.calendar.lastDay'),
  resultsOn: optionalDay('exams.calendar.resultsOn'),
  registrationFrom: optionalDay('exams.calendar.registrationFrom'),
  registrationTo: optionalDay('exams.calendar.registrationTo'),
  windowDivisionId: text('exams.calendar.window', 24).refine(isId, 'exams.calendar.window.missing'),
  source: text('exams.calendar.source', 100),
});
export const changedYearForm = yearForm.extend({ version });

/** A pass mark. */
export const markForm = z.object({
  year: examYear,
  subject: oneOf('exams.mark.subject', subjects as unknown as readonly [Subject, ...Subject[]]),
  divisionId: text('exams.mark.region', 24).refine(isId, 'exams.mark.region.missing'),
  mark: whole('exams.mark.mark', 1, 100),
  announcedOn: day('exams.mark.announcedOn'),
  source: text('exams.mark.source', 100),
});
