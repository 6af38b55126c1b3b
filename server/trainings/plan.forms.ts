import { z } from 'zod';
import { parseDay } from '../platform/civilDays.js';
import { field, type Ctx } from '../platform/http/context.js';
import { day, list, oneOf, optionalDay, optionalText, text, ticked, version, whole } from '../platform/http/fields.js';
import type { Problem } from '../platform/http/forms.js';
import { isId, newId } from '../platform/ids.js';
import { audienceGroups, type AudienceGroup } from '../workers/posts.rules.js';
import { minutesPerCreditHour, purposes, sessionForms, tiers, type SessionForm } from './classes.rules.js';
import { halves, slotOf, type Half } from './slots.rules.js';
import type { Quota, TimetableSession } from './trainingClass.rules.js';

/** Everything of a class but its sessions and seats, which repeat. */
export const planForm = z.object({
  name: text('trainings.class.name', 100),
  tier: oneOf('trainings.class.tier', tiers),
  purpose: oneOf('trainings.class.purpose', purposes),
  organiser: text('trainings.class.organiser', 60),
  institution: optionalText('trainings.class.institution', 60),
  place: text('trainings.class.place', 80),
  contact: optionalText('trainings.class.contact', 60),
  teacher: optionalText('trainings.class.teacher', 24),
  firstDay: day('trainings.class.firstDay'),
  lastDay: day('trainings.class.lastDay'),
  capacity: whole('trainings.class.capacity', 1, 2000),
  nominateBy: optionalDay('trainings.class.nominateBy'),
  audienceGroups: list.transform((values) => values.filter((value): value is AudienceGroup => audienceGroups.some((one) => one === value))),
  assessment: ticked,
  noticeNo: optionalText('trainings.class.noticeNo', 40),
});
export type PlanFields = z.infer<typeof planForm>;

/** The version an edit was opened on; a new class has none. */
export const seenForm = z.object({ version });

/** One row of the timetable as it was typed. */
export interface TypedSession {
  readonly id: string;
  readonly day: string;
  readonly half: string;
  readonly title: string;
  readonly form: string;
  readonly lecturer: string;
  readonly hours: string;
}

const columns = {
  id: 'sessionId',
  day: 'sessionDay',
  half: 'sessionHalf',
  title: 'sessionTitle',
  form: 'sessionForm',
  lecturer: 'sessionLecturer',
  hours: 'sessionHours',
} as const;

/** The typed rows of the timetable. */
export function typedSessions(body: Ctx['body']): TypedSession[] {
  const lists = Object.values(columns).map((name) => {
    const value = body[name];
    return value === undefined ? [] : typeof value === 'string' ? [value] : value;
  });
  const count = Math.max(...lists.map((values) => values.length));
  return Array.from({ length: count }, (_, row) => {
    const [id = '', on = '', half = '', title = '', form = '', lecturer = '', hours = ''] = lists.map((values) =>
      (values[row] ?? '').trim(),
    );
    return { id, day: on, half, title, form, lecturer, hours };
  });
}

/** A row that nobody wrote into is no session. */
function isEmpty(row: TypedSession): boolean {
  return row.title === '' && row.lecturer === '' && (row.day === '' || row.hours === '');
}

/** The sessions of the typed rows; the first thing to mend of each row, which is named by its number. */
export function readSessions(rows: readonly TypedSession[]): { readonly sessions: TimetableSession[]; readonly problems: Problem[] } {
  const sessions: TimetableSession[] = [];
  const problems: Problem[] = [];
  rows.forEach((row, index) => {
    if (isEmpty(row)) return;
    const read = readSession(row);
    if (typeof read === 'string') problems.push({ field: 'sessions', key: `trainings.class.sessions.${read}`, values: { row: index + 1 } });
    else sessions.push(read);
  });
  return { sessions, problems };
}

/** Blank hours are a half-day that does not count: 报到, 开班式, 返程. */
function readSession(row: TypedSession): TimetableSession | 'noDay' | 'noTitle' | 'badHours' {
  const on = parseDay(row.day);
  if (on === null) return 'noDay';
  if (row.title === '' || row.title.length > 80) return 'noTitle';
  if (row.hours !== '' && !/^\d{1,2}(\.\d)?$/.test(row.hours)) return 'badHours';
  const creditMinutes = Math.round(Number(row.hours) * minutesPerCreditHour);
  return {
    id: isId(row.id) ? row.id : newId(),
    slot: slotOf(on, halves.find((half): half is Half => half === row.half) ?? 'AM'),
    title: row.title,
    form: sessionForms.find((form): form is SessionForm => form === row.form) ?? 'LECTURE',
    lecturer: row.lecturer.slice(0, 40),
    creditMinutes,
    counted: creditMinutes > 0,
  };
}

/** The name of the field with the seats of a division. */
export function seatField(divisionId: string): string {
  return `seat-${divisionId}`;
}

/** The seats of the invited divisions; none typed anywhere means that seats are not set apart. */
export function readSeats(
  body: Ctx['body'],
  divisions: readonly { readonly id: string; readonly name: string }[],
): { readonly quotas: Quota[]; readonly problems: Problem[] } {
  const quotas: Quota[] = [];
  const problems: Problem[] = [];
  for (const { id, name } of divisions) {
    const typed = field({ body } as Ctx, seatField(id)).trim();
    if (typed === '' || typed === '0') continue;
    if (/^\d{1,4}$/.test(typed)) quotas.push({ divisionId: id, seats: Number(typed) });
    else problems.push({ field: 'seats', key: 'trainings.class.seats.notANumber', values: { name } });
  }
  for (const key of Object.keys(body).filter((one) => one.startsWith('seat-'))) {
    if (!divisions.some((one) => seatField(one.id) === key))
      problems.push({ field: 'seats', key: 'trainings.class.seats.unknownDivision', values: {} });
  }
  return { quotas, problems };
}
