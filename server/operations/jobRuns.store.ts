import type { Connection } from 'mongoose';
import type { Paging, Slice } from '../platform/http/paging.js';
import { newId } from '../platform/ids.js';
import { jobRunSchema } from './jobRuns.model.js';

/** How a run went; `ok` is null while it goes on. */
export interface JobRun {
  readonly id: string;
  readonly job: string;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly ok: boolean | null;
  readonly summary: string;
}

interface JobRunRecord extends Omit<JobRun, 'id'> {
  readonly _id: string;
}

/** The runs of the background jobs; they hold numbers and ids only, so they have no scope. */
export function makeJobRunsStore(db: Connection) {
  const runs = db.model<JobRunRecord>('JobRun', jobRunSchema as never, 'job_runs');
  const toRun = ({ _id, ...rest }: JobRunRecord): JobRun => ({ id: _id, ...rest });
  return {
    /** Notes that a job began; the id of the run. */
    async begin(job: string, at: Date): Promise<string> {
      const id = newId();
      await runs.insertMany([{ _id: id, job, startedAt: at, endedAt: null, ok: null, summary: '' }]);
      return id;
    },
    async end(id: string, result: { at: Date; ok: boolean; summary: string }): Promise<void> {
      await runs.updateOne({ _id: id }, { $set: { endedAt: result.at, ok: result.ok, summary: result.summary } });
    },
    /** The newest run of each job that ever ran. */
    async latestOfEach(names: readonly string[]): Promise<ReadonlyMap<string, JobRun>> {
      const newest = await Promise.all(
        names.map((name) => runs.find({ job: name }).sort({ startedAt: -1 }).limit(1).lean<JobRunRecord[]>()),
      );
      return new Map(newest.flat().map((record) => [record.job, toRun(record)]));
    },
    /** Runs that failed since an instant, by job. */
    async failuresSince(since: Date): Promise<ReadonlyMap<string, number>> {
      const groups = await runs.aggregate<{ _id: string; n: number }>([
        { $match: { ok: false, startedAt: { $gte: since } } },
        { $group: { _id: '$job', n: { $sum: 1 } } },
      ]);
      return new Map(groups.map(({ _id, n }) => [_id, n]));
    },
    /** Runs of one job, newest first. */
    async list(job: string, paging: Pick<Paging, 'skip' | 'size'>): Promise<Slice<JobRun>> {
      const [records, total] = await Promise.all([
        runs.find({ job }).sort({ startedAt: -1 }).skip(paging.skip).limit(paging.size).lean<JobRunRecord[]>(),
        runs.countDocuments({ job }),
      ]);
      return { rows: records.map(toRun), total };
    },
    /** The newest runs of a job. */
    async latest(job: string, most: number): Promise<readonly JobRun[]> {
      return (await runs.find({ job }).sort({ startedAt: -1 }).limit(most).lean<JobRunRecord[]>()).map(toRun);
    },
  };
}

export type JobRunsStore = ReturnType<typeof makeJobRunsStore>;
