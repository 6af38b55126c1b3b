import { parseDay } from '../platform/civilDays.js';
import { field, type Ctx } from '../platform/http/context.js';
import { choices, formModel, type Problem } from '../platform/http/forms.js';
import type { Worker } from '../workers/worker.rules.js';
import { kept } from '../workers/words.pages.js';
import { purposes, tiers } from './classes.rules.js';
import { hoursField } from './external.forms.js';
import { halves } from './slots.rules.js';
import type { Enrolment, TrainingClass } from './trainingClass.rules.js';
import { classCrumbs, dayWords } from './words.pages.js';

/** People around the form: those chosen, and those a search found. */
export interface ExternalPeople {
  readonly chosen: readonly Worker[];
  readonly found: readonly Worker[];
  /** How many the search found in all; null before a search. */
  readonly total: number | null;
  /** Where each of them is, by worker id. */
  readonly places: ReadonlyMap<string, string>;
}

const names = [
  'name',
  'tier',
  'purpose',
  'organiser',
  'place',
  'firstDay',
  'firstHalf',
  'lastDay',
  'lastHalf',
  'hours',
  'evidence',
  'workerIds',
] as const;

/** 登记别处办的班: the class, its evidence, who completed it. */
export function externalPage(ctx: Ctx, at: { owner: string; people: ExternalPeople; problems: readonly Problem[] }) {
  const { t } = ctx;
  const title = t('trainings.external.title');
  const typed = Object.keys(ctx.body).length > 0 ? ctx.body : { firstHalf: 'AM', lastHalf: 'PM' };
  const form = formModel(names, typed, at.problems, t);
  const halfChoices = (current: string) =>
    choices(
      halves.map((value) => ({ value, label: t(`trainings.half.${value}`) })),
      current,
    );
  return {
    title,
    crumbs: classCrumbs(ctx, { href: null, label: title }),
    facts: t('trainings.external.facts', { owner: at.owner }),
    form,
    action: kept(ctx, '/classes/external/new'),
    backHref: kept(ctx, '/classes'),
    tiers: choices(
      tiers.map((value) => ({ value, label: t(`trainings.tier.${value}`) })),
      form.fields.tier.value,
    ),
    purposes: choices(
      purposes.map((value) => ({ value, label: t(`trainings.purpose.${value}`) })),
      form.fields.purpose.value,
    ),
    firstHalves: halfChoices(form.fields.firstHalf.value),
    lastHalves: halfChoices(form.fields.lastHalf.value),
    firstEcho: echoOf(ctx, form.fields.firstDay.value),
    lastEcho: echoOf(ctx, form.fields.lastDay.value),
    button: t('trainings.external.button'),
    ...peopleModel(ctx, at.people),
  };
}

/** People for a class that is entered already. */
export function addingPage(ctx: Ctx, of: TrainingClass, at: { people: ExternalPeople; problems: readonly Problem[] }) {
  const { t } = ctx;
  const back = kept(ctx, `/classes/${of.id}/people`);
  const title = t('trainings.external.addTitle', { name: of.name });
  return {
    title,
    crumbs: classCrumbs(
      ctx,
      { href: kept(ctx, `/classes/${of.id}`), label: of.name },
      { href: null, label: t('trainings.class.addCompleted') },
    ),
    form: formModel(['workerIds'], ctx.body, at.problems, t),
    action: kept(ctx, `/classes/${of.id}/completed/new`),
    backHref: back,
    version: typeof ctx.body['version'] === 'string' ? ctx.body['version'] : String(of.version),
    button: t('trainings.external.addButton'),
    ...peopleModel(ctx, at.people),
  };
}

function peopleModel(ctx: Ctx, people: ExternalPeople) {
  const { t } = ctx;
  const row = (worker: Worker) => ({
    id: worker.id,
    name: worker.name,
    idMasked: worker.idMasked,
    place: people.places.get(worker.id) ?? '',
    post: t(`workers.post.${worker.post}`),
    hoursName: hoursField(worker.id),
    hours: field(ctx, hoursField(worker.id)),
  });
  const chosen = new Set(people.chosen.map((worker) => worker.id));
  const found = people.found.filter((worker) => !chosen.has(worker.id));
  return {
    search: field(ctx, 'q'),
    chosen: people.chosen.map(row),
    chosenTitle: t('trainings.external.chosen', { n: people.chosen.length }),
    found: found.map(row),
    foundText:
      people.total === null
        ? ''
        : t(people.total > people.found.length ? 'trainings.external.foundMore' : 'trainings.external.found', {
            n: people.total,
            shown: people.found.length,
          }),
  };
}

function echoOf(ctx: Ctx, text: string): string {
  const day = parseDay(text);
  return day === null ? '' : `${day.slice(0, 4)}-${dayWords(ctx.t, day)}`;
}

/** The question before somebody is taken out of a class held elsewhere. */
export function strikingPage(ctx: Ctx, of: TrainingClass, place: Enrolment, problems: readonly Problem[]) {
  const { t } = ctx;
  const back = kept(ctx, `/classes/${of.id}/people`);
  const title = t('trainings.external.strike.title');
  return {
    title,
    crumbs: classCrumbs(
      ctx,
      { href: kept(ctx, `/classes/${of.id}`), label: of.name },
      { href: back, label: t('trainings.tab.people') },
      { href: null, label: title },
    ),
    question: t('trainings.external.strike.question', { name: place.name, of: of.name }),
    facts: [t('trainings.external.strike.hours', { name: place.name }), t('trainings.external.strike.coverage', { name: place.name })],
    action: kept(ctx, `/classes/${of.id}/completed/${place.id}/striking`),
    button: t('trainings.external.strike.button', { name: place.name }),
    back: { href: back, label: t('trainings.external.strike.not') },
    harm: true,
    version: typeof ctx.body['version'] === 'string' ? ctx.body['version'] : String(of.version),
    asksReason: true,
    asksDates: false,
    form: formModel(['reason', 'firstDay', 'nominateBy'], ctx.body, problems, t),
  };
}
