import { enqueueJob } from '../../jobs/enqueue.js';
import { NotFound } from '../platform/errors.js';
import { param, type Ctx } from '../platform/http/context.js';
import { readPaging } from '../platform/http/paging.js';
import { done, goTo, page, type Reply } from '../platform/http/reply.js';
import { get, post, routeTable, type Route } from '../platform/http/routeTable.js';
import type { Deps } from '../wiring.js';
import { jobPage, jobsPage, type ListedJob } from './jobs.pages.js';

const ofJob = { params: { name: 'job' } } as const;
const failuresWithinMilliseconds = 7 * 86_400_000;

/** The jobs page of the system administrator; `jobs` is the list that the processes run. */
export function operationsRoutes(deps: Deps, jobs: readonly ListedJob[]): readonly Route[] {
  return routeTable('/jobs', [
    get('/', 'job.manage', (ctx) => showJobs(deps, ctx, jobs)),
    get('/:name', 'job.manage', ofJob, (ctx) => showJob(deps, ctx, named(ctx, jobs))),
    post('/:name/runs', 'job.manage', ofJob, (ctx) => runNow(deps, ctx, named(ctx, jobs))),
  ]);
}

/** @throws NotFound for a name that no process runs */
function named(ctx: Ctx, jobs: readonly ListedJob[]): ListedJob {
  const job = jobs.find((one) => one.name === param(ctx, 'name'));
  if (job === undefined) throw new NotFound('job');
  return job;
}

async function showJobs(deps: Deps, ctx: Ctx, jobs: readonly ListedJob[]): Promise<Reply> {
  const since = new Date(deps.clock.now().getTime() - failuresWithinMilliseconds);
  const [scheduled, latest, failures, backlog] = await Promise.all([
    deps.queue.scheduled(),
    deps.jobRuns.latestOfEach(jobs.map((job) => job.name)),
    deps.jobRuns.failuresSince(since),
    deps.queue.backlog(),
  ]);
  return page('operations/jobs', jobsPage(ctx, { jobs, scheduled, latest, failures, backlog }));
}

async function showJob(deps: Deps, ctx: Ctx, job: ListedJob): Promise<Reply> {
  const paging = readPaging(ctx.query, ['startedAt']);
  return page('operations/job', jobPage(ctx, job.name, await deps.jobRuns.list(job.name, paging), paging));
}

/** Asks for a run; the process that takes jobs picks it up within seconds. */
async function runNow(deps: Deps, ctx: Ctx, job: ListedJob): Promise<Reply> {
  return ctx.command(async (tx) => {
    tx.audit({ action: 'job.started', object: { kind: 'job', id: job.name } });
    await enqueueJob(deps.db, job.name);
    return goTo('/jobs', done(ctx.t('operations.asked', { title: ctx.t(`operations.job.${job.name}.title`) })));
  });
}
