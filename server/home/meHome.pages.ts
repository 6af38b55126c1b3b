import type { HoursBucket } from '../attendance/hours.rules.js';
import { hoursBuckets } from '../attendance/hours.rules.js';
import type { WorkerYearRow } from '../coverage/people.rules.js';
import type { CivilDay } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import type { Correction } from '../workers/requests.rules.js';
import type { Worker } from '../workers/worker.rules.js';
import { placeLine, type NamedPlace } from '../workers/words.pages.js';
import { isComing, nextClassCard, nextPlace, type MyPlace } from './meClasses.pages.js';
import type { Slot } from '../trainings/slots.rules.js';
import { correctionRow } from './meCorrections.pages.js';
import { hoursText } from './meWords.pages.js';

/** What the worker's first page is made of; everything is the worker's own. */
export interface MyHome {
  readonly worker: Worker;
  readonly places: ReadonlyMap<string, NamedPlace>;
  readonly today: CivilDay;
  /** The half-day that it is. */
  readonly now: Slot;
  readonly year: WorkerYearRow | null;
  readonly classes: readonly MyPlace[];
  /** Answered corrections that were not yet seen. */
  readonly answers: readonly Correction[];
  readonly tasks: readonly object[];
  readonly exam: object | null;
  readonly certificate: object | null;
}

/** 我的学习与持证: what I owe and by when, next class, hours, exam subjects, certificate. */
export function myHomePage(ctx: Ctx, of: MyHome) {
  const { t } = ctx;
  const next = nextPlace(of.classes, of.now);
  return {
    title: t('home.me.title'),
    crumbs: [],
    phone: true,
    hello: t('home.me.hello', { name: of.worker.name }),
    where: [placeLine(of.worker.divisionPath, of.places), t(`workers.post.${of.worker.post}`)].join(' · '),
    today: of.today,
    answers: of.answers.map((one) => correctionRow(ctx, one)),
    tasks: of.tasks,
    tasksTitle: of.tasks.length === 0 ? t('home.me.nothing') : t('home.me.tasks', { n: of.tasks.length }),
    nothingText: nothingText(ctx, of.year),
    next: next === null ? null : nextClassCard(ctx, next, of.now),
    hours: hoursCard(ctx, of),
    exam: of.exam,
    certificate: of.certificate,
  };
}

function nothingText(ctx: Ctx, year: WorkerYearRow | null): string {
  const coverage = year?.standing.coverage;
  return coverage?.kind === 'TRAINED' ? ctx.t('home.me.covered', { day: coverage.completedOn.slice(5) }) : ctx.t('home.me.nothingText');
}

/** Hours of the year by bucket; light is what the classes to come would add. */
function hoursCard(ctx: Ctx, of: MyHome) {
  const { t } = ctx;
  const standing = of.year?.standing;
  const hours = standing?.hours ?? null;
  if (standing === undefined || hours === null) return null;
  const { earned } = standing;
  const coming = comingMinutes(of);
  const inClassRequired = hours.inClassMissingMinutes > 0 ? earned.IN_CLASS + hours.inClassMissingMinutes : 0;
  const shown = hoursBuckets.filter((bucket) => bucket === 'IN_CLASS' || earned[bucket] > 0);
  return {
    year: standing.year,
    earned: hoursText(hours.earnedMinutes),
    required: hoursText(hours.requiredMinutes),
    isMet: hours.isMet,
    classes: hours.classesRequired > hours.classesDone ? t('home.me.classesMissing', { n: hours.classesRequired - hours.classesDone }) : '',
    meters: shown.map((bucket) =>
      bucket === 'IN_CLASS'
        ? inClassMeter(ctx, { earned: earned.IN_CLASS, required: inClassRequired, ofYear: hours.requiredMinutes, coming })
        : otherMeter(ctx, bucket, earned[bucket]),
    ),
  };
}

function comingMinutes(of: MyHome): { readonly minutes: number; readonly lastDay: CivilDay | null } {
  const year = of.year?.year;
  const coming = of.classes.filter((one) => isComing(one) && one.of.year === year);
  const last =
    coming
      .map((one) => one.of.lastDay)
      .sort()
      .at(-1) ?? null;
  return { minutes: coming.reduce((sum, one) => sum + one.of.creditMinutes, 0), lastDay: last };
}

interface InClass {
  readonly earned: number;
  /** The least that has to be in class; 0 for no such rule. */
  readonly required: number;
  /** All hours that the year asks for. */
  readonly ofYear: number;
  readonly coming: { readonly minutes: number; readonly lastDay: CivilDay | null };
}

/** Minutes in class against what is asked of them, or of the year where nothing is asked of them alone. */
function inClassMeter(ctx: Ctx, at: InClass) {
  const { t } = ctx;
  const goal = Math.max(at.required > 0 ? at.required : at.ofYear, 1);
  const percent = (minutes: number): number => Math.min(100, Math.round((minutes / goal) * 100));
  const later = hoursText(at.earned + at.coming.minutes);
  const note = at.coming.lastDay === null ? '' : t('home.me.afterClasses', { day: at.coming.lastDay.slice(5), hours: later });
  return {
    label: at.required > 0 ? t('home.me.inClassAtLeast', { hours: hoursText(at.required) }) : t('home.bucket.IN_CLASS'),
    value: at.required > 0 ? `${hoursText(at.earned)} / ${hoursText(at.required)}` : hoursText(at.earned),
    done: percent(at.earned),
    more: percent(at.earned + at.coming.minutes),
    note,
  };
}

function otherMeter(ctx: Ctx, bucket: HoursBucket, minutes: number) {
  return { label: ctx.t(`home.bucket.${bucket}`), value: hoursText(minutes), done: 100, more: 0, note: ctx.t('home.me.onlyTotal') };
}
