import { dayOf, timeOf } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import { pagerModel, type Paging, type Slice } from '../platform/http/paging.js';
import type { JobRun } from './jobRuns.store.js';
import type { Backlog, Scheduled } from './queue.store.js';

/** A job as the page lists it; the processes' own list has more. */
export interface ListedJob {
  readonly name: string;
  readonly every: string | null;
}

/** Everything the page is made from. */
export interface JobsGround {
  readonly jobs: readonly ListedJob[];
  readonly scheduled: ReadonlyMap<string, Scheduled>;
  readonly latest: ReadonlyMap<string, JobRun>;
  readonly failures: ReadonlyMap<string, number>;
  readonly backlog: Backlog;
}

const moment = (at: Date | null): string => (at === null ? '—' : `${dayOf(at)} ${timeOf(at)}`);

/** How long a run took: seconds to a tenth, minutes from two of them on. */
export function durationText({ t }: Pick<Ctx, 't'>, run: Pick<JobRun, 'startedAt' | 'endedAt'>): string {
  if (run.endedAt === null) return '—';
  const milliseconds = Math.max(0, run.endedAt.getTime() - run.startedAt.getTime());
  if (milliseconds >= 120_000) return t('operations.minutes', { n: Math.round(milliseconds / 60_000) });
  return t('operations.seconds', { n: (Math.round(milliseconds / 100) / 10).toFixed(1) });
}

const counted = ['people', 'divisions', 'drifted', 'raised', 'refreshed', 'cleared', 'day'];

/** The line of a run (`2026: people=60 drifted=0`) in words; what is no count, such as the text of a failure, stays as it is. */
export function summaryText({ t }: Pick<Ctx, 't'>, summary: string): string {
  const words = new RegExp(`(^|: | )(${counted.join('|')})=([\\d-]+)`, 'g');
  return summary.replace(words, (_all, before: string, name: string, value: string) => {
    const text = t(`operations.summary.${name}`, { n: value });
    return before === ' ' ? `${t('operations.summary.and')}${text}` : `${before}${text}`;
  });
}

function runBadge({ t }: Pick<Ctx, 't'>, run: JobRun | undefined, isRunning: boolean) {
  if (isRunning || (run !== undefined && run.ok === null)) return { kind: 'info', icon: 'progress', label: t('operations.state.running') };
  if (run === undefined) return { kind: 'calm', icon: 'circle-dashed', label: t('operations.state.never') };
  return run.ok === true
    ? { kind: 'ok', icon: 'circle-check', label: t('operations.state.ok') }
    : { kind: 'bad', icon: 'alert-triangle', label: t('operations.state.failed') };
}

function jobLine(ctx: Ctx, job: ListedJob, ground: JobsGround) {
  const run = ground.latest.get(job.name);
  const scheduled = ground.scheduled.get(job.name);
  const words = `operations.job.${job.name}`;
  return {
    name: job.name,
    href: `/jobs/${job.name}`,
    title: ctx.t(`${words}.title`),
    about: ctx.t(`${words}.about`),
    badge: runBadge(ctx, run, scheduled?.isRunning === true),
    lastRun: run === undefined ? '—' : moment(run.startedAt),
    duration: run === undefined ? '' : durationText(ctx, run),
    summary: run === undefined ? '' : summaryText(ctx, run.summary),
    nextRun: moment(scheduled?.nextRunAt ?? null),
    onlyAsked: job.every === null,
    failures: ground.failures.get(job.name) ?? 0,
    runAction: `/jobs/${job.name}/runs`,
  };
}

/** Every background job: what it does, how it went, when it runs next. */
export function jobsPage(ctx: Ctx, ground: JobsGround) {
  const { t } = ctx;
  const { waiting, failing, oldestAt, lastError } = ground.backlog;
  return {
    title: t('operations.title'),
    crumbs: [
      { href: '/', label: t('shell.menu.desk') },
      { href: null, label: t('operations.title') },
    ],
    rows: ground.jobs.map((job) => jobLine(ctx, job, ground)),
    backlog: {
      kind: failing > 0 ? 'bad' : waiting > 0 ? 'info' : 'ok',
      icon: failing > 0 ? 'alert-triangle' : waiting > 0 ? 'clock' : 'circle-check',
      text: waiting === 0 ? t('operations.backlog.none') : t('operations.backlog.waiting', { n: waiting, since: moment(oldestAt) }),
      failing: failing === 0 ? '' : t('operations.backlog.failing', { n: failing, error: lastError.slice(0, 200) }),
    },
  };
}

/** The runs of one job. */
export function jobPage(ctx: Ctx, name: string, slice: Slice<JobRun>, paging: Paging) {
  const { t } = ctx;
  const title = t(`operations.job.${name}.title`);
  return {
    title,
    crumbs: [
      { href: '/', label: t('shell.menu.desk') },
      { href: '/jobs', label: t('operations.title') },
      { href: null, label: title },
    ],
    facts: t(`operations.job.${name}.about`),
    runAction: `/jobs/${name}/runs`,
    rows: slice.rows.map((run) => ({
      startedAt: moment(run.startedAt),
      duration: durationText(ctx, run),
      badge: runBadge(ctx, run, false),
      summary: summaryText(ctx, run.summary),
    })),
    pager: pagerModel(paging, slice.total),
  };
}
