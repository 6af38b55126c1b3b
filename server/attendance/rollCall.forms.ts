import { z } from 'zod';
import { oneOf, optionalText, text, ticked } from '../platform/http/fields.js';
import { marks, type Mark } from './completion.rules.js';
import { standingText } from './marks.rules.js';
import type { MarkInput } from './rolls.service.js';

/** A form as it was sent. */
export type Body = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The pressed button of a person, null when none is pressed. */
export function pressed(body: Body, enrolmentId: string): MarkInput | null {
  const mark = marks.find((one) => one === body[`m-${enrolmentId}`]);
  if (mark === undefined) return null;
  return { enrolmentId, mark, late: isTicked(body, `late-${enrolmentId}`, mark), leftEarly: isTicked(body, `early-${enrolmentId}`, mark) };
}

/**
 * The marks of a roll call form that were changed in it. What somebody else marked meanwhile is left alone, because the form
 * carries what it showed (`was-…`).
 */
export function changedMarks(body: Body): readonly MarkInput[] {
  return Object.keys(body).flatMap((name): MarkInput[] => {
    const input = name.startsWith('m-') ? pressed(body, name.slice(2)) : null;
    if (input === null) return [];
    const was = body[`was-${input.enrolmentId}`];
    const seen = typeof was === 'string' ? was : '';
    return standingText(input) === seen ? [] : [{ ...input, seen }];
  });
}

function isTicked(body: Body, name: string, mark: Mark): boolean {
  return mark === 'PRESENT' && body[name] !== undefined && body[name] !== '';
}

/** Correcting a handed-in mark. */
export const correctionForm = z.object({
  mark: oneOf('attendance.correction.mark', marks),
  late: ticked,
  leftEarly: ticked,
  madeUp: ticked,
  reason: text('attendance.reason'),
});

/** Adding somebody who is not listed; the reason is asked for once the roll was handed in. */
export const walkInForm = z.object({
  workerId: text('attendance.walkIn.person', 24),
  reason: optionalText('attendance.reason', 200),
});
