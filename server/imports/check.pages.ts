import type { Ctx } from '../platform/http/context.js';
import { pagerModel, type Paging, type Slice } from '../platform/http/paging.js';
import { mayCommit, noCounts, type ImportBatch, type ImportCounts } from './batch.rules.js';
import { findingModel } from './findings.pages.js';
import { head, keep, momentOf, withQuery } from './importFrame.pages.js';
import type { ImportLine, LineSort } from './importLines.store.js';
import type { ImportKind } from './kinds.js';
import { say, shownText } from './messages.pages.js';

/** The tabs of the differences, in their order. */
export const differenceSorts = ['change', 'new', 'request', 'missing'] as const satisfies readonly LineSort[];

export type DifferenceSort = (typeof differenceSorts)[number];

/** What the check page shows beside the file itself. */
export interface CheckGround {
  readonly kind: ImportKind;
  readonly findings: Slice<ImportLine>;
  readonly differences: Slice<ImportLine>;
  /** The first of those who are not in the file. */
  readonly missing: readonly ImportLine[];
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
    committed,
    steps: stepsOf(ctx, batch),
    stats: statsOf(ctx, batch),
    note: batch.note === null || committed ? '' : say(t, batch.note),
    hints: hintsOf(ctx, batch),
    findings: ground.findings.rows.map((line) => findingModel(ctx, line, ground.kind)),
    findingsTotal: ground.findings.total,
    findingsMore: Math.max(0, ground.findings.total - ground.findings.rows.length),
    findingsHref: keep(ctx, `/imports/${batch.id}/findings`),
    exportHref: ground.findings.total > 0 ? keep(ctx, `/imports/${batch.id}/findings/export`) : null,
    tabs: differenceSorts
      .filter((sort) => sort !== 'request' || numbers.request > 0)
      .map((sort) => ({
        href: withQuery(base, { show: sort }),
        label: t(`imports.tab.${sort}`),
        count: numbers[sort],
        current: ground.sort === sort,
      })),
    isChange: ground.sort === 'change',
    isMissing: ground.sort === 'missing',
    rows: ground.differences.rows.map((line) => differenceModel(ctx, line)),
    pager: pagerModel(ground.paging, ground.differences.total),
    emptyDifference: t(`imports.emptyTab.${ground.sort}`),
    missing: counts.missing,
    ...missingOf(ctx, batch, ground.missing),
    severities: severitiesOf(ctx, batch, counts),
    mayCommit: mayCommit(batch),
    mayAbandon: batch.state === 'checked',
    uploadHref: keep(ctx, '/imports'),
    rosterHref: keep(ctx, '/workers'),
    barText: barText(ctx, batch, total),
    commitLabel: t('imports.check.commit', { total }),
    doneText:
      batch.result === null || batch.committedAt === null
        ? ''
        : t('imports.check.done', { ...batch.result, by: batch.committedBy ?? '', at: momentOf(batch.committedAt) }),
  };
}

/** The first people who are not in the file, and the way to all of them. */
function missingOf(ctx: Ctx, batch: ImportBatch, missing: readonly ImportLine[]) {
  return {
    missingPeople: missing.map((line) => ({ name: line.name, href: keep(ctx, `/workers/${line.subjectId ?? ''}`) })),
    missingMore: (batch.counts?.missing ?? 0) > missing.length,
    missingHref: withQuery(keep(ctx, `/imports/${batch.id}`), { show: 'missing' }),
  };
}

/** The findings by severity, each with its list. */
function severitiesOf(ctx: Ctx, batch: ImportBatch, counts: ImportCounts) {
  const path = keep(ctx, `/imports/${batch.id}/findings`);
  const numbers = { error: counts.errors, warning: counts.warnings } as const;
  return (['error', 'warning'] as const)
    .filter((severity) => numbers[severity] > 0)
    .map((severity) => ({ href: withQuery(path, { severity }), label: ctx.t(`imports.severity.${severity}`), count: numbers[severity] }));
}

