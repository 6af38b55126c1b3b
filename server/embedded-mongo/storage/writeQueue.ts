import { StoreError } from '../errors.js';
import { Held, type Conflicts } from '../sessions/conflicts.js';
import { Batch } from './batch.js';
import type { Catalogue } from './catalogue.js';
import type { Environment } from './environment.js';

/**
 * A write as steps. Between two steps the batch may be committed and readers may run, so each step leaves the data whole.
 * Yield nothing to allow such a break, or a promise to wait outside any batch until it resolves.
 */
export type WriteWork<T> = Generator<Promise<unknown> | undefined, T, unknown>;

interface Job {
  readonly work: WriteWork<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  limit: Limit | undefined;
  /** What the last awaited promise gave, or how it failed. */
  input?: unknown;
  failure?: unknown;
}

/** When a job has to end: `check` throws the refusal that it ends with. */
interface Limit {
  check(): void;
}

type Outcome = () => void;

const SLICE_MS = 8;

/**
 * Group commit: all writes that are waiting run in one lmdb transaction, and none is answered before that is on the disk.
 * It is the only writer of the file.
 */
export class WriteQueue {
  private jobs: Job[] = [];
  private scheduled = false;
  /** The target that the steps write to. */
  readonly batch: Batch;
  /** Commits since the store was opened, and the writes that were finished in them. */
  readonly done = { commits: 0, writes: 0 };

  constructor(
    private readonly env: Environment,
    private readonly catalogue: Catalogue,
    private readonly conflicts: Conflicts,
    private readonly onFailure: () => void,
  ) {
    this.batch = new Batch(env, catalogue, conflicts);
  }

  /** Runs a write; resolves after the commit that holds its last step. When its time is over, the write learns it by a throw. */
  run<T>(work: WriteWork<T>, limit?: Limit): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.add({ work, limit, resolve: resolve as (value: unknown) => void, reject });
    });
  }

  /** Runs a write of one step. */
  once<T>(step: (batch: Batch) => T): Promise<T> {
    const { batch } = this;
    return this.run(
      // eslint-disable-next-line require-yield -- a single step has no break
      (function* () {
        return step(batch);
      })(),
    );
  }

  /** Resolves when nothing is waiting any more. */
  async drained(): Promise<void> {
    while (this.scheduled) await new Promise((resolve) => setImmediate(resolve));
  }

  private add(job: Job): void {
    this.jobs.push(job);
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.commitBatch();
    });
  }

  private commitBatch(): void {
    const waiting = this.jobs;
    this.jobs = [];
    const outcomes: Outcome[] = [];
    const later: Job[] = [];
    try {
      this.env.commit(() => {
        this.runSteps(waiting, later, outcomes);
        this.catalogue.saveChanges();
      });
      this.conflicts.commits += 1;
      this.done.commits += 1;
      this.done.writes += outcomes.length;
    } catch (error) {
      // Nothing of this batch was kept, so what memory knows of it is wrong.
      this.onFailure();
      for (const job of waiting) {
        job.work.return(undefined);
        job.reject(error);
      }
      outcomes.length = 0;
      later.length = 0;
    }
    this.scheduled = false;
    for (const outcome of outcomes) outcome();
    for (const job of later) this.add(job);
  }

  private runSteps(waiting: Job[], later: Job[], outcomes: Outcome[]): void {
    const end = performance.now() + SLICE_MS;
    this.batch.startSlice(end);
    for (const job of waiting) {
      if (performance.now() > end) later.push(job);
      else this.runJob(job, end, later, outcomes);
    }
  }

  private runJob(job: Job, end: number, later: Job[], outcomes: Outcome[]): void {
    for (;;) {
      const step = this.step(job);
      if ('error' in step) {
        outcomes.push(() => {
          job.reject(step.error);
        });
        return;
      }
      if (step.done === true) {
        outcomes.push(() => {
          job.resolve(step.value);
        });
        return;
      }
      if (step.value !== undefined) {
        this.park(job, step.value);
        return;
      }
      if (performance.now() > end) {
        later.push(job);
        return;
      }
    }
  }

  /** One step; a refusal ends the job, anything unexpected ends the batch. */
  private step(job: Job): IteratorResult<Promise<unknown> | undefined, unknown> | { error: StoreError } {
    try {
      return resume(job);
    } catch (error) {
      if (error instanceof StoreError) return { error };
      throw error;
    }
  }

  private park(job: Job, promise: Promise<unknown>): void {
    promise.then(
      (value) => {
        job.input = value;
        this.add(job);
      },
      (error: unknown) => {
        job.failure = error;
        this.add(job);
      },
    );
  }
}

/** Goes on with a job. What must end it is thrown where it stands, and only once, so that it can give up in order. */
function resume(job: Job): IteratorResult<Promise<unknown> | undefined, unknown> {
  const failure = job.failure ?? refusalOf(job.limit);
  if (failure === undefined) return job.work.next(job.input);
  job.failure = undefined;
  job.limit = undefined;
  return job.work.throw(failure);
}

function refusalOf(limit: Limit | undefined): unknown {
  try {
    limit?.check();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Runs one change and, as long as a transaction holds what it needs, waits for that transaction to end. */
export function* patiently<T>(change: () => T): WriteWork<T> {
  for (;;) {
    try {
      return change();
    } catch (error) {
      if (!(error instanceof Held)) throw error;
      yield error.holder.ended;
    }
  }
}
