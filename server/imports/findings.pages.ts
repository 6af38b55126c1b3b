import type { Ctx } from '../platform/http/context.js';
import { pagerModel, type Paging, type Slice } from '../platform/http/paging.js';
import type { SheetTable } from '../platform/files/xlsxWriter.js';
import type { ImportBatch } from './batch.rules.js';
import { desk, head, keep, withQuery } from './importFrame.pages.js';
import type { ImportLine } from './importLines.store.js';
import type { ImportKind } from './kinds.js';
import { say } from './messages.pages.js';

function headerOf(kind: ImportKind, key: string | null): string {
  return kind.columns.find((column) => column.key === key)?.header ?? '—';
}

/** One finding as the table prints it. */
export function findingModel(ctx: Ctx, line: ImportLine, kind: ImportKind) {
  const error = line.severity === 'error';
  return {
    badge: {
      kind: error ? 'bad' : 'warn',
      icon: error ? 'circle-x' : 'alert-triangle',
      label: ctx.t(`imports.severity.${line.severity ?? 'warning'}`),
    },
    cell: line.cell === '' ? ctx.t('imports.row', { line: line.line ?? 0 }) : line.cell,
    name: line.name === '' ? '—' : line.name,
    href: line.subjectId === null ? null : keep(ctx, `/workers/${line.subjectId}`),
    column: headerOf(kind, line.column),
    shown: line.shown,
    text: line.message === null ? '' : say(ctx.t, line.message),
  };
}

/** All findings, paged. */
export function findingsPage(
  ctx: Ctx,
  batch: ImportBatch,
  at: {
    readonly kind: ImportKind;
    readonly slice: Slice<ImportLine>;
    readonly paging: Paging;
    readonly severity: 'error' | 'warning' | null;
  },
) {
  const { t } = ctx;
  const counts = batch.counts ?? { errors: 0, warnings: 0 };
  const path = keep(ctx, `/imports/${batch.id}/findings`);
  const tab = (severity: 'error' | 'warning' | null, count: number) => ({
    href: severity === null ? path : withQuery(path, { severity }),
    label: t(`imports.severity.${severity ?? 'all'}`),
    count,
    current: at.severity === severity,
  });
  return {
    ...head(ctx, batch, t('imports.findings.title')),
    crumbs: [
      desk(ctx),
      { href: keep(ctx, '/imports'), label: t('imports.title') },
      { href: keep(ctx, `/imports/${batch.id}`), label: t('imports.batch', { number: batch.number }) },
      { href: null, label: t('imports.findings.title') },
    ],
    tabs: [tab(null, counts.errors + counts.warnings), tab('error', counts.errors), tab('warning', counts.warnings)],
    findings: at.slice.rows.map((line) => findingModel(ctx, line, at.kind)),
    pager: pagerModel(at.paging, at.slice.total),
    exportHref: at.slice.total > 0 ? keep(ctx, `/imports/${batch.id}/findings/export`) : null,
  };
}

/** The findings as a workbook, to be mended beside the file. */
export function findingsSheet(ctx: Ctx, batch: ImportBatch, lines: readonly ImportLine[], kind: ImportKind): SheetTable {
  const { t } = ctx;
  const heads = ['severity', 'cell', 'line', 'name', 'column', 'shown', 'text'];
  return {
    name: t('imports.findings.title'),
    title: t('imports.findings.sheet', { file: batch.fileName }),
    notes: [t('imports.findings.note', { number: batch.number, errors: batch.counts?.errors ?? 0, warnings: batch.counts?.warnings ?? 0 })],
    headers: [heads.map((name) => ({ text: t(`imports.head.${name}`) }))],
    columns: [12, 10, 8, 14, 22, 24, 70].map((width) => ({ width })),
    rows: lines.map((line) => {
      const model = findingModel(ctx, line, kind);
      return [model.badge.label, line.cell, line.line, model.name, model.column, model.shown, model.text];
    }),
  };
}
