import { addDays, dayOf, parseDay, startOfDay, timeOf } from '../platform/civilDays.js';
import type { AuditChange } from '../platform/audit.js';
import type { Ctx } from '../platform/http/context.js';
import { choices } from '../platform/http/forms.js';
import { pagerModel, type Paging, type Slice } from '../platform/http/paging.js';
import { isId } from '../platform/ids.js';
import type { SheetTable } from '../platform/files/xlsxWriter.js';
import { grouped } from '../platform/text/numbers.js';
import { knownActions, trailKinds } from './audit.rules.js';
import type { TrailFilter, TrailRow } from './audit.store.js';

/** Names that rows refer to by id: divisions, and what was done something to. */
export interface TrailNames {
  readonly divisions: ReadonlyMap<string, string>;
  readonly objects: ReadonlyMap<string, string>;
}

/** For rows whose changes are in words already. */
const noNames: TrailNames = { divisions: new Map(), objects: new Map() };

/** The filter of the address; a day that is none and an unknown kind narrow nothing. */
export function trailFilter(ctx: Ctx): TrailFilter {
  const value = (name: string): string => (ctx.query[name] ?? '').trim();
  const from = parseDay(value('from'));
  const to = parseDay(value('to'));
  const kind = trailKinds.find((one) => one === value('kind'));
  return {
    who: value('who'),
    action: value('action'),
    ...(kind === undefined ? {} : { kind }),
    ...(isId(value('object')) ? { objectId: value('object') } : {}),
    ...(isId(value('division')) ? { divisionId: value('division') } : {}),
    ...(from === null ? {} : { from: startOfDay(from) }),
    ...(to === null ? {} : { before: startOfDay(addDays(to, 1)) }),
  };
}

/** The text of an action; an action that has no words yet is shown as it is stored. */
export function actionText(ctx: Ctx, action: string): string {
  return known(ctx, `audit.actions.${action}`, action);
}

/** The auditor's list. */
export function trailPage(
  ctx: Ctx,
  slice: Slice<TrailRow>,
  at: { paging: Paging; names: TrailNames; divisions: readonly { value: string; label: string }[] },
) {
  const title = ctx.t('audit.title');
  const query = (name: string): string => ctx.query[name] ?? '';
  const actions = knownActions().map((value) => ({ value, label: actionText(ctx, value) }));
  const kinds = trailKinds.map((value) => ({ value, label: ctx.t(`audit.kinds.${value}`) }));
  const labelIn = (options: readonly { value: string; label: string }[], value: string): string =>
    options.find((one) => one.value === value)?.label ?? '';
  const chips = [
    { name: 'who', label: query('who') },
    { name: 'action', label: labelIn(actions, query('action')) },
    { name: 'kind', label: labelIn(kinds, query('kind')) },
    { name: 'division', label: labelIn(at.divisions, query('division')) },
    { name: 'from', label: query('from') === '' ? '' : ctx.t('audit.fromDay', { day: query('from') }) },
    { name: 'to', label: query('to') === '' ? '' : ctx.t('audit.toDay', { day: query('to') }) },
    { name: 'object', label: query('object') === '' ? '' : ctx.t('audit.oneObject', { id: query('object').slice(-6) }) },
  ];
  return {
    title,
    crumbs: [{ href: null, label: title }],
    facts: ctx.t('audit.facts', { n: grouped(slice.total) }),
    exportHref: ctx.can('trail.export') && slice.total > 0 ? exportHref(ctx) : null,
    who: query('who'),
    from: query('from'),
    to: query('to'),
    actions: choices(actions, query('action')),
    kinds: choices(kinds, query('kind')),
    divisions: choices(at.divisions, query('division')),
    chips: chips.filter((chip) => chip.label !== '').map(({ name, label }) => ({ label, href: without(ctx, name) })),
    rows: slice.rows.map((row) => ({ ...rowModel(ctx, row, at.names), objectHref: `/trail?object=${row.object.id}` })),
    pager: pagerModel(at.paging, slice.total),
  };
}

/** The history of one object, as `partials/timeline` prints it. */
export function historyModel(ctx: Ctx, rows: readonly TrailRow[]) {
  return rows.map((row) => ({
    day: dayOf(row.at),
    title: actionText(ctx, row.action),
    text: [`${timeOf(row.at)} ${row.actorName}`, detailText(ctx, row, noNames)].filter((part) => part !== '').join(' · '),
    tone: 'calm',
    badge: null,
  }));
}

