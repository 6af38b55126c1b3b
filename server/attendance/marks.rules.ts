import type { Mark } from './completion.rules.js';

/** What is said of one person in one session. */
export interface MarkValue {
  readonly mark: Mark;
  readonly late: boolean;
  readonly leftEarly: boolean;
}

/** A mark in force: what it says and whose it is. */
interface Standing extends MarkValue {
  readonly madeUp: boolean;
  readonly byAccountId: string | null;
}

/** A mark with its second facts as one short text, '' when there is none, so that a form can say what it was opened on. */
export function standingText(value: MarkValue | undefined): string {
  return value === undefined ? '' : [value.mark, value.late ? '1' : '0', value.leftEarly ? '1' : '0'].join(':');
}

/** Whether a mark already says exactly this; late and early say nothing beside leave and absence. */
export function isSameMark(before: Standing | undefined, wanted: MarkValue & { readonly madeUp?: boolean }): boolean {
  if (before === undefined || before.mark !== wanted.mark || before.madeUp !== (wanted.madeUp ?? false)) return false;
  return wanted.mark !== 'PRESENT' || (before.late === wanted.late && before.leftEarly === wanted.leftEarly);
}

/** Whether somebody else marked the person differently since the page was opened. One's own newer mark is no rival. */
export function isOvertaken(
  before: Standing | undefined,
  wanted: MarkValue & { readonly seen?: string },
  accountId: string | null,
): boolean {
  if (wanted.seen === undefined || before === undefined || before.byAccountId === accountId) return false;
  return standingText(before) !== wanted.seen && standingText(before) !== standingText(wanted);
}
