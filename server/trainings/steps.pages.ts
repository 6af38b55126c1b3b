import { addDays, weekdayOf, type CivilDay } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import { formModel, type Problem } from '../platform/http/forms.js';
import { kept } from '../workers/words.pages.js';
import type { Strike } from './strikes.service.js';
import type { TrainingClass } from './trainingClass.rules.js';
import { classCrumbs, dayWords, spanWords } from './words.pages.js';

/** The four steps that are asked back before they are done; the word is part of the address. */
export type Step = 'publication' | 'postponement' | 'rescheduling' | 'cancellation';

interface StepFacts {
  readonly strike: Strike;
  readonly today: CivilDay;
  readonly problems: readonly Problem[];
}

/** Working days between two days, the second included: what counties have for answering a notice. */
function workingDays(from: CivilDay, to: CivilDay): number {
  let days = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (weekdayOf(day) !== 0 && weekdayOf(day) !== 6) days += 1;
  return days;
}

/** A window shorter than this is said aloud before publishing (documents.md §1.3 b). */
const comfortableWorkingDays = 5;

/** The question before a step: what happens to how many people, why, and a button that repeats verb and number. */
export function stepPage(ctx: Ctx, step: Step, of: TrainingClass, at: StepFacts) {
  const { t } = ctx;
  const back = kept(ctx, `/classes/${of.id}`);
  const title = t(`trainings.step.${step}.title`);
  const typed = Object.keys(ctx.body).length > 0 ? ctx.body : { firstDay: step === 'rescheduling' ? '' : of.firstDay, nominateBy: '' };
  const version = typeof ctx.body['version'] === 'string' ? ctx.body['version'] : String(of.version);
  const people = at.strike.placed;
  return {
    title,
    crumbs: classCrumbs(ctx, { href: back, label: of.name }, { href: null, label: title }),
    question: t(`trainings.step.${step}.question`, { name: of.name }),
    facts: step === 'publication' ? publicationFacts(ctx, of, at.today) : strikeFacts(ctx, step, of, at.strike),
    action: kept(ctx, `/classes/${of.id}/${step}`),
    button: t(people > 0 ? `trainings.step.${step}.button` : `trainings.step.${step}.buttonNobody`, { n: people }),
    back: { href: back, label: t(`trainings.step.${step}.not`) },
    harm: step !== 'publication',
    version,
    asksReason: step !== 'publication',
    asksDates: step === 'rescheduling',
    form: formModel(['reason', 'firstDay', 'nominateBy', 'lastDay', 'sessions', 'place'], typed, at.problems, t),
  };
}

function publicationFacts(ctx: Ctx, of: TrainingClass, today: CivilDay): string[] {
  const { t } = ctx;
  const seats =
    of.quotas.length === 0
      ? t('trainings.step.publication.open', { n: of.capacity })
      : t('trainings.step.publication.quotas', { n: of.capacity, divisions: of.quotas.length });
  const until = of.nominateBy ?? of.firstDay;
  const days = workingDays(today, until);
  return [
    seats,
    t('trainings.step.publication.until', { day: dayWords(t, until) }),
    ...(days < comfortableWorkingDays ? [t('trainings.step.publication.short', { days })] : []),
    t('trainings.step.publication.after'),
  ];
}

function strikeFacts(ctx: Ctx, step: Step, of: TrainingClass, strike: Strike): string[] {
  const { t } = ctx;
  const year = of.year;
  const people =
    strike.placed === 0
      ? [t('trainings.step.nobody')]
      : [t(`trainings.step.${step}.people`, { n: strike.placed }), t('trainings.step.without', { n: strike.without, year })];
  return [
    t(of.state === 'POSTPONED' ? 'trainings.step.was' : 'trainings.step.now', {
      span: spanWords(t, of),
      place: of.place === '' ? '—' : of.place,
    }),
    ...people,
    ...(strike.waiting > 0 ? [t('trainings.step.waiting', { n: strike.waiting })] : []),
    t(`trainings.step.${step}.after`),
  ];
}
