import { z } from 'zod';
import { civilDay } from '../platform/civilDays.js';
import { day, oneOf, optionalDay, optionalText, text, ticked, version } from '../platform/http/fields.js';
import { ethnicities } from './ethnicities.rules.js';
import { readIdNumber } from './idNumber.rules.js';
import { findNameProblem } from './names.rules.js';
import { educationLevels, entrySources, hasLeft, politicalStatuses, postClasses, posts, serviceStatuses } from './posts.rules.js';
import { readPhone } from './phone.rules.js';
import { idNumberProblem } from './problems.rules.js';
import type { WorkerDetails } from './worker.rules.js';

const endOfTime = civilDay('9999-12-31');
const anyAge = { min: 0, max: 9999 };

type Values = readonly [string, ...string[]];
type OneOf<List extends Values> = List[number];

/** One of a list, or null when nothing was chosen. */
function maybeOneOf<const List extends Values>(key: string, values: List) {
  return z.union([
    z.literal('').transform(() => null),
    z.undefined().transform(() => null),
    oneOf(key, values),
  ]) as z.ZodType<OneOf<List> | null>;
}

const personName = text('workers.name', 25).superRefine((value, ctx) => {
  const problem = findNameProblem(value);
  if (problem !== null && problem !== 'EMPTY') ctx.addIssue({ code: 'custom', message: `workers.name.${problem}` });
});

/** The shape alone; age and what stands beside it are judged by the service, which knows the day and the policy. */
const idNumber = text('workers.idNumber', 30).superRefine((value, ctx) => {
  const reading = readIdNumber(value, endOfTime, anyAge);
  if (reading.ok) return;
  const { key, values } = idNumberProblem(reading.problem);
  ctx.addIssue({ code: 'custom', message: `${key}|${JSON.stringify(values)}` });
});

const phone = text('workers.phone', 30).superRefine((value, ctx) => {
  if (!readPhone(value).ok) ctx.addIssue({ code: 'custom', message: 'workers.phone.SHAPE' });
});

const grade = optionalText('workers.grade', 4).transform((value, ctx) => {
  if (value === '') return null;
  const number = /^\d{1,2}$/.test(value) ? Number(value) : 0;
  if (number >= 1 && number <= 18) return number;
  ctx.addIssue({ code: 'custom', message: 'workers.grade.outOfRange' });
  return z.NEVER;
});

const aboutShape = {
  ethnicity: maybeOneOf('workers.ethnicity', ethnicities),
  politicalStatus: maybeOneOf('workers.politicalStatus', politicalStatuses),
  joinedPartyOn: optionalDay('workers.joinedPartyOn'),
  fullTimeEducation: maybeOneOf('workers.fullTimeEducation', educationLevels),
  fullTimeSchool: optionalText('workers.fullTimeSchool', 100),
  inServiceEducation: maybeOneOf('workers.inServiceEducation', educationLevels),
  inServiceSchool: optionalText('workers.inServiceSchool', 100),
  isSocialWorkMajor: ticked,
  entrySource: maybeOneOf('workers.entrySource', entrySources),
  workStartedOn: optionalDay('workers.workStartedOn'),
  grade,
  note: optionalText('workers.note', 500),
};

const postShape = { post: oneOf('workers.post', posts), postClass: oneOf('workers.postClass', postClasses) };
const reason = text('workers.reason', 200);
const command = { version, from: day('workers.from'), reason };
const staying = serviceStatuses.filter((status) => !hasLeft(status)) as unknown as readonly [
  'IN_SERVICE',
  ...(typeof serviceStatuses)[number][],
];
const leaving = serviceStatuses.filter(hasLeft) as unknown as readonly ['RETIRED', ...(typeof serviceStatuses)[number][]];
const divisionId = text('workers.divisionId', 24);
/** Set by the confirmation page. */
const confirmed = ticked;

/** A new person. `asTransfer` is the button that asks for a person of another county. */
export const joinForm = z.object({
  // in the order of the form, which is the order of what is wrong
  name: personName,
  idNumber,
  phone,
  divisionId,
  ...postShape,
  status: oneOf('workers.status', ['IN_SERVICE', 'PROBATION']),
  from: day('workers.joinFrom'),
  reason,
  ...aboutShape,
  asTransfer: ticked,
});

/** An edit of what a person is. */
export const editForm = z.object({ name: personName, ...aboutShape, version, phone: optionalText('workers.phone', 30) });

export const postForm = z.object({ ...command, ...postShape });
export const transferForm = z.object({ ...command, ...postShape, divisionId, confirmed });
export const statusForm = z.object({ ...command, status: oneOf('workers.status', staying) });
export const departureForm = z.object({ ...command, status: oneOf('workers.status', leaving), confirmed });
export const returnForm = z.object({ ...command, ...postShape, divisionId, status: oneOf('workers.status', ['IN_SERVICE', 'PROBATION']) });
export const appointmentCorrectionForm = z.object({ ...command, ...postShape, divisionId });
export const statusCorrectionForm = z.object({ ...command, status: oneOf('workers.status', serviceStatuses) });
export const revealForm = z.object({ purpose: text('workers.purpose', 200) });
export const exemptionForm = z.object({ from: day('workers.exemption.from'), to: day('workers.exemption.to'), reason });
export const exemptionEndForm = z.object({ backOn: day('workers.exemption.backOn'), reason });
export const answerForm = z.object({ answer: text('workers.answer', 500) });
export const optionalAnswerForm = z.object({ answer: optionalText('workers.answer', 500) });

/** The details of a parsed form. */
export function detailsOf(value: WorkerDetails): WorkerDetails {
  const { name, ethnicity, politicalStatus, joinedPartyOn, fullTimeEducation, fullTimeSchool, inServiceEducation, inServiceSchool } = value;
  const { isSocialWorkMajor, entrySource, workStartedOn, grade: level, note } = value;
  return {
    name,
    ethnicity,
    politicalStatus,
    joinedPartyOn,
    fullTimeEducation,
    fullTimeSchool,
    inServiceEducation,
    inServiceSchool,
    isSocialWorkMajor,
    entrySource,
    workStartedOn,
    grade: level,
    note,
  };
}
