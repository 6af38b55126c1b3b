import { addYears, isCivilDay, monthOf, yearOf } from '../platform/civilDays.js';
import type { CivilDay } from '../platform/civilDays.js';
import type { Sex } from './posts.rules.js';

/** Ages a worker can have, in completed years, both included; a policy, ships 16–70 (domain.md §5.3, ruling 37). */
export interface AgePolicy {
  readonly min: number;
  readonly max: number;
}

/** What the roster says beside the number, to compare with it. `birth` may be a month (`YYYY-MM`) or a day. */
export interface IdNumberClaims {
  readonly sex?: Sex | null;
  readonly birth?: string | null;
}

/** Why a text is no ID number of a worker. */
export type IdNumberProblem =
  | { readonly kind: 'EMPTY' }
  /** A spreadsheet turned it into 1.40902E+17 (or into …000): the last three digits are gone. */
  | { readonly kind: 'DIGITS_LOST' }
  | { readonly kind: 'LENGTH'; readonly length: number }
  | { readonly kind: 'CHARACTERS' }
  | { readonly kind: 'DATE' }
  | { readonly kind: 'BORN_LATER' }
  /** The check digit is wrong: one digit is probably mistyped. */
  | { readonly kind: 'CHECKSUM'; readonly expected: string }
  | { readonly kind: 'TOO_YOUNG'; readonly age: number; readonly min: number }
  | { readonly kind: 'TOO_OLD'; readonly age: number; readonly max: number }
  | { readonly kind: 'SEX_DIFFERS'; readonly sex: Sex }
  | { readonly kind: 'BIRTH_DIFFERS'; readonly birth: CivilDay };

/** A number that passed, normalised to 18 characters, with what it says. */
export interface IdNumberFacts {
  readonly idNumber: string;
  readonly birth: CivilDay;
  readonly sex: Sex;
  readonly age: number;
  /** True when a 15-digit number of the first generation was converted. */
  readonly converted: boolean;
}

export type IdNumberReading =
  { readonly ok: true; readonly facts: IdNumberFacts } | { readonly ok: false; readonly problem: IdNumberProblem };

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checkDigits = '10X98765432';

/** The check character of the first 17 digits: ISO 7064 MOD 11-2, GB 11643-1999. */
export function checkDigitOf(first17: string): string {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(first17[index]), 0);
  return checkDigits.charAt(sum % 11);
}

/** Full-width digits narrowed, spaces and the leading apostrophe of spreadsheets gone, `x` raised, 15 digits turned into 18. */
export function normaliseIdNumber(text: string): string {
  const plain = text
    .normalize('NFKC')
    .replace(/[\s'’]/g, '')
    .toUpperCase();
  if (!/^\d{15}$/.test(plain)) return plain;
  const first17 = `${plain.slice(0, 6)}19${plain.slice(6)}`;
  return first17 + checkDigitOf(first17);
}

/** Completed years on a day; a birthday on 29 February is 28 February in common years (ruling 37). */
export function ageOn(birth: CivilDay, today: CivilDay): number {
  const age = yearOf(today) - yearOf(birth);
  return addYears(birth, age) > today ? age - 1 : age;
}

function findShapeProblem(text: string, normalised: string): IdNumberProblem | null {
  if (normalised === '') return { kind: 'EMPTY' };
  if (/^\d(\.\d+)?E\+?\d+$/.test(normalised)) return { kind: 'DIGITS_LOST' };
  if (!/^[1-9]\d*X?$/.test(normalised)) return { kind: 'CHARACTERS' };
  if (normalised.length !== 18) return { kind: 'LENGTH', length: text.normalize('NFKC').replace(/[\s'’]/g, '').length };
  return null;
}

function findNumberProblem(idNumber: string, today: CivilDay): IdNumberProblem | null {
  const birth = birthTextOf(idNumber);
  if (!isCivilDay(birth)) return { kind: 'DATE' };
  const expected = checkDigitOf(idNumber.slice(0, 17));
  if (!idNumber.endsWith(expected)) return idNumber.endsWith('000') ? { kind: 'DIGITS_LOST' } : { kind: 'CHECKSUM', expected };
  return birth > today ? { kind: 'BORN_LATER' } : null;
}

function findPersonProblem(facts: IdNumberFacts, ages: AgePolicy, claims: IdNumberClaims): IdNumberProblem | null {
  if (facts.age < ages.min) return { kind: 'TOO_YOUNG', age: facts.age, min: ages.min };
  if (facts.age > ages.max) return { kind: 'TOO_OLD', age: facts.age, max: ages.max };
  if (claims.sex && claims.sex !== facts.sex) return { kind: 'SEX_DIFFERS', sex: facts.sex };
  if (claims.birth && !facts.birth.startsWith(claims.birth)) return { kind: 'BIRTH_DIFFERS', birth: facts.birth };
  return null;
}

function birthTextOf(idNumber: string): string {
  return `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`;
}

/**
 * Reads an ID number as typed or imported (GB 11643-1999, domain.md §5.3): shape, calendar, check digit, age, and
 * what the roster says beside it. The six address digits are never checked: Xinzhou's were renumbered in 2000.
 */
export function readIdNumber(text: string, today: CivilDay, ages: AgePolicy, claims: IdNumberClaims = {}): IdNumberReading {
  const idNumber = normaliseIdNumber(text);
  const problem = findShapeProblem(text, idNumber) ?? findNumberProblem(idNumber, today);
  if (problem !== null) return { ok: false, problem };
  const birth = birthTextOf(idNumber) as CivilDay;
  const sex = Number(idNumber[16]) % 2 === 1 ? 'MALE' : 'FEMALE';
  const converted = /^\d{15}$/.test(text.normalize('NFKC').replace(/[\s'’]/g, ''));
  const facts: IdNumberFacts = { idNumber, birth, sex, age: ageOn(birth, today), converted };
  const mismatch = findPersonProblem(facts, ages, claims);
  return mismatch === null ? { ok: true, facts } : { ok: false, problem: mismatch };
}

/** `1409**********0046`: first four, ten stars, last four (domain.md §7.1). */
export function maskIdNumber(idNumber: string): string {
  return `${idNumber.slice(0, 4)}**********${idNumber.slice(-4)}`;
}

/** 出生年月 as the roster prints it, `YYYY.MM`. */
export function birthMonthOf(birth: CivilDay): string {
  return `${String(yearOf(birth))}.${String(monthOf(birth)).padStart(2, '0')}`;
}
