import { expect } from 'chai';
import { z } from 'zod';
import { makeScheduler } from '../../jobs/agenda.js';
import { defineJob } from '../../jobs/defineJob.js';
import { enqueueJob } from '../../jobs/enqueue.js';
import { jobs } from '../../jobs/jobs.js';
import { startTestApp, type TestApp } from '../support/app.js';

/** A promise with its key. */
function gate<T>() {
  let open: (value: T) => void = () => undefined;
  const opened = new Promise<T>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

const every = 20;

describe('the scheduler', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp();
  });
  after(() => app.close());

  const job = (name: string, run: (n: number) => Promise<void>) =>
    defineJob({
      name,
      every: null,
      data: z.object({ n: z.number().default(0) }),
      lockMinutes: 1,
      async run({ n }) {
        await run(n);
        return `n=${String(n)}`;
      },
    });
  const rows = (name: string) => app.deps.db.collection('jobs').countDocuments({ name });

  it('runs what is asked for, writes it down, and takes two requests that wait as one', async () => {
    const ran = gate<number>();
    const definition = job('test.once', async (n) => {
      ran.open(n);
    });
    await enqueueJob(app.deps.db, 'test.once', { n: 7 });
    await enqueueJob(app.deps.db, 'test.once', { n: 7 });
    expect(await rows('test.once')).to.equal(1);
    const scheduler = makeScheduler(app.deps, [definition], every);
    await scheduler.start();
    expect(await ran.opened).to.equal(7);
    await scheduler.drain();
    const [run] = await app.deps.jobRuns.latest('test.once', 5);
    expect(run).to.include({ ok: true, summary: 'n=7' });
    await enqueueJob(app.deps.db, 'test.once', { n: 8 });
    expect(await rows('test.once'), 'what ran does not pile up').to.equal(1);
  });

  it('lets a running job end before it stops, and runs it again when it was asked for meanwhile', async () => {
    const [started, goOn] = [gate<number>(), gate<number>()];
    const runs: number[] = [];
    const definition = job('test.long', async (n) => {
      runs.push(n);
      started.open(n);
      await goOn.opened;
    });
    await enqueueJob(app.deps.db, 'test.long', { n: 1 });
    const scheduler = makeScheduler(app.deps, [definition], every);
    await scheduler.start();
    await started.opened;
    await enqueueJob(app.deps.db, 'test.long', { n: 1 });
    const drained = scheduler.drain();
    goOn.open(1);
    await drained;
    expect(runs).to.deep.equal([1]);
    expect(await app.deps.db.collection('jobs').countDocuments({ name: 'test.long', lastFinishedAt: null })).to.equal(1);
  });

  it('writes down a failure with its reason', async () => {
    const failed = gate<number>();
    const definition = job('test.failing', async (n) => {
      failed.open(n);
      throw new Error('库里没有区划');
    });
    await enqueueJob(app.deps.db, 'test.failing');
    const scheduler = makeScheduler(app.deps, [definition], every);
    await scheduler.start();
    await failed.opened;
    await scheduler.drain();
    const [run] = await app.deps.jobRuns.latest('test.failing', 1);
    expect(run).to.include({ ok: false, summary: '库里没有区划' });
  });

  it('keeps one row with its next run for each recurring job, whoever starts, and a request beside it', async () => {
    const recurring = jobs.filter((one) => one.every !== null);
    for (let start = 0; start < 2; start += 1) {
      const scheduler = makeScheduler(app.deps, jobs, 60_000);
      await scheduler.start();
      await scheduler.drain();
    }
    for (const { name } of recurring) expect(await rows(name), name).to.equal(1);
    const next = await app.deps.db.collection('jobs').findOne({ name: 'coverage.recomputeAll' });
    expect(next?.['nextRunAt']).to.be.instanceOf(Date);
    await enqueueJob(app.deps.db, 'coverage.recomputeAll');
    expect(await rows('coverage.recomputeAll')).to.equal(2);
    const kept = await app.deps.db.collection('jobs').findOne({ name: 'coverage.recomputeAll', type: 'single' });
    expect(kept?.['nextRunAt']).to.deep.equal(next?.['nextRunAt']);
  });
});
