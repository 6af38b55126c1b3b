import { yearOf } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import { isStillToCome, type ClassState } from '../trainings/classes.rules.js';
import { isOpen } from '../trainings/enrolment.rules.js';
import { slotDay, slotHalf, type Slot } from '../trainings/slots.rules.js';
import type { Enrolment, TrainingClass } from '../trainings/trainingClass.rules.js';
import { daysWords, hoursWords, kindWords, placeBadge, datesWords } from '../trainings/words.pages.js';
import { backToMe, dayBlock } from './meWords.pages.js';

/** A worker's place with its class. */
export interface MyPlace {
  readonly place: Enrolment;
  readonly of: TrainingClass;
}

/** Whether a worker may be told of a class: drafts are not announced. */
export function isAnnounced(state: ClassState): boolean {
  return state !== 'DRAFT';
}

/** Whether the place may still end in completion. */
export function isComing({ place, of }: MyPlace): boolean {
  return isOpen(place.state) && (isStillToCome(of.state) || of.state === 'POSTPONED');
}

/** The first half-day of a class that is not over; a half-day counts as over when the next half-day begins. */
export function nextSlot(of: Pick<TrainingClass, 'sessions'>, now: Slot): Slot | null {
  const ahead = of.sessions.map((session) => session.slot).filter((slot) => slot >= now);
  return ahead.sort()[0] ?? null;
}

/** The class that a worker goes to next: the one with the nearest half-day that is not over. */
export function nextPlace(places: readonly MyPlace[], now: Slot): MyPlace | null {
  const coming = places.flatMap((one) => {
    const slot = isOpen(one.place.state) && isStillToCome(one.of.state) ? nextSlot(one.of, now) : null;
    return slot === null ? [] : [{ one, slot }];
  });
  return coming.sort((a, b) => (a.slot < b.slot ? -1 : 1))[0]?.one ?? null;
}

/** The card of the next class: day block, name, half-day, length and place. */
export function nextClassCard(ctx: Ctx, { place, of }: MyPlace, now: Slot) {
  const { t } = ctx;
  const slot = nextSlot(of, now);
  const day = slot === null ? of.firstDay : slotDay(slot);
  const half = slot === null ? '' : t(`home.half.${slotHalf(slot)}`);
  const begun = of.sessions.some((session) => session.slot < now);
  const length = t('home.me.classLength', { days: daysWords(of), hours: hoursWords(of.creditMinutes) });
  return {
    block: dayBlock(t, day),
    name: of.name,
    when: [begun || half === '' ? half : t('home.me.reportAt', { half }), length].filter((part) => part !== '').join(t('home.comma')),
    place: of.place,
    note: place.state === 'NOMINATED' ? t('home.me.onlyNominated') : '',
  };
}

/** Own classes: to come first by day, then those that are over, year by year with the state of each. */
export function myClassesPage(ctx: Ctx, places: readonly MyPlace[], minutes: ReadonlyMap<string, number>) {
  const { t } = ctx;
  const title = t('home.classes.title');
  const told = places.filter((one) => isAnnounced(one.of.state));
  const coming = told.filter(isComing).sort((a, b) => (a.of.firstDay < b.of.firstDay ? -1 : 1));
  const past = told.filter((one) => !isComing(one)).sort((a, b) => (a.of.lastDay < b.of.lastDay ? 1 : -1));
  const years = [...new Set(past.map((one) => yearOf(one.of.lastDay)))];
  return {
    title,
    crumbs: backToMe(ctx, title),
    phone: true,
    coming: coming.map((one) => classRow(ctx, one, null)),
    years: years.map((year) => ({
      label: t('home.classes.year', { year }),
      rows: past.filter((one) => yearOf(one.of.lastDay) === year).map((one) => classRow(ctx, one, minutes.get(one.of.id) ?? null)),
    })),
    isEmpty: told.length === 0,
  };
}

function classRow(ctx: Ctx, { place, of }: MyPlace, minutes: number | null) {
  const { t } = ctx;
  const cancelled = of.state === 'CANCELLED' || of.state === 'POSTPONED';
  return {
    name: of.name,
    when: `${datesWords(t, of)} · ${kindWords(t, of)}`,
    where: of.place,
    badge: cancelled ? { kind: 'warn', icon: 'calendar-x', label: t(`home.classes.${of.state}`) } : placeBadge(t, place.state),
    hours:
      minutes === null
        ? t('home.classes.planned', { hours: hoursWords(of.creditMinutes) })
        : t('home.classes.credited', { hours: hoursWords(minutes) }),
    why: place.stateReason,
  };
}
