import { dayOf, timeOf, type CivilDay } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import { formModel, type Problem } from '../platform/http/forms.js';
import { pagerModel, type Paging, type Slice } from '../platform/http/paging.js';
import type { ImportBatch } from './batch.rules.js';
import { desk, head, keep, stateBadge } from './importFrame.pages.js';
import type { ImportKind } from './kinds.js';
import { say } from './messages.pages.js';

/** The page with the upload form and the files so far. */
export function importsPage(
  ctx: Ctx,
  at: {
    readonly slice: Slice<ImportBatch>;
    readonly paging: Paging;
    readonly kind: ImportKind;
    readonly today: CivilDay;
    readonly problems: readonly Problem[];
  },
) {
  const { t } = ctx;
  const title = t('imports.title');
  const typed = at.problems.length > 0 ? ctx.body : { asOf: at.today };
  return {
    title,
    crumbs: [desk(ctx), { href: null, label: title }],
    facts: t('imports.facts', { area: ctx.area.name }),
    form: formModel(['file', 'asOf'], typed, at.problems, t),
    action: keep(ctx, '/imports'),
    templateHref: keep(ctx, `/imports/templates/${at.kind.name}`),
    fileAgain: at.problems.length > 0,
    rows: at.slice.rows.map((batch) => ({
      href: keep(ctx, `/imports/${batch.id}`),
      number: batch.number,
      fileName: batch.fileName,
      rowCount: batch.rowCount,
      asOf: batch.asOf,
      by: batch.uploadedBy,
      at: `${dayOf(batch.uploadedAt)} ${timeOf(batch.uploadedAt)}`,
      badge: stateBadge(ctx, batch.state),
      summary: summaryOf(ctx, batch),
    })),
    pager: pagerModel(at.paging, at.slice.total),
  };
}

function summaryOf(ctx: Ctx, batch: ImportBatch): string {
  const { result, counts } = batch;
  if (result !== null) return ctx.t('imports.summary.committed', { ...result });
  if (batch.state === 'checked' && counts !== null)
    return ctx.t(counts.errorRows > 0 ? 'imports.summary.errors' : 'imports.summary.ready', { ...counts });
  return '';
}

/** Work under way: done of total, by reload. */
export function progressPage(ctx: Ctx, batch: ImportBatch) {
  const done = batch.state === 'committing' ? 0 : batch.done;
  return {
    ...head(ctx, batch, ctx.t(`imports.progress.${batch.state}`)),
    progress: {
      title: ctx.t(`imports.progress.${batch.state}`),
      doneCount: done,
      totalCount: batch.rowCount,
      percent: Math.round((done / Math.max(1, batch.rowCount)) * 100),
      note: ctx.t('imports.progress.note', { at: timeOf(batch.startedAt ?? batch.uploadedAt) }),
      reloadHref: keep(ctx, `/imports/${batch.id}`),
    },
  };
}

/** A file that came to an end without being checked: given up, or failed by a fault of ours. */
export function endedPage(ctx: Ctx, batch: ImportBatch) {
  return {
    ...head(ctx, batch, ctx.t(`imports.ended.${batch.state}`)),
    text: batch.note === null ? ctx.t('imports.ended.text') : say(ctx.t, batch.note),
    backHref: keep(ctx, '/imports'),
    badge: stateBadge(ctx, batch.state),
  };
}
