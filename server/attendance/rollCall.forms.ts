import { marks, type Mark } from './completion.rules.js';
import type { MarkInput } from './rollCall.service.js';
import type { MarkRow } from './marks.store.js';

type Body = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What stood in the form when it was opened: a mark with its second facts, '' when blank. */
export function standingText(row: Pick<MarkRow, 'mark' | 'late' | 'leftEarly'> | undefined): string {
  return row === undefined ? '' : [row.mark, row.late ? '1' : '0', row.leftEarly ? '1' : '0'].join(':');
}

/**
 * The marks of a roll call form that were changed in it. What somebody else marked meanwhile is left alone, because the form
 * carries what it showed (`was-…`).
 */
export function changedMarks(body: Body): readonly MarkInput[] {
  return Object.keys(body).flatMap((name): MarkInput[] => {
    if (!name.startsWith('m-')) return [];
    const enrolmentId = name.slice(2);
    const mark = marks.find((one) => one === body[name]);
    if (mark === undefined) return [];
    const input: MarkInput = { enrolmentId, mark, late: ticked(body, `late-${enrolmentId}`, mark), leftEarly: ticked(body, `early-${enrolmentId}`, mark) };
    return standingText(input) === body[`was-${enrolmentId}`] ? [] : [input];
  });
}

function ticked(body: Body, name: string, mark: Mark): boolean {
  return mark === 'PRESENT' && body[name] !== undefined && body[name] !== '';
}
