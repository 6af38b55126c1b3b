import { addDays, isCivilDay, parseDay, weekdayOf, type CivilDay } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import { choices, formModel, type Problem } from '../platform/http/forms.js';
import { audienceGroups } from '../workers/posts.rules.js';
import { kept } from '../workers/words.pages.js';
import { minutesPerCreditHour, purposes, sessionForms, tiers, type Tier } from './classes.rules.js';
import { seatField, typedSessions, type TypedSession } from './plan.forms.js';
import { halves, slotDay, slotHalf } from './slots.rules.js';
import type { TrainingClass } from './trainingClass.rules.js';
import { classCrumbs, dayWords } from './words.pages.js';

/** What stands around the form: whose class it is, who may be invited, who may teach. */
export interface PlanSetting {
  readonly owner: { readonly id: string; readonly name: string; readonly level: string; readonly path: readonly string[] };
  readonly divisions: readonly { readonly id: string; readonly code: string; readonly name: string; readonly untrained: number | null }[];
  readonly teachers: readonly { readonly accountId: string; readonly name: string }[];
  readonly creditsPerHalfDay: number;
}

/** Where the form is sent and what it is called. */
export interface PlanTarget {
  readonly title: string;
  readonly action: string;
  readonly button: string;
  readonly backHref: string;
  readonly version: number | null;
  /** How many people are in the class already. */
  readonly taken: number;
  readonly crumbs: readonly { readonly href: string | null; readonly label: string }[];
}

type Typed = Ctx['body'];
const names = [
  'name',
  'tier',
  'purpose',
  'organiser',
  'institution',
  'place',
  'contact',
  'teacher',
  'firstDay',
  'lastDay',
  'sessions',
  'capacity',
  'seats',
  'nominateBy',
  'audienceGroups',
  'assessment',
  'noticeNo',
] as const;

/** The tiers a division may hold classes of: its own and those below. Higher ones are held elsewhere. */
export function tiersOf(level: string): readonly Tier[] {
  if (level === 'township' || level === 'community') return ['TOWNSHIP'];
  return level === 'county' ? ['COUNTY', 'TOWNSHIP'] : level === 'city' ? ['CITY', 'COUNTY', 'TOWNSHIP'] : tiers;
}

/** What was typed for a stored class: the form of an edit, or of a copy. */
export function typedPlan(of: TrainingClass): Record<string, string | readonly string[]> {
  return {
    name: of.name,
    tier: of.tier,
    purpose: of.purpose,
    organiser: of.organiser,
    institution: of.institution,
    place: of.place,
    contact: of.contact,
    teacher: of.teacherAccountId ?? '',
    firstDay: of.firstDay,
    lastDay: of.lastDay,
    capacity: String(of.capacity),
    nominateBy: of.nominateBy ?? '',
    audienceGroups: [...of.audienceGroups],
    assessment: of.assessment ? 'yes' : '',
    noticeNo: of.noticeNo,
    sessionId: of.sessions.map((session) => session.id),
    sessionDay: of.sessions.map((session) => slotDay(session.slot)),
    sessionHalf: of.sessions.map((session) => slotHalf(session.slot)),
    sessionTitle: of.sessions.map((session) => session.title),
    sessionForm: of.sessions.map((session) => session.form),
    sessionLecturer: of.sessions.map((session) => session.lecturer),
    sessionHours: of.sessions.map((session) => (session.counted ? String(session.creditMinutes / minutesPerCreditHour) : '')),
    ...Object.fromEntries(of.quotas.map((quota) => [seatField(quota.divisionId), String(quota.seats)])),
  };
}

/** Rows of the timetable for every working half-day between two typed days, after those already written. */
export function filledSessions(body: Typed, creditsPerHalfDay: number): TypedSession[] {
  const written = typedSessions(body).filter((row) => row.title !== '' || row.lecturer !== '');
  const [first, last] = [parseDay(textOf(body, 'firstDay')), parseDay(textOf(body, 'lastDay'))];
  if (first === null || last === null || last < first || last > addDays(first, 60)) return typedSessions(body);
  return workingDays(first, last).flatMap((on) =>
    halves.map((half) => {
      const kept = written.find((row) => parseDay(row.day) === on && row.half === half);
      return kept ?? { id: '', day: on, half, title: '', form: 'LECTURE', lecturer: '', hours: String(creditsPerHalfDay) };
    }),
  );
}

/** The days between two, without weekends; one or two days that were chosen are kept as they are. */
function workingDays(first: CivilDay, last: CivilDay): CivilDay[] {
  const days: CivilDay[] = [];
  for (let on = first; on <= last; on = addDays(on, 1)) days.push(on);
  return days.length <= 2 ? days : days.filter((on) => weekdayOf(on) !== 0 && weekdayOf(on) !== 6);
}

