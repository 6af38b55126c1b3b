import type { Ctx } from '../platform/http/context.js';
import { postClasses } from '../workers/posts.rules.js';
import { placeOf, queryOf } from './links.pages.js';
import type { PeopleFilter } from './people.rules.js';
import { readShow, shows, type Show } from './shows.rules.js';
import { tierRows } from './workerYear.rules.js';

/** What an address asks for: the filter, and how the page says it. */
export interface PeopleQuestion {
  readonly show: Show;
  readonly filter: PeopleFilter;
  readonly label: string;
  readonly isOnboarding: boolean;
  readonly isUntrained: boolean;
  readonly tabs: readonly { readonly href: string; readonly label: string; readonly count: null; readonly current: boolean }[];
  /** Fields of the filter form that carry the list's kind on. */
  readonly hidden: readonly { readonly name: string; readonly value: string }[];
  readonly chips: readonly { readonly label: string; readonly without: Readonly<Record<string, string>> }[];
}

const coverageTabs: readonly Show[] = [
  'due',
  'trained',
  'untrained',
  'arranged',
  'unarranged',
  'exempt',
  'joinedAfterGrace',
  'hoursMet',
  'hoursShort',
];
const onboardingTabs: readonly Show[] = ['onboarding', 'onboardingOpen', 'onboardingOverdue', 'onboardingDone', 'onboardingLate'];

function readMonth(text: string | undefined): number | undefined {
  const month = Number(text);
  return Number.isInteger(month) && month >= 1 && month <= 12 ? month : undefined;
}

function monthsOf(ctx: Ctx): { from: number; to: number } | undefined {
  const [from, to] = [readMonth(ctx.query['from']), readMonth(ctx.query['to'])];
  return from === undefined && to === undefined ? undefined : { from: from ?? 1, to: to ?? 12 };
}

function monthLabel(ctx: Ctx, { from, to }: { from: number; to: number }): string {
  if (from === to) return ctx.t('coverage.people.inMonth', { month: from });
  return ctx.t(from === 1 ? 'coverage.people.upToMonth' : 'coverage.people.months', { from, to });
}

function chipsOf(ctx: Ctx, filter: PeopleFilter): PeopleQuestion['chips'] {
  const { t } = ctx;
  const { search = '', postClass, row, month } = filter;
  return [
    ...(search === '' ? [] : [{ label: search, without: { q: '' } }]),
    ...(postClass === undefined ? [] : [{ label: t(`workers.postClass.${postClass}`), without: { postClass: '' } }]),
    ...(row === undefined ? [] : [{ label: t(`coverage.row.${row}`), without: { row: '' } }]),
    ...(month === undefined ? [] : [{ label: monthLabel(ctx, month), without: { from: '', to: '' } }]),
  ];
}

/** What an address narrows its list to, beside the kind of the list. */
function narrowingOf(ctx: Ctx): Pick<PeopleFilter, 'postClass' | 'month' | 'search'> {
  const postClass = postClasses.find((one) => one === ctx.query['postClass']);
  const month = monthsOf(ctx);
  const search = (ctx.query['q'] ?? '').trim();
  return {
    ...(postClass === undefined ? {} : { postClass }),
    ...(month === undefined ? {} : { month }),
    ...(search === '' ? {} : { search }),
  };
}

function labelOf({ t }: Ctx, show: Show, { bookedRow }: PeopleFilter): string {
  return bookedRow === undefined ? t(`coverage.show.${show}`) : t('coverage.show.bookedIn', { row: t(`coverage.row.${bookedRow}`) });
}

/** Reads the question of an address; what it does not understand is left out. */
export function readQuestion(ctx: Ctx, otherwise: Show = 'due'): PeopleQuestion {
  const { t, query } = ctx;
  const row = tierRows.find((one) => one === query['row']);
  const asked = readShow(query['show'], otherwise);
  const show = asked === 'booked' && row === undefined ? otherwise : asked;
  const inRow = row === undefined ? {} : show === 'booked' ? { bookedRow: row } : { row };
  const filter: PeopleFilter = { year: ctx.year, divisionId: ctx.area.id, ...shows[show], ...inRow, ...narrowingOf(ctx) };
  const isOnboarding = onboardingTabs.includes(show);
  const tabs = isOnboarding ? onboardingTabs : coverageTabs;
  return {
    show,
    filter,
    label: labelOf(ctx, show, filter),
    isOnboarding,
    isUntrained: filter.kinds?.length === 1 && filter.kinds[0] === 'UNTRAINED',
    tabs: tabs.map((name) => ({
      href: `/coverage/people${queryOf({ ...placeOf(ctx), show: name })}`,
      label: t(`coverage.show.${name}`),
      count: null,
      current: name === show,
    })),
    hidden: ['show', 'row', 'from', 'to', 'sort'].flatMap((name) => (query[name] === undefined ? [] : [{ name, value: query[name] }])),
    chips: chipsOf(ctx, filter),
  };
}
