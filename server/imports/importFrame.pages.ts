import { dayOf, timeOf } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import type { ImportBatch, ImportState } from './batch.rules.js';

/** An address that keeps area and year of the page. */
export const keep = (ctx: Ctx, path: string): string => {
  const pairs = ['area', 'year'].flatMap((name): [string, string][] => (ctx.query[name] === undefined ? [] : [[name, ctx.query[name]]]));
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs).toString()}`;
};

/** The same with more parameters. */
export const withQuery = (path: string, more: Readonly<Record<string, string>>): string =>
  `${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams(more).toString()}`;

/** Month, day and time of an instant. */
export const momentOf = (at: Date): string => `${dayOf(at).slice(5)} ${timeOf(at)}`;

/** The first step of every breadcrumb. */
export const desk = (ctx: Ctx) => ({ href: keep(ctx, '/'), label: ctx.t('shell.menu.desk') });

/** The badge of a state: one word for one state everywhere. */
export function stateBadge(ctx: Ctx, state: ImportState) {
  const looks = {
    checking: ['info', 'progress'],
    checked: ['warn', 'hourglass'],
    committing: ['info', 'progress'],
    committed: ['ok', 'circle-check'],
    abandoned: ['calm', 'minus'],
    failed: ['bad', 'circle-x'],
  } as const;
  const [kind, icon] = looks[state];
  return { kind, icon, label: ctx.t(`imports.state.${state}`) };
}

/** What every page of one file says of it. */
export function head(ctx: Ctx, batch: ImportBatch, title: string) {
  return {
    title,
    crumbs: [
      desk(ctx),
      { href: keep(ctx, '/imports'), label: ctx.t('imports.title') },
      { href: null, label: ctx.t('imports.batch', { number: batch.number }) },
    ],
    facts: ctx.t('imports.batchFacts', {
      file: batch.fileName,
      rows: batch.rowCount,
      by: batch.uploadedBy,
      at: momentOf(batch.uploadedAt),
      asOf: batch.asOf,
    }),
    id: batch.id,
    base: `/imports/${batch.id}`,
  };
}
