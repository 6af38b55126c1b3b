import type { CivilDay } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import { choices } from '../platform/http/forms.js';
import { pagerModel, type Paging, type Slice } from '../platform/http/paging.js';
import type { SheetTable, SheetValue } from '../platform/files/xlsxWriter.js';
import { labelKey } from '../workers/posts.rules.js';
import type { Worker } from '../workers/worker.rules.js';
import { addressWith, crumbsOf, kept, placeAt, type NamedPlace } from '../workers/words.pages.js';
import { hoursText, registrationBadge } from './card.pages.js';
import { levels } from './level.rules.js';
import { registrationStateOn, type CertificationRow, type RegistrationState } from './standing.rules.js';
import { ledgerSorts, type LedgerFilter } from './standings.store.js';

/** Saved filters of the ledger. The first is whom the certificate rate counts; all but the last list people in service only. */
export const ledgerTabs = ['certified', 'firstDue', 'overdue', 'valid', 'renew', 'lapsed', 'pending', 'all'] as const;
export type LedgerTab = (typeof ledgerTabs)[number];

const tabFilters: Readonly<Record<LedgerTab, Partial<LedgerFilter>>> = {
  certified: { inService: true, certified: true },
  firstDue: { inService: true, registration: 'NONE_WITHIN_1Y' },
  overdue: { inService: true, registration: 'NONE_OVERDUE' },
  valid: { inService: true, registration: 'VALID' },
  renew: { inService: true, registration: 'RENEW_WINDOW' },
  lapsed: { inService: true, registration: 'LAPSED' },
  pending: { inService: true, pending: true },
  all: {},
};

/** The filter of a tab over what the rest of the address says. */
export function tabFilter(base: LedgerFilter, tab: LedgerTab): LedgerFilter {
  return { ...base, ...tabFilters[tab] };
}

/** Everything that the ledger prints. */
export interface Ledger {
  readonly tab: LedgerTab;
  /** Without what the tab says. */
  readonly filter: LedgerFilter;
  readonly paging: Paging;
  readonly slice: Slice<CertificationRow>;
  readonly counts: ReadonlyMap<LedgerTab, number>;
  readonly places: ReadonlyMap<string, NamedPlace>;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly division: { readonly areaCode: string; readonly name: string } | null;
}

/** 持证人员台账. */
export function ledgerPage(ctx: Ctx, ledger: Ledger) {
  const { t } = ctx;
  const { slice, paging, tab } = ledger;
  const area = areaOf(ctx, ledger);
  return {
    title: t('certificates.title'),
    crumbs: crumbsOf(ctx, { href: null, label: t('certificates.title') }),
    facts: t('certificates.facts', { area, certified: countOf(ledger, 'certified') }),
    newHref: ctx.can('certificate.record') ? kept(ctx, '/certificates/new') : null,
    exportHref: slice.total > 0 ? addressWith(ctx, '/certificates/export', {}) : null,
    tabs: ledgerTabs.map((one) => ({
      href: addressWith(ctx, '/certificates', { state: one }),
      label: t(`certificates.tab.${one}`),
      count: countOf(ledger, one),
      current: one === tab,
    })),
    note: t(`certificates.tabNote.${tab}`),
    state: tab,
    ...filtersOf(ctx, ledger),
    sorts: ledgerSorts.map((name) => ({
      label: t(`certificates.sort.${name}`),
      href: addressWith(ctx, '/certificates', { sort: name }),
      current: paging.sort === name,
    })),
    rows: slice.rows.map((row) => rowModel(ctx, row, ledger)),
    pager: pagerModel(paging, slice.total),
    emptyTitle: isNarrowed(ledger) ? t('certificates.noMatch') : t(`certificates.empty.${tab}`),
    emptyText: t('certificates.emptyText', { area }),
    clearHref: kept(ctx, '/certificates'),
  };
}

/** Whether anything but the tab keeps people out. */
const isNarrowed = ({ filter, division }: Ledger): boolean =>
  filter.search !== undefined || filter.level !== undefined || division !== null;
const areaOf = (ctx: Ctx, ledger: Ledger): string => ledger.division?.name ?? ctx.area.name;
const countOf = (ledger: Ledger, tab: LedgerTab): number => ledger.counts.get(tab) ?? 0;

/** The filter form, and a chip for each filter that is set. */
function filtersOf(ctx: Ctx, ledger: Ledger) {
  const options = levels.map((value) => ({ value, label: ctx.t(`certificates.level.${value}`) }));
  const { search = '', level = '' } = ledger.filter;
  const chips = [
    { name: 'q', label: search },
    { name: 'division', label: ledger.division?.name ?? '' },
    { name: 'level', label: options.find((one) => one.value === level)?.label ?? '' },
  ];
  return {
    search,
    divisions: choices(ledger.options, ledger.division?.areaCode ?? ''),
    levels: choices(options, level),
    chips: chips
      .filter((chip) => chip.label !== '')
      .map(({ name, label }) => ({ label, href: addressWith(ctx, '/certificates', { [name]: '' }) })),
  };
}

