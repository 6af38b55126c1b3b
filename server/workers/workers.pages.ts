import type { Ctx } from '../platform/http/context.js';
import { choices } from '../platform/http/forms.js';
import { pagerModel, type Paging, type Slice } from '../platform/http/paging.js';
import { grouped } from '../platform/text/numbers.js';
import type { SheetTable } from '../platform/files/xlsxWriter.js';
import { birthMonthOf } from './idNumber.rules.js';
import { labelKey, postClasses, serviceStatuses, type PostClass, type ServiceStatus } from './posts.rules.js';
import type { Worker } from './worker.rules.js';
import { addressWith, codeChoices, crumbsOf, kept, placeAt, placeLine, statusBadge, type NamedPlace } from './words.pages.js';

/** What the list is narrowed to, as the address says it. */
export interface RosterQuery {
  readonly search: string;
  readonly division: { readonly id: string; readonly areaCode: string; readonly name: string } | null;
  readonly postClass: PostClass | null;
  /** `ALL`: also who has left. */
  readonly status: ServiceStatus | 'ALL' | null;
}

/** The places of a list: those of its rows, and those it can be narrowed to. */
export interface RosterPlaces {
  readonly names: ReadonlyMap<string, NamedPlace>;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

const sortNames = ['pinyin', 'stroke', 'division', 'entry'] as const;

/** The post class of an address, or null. */
export function readPostClass(text: string | undefined): PostClass | null {
  return postClasses.find((one) => one === text) ?? null;
}

/** The status of an address; nothing means everybody who has not left. */
export function readStatus(text: string | undefined): RosterQuery['status'] {
  return text === 'ALL' ? 'ALL' : (serviceStatuses.find((one) => one === text) ?? null);
}

/** The roster list. */
export function rosterPage(
  ctx: Ctx,
  slice: Slice<Worker>,
  at: { readonly query: RosterQuery; readonly places: RosterPlaces; readonly paging: Paging },
) {
  const { t } = ctx;
  const { query, places, paging } = at;
  const title = t('workers.list.title');
  const statuses = [...codeChoices(t, 'serviceStatus'), { value: 'ALL', label: t('workers.list.withLeft') }];
  return {
    title,
    crumbs: crumbsOf(ctx, { href: null, label: title }),
    facts: t('workers.list.facts', { area: ctx.area.name, total: grouped(slice.total), sort: t(`workers.list.sorted.${paging.sort}`) }),
    addHref: ctx.can('worker.change') ? kept(ctx, '/workers/new') : null,
    importHref: ctx.can('worker.import') ? kept(ctx, '/imports') : null,
    exportHref: ctx.can('worker.export') && slice.total > 0 ? addressWith(ctx, '/workers/export', {}) : null,
    search: query.search,
    divisions: choices(places.options, query.division?.areaCode ?? ''),
    postClasses: choices(codeChoices(t, 'postClass'), query.postClass ?? ''),
    statuses: choices(statuses, query.status ?? ''),
    chips: chipsOf(ctx, query, statuses),
    sorts: sortNames.map((name) => ({
      label: t(`workers.list.sort.${name}`),
      href: addressWith(ctx, '/workers', { sort: name }),
      current: paging.sort === name,
    })),
    rows: slice.rows.map((worker) => rowOf(ctx, worker, places.names)),
    pager: pagerModel(paging, slice.total),
    clearHref: kept(ctx, '/workers'),
    isFiltered: Object.values(query).some((value) => value !== null && value !== ''),
    emptyText: query.search === '' ? t('workers.list.emptyText') : t('workers.list.emptySearch', { search: query.search }),
  };
}

function chipsOf(ctx: Ctx, query: RosterQuery, statuses: readonly { value: string; label: string }[]) {
  const { t } = ctx;
  const chips = [
    { name: 'q', label: query.search },
    { name: 'division', label: query.division?.name ?? '' },
    { name: 'postClass', label: query.postClass === null ? '' : t(labelKey('postClass', query.postClass)) },
    { name: 'status', label: statuses.find((one) => one.value === query.status)?.label ?? '' },
  ];
  return chips
    .filter((chip) => chip.label !== '')
    .map(({ name, label }) => ({ label, href: addressWith(ctx, '/workers', { [name]: '' }) }));
}

function rowOf(ctx: Ctx, worker: Worker, places: ReadonlyMap<string, NamedPlace>) {
  const { t } = ctx;
  const above = [placeAt(worker.divisionPath, places, 'county'), placeAt(worker.divisionPath, places, 'township')].filter(
    (name) => name !== '',
  );
  return {
    href: kept(ctx, `/workers/${worker.id}`),
    name: worker.name,
    idMasked: worker.idMasked,
    community: placeAt(worker.divisionPath, places, 'community'),
    above: above.join(' '),
    post: t(labelKey('post', worker.post)),
    postClass: t(labelKey('postClass', worker.postClass)),
    phone: worker.phoneMasked ?? '—',
    education: worker.education === null ? '—' : t(labelKey('educationLevel', worker.education)),
    entryDate: worker.entryDate,
    badge: statusBadge(t, worker.status),
  };
}

/** The list as a workbook, masked like the page: an export is no way around 查看. */
export function rosterSheet(
  ctx: Ctx,
  workers: readonly Worker[],
  at: { readonly places: ReadonlyMap<string, NamedPlace>; readonly today: string },
): SheetTable {
  const { t } = ctx;
  const heads = [
    'no',
    'place',
    'name',
    'sex',
    'birth',
    'idNumber',
    'phone',
    'politicalStatus',
    'education',
    'post',
    'postClass',
    'workStartedOn',
    'entryDate',
    'postSince',
    'grade',
    'status',
  ];
  return {
    name: t('workers.list.title'),
    title: t('workers.export.title', { area: ctx.area.name }),
    notes: [t('workers.export.note', { day: at.today, by: ctx.actor.name, total: workers.length })],
    headers: [heads.map((head) => ({ text: t(`workers.field.${head}`) }))],
    columns: [6, 34, 12, 6, 10, 22, 16, 14, 12, 20, 10, 14, 14, 14, 8, 12].map((width) => ({ width })),
    rows: workers.map((worker, index) => sheetRow(ctx, index + 1, worker, at.places)),
  };
}

function sheetRow(ctx: Ctx, no: number, worker: Worker, places: ReadonlyMap<string, NamedPlace>): (string | number | null)[] {
  const { t } = ctx;
  const word = (list: 'politicalStatus' | 'educationLevel', code: string | null): string =>
    code === null ? '' : t(`workers.${list}.${code}`);
  return [
    no,
    placeLine(worker.divisionPath, places),
    worker.name,
    t(labelKey('sex', worker.sex)),
    birthMonthOf(worker.birthDay),
    worker.idMasked,
    worker.phoneMasked,
    word('politicalStatus', worker.politicalStatus),
    word('educationLevel', worker.education),
    t(labelKey('post', worker.post)),
    t(labelKey('postClass', worker.postClass)),
    worker.workStartedOn,
    worker.entryDate,
    worker.postSince,
    worker.grade,
    t(labelKey('serviceStatus', worker.status)),
  ];
}