/** The trail as a workbook. */
export function trailSheet(
  ctx: Ctx,
  rows: readonly TrailRow[],
  at: { names: TrailNames; cut: boolean; today: string; by: string },
): SheetTable {
  const heads = ['at', 'who', 'unit', 'action', 'object', 'objectId', 'details', 'request'];
  return {
    name: ctx.t('audit.title'),
    title: ctx.t('audit.title'),
    notes: [
      ctx.t('audit.export.note', { day: at.today, by: at.by, n: rows.length }),
      ...(at.cut ? [ctx.t('audit.export.cut', { n: rows.length })] : []),
    ],
    headers: [heads.map((head) => ({ text: ctx.t(`audit.heads.${head}`) }))],
    columns: [20, 14, 20, 20, 16, 28, 50, 18].map((width) => ({ width })),
    rows: rows.map((row) => {
      const model = rowModel(ctx, row, at.names);
      return [
        `${model.day} ${model.time}`,
        model.who,
        model.unit,
        model.action,
        `${model.kind} ${model.object}`.trim(),
        row.object.id,
        model.details,
        row.requestId,
      ];
    }),
  };
}

/** What has a name by it, a background job by its title, anything else by the end of its number. */
function objectText(ctx: Ctx, row: TrailRow, names: TrailNames): string {
  const { kind, id } = row.object;
  if (kind === 'job') return known(ctx, `operations.job.${id}.title`, id);
  return names.objects.get(id) ?? names.divisions.get(id) ?? id.slice(-6);
}

function rowModel(ctx: Ctx, row: TrailRow, names: TrailNames) {
  return {
    day: dayOf(row.at),
    time: timeOf(row.at),
    who: row.actorName === '' ? ctx.t('audit.nobody') : row.actorName,
    unit: names.divisions.get(row.actorDivisionId ?? '') ?? '',
    action: actionText(ctx, row.action),
    kind: known(ctx, `audit.kinds.${row.object.kind}`, row.object.kind),
    object: objectText(ctx, row, names),
    place: names.divisions.get(row.divisionPath.at(-1) ?? '') ?? '',
    details: detailText(ctx, row, names),
  };
}

function detailText(ctx: Ctx, row: TrailRow, names: TrailNames): string {
  const parts = row.changes.map((change) => changeText(ctx, change, names));
  if (row.count !== null) parts.push(ctx.t('audit.count', { n: grouped(row.count) }));
  if (row.reason !== null && row.reason !== '') parts.push(ctx.t('audit.reason', { reason: row.reason }));
  return parts.join(ctx.t('audit.semicolon'));
}

function changeText(ctx: Ctx, change: AuditChange, names: TrailNames): string {
  const value = (text: string | null): string => (text === null ? ctx.t('audit.nothing') : valueText(ctx, change.field, text, names));
  return ctx.t('audit.change', { field: fieldText(ctx, change.field), from: value(change.from), to: value(change.to) });
}

/** Where the pages of each feature name what can change. */
const fieldWords = ['workers.field', 'certificates.field', 'exams.subject'];

/** The word of a changed field, of its own or as the pages of people name it; a half-day is named as such. */
function fieldText(ctx: Ctx, field: string): string {
  const [, day, half] = /^(\d{4}-\d{2}-\d{2})-(AM|PM)$/.exec(field) ?? [];
  if (day !== undefined && half !== undefined) return `${day} ${ctx.t(`trainings.half.${half}`)}`;
  const name = field === 'divisionId' ? 'division' : field;
  return known(ctx, `audit.fields.${name}`, firstKnown(ctx, fieldWords, name));
}

const codeLists: Readonly<Record<string, string>> = { status: 'workers.serviceStatus', level: 'certificates.level' };

function valueText(ctx: Ctx, field: string, text: string, names: TrailNames): string {
  if (field === 'divisionId') return names.divisions.get(text) ?? text;
  if (field === 'role') return known(ctx, `shell.roles.${text}`, text);
  if (!/^[A-Z_]+$/.test(text)) return text;
  return firstKnown(ctx, [codeLists[field] ?? `workers.${field}`, 'attendance.mark'], text);
}

/** The word of the first list that has one; the name itself when none has. */
function firstKnown(ctx: Ctx, lists: readonly string[], name: string): string {
  return lists.reduceRight((otherwise, list) => known(ctx, `${list}.${name}`, otherwise), name);
}

function known(ctx: Ctx, key: string, otherwise: string): string {
  const text = ctx.t(key);
  return text === key ? otherwise : text;
}

function exportHref(ctx: Ctx): string {
  return `/trail/export${parameters(Object.entries(ctx.query).filter(([name]) => name !== 'page' && name !== 'size'))}`;
}

function without(ctx: Ctx, name: string): string {
  return `/trail${parameters(Object.entries(ctx.query).filter(([key]) => key !== name && key !== 'page'))}`;
}

function parameters(pairs: [string, string][]): string {
  const set = pairs.filter(([, value]) => value !== '');
  return set.length === 0 ? '' : `?${new URLSearchParams(set).toString()}`;
}