function rowModel(ctx: Ctx, row: CertificationRow, ledger: Ledger) {
  const { t } = ctx;
  const state = registrationStateOn(row, ledger.filter.today);
  const pending = row.pendingLevels.map((level) => t(`certificates.level.${level}`)).join(t('certificates.and'));
  return {
    href:
      row.certificateId === null
        ? `${kept(ctx, `/workers/${row.workerId}`)}#certificates`
        : kept(ctx, `/certificates/${row.certificateId}`),
    name: row.name,
    left: row.inService ? '' : t('certificates.row.left'),
    community: placeAt(row.divisionPath, ledger.places, 'community'),
    above: aboveOf(row, ledger.places),
    level: row.level === null ? '—' : t(`certificates.level.${row.level}`),
    pending: pending === '' ? '' : t('certificates.row.pending', { levels: pending }),
    obtainedOn: row.obtainedOn ?? '—',
    managementNo: row.managementNo ?? '',
    badge: registrationBadge(t, state),
    day: dayWords(ctx, row, state),
    ce: ceWords(ctx, row),
  };
}

function aboveOf(row: CertificationRow, places: Ledger['places']): string {
  return [placeAt(row.divisionPath, places, 'county'), placeAt(row.divisionPath, places, 'township')]
    .filter((name) => name !== '')
    .join(' ');
}

function dayWords(ctx: Ctx, row: CertificationRow, state: RegistrationState | null): string {
  if (row.validThrough !== null) return ctx.t('certificates.row.through', { day: row.validThrough });
  return row.registerBy === null
    ? ''
    : ctx.t(state === 'NONE_OVERDUE' ? 'certificates.row.overdue' : 'certificates.row.registerBy', { day: row.registerBy });
}

function ceWords(ctx: Ctx, row: CertificationRow): string {
  if (row.ceEarnedMinutes === null || row.ceRequiredMinutes === null) return '—';
  return ctx.t('certificates.row.ce', { earned: hoursText(row.ceEarnedMinutes), required: hoursText(row.ceRequiredMinutes) });
}

/** The ledger of documents.md §4.4 as a workbook, masked like the page. */
export function ledgerSheet(
  ctx: Ctx,
  ledger: Ledger,
  of: { people: ReadonlyMap<string, Worker>; registeredOn: ReadonlyMap<string, CivilDay> },
): SheetTable {
  const { t } = ctx;
  const heads = [
    'no',
    'county',
    'township',
    'community',
    'name',
    'idNumber',
    'phone',
    'post',
    'level',
    'managementNo',
    'obtainedOn',
    'examYear',
    'state',
    'registeredOn',
    'validThrough',
    'ce',
    'ceRequired',
    'status',
  ];
  const area = areaOf(ctx, ledger);
  return {
    name: t('certificates.title'),
    title: t('certificates.export.title', { area, state: t(`certificates.tab.${ledger.tab}`) }),
    notes: [t('certificates.export.note', { day: ledger.filter.today, by: ctx.actor.name, total: ledger.slice.rows.length })],
    headers: [heads.map((head) => ({ text: t(`certificates.export.${head}`) }))],
    columns: [6, 12, 14, 16, 10, 22, 16, 16, 16, 24, 13, 10, 16, 13, 13, 12, 10, 10].map((width) => ({ width })),
    rows: ledger.slice.rows.map((row, index) =>
      sheetRow(ctx, row, { no: index + 1, ledger, worker: of.people.get(row.workerId), registeredOn: of.registeredOn.get(row.workerId) }),
    ),
  };
}

function sheetRow(
  ctx: Ctx,
  row: CertificationRow,
  at: { no: number; ledger: Ledger; worker: Worker | undefined; registeredOn: CivilDay | undefined },
): SheetValue[] {
  const { t } = ctx;
  const { worker, ledger } = at;
  const place = (level: string): string => placeAt(row.divisionPath, ledger.places, level);
  const hours = (minutes: number | null): string | null => (minutes === null ? null : hoursText(minutes));
  const pending = row.pendingLevels
    .map((level) => t('certificates.row.pending', { levels: t(`certificates.level.${level}`) }))
    .join(t('certificates.and'));
  return [
    at.no,
    place('county'),
    place('township'),
    place('community'),
    row.name,
    worker?.idMasked ?? null,
    worker?.phoneMasked ?? null,
    worker === undefined ? null : t(labelKey('post', worker.post)),
    row.level === null ? pending : t(`certificates.level.${row.level}`),
    row.managementNo,
    row.obtainedOn,
    row.examYear,
    registrationBadge(t, registrationStateOn(row, ledger.filter.today)).label,
    at.registeredOn ?? null,
    row.validThrough,
    hours(row.ceEarnedMinutes),
    hours(row.ceRequiredMinutes),
    t(labelKey('serviceStatus', row.status)),
  ];
}
