import type { Ctx } from '../platform/http/context.js';
import { choices } from '../platform/http/forms.js';
import { pagerModel, type Paging } from '../platform/http/paging.js';
import type { SheetTable } from '../platform/files/xlsxWriter.js';
import { addressWith, kept } from '../workers/words.pages.js';
import { classHead, manages, type HeadFacts } from './classHead.pages.js';
import { enrolmentStates, isActive, type EnrolmentState } from './enrolment.rules.js';
import type { Enrolment } from './trainingClass.rules.js';
import { datesWords, hoursWords, placeBadge } from './words.pages.js';

/** The saved filters over the people of a class. */
export const peopleTabs = ['placed', 'nominated', 'waiting', 'gone', 'all'] as const;
export type PeopleTab = (typeof peopleTabs)[number];

/** What the list of people is narrowed to. */
export interface PeopleQuery {
  readonly tab: PeopleTab;
  readonly division: string;
  readonly search: string;
}

/** Reads the address of the list. */
export function readPeopleQuery(ctx: Ctx): PeopleQuery {
  return {
    tab: peopleTabs.find((tab) => tab === ctx.query['state']) ?? 'placed',
    division: ctx.query['division'] ?? '',
    search: (ctx.query['q'] ?? '').trim(),
  };
}

/** States of a tab; counts and lists ask by these. */
export function statesOf(tab: PeopleTab): readonly EnrolmentState[] {
  switch (tab) {
    case 'placed':
      return enrolmentStates.filter((state) => isActive(state) && state !== 'NOMINATED');
    case 'nominated':
      return ['NOMINATED'];
    case 'waiting':
      return ['WAITLISTED'];
    case 'gone':
      return ['RETURNED', 'WITHDRAWN'];
    case 'all':
      return enrolmentStates;
  }
}

/** The places of a query, by pinyin. */
export function placesOf(places: readonly Enrolment[], query: PeopleQuery): Enrolment[] {
  const states = statesOf(query.tab);
  return places.filter(
    (place) =>
      states.includes(place.state) &&
      (query.division === '' || place.quotaDivisionId === query.division || place.divisionPath.includes(query.division)) &&
      place.name.includes(query.search),
  );
}

interface PeopleFacts extends HeadFacts {
  readonly places: readonly Enrolment[];
  readonly query: PeopleQuery;
  readonly paging: Paging;
  readonly divisions: readonly { readonly id: string; readonly name: string }[];
  readonly reasons: ReadonlyMap<string, string>;
}

/** The people of a class. */
export function peoplePage(ctx: Ctx, at: PeopleFacts) {
  const { t } = ctx;
  const { of, query, paging } = at;
  const path = `/classes/${of.id}/people`;
  const found = placesOf(at.places, query);
  const canStrike = of.external && manages(ctx, of, 'training.external');
  const division = at.divisions.find((one) => one.id === query.division);
  const chips = [
    { name: 'q', label: query.search },
    { name: 'division', label: division?.name ?? '' },
  ].filter((chip) => chip.label !== '');
  return {
    ...classHead(ctx, at),
    path,
    filters: peopleTabs.map((tab) => ({
      href: addressWith(ctx, path, { state: tab }),
      label: t(`trainings.people.tab.${tab}`),
      count: placesOf(at.places, { ...query, tab }).length,
      current: tab === query.tab,
    })),
    state: query.tab,
    search: query.search,
    divisions: choices(
      at.divisions.map(({ id, name }) => ({ value: id, label: name })),
      query.division,
    ),
    chips: chips.map(({ name, label }) => ({ label, href: addressWith(ctx, path, { [name]: '' }) })),
    exportHref: found.length > 0 ? addressWith(ctx, `${path}/export`, {}) : null,
    external: of.external,
    rows: found.slice(paging.skip, paging.skip + paging.size).map((place) => ({
      name: place.name,
      unit: place.unitText,
      href: ctx.can('worker.read') ? kept(ctx, `/workers/${place.workerId}`) : null,
      post: t(`workers.post.${place.post}`),
      postClass: t(`workers.postClass.${place.postClass}`),
      reason: [at.reasons.get(place.id) ?? '', place.stateReason].filter((text) => text !== '').join('；'),
      hours: hoursWords(place.creditMinutes ?? of.creditMinutes),
      badge: placeBadge(t, place.state),
      strikeHref: canStrike && place.state === 'COMPLETED' ? kept(ctx, `/classes/${of.id}/completed/${place.id}/striking`) : null,
    })),
    pager: pagerModel(paging, found.length),
    emptyTitle: t('trainings.people.emptyTitle'),
    emptyText: t(`trainings.people.empty.${query.tab}`),
  };
}

/** The people as a workbook. */
export function peopleSheet(ctx: Ctx, at: Pick<PeopleFacts, 'of' | 'places' | 'query' | 'reasons' | 'today'>): SheetTable {
  const { t } = ctx;
  const { of } = at;
  const rows = placesOf(at.places, at.query);
  return {
    name: t('trainings.tab.people'),
    title: t('trainings.people.exportTitle', { name: of.name }),
    notes: [
      t('trainings.people.exportNote', { span: datesWords(t, of), place: of.place === '' ? '—' : of.place, n: rows.length, day: at.today }),
    ],
    headers: [['no', 'person', 'unit', 'post', 'postClass', 'state', 'why'].map((head) => ({ text: t(`trainings.field.${head}`) }))],
    columns: [6, 12, 34, 20, 10, 10, 30].map((width) => ({ width })),
    rows: rows.map((place, index) => [
      index + 1,
      place.name,
      place.unitText,
      t(`workers.post.${place.post}`),
      t(`workers.postClass.${place.postClass}`),
      t(`trainings.place.state.${place.state}`),
      [at.reasons.get(place.id) ?? '', place.stateReason].filter((text) => text !== '').join('；'),
    ]),
  };
}
