import { showHours } from '../attendance/hours.rules.js';
import { addYears, daysBetween, monthOf, weekdayOf, yearOf, type CivilDay } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import type { Translate } from '../platform/i18n/translator.js';

/** `12 月 31 日前`, with the year when it is another one. */
export function dueWords(t: Translate, day: CivilDay, today: CivilDay): string {
  return t('home.due.by', { day: dayWords(t, day, today) });
}

/** `剩 37 天`, `今天`, `已过 3 天`. */
export function leftWords(t: Translate, day: CivilDay, today: CivilDay): string {
  const left = daysBetween(today, day);
  if (left === 0) return t('home.due.today');
  return left > 0 ? t('home.due.left', { n: left }) : t('home.due.over', { n: -left });
}

/** A day as the blue block of a phone card prints it. */
export function dayBlock(t: Translate, day: CivilDay) {
  return {
    number: Number(day.slice(8)),
    month: t('home.month', { month: monthOf(day) }),
    weekday: t(`home.weekday.${String(weekdayOf(day))}`),
  };
}

/** `12 月 31 日`; with the year when it is not within the coming twelve months. */
export function dayWords(t: Translate, day: CivilDay, today: CivilDay): string {
  const values = { year: yearOf(day), month: monthOf(day), day: Number(day.slice(8)) };
  const isNear = yearOf(day) === yearOf(today) || (day > today && day < addYears(today, 1));
  return t(isNear ? 'home.day' : 'home.dayOfYear', values);
}

/** 学时 as people write it: without a tenth that is none. */
export function hoursText(minutes: number): string {
  return showHours(minutes).replace(/\.0$/, '');
}

/** The way back from a worker's page to the first one. */
export function backToMe(ctx: Ctx, title: string) {
  return [
    { href: '/me', label: ctx.t('home.me.back') },
    { href: null, label: title },
  ];
}
