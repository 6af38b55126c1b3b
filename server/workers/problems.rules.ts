import type { IdNumberProblem } from './idNumber.rules.js';
import type { PhoneProblem } from './phone.rules.js';
import { labelKey } from './posts.rules.js';

/** A text key with its values. */
export interface Message {
  readonly key: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/** What an ID number that was not accepted is told, with the mend (design.md §9). `sexKey` is a text key of its own. */
export function idNumberProblem(problem: IdNumberProblem): Message {
  const { kind, ...values } = problem;
  if (problem.kind === 'SEX_DIFFERS')
    return { key: `workers.idNumber.SEX_DIFFERS_${problem.sex}`, values: { sexKey: labelKey('sex', problem.sex) } };
  return { key: `workers.idNumber.${kind}`, values: values };
}

/** What a phone number that was not accepted is told. */
export function phoneProblem(problem: PhoneProblem): Message {
  return { key: `workers.phone.${problem.kind}`, values: {} };
}
