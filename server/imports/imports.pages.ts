import { dayOf, timeOf, type CivilDay } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import { formModel, type Problem } from '../platform/http/forms.js';
import { pagerModel, type Paging, type Slice } from '../platform/http/paging.js';
import type { SheetTable } from '../platform/files/xlsxWriter.js';
import { mayCommit, type ImportBatch, type ImportState } from './batch.rules.js';
import type { ImportLine, LineSort } from './importLines.store.js';
import type { ImportKind } from './kinds.js';
import { say, shownText } from './messages.pages.js';

/** The tabs of the differences, in their order. */
export const differenceSorts = ['change', 'new', 'request', 'missing'] as const satisfies readonly LineSort[];
export type DifferenceSort = (typeof differenceSorts)[number];

const keep = (ctx: Ctx, path: string): string => {
  const pairs = ['area', 'year'].flatMap((name): [string, string][] => (ctx.query[name] === undefined ? [] : [[name, ctx.query[name]]]));
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs).toString()}`;
};
const withQuery = (path: string, more: Readonly<Record<string, string>>): string => `${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams(more).toString()}`;
const momentOf = (at: Date): string => `${dayOf(at).slice(5)} ${timeOf(at)}`;
const desk = (ctx: Ctx) => ({ href: keep(ctx, '/'), label: ctx.t('shell.menu.desk') });

function stateBadge(ctx: Ctx, state: ImportState) {
  const looks = {
    checking: ['info', 'progress'], checked: ['warn', 'hourglass'], committing: ['info', 'progress'], committed: ['ok', 'circle-check'], abandoned: ['calm', 'minus'], failed: ['bad', 'circle-x'],
  } as const;
  const [kind, icon] = looks[state];
  return { kind, icon, label: ctx.t(`imports.state.${state}`) };
}

/** The page with the upload form and the files so far. */
export function importsPage(ctx: Ctx, at: { readonly slice: Slice<ImportBatch>; readonly paging: Paging; readonly kind: ImportKind; readonly today: CivilDay; readonly problems: readonly Problem[] }) {
  const { t } = ctx;
  const title = t('imports.title');
  const typed = at.problems.length > 0 ? ctx.body : { asOf: at.today };
  return {
    title, crumbs: [desk(ctx), { href: null, label: title }], facts: t('imports.facts', { area: ctx.area.name }),
    form: formModel(['file', 'asOf'], typed, at.problems, t), action: keep(ctx, '/imports'), templateHref: keep(ctx, `/imports/templates/${at.kind.name}`),
    fileAgain: at.problems.length > 0,
    rows: at.slice.rows.map((batch) => ({
      href: keep(ctx, `/imports/${batch.id}`), number: batch.number, fileName: batch.fileName, rowCount: batch.rowCount, asOf: batch.asOf,
      by: batch.uploadedBy, at: `${dayOf(batch.uploadedAt)} ${timeOf(batch.uploadedAt)}`, badge: stateBadge(ctx, batch.state), summary: summaryOf(ctx, batch),
    })),
    pager: pagerModel(at.paging, at.slice.total),
  };
}

function summaryOf(ctx: Ctx, batch: ImportBatch): string {
  const { result, counts } = batch;
  if (result !== null) return ctx.t('imports.summary.committed', { ...result });
  if (batch.state === 'checked' && counts !== null) return ctx.t(counts.errorRows > 0 ? 'imports.summary.errors' : 'imports.summary.ready', { ...counts });
  return '';
}

function head(ctx: Ctx, batch: ImportBatch, title: string) {
  return {
    title,
    crumbs: [desk(ctx), { href: keep(ctx, '/imports'), label: ctx.t('imports.title') }, { href: null, label: ctx.t('imports.batch', { number: batch.number }) }],
    facts: ctx.t('imports.batchFacts', { file: batch.fileName, rows: batch.rowCount, by: batch.uploadedBy, at: momentOf(batch.uploadedAt), asOf: batch.asOf }),
    id: batch.id,
    base: `/imports/${batch.id}`,
  };
}

/** Work under way: done of total, by reload. */
export function progressPage(ctx: Ctx, batch: ImportBatch) {
  const done = batch.state === 'committing' ? 0 : batch.done;
  return {
    ...head(ctx, batch, ctx.t(`imports.progress.${batch.state}`)),
    progress: {
      title: ctx.t(`imports.progress.${batch.state}`), doneCount: done, totalCount: batch.rowCount, percent: Math.round((done / Math.max(1, batch.rowCount)) * 100),
      note: ctx.t('imports.progress.note', { at: timeOf(batch.startedAt ?? batch.uploadedAt) }), reloadHref: keep(ctx, `/imports/${batch.id}`),
    },
  };
}

/** A file that came to an end without being checked: given up, or failed by a fault of ours. */
export function endedPage(ctx: Ctx, batch: ImportBatch) {
  return { ...head(ctx, batch, ctx.t(`imports.ended.${batch.state}`)), text: batch.note === null ? ctx.t('imports.ended.text') : say(ctx.t, batch.note), backHref: keep(ctx, '/imports'), badge: stateBadge(ctx, batch.state) };
}

/** What the check page shows beside the file itself. */
export interface CheckGround {
  readonly kind: ImportKind;
  readonly findings: Slice<ImportLine>;
  readonly differences: Slice<ImportLine>;
  readonly sort: DifferenceSort;
  readonly paging: Paging;
}

/** 核对导入差异; after the commit the same page says what was written. */
export function checkPage(ctx: Ctx, batch: ImportBatch, ground: CheckGround) {
  const { t } = ctx;
  const counts = batch.counts;
  if (counts === null) throw new Error('a checked file has counts');
  const base = keep(ctx, `/imports/${batch.id}`);
  const committed = batch.state === 'committed';
  const total = counts.added + counts.changed + counts.requested;
  const numbers = { change: counts.changedFields, new: counts.added, request: counts.requested, missing: counts.missing };
  return {
    ...head(ctx, batch, t(committed ? 'imports.check.titleDone' : 'imports.check.title')),
    committed, steps: stepsOf(ctx, batch), stats: statsOf(ctx, batch),
    note: batch.note === null || committed ? '' : say(t, batch.note),
    hints: hintsOf(ctx, batch),
    findings: ground.findings.rows.map((line) => findingModel(ctx, line, ground.kind)),
    findingsTotal: ground.findings.total, errors: counts.errors, warnings: counts.warnings, findingsMore: Math.max(0, ground.findings.total - ground.findings.rows.length),
    findingsHref: keep(ctx, `/imports/${batch.id}/findings`), exportHref: ground.findings.total > 0 ? keep(ctx, `/imports/${batch.id}/findings/export`) : null,
    tabs: differenceSorts.filter((sort) => sort !== 'request' || numbers.request > 0).map((sort) => ({ href: withQuery(base, { show: sort }), label: t(`imports.tab.${sort}`), count: numbers[sort], current: ground.sort === sort })),
    isChange: ground.sort === 'change', isMissing: ground.sort === 'missing',
    rows: ground.differences.rows.map((line) => differenceModel(ctx, line)),
    differencesTotal: ground.differences.total, pager: pagerModel(ground.paging, ground.differences.total), emptyDifference: t(`imports.emptyTab.${ground.sort}`),
    missing: counts.missing, mayCommit: mayCommit(batch),
    mayAbandon: batch.state === 'checked', uploadHref: keep(ctx, '/imports'), rosterHref: keep(ctx, '/workers'),
    barText: barText(ctx, batch, total), commitLabel: t('imports.check.commit', { total }),
    doneText: batch.result === null || batch.committedAt === null ? '' : t('imports.check.done', { ...batch.result, by: batch.committedBy ?? '', at: momentOf(batch.committedAt) }),
  };
}

/** What of the file was not read, so that nothing is left out without a word. */
function hintsOf(ctx: Ctx, batch: ImportBatch): { text: string }[] {
  const { unknownHeaders, leftOut } = batch;
  const headers = unknownHeaders.slice(0, 8).join('、');
  const lines = leftOut.slice(0, 8).map((one) => one.rowNumber).join('、');
  return [
    ...(unknownHeaders.length > 0 ? [{ text: ctx.t('imports.check.unknownHeaders', { headers }) }] : []),
    ...(leftOut.length > 0 ? [{ text: ctx.t('imports.check.leftOut', { count: leftOut.length, lines }) }] : []),
  ];
}

function barText(ctx: Ctx, batch: ImportBatch, total: number): string {
  const counts = batch.counts;
  if (counts === null) return '';
  if (counts.errors > 0) return ctx.t('imports.check.barErrors', { rows: counts.errorRows });
  return total === 0 ? ctx.t('imports.check.barNothing') : ctx.t('imports.check.bar', { total, added: counts.added, changed: counts.changed, requested: counts.requested });
}

function stepsOf(ctx: Ctx, batch: ImportBatch) {
  const committed = batch.state === 'committed';
  const state = (step: number): string => (committed || step < 3 ? 'done' : step === 3 ? 'now' : 'later');
  const notes = [
    ctx.t('imports.step.rows', { rows: batch.rowCount }), ctx.t('imports.step.columnsFound', { columns: batch.columns.length }),
    ctx.t((batch.counts?.errorRows ?? 0) > 0 ? 'imports.step.errors' : 'imports.step.ready', { rows: batch.counts?.errorRows ?? 0 }),
    committed ? momentOf(batch.committedAt ?? batch.uploadedAt) : ctx.t('imports.step.atOnce'),
  ];
  return ['upload', 'columns', 'check', 'commit'].map((name, index) => ({ label: ctx.t(`imports.step.${name}`), note: notes[index] ?? '', state: state(index + 1), number: index + 1 }));
}

function statsOf(ctx: Ctx, batch: ImportBatch) {
  const { t } = ctx;
  const { errorRows = 0, warnings = 0, added = 0, changed = 0, changedFields = 0, unchanged = 0, requested = 0, missing = 0 } = batch.counts ?? {};
  const stat = (name: string, value: number, note: string, tone: '' | 'bad' | 'warn' = '') => ({
    label: t(`imports.stat.${name}`), value: String(value), unit: t(`imports.unit.${name}`), note, tone: value > 0 ? tone : '', icon: tone === 'bad' ? 'circle-x' : tone === 'warn' ? 'alert-triangle' : '', href: null,
  });
  return [
    stat('errors', errorRows, t(errorRows > 0 ? 'imports.note.errors' : 'imports.note.noErrors'), 'bad'), stat('warnings', warnings, t('imports.note.warnings'), 'warn'),
    stat('added', added, requested > 0 ? t('imports.note.requested', { requested }) : t('imports.note.added')), stat('changed', changed, t('imports.note.changed', { fields: changedFields })),
    stat('unchanged', unchanged, t('imports.note.unchanged')), stat('missing', missing, t('imports.note.missing')),
  ];
}

/** One finding as the table prints it. */
export function findingModel(ctx: Ctx, line: ImportLine, kind: ImportKind) {
  const error = line.severity === 'error';
  return {
    badge: { kind: error ? 'bad' : 'warn', icon: error ? 'circle-x' : 'alert-triangle', label: ctx.t(`imports.severity.${line.severity ?? 'warning'}`) },
    cell: line.cell === '' ? ctx.t('imports.row', { line: line.line ?? 0 }) : line.cell,
    name: line.name === '' ? '—' : line.name,
    href: line.subjectId === null ? null : keep(ctx, `/workers/${line.subjectId}`),
    column: kind.columns.find((column) => column.key === line.column)?.header ?? '—',
    shown: line.shown, text: line.message === null ? '' : say(ctx.t, line.message),
  };
}

function differenceModel(ctx: Ctx, line: ImportLine) {
  const { change } = line;
  return {
    line: line.line ?? '', name: line.name, href: line.subjectId === null ? null : keep(ctx, `/workers/${line.subjectId}`), where: line.where,
    field: change === null ? '' : ctx.t(change.field), now: change === null ? '' : shownText(ctx.t, change.now), after: change === null ? '' : shownText(ctx.t, change.after),
    effect: change === null ? '' : say(ctx.t, change.effect),
  };
}

/** All findings, paged. */
export function findingsPage(ctx: Ctx, batch: ImportBatch, at: { readonly kind: ImportKind; readonly slice: Slice<ImportLine>; readonly paging: Paging; readonly severity: 'error' | 'warning' | null }) {
  const { t } = ctx;
  const counts = batch.counts ?? { errors: 0, warnings: 0 };
  const path = keep(ctx, `/imports/${batch.id}/findings`);
  const tab = (severity: 'error' | 'warning' | null, count: number) => ({ href: severity === null ? path : withQuery(path, { severity }), label: t(`imports.severity.${severity ?? 'all'}`), count, current: at.severity === severity });
  return {
    ...head(ctx, batch, t('imports.findings.title')),
    crumbs: [desk(ctx), { href: keep(ctx, '/imports'), label: t('imports.title') }, { href: keep(ctx, `/imports/${batch.id}`), label: t('imports.batch', { number: batch.number }) }, { href: null, label: t('imports.findings.title') }],
    tabs: [tab(null, counts.errors + counts.warnings), tab('error', counts.errors), tab('warning', counts.warnings)],
    findings: at.slice.rows.map((line) => findingModel(ctx, line, at.kind)), pager: pagerModel(at.paging, at.slice.total),
    exportHref: at.slice.total > 0 ? keep(ctx, `/imports/${batch.id}/findings/export`) : null,
  };
}

/** The findings as a workbook, to be mended beside the file. */
export function findingsSheet(ctx: Ctx, batch: ImportBatch, lines: readonly ImportLine[], kind: ImportKind): SheetTable {
  const { t } = ctx;
  const heads = ['severity', 'cell', 'line', 'name', 'column', 'shown', 'text'];
  return {
    name: t('imports.findings.title'), title: t('imports.findings.sheet', { file: batch.fileName }),
    notes: [t('imports.findings.note', { number: batch.number, errors: batch.counts?.errors ?? 0, warnings: batch.counts?.warnings ?? 0 })],
    headers: [heads.map((name) => ({ text: t(`imports.head.${name}`) }))],
    columns: [12, 10, 8, 14, 22, 24, 70].map((width) => ({ width })),
    rows: lines.map((line) => {
      const model = findingModel(ctx, line, kind);
      return [model.badge.label, line.cell, line.line, model.name, model.column, model.shown, model.text];
    }),
  };
}
