import { weekdayOf, type CivilDay } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import type { Problem } from '../platform/http/forms.js';
import type { Translate } from '../platform/i18n/translator.js';
import { kept, type Badge } from '../workers/words.pages.js';
import { countedSessions, minutesPerCreditHour } from './classes.rules.js';
import type { EnrolmentState } from './enrolment.rules.js';
import { slotDay, slotHalf, type Slot } from './slots.rules.js';
import { stageOf, type Stage } from './stages.rules.js';
import type { TrainingClass } from './trainingClass.rules.js';

const stageBadges: Readonly<Record<Stage, Pick<Badge, 'kind' | 'icon'>>> = {
  DRAFT: { kind: 'calm', icon: 'edit' },
  NOMINATING: { kind: 'info', icon: 'user-plus' },
  READY: { kind: 'info', icon: 'calendar-event' },
  RUNNING: { kind: 'info', icon: 'circle-dashed' },
  TO_CLOSE: { kind: 'warn', icon: 'clock' },
  CLOSED: { kind: 'ok', icon: 'circle-check' },
  POSTPONED: { kind: 'warn', icon: 'calendar-x' },
  CANCELLED: { kind: 'line', icon: 'ban' },
  RECORDED: { kind: 'ok', icon: 'file-check' },
};

/** The badge of a class on a day: one word for one stage everywhere. */
export function stageBadge(t: Translate, of: TrainingClass, today: CivilDay): Badge {
  const stage = stageOf(of, today);
  return { ...stageBadges[stage], label: t(`trainings.stage.${stage}`) };
}

const placeBadges: Readonly<Record<EnrolmentState, Pick<Badge, 'kind' | 'icon'>>> = {
  NOMINATED: { kind: 'warn', icon: 'hourglass' },
  RETURNED: { kind: 'line', icon: 'arrow-back-up' },
  CONFIRMED: { kind: 'info', icon: 'calendar-event' },
  WAITLISTED: { kind: 'calm', icon: 'clock' },
  ATTENDED: { kind: 'info', icon: 'circle-dashed' },
  ABSENT: { kind: 'bad', icon: 'alert-triangle' },
  WITHDRAWN: { kind: 'line', icon: 'logout' },
  COMPLETED: { kind: 'ok', icon: 'circle-check' },
  FAILED: { kind: 'bad', icon: 'alert-triangle' },
};

/** The badge of a person's place in a class. */
export function placeBadge(t: Translate, state: EnrolmentState): Badge {
  return { ...placeBadges[state], label: t(`trainings.place.state.${state}`) };
}

/** `11-23 周一`, with the year when it is not that of the page. */
export function dayWords(t: Translate, day: CivilDay): string {
  return `${day.slice(5)} ${t(`trainings.weekday.${weekdayOf(day)}`)}`;
}

/** `11-23 周一 上午`. */
export function slotWords(t: Translate, at: Slot): string {
  return `${dayWords(t, slotDay(at))} ${t(`trainings.half.${slotHalf(at)}`)}`;
}

/** `11-23 至 11-27`, or the one day. */
export function spanWords(t: Translate, of: Pick<TrainingClass, 'firstDay' | 'lastDay'>): string {
  if (of.firstDay === of.lastDay) return of.firstDay.slice(5);
  return t('trainings.span', {
    from: of.firstDay.slice(5),
    to: of.firstDay.slice(0, 4) === of.lastDay.slice(0, 4) ? of.lastDay.slice(5) : of.lastDay,
  });
}

/** {@link spanWords} of a class; one that is put off has no dates until it is given new ones. */
export function datesWords(t: Translate, of: Pick<TrainingClass, 'firstDay' | 'lastDay' | 'state'>): string {
  return of.state === 'POSTPONED' ? t('trainings.undated') : spanWords(t, of);
}

/** 学时 as printed: whole, or to one tenth. */
export function hoursWords(minutes: number): string {
  return String(Math.round((minutes / minutesPerCreditHour) * 10) / 10);
}

/** Length in days as printed: `5`, `0.5`. */
export function daysWords(of: Pick<TrainingClass, 'sessions'>): string {
  return String(countedSessions(of.sessions).length / 2);
}

/** 市级示范 · 11-23 至 11-27 · 5 天 10 个课次 40 学时. */
export function classFacts(t: Translate, of: TrainingClass): string {
  const size = t('trainings.size', { days: daysWords(of), n: countedSessions(of.sessions).length, hours: hoursWords(of.creditMinutes) });
  return [kindWords(t, of), datesWords(t, of), size].join(' · ');
}

/** 市级 · 示范. */
export function kindWords(t: Translate, of: Pick<TrainingClass, 'tier' | 'purpose'>): string {
  return `${t(`trainings.tier.${of.tier}`)}${t(`trainings.purpose.${of.purpose}`)}`;
}

/** A problem in words. */
export function problemWords(t: Translate, problem: Pick<Problem, 'key' | 'values'>): string {
  return t(problem.key, problem.values);
}

/** The way to a page of classes: the desk, the list, and what lies between. */
export function classCrumbs(ctx: Ctx, ...more: readonly { readonly href: string | null; readonly label: string }[]) {
  return [
    { href: kept(ctx, '/'), label: ctx.t('shell.menu.desk') },
    { href: kept(ctx, '/classes'), label: ctx.t('trainings.list.title') },
    ...more,
  ];
}

/** The division whose classes a page shows: communities hold none, so theirs is the township. */
export function classAreaId(ctx: Pick<Ctx, 'area'>): string {
  const { area } = ctx;
  return area.level === 'community' ? (area.path.at(-2) ?? area.id) : area.id;
}
