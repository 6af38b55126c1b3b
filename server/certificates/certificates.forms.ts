import { z } from 'zod';
import { day, oneOf, optionalDay, optionalText, text, ticked, version, whole } from '../platform/http/fields.js';
import { isId } from '../platform/ids.js';
import { levels } from './level.rules.js';

const firstExamYear = 2008;
const mostHours = 500;

/** The fields of a certificate in the order of its form. */
export const certificateFields = ['level', 'managementNo', 'obtainedOn', 'examYear', 'title', 'reviewPassed', 'reason'] as const;
/** The fields of the forms on a certificate, all of them together. */
export const entryFields = ['from', 'validThrough', 'kind', 'title', 'endedOn', 'hours', 'source', 'reason'] as const;

/** The number as it is kept: half-width, without blanks, capitals. */
const managementNo = text('certificates.managementNo', 40).transform((value) => value.normalize('NFKC').replace(/\s/g, '').toUpperCase());

/** The year may be left empty. */
const examYear = optionalText('certificates.examYear', 9).transform((value, ctx) => {
  if (value === '') return null;
  const parsed = whole('certificates.examYear', firstExamYear, 2100).safeParse(value);
  if (parsed.success) return parsed.data;
  ctx.addIssue({ code: 'custom', message: parsed.error.issues[0]?.message ?? 'certificates.examYear.notANumber' });
  return z.NEVER;
});

const paper = {
  level: oneOf('certificates.level', levels),
  managementNo,
  title: optionalText('certificates.certificateTitle', 60),
  obtainedOn: day('certificates.obtainedOn'),
  examYear,
  reviewPassed: ticked,
};
const reason = text('certificates.reason', 200);
const source = text('certificates.source', 100);

/** A certificate of a person. */
export const enterForm = z.object({ workerId: text('certificates.worker', 24).refine(isId, 'certificates.worker.missing'), ...paper });
/** A changed certificate. */
export const editForm = z.object({ ...paper, version, reason });
/** Taking a certificate back from a day on. */
export const voidForm = z.object({ from: day('certificates.voidFrom'), version, reason });
/** The first registration; without a last day the rule gives it. */
export const registrationForm = z.object({
  from: day('certificates.registration.from'),
  validThrough: optionalDay('certificates.registration.validThrough'),
  version,
  source,
});
/** A renewal on the day it was granted. */
export const renewalForm = z.object({ from: day('certificates.registration.from'), version, source });
/** Taking back one registration or piece of education. */
export const removalForm = z.object({ version, reason });

/** Hours as typed, to one decimal, in whole minutes; null when left empty. */
const minutes = optionalText('certificates.ce.hours', 9).transform((value, ctx) => {
  const typed = value.normalize('NFKC');
  if (typed === '') return null;
  if (!/^\d{1,4}(\.\d)?$/.test(typed)) {
    ctx.addIssue({ code: 'custom', message: 'certificates.ce.hours.notANumber' });
    return z.NEVER;
  }
  const hours = Number(typed);
  if (hours > 0 && hours <= mostHours) return Math.round(hours * 60);
  ctx.addIssue({ code: 'custom', message: `certificates.ce.hours.outOfRange|${JSON.stringify({ most: mostHours })}` });
  return z.NEVER;
});

/** Continuing education: training with its hours, or a degree. */
export const educationForm = z.object({
  kind: oneOf('certificates.ce.kind', ['TRAINING', 'DEGREE']),
  title: text('certificates.ce.title', 100),
  endedOn: day('certificates.ce.endedOn'),
  hours: minutes,
  version,
  source,
});