/** What of the file was not read, so that nothing is left out without a word. */
function hintsOf(ctx: Ctx, batch: ImportBatch): { text: string }[] {
  const { unknownHeaders, leftOut } = batch;
  const headers = unknownHeaders.slice(0, 8).join('、');
  const lines = leftOut
    .slice(0, 8)
    .map((one) => one.rowNumber)
    .join('、');
  return [
    ...(unknownHeaders.length > 0 ? [{ text: ctx.t('imports.check.unknownHeaders', { headers }) }] : []),
    ...(leftOut.length > 0 ? [{ text: ctx.t('imports.check.leftOut', { count: leftOut.length, lines }) }] : []),
  ];
}

function barText(ctx: Ctx, batch: ImportBatch, total: number): string {
  const counts = batch.counts;
  if (counts === null) return '';
  if (counts.errors > 0) return ctx.t('imports.check.barErrors', { rows: counts.errorRows });
  return total === 0
    ? ctx.t('imports.check.barNothing')
    : ctx.t('imports.check.bar', { total, added: counts.added, changed: counts.changed, requested: counts.requested });
}

function stepsOf(ctx: Ctx, batch: ImportBatch) {
  const committed = batch.state === 'committed';
  const state = (step: number): string => (committed || step < 3 ? 'done' : step === 3 ? 'now' : 'later');
  const notes = [
    ctx.t('imports.step.rows', { rows: batch.rowCount }),
    ctx.t('imports.step.columnsFound', { columns: batch.columns.length }),
    ctx.t((batch.counts?.errorRows ?? 0) > 0 ? 'imports.step.errors' : 'imports.step.ready', { rows: batch.counts?.errorRows ?? 0 }),
    committed ? momentOf(batch.committedAt ?? batch.uploadedAt) : ctx.t('imports.step.atOnce'),
  ];
  return ['upload', 'columns', 'check', 'commit'].map((name, index) => ({
    label: ctx.t(`imports.step.${name}`),
    note: notes[index] ?? '',
    state: state(index + 1),
    number: index + 1,
  }));
}

function statsOf(ctx: Ctx, batch: ImportBatch) {
  const { t } = ctx;
  const { errorRows, warnings, added, changed, changedFields, unchanged, requested, missing } = batch.counts ?? noCounts;
  const icons = { '': '', bad: 'circle-x', warn: 'alert-triangle' } as const;
  const stat = (name: string, value: number, note: string, tone: '' | 'bad' | 'warn' = '') => ({
    label: t(`imports.stat.${name}`),
    value: String(value),
    unit: t(`imports.unit.${name}`),
    note,
    tone: value > 0 ? tone : '',
    icon: icons[tone],
    href: null,
  });
  return [
    stat('errors', errorRows, t(errorRows > 0 ? 'imports.note.errors' : 'imports.note.noErrors'), 'bad'),
    stat('warnings', warnings, t('imports.note.warnings'), 'warn'),
    stat('added', added, requested > 0 ? t('imports.note.requested', { requested }) : t('imports.note.added')),
    stat('changed', changed, t('imports.note.changed', { fields: changedFields })),
    stat('unchanged', unchanged, t('imports.note.unchanged')),
    stat('missing', missing, t('imports.note.missing')),
  ];
}

function differenceModel(ctx: Ctx, line: ImportLine) {
  const { change } = line;
  return {
    line: line.line ?? '',
    name: line.name,
    href: line.subjectId === null ? null : keep(ctx, `/workers/${line.subjectId}`),
    where: line.where,
    field: change === null ? '' : ctx.t(change.field),
    now: change === null ? '' : shownText(ctx.t, change.now),
    after: change === null ? '' : shownText(ctx.t, change.after),
    effect: change === null ? '' : say(ctx.t, change.effect),
  };
}
