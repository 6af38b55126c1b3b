import type { CivilDay } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import { choices } from '../platform/http/forms.js';
import { pagerModel, type Paging, type Slice } from '../platform/http/paging.js';
import { addressWith, kept } from '../workers/words.pages.js';
import { purposes, tiers, type Purpose, type Tier } from './classes.rules.js';
import type { ClassFilter } from './classFilter.rules.js';
import { classTabs, planRowFilter, planRows, tabFilter, type ClassTab, type PlanRow } from './stages.rules.js';
import type { TrainingClass } from './trainingClass.rules.js';
import { classAreaId, datesWords, daysWords, hoursWords, kindWords, stageBadge } from './words.pages.js';

/** What a list of classes is narrowed to, as the address says it; unknown values are as if not there. */
export interface ClassListQuery {
  readonly tab: ClassTab;
  readonly tier: Tier | null;
  readonly purpose: Purpose | null;
  readonly row: PlanRow | null;
  /** 1–12, null: the whole year. */
  readonly month: number | null;
  readonly search: string;
}

const one = <Value extends string>(values: readonly Value[], text: string | undefined): Value | null =>
  values.find((value) => value === text) ?? null;

/** Reads the address of a list. */
export function readClassQuery(query: Ctx['query']): ClassListQuery {
  const month = Number(query['month']);
  return {
    tab: one(classTabs, query['tab']) ?? 'all',
    tier: one(tiers, query['tier']),
    purpose: one(purposes, query['purpose']),
    row: one(planRows, query['row']),
    month: Number.isInteger(month) && month >= 1 && month <= 12 ? month : null,
    search: (query['q'] ?? '').trim().slice(0, 60),
  };
}

/** The filter of a list; page, counts and export ask by the same one. */
export function classFilter(ctx: Ctx, query: ClassListQuery, today: CivilDay): ClassFilter {
  return {
    year: ctx.year,
    seenBy: classAreaId(ctx),
    ...(query.row === null ? {} : planRowFilter(query.row)),
    ...(query.tier === null ? {} : { tiers: [query.tier] }),
    ...(query.purpose === null ? {} : { purposes: [query.purpose] }),
    ...(query.month === null ? {} : { endsIn: `${String(ctx.year)}-${String(query.month).padStart(2, '0')}` }),
    ...(query.search === '' ? {} : { search: query.search }),
    ...tabFilter(query.tab, today),
  };
}

interface ListFacts {
  readonly query: ClassListQuery;
  readonly paging: Paging;
  readonly today: CivilDay;
  /** How many each saved filter holds under the other conditions. */
  readonly counts: ReadonlyMap<ClassTab, number>;
}

/** The list of classes. */
export function classesPage(ctx: Ctx, slice: Slice<TrainingClass>, at: ListFacts) {
  const { t } = ctx;
  const { query, paging } = at;
  const title = t('trainings.list.title');
  return {
    title,
    crumbs: [
      { href: kept(ctx, '/'), label: t('shell.menu.desk') },
      { href: null, label: title },
    ],
    facts: t('trainings.list.facts', {
      area: ctx.area.name,
      year: ctx.year,
      n: slice.total,
      sort: t(`trainings.list.sorted.${paging.direction === 1 ? paging.sort : `${paging.sort}Down`}`),
    }),
    exportHref: slice.total > 0 ? addressWith(ctx, '/classes/export', {}) : null,
    newHref: ctx.can('training.plan') ? kept(ctx, '/classes/new') : null,
    externalHref: ctx.can('training.external') ? kept(ctx, '/classes/external/new') : null,
    tabs: tabsOf(ctx, at),
    tab: query.tab === 'all' ? '' : query.tab,
    search: query.search,
    tiers: choices(
      tiers.map((value) => ({ value, label: t(`trainings.tier.${value}`) })),
      query.tier ?? '',
    ),
    purposes: choices(
      purposes.map((value) => ({ value, label: t(`trainings.purpose.${value}`) })),
      query.purpose ?? '',
    ),
    months: choices(monthChoices(ctx), query.month === null ? '' : String(query.month)),
    chips: chipsOf(ctx, query),
    sortName: sortHref(ctx, paging, 'name'),
    sortDate: sortHref(ctx, paging, 'first'),
    rows: slice.rows.map((of) => rowOf(ctx, of, at.today)),
    pager: pagerModel(paging, slice.total),
    clearHref: kept(ctx, '/classes'),
    emptyText: emptyWords(ctx, query),
  };
}

function tabsOf(ctx: Ctx, at: ListFacts) {
  return classTabs.map((tab) => ({
    href: addressWith(ctx, '/classes', { tab: tab === 'all' ? '' : tab }),
    label: ctx.t(`trainings.list.tab.${tab}`),
    count: at.counts.get(tab) ?? 0,
    current: tab === at.query.tab,
  }));
}

/** Why nothing is listed: nothing is planned, or nothing meets the conditions. */
function emptyWords(ctx: Ctx, query: ClassListQuery): string {
  const isFiltered = chipsOf(ctx, query).length > 0 || query.tab !== 'all';
  return ctx.t(isFiltered ? 'trainings.list.emptyFiltered' : 'trainings.list.emptyText', { year: ctx.year });
}

/** A head that sorts: once forwards, once more backwards. */
function sortHref(ctx: Ctx, paging: Paging, name: string): string {
  return addressWith(ctx, '/classes', { sort: paging.sort === name && paging.direction === 1 ? `-${name}` : name });
}

function monthChoices(ctx: Ctx) {
  return Array.from({ length: 12 }, (_, index) => ({ value: String(index + 1), label: ctx.t('trainings.month', { month: index + 1 }) }));
}

function chipsOf(ctx: Ctx, query: ClassListQuery) {
  const { t } = ctx;
  const chips = [
    { name: 'q', label: query.search },
    { name: 'row', label: query.row === null ? '' : t(`trainings.row.${query.row}`) },
    { name: 'tier', label: query.tier === null ? '' : t(`trainings.tier.${query.tier}`) },
    { name: 'purpose', label: query.purpose === null ? '' : t(`trainings.purpose.${query.purpose}`) },
    { name: 'month', label: query.month === null ? '' : t('trainings.month', { month: query.month }) },
  ];
  return chips
    .filter((chip) => chip.label !== '')
    .map(({ name, label }) => ({ label, href: addressWith(ctx, '/classes', { [name]: '' }) }));
}

function rowOf(ctx: Ctx, of: TrainingClass, today: CivilDay) {
  return {
    href: kept(ctx, `/classes/${of.id}`),
    name: of.name,
    place: [of.organiser, of.place].filter((text) => text !== '').join(' · '),
    kind: kindWords(ctx.t, of),
    span: datesWords(ctx.t, of),
    size: ctx.t('trainings.list.size', { days: daysWords(of), hours: hoursWords(of.creditMinutes) }),
    taken: of.takenSeats,
    capacity: of.capacity,
    teacher: of.teacherName,
    badge: stageBadge(ctx.t, of, today),
  };
}