/** Blank rows at the end of the timetable. */
export function withMoreRows(body: Typed, count: number): TypedSession[] {
  const rows = typedSessions(body);
  const day = rows.at(-1)?.day ?? textOf(body, 'firstDay');
  return [
    ...rows,
    ...Array.from({ length: count }, (_, index) => ({
      id: '',
      day,
      half: halves[index % 2] ?? 'AM',
      title: '',
      form: 'LECTURE',
      lecturer: '',
      hours: '',
    })),
  ];
}

function textOf(body: Typed, name: string): string {
  const value = body[name];
  return typeof value === 'string' ? value : '';
}

interface FormState {
  readonly typed: Typed;
  readonly sessions: readonly TypedSession[];
  readonly problems: readonly Problem[];
}

/** The form 排一个班: new, edited or copied. */
export function planFormPage(ctx: Ctx, target: PlanTarget, setting: PlanSetting, state: FormState) {
  const { t } = ctx;
  const { typed } = state;
  const form = formModel(names, typed, state.problems, t);
  const { fields } = form;
  return {
    ...target,
    crumbs: classCrumbs(ctx, ...target.crumbs),
    facts: t(target.version === null ? 'trainings.form.facts' : 'trainings.form.editFacts', { owner: setting.owner.name }),
    version: target.version === null ? '' : String(target.version),
    form,
    tiers: choices(
      tiersOf(setting.owner.level).map((value) => ({ value, label: t(`trainings.tier.${value}`) })),
      fields.tier.value,
    ),
    purposes: choices(
      purposes.map((value) => ({ value, label: t(`trainings.purpose.${value}`) })),
      fields.purpose.value,
    ),
    teachers: choices(
      setting.teachers.map(({ accountId, name }) => ({ value: accountId, label: name })),
      fields.teacher.value,
    ),
    groups: audienceGroups.map((value) => ({
      value,
      label: t(`workers.audienceGroup.${value}`),
      current: fields.audienceGroups.values.includes(value),
    })),
    firstEcho: echoOf(ctx, fields.firstDay.value),
    lastEcho: echoOf(ctx, fields.lastDay.value),
    nominateEcho: echoOf(ctx, fields.nominateBy.value),
    rows: state.sessions.map((row, index) => sessionRow(ctx, row, index)),
    ...seatsModel(ctx, setting, typed),
    taken: target.taken > 0 ? t('trainings.form.taken', { n: target.taken }) : '',
    after: (target.version === null ? ['1', '2', '3'] : ['4', '5']).map((step) => t(`trainings.form.after.${step}`)),
    needs: setting.divisions.flatMap(({ name, untrained }) =>
      untrained === null ? [] : [{ label: name, text: t('trainings.form.untrained', { n: untrained }), href: null }],
    ),
  };
}

function echoOf(ctx: Ctx, text: string): string {
  const day = parseDay(text);
  return day !== null && isCivilDay(day) ? `${day.slice(0, 4)}-${dayWords(ctx.t, day)}` : '';
}

function sessionRow(ctx: Ctx, row: TypedSession, index: number) {
  const { t } = ctx;
  const day = parseDay(row.day);
  return {
    ...row,
    number: index + 1,
    weekday: day === null ? '' : t(`trainings.weekday.${weekdayOf(day)}`),
    halves: choices(
      halves.map((value) => ({ value, label: t(`trainings.half.${value}`) })),
      row.half,
    ),
    forms: choices(
      sessionForms.map((value) => ({ value, label: t(`trainings.sessionForm.${value}`) })),
      row.form,
    ),
    label: t('trainings.form.row', { row: index + 1 }),
  };
}

function seatsModel(ctx: Ctx, setting: PlanSetting, typed: Typed) {
  const seats = setting.divisions.map(({ id, name }) => ({
    name: seatField(id),
    id: `f-${seatField(id)}`,
    label: name,
    value: textOf(typed, seatField(id)),
  }));
  const total = seats.reduce((sum, seat) => sum + (/^\d{1,4}$/.test(seat.value) ? Number(seat.value) : 0), 0);
  const capacity = textOf(typed, 'capacity');
  return {
    seats,
    seatTotal: `${String(total)} / ${capacity === '' ? '—' : capacity}`,
    seatsWrong: total !== 0 && String(total) !== capacity,
    seatsHint: ctx.t('trainings.form.seatsHint'),
  };
}

/** The targets of the three forms. */
export function newTarget(ctx: Ctx, title: string): PlanTarget {
  return {
    title,
    action: kept(ctx, '/classes/new'),
    button: ctx.t('trainings.form.saveDraft'),
    backHref: kept(ctx, '/classes'),
    version: null,
    taken: 0,
    crumbs: [{ href: null, label: title }],
  };
}

export function editTarget(ctx: Ctx, of: TrainingClass): PlanTarget {
  const title = ctx.t('trainings.form.edit', { name: of.name });
  const href = kept(ctx, `/classes/${of.id}`);
  return {
    title,
    action: kept(ctx, `/classes/${of.id}/edit`),
    button: ctx.t('trainings.form.save'),
    backHref: href,
    version: of.version,
    taken: of.takenSeats,
    crumbs: [
      { href, label: of.name },
      { href: null, label: ctx.t('trainings.form.editShort') },
    ],
  };
}
