import { Worker } from 'node:worker_threads';
import { refuse, type Refused } from './problem.js';
import { readTable, type Table, type TableForm } from './table.js';
import type { TableTask } from './tableWorker.js';

/** What a large file may take before it is given up. */
export interface ReadingLimits {
  /** Files over this size are read in a thread of their own, so that nobody else waits for them. */
  readonly inThreadBytes: number;
  readonly milliseconds: number;
  readonly megabytes: number;
}

const usualLimits: ReadingLimits = { inThreadBytes: 200 * 1024, milliseconds: 60_000, megabytes: 1536 };

/** Reads an uploaded table: small files at once, large ones in a thread with a limit of time and memory. */
export async function readUploadedTable(bytes: Buffer, form: TableForm, limits: ReadingLimits = usualLimits): Promise<Table | Refused> {
  return bytes.length <= limits.inThreadBytes ? readTable(bytes, form) : readInThread({ bytes, form }, limits);
}

function readInThread(task: TableTask, limits: ReadingLimits): Promise<Table | Refused> {
  return new Promise((resolve, reject) => {
    const worker = startWorker(task, limits);
    const timer = setTimeout(() => {
      finish(() => resolve(refuse('tooSlow', { seconds: limits.milliseconds / 1000 })));
    }, limits.milliseconds);
    const finish = (answer: () => void): void => {
      clearTimeout(timer);
      void worker.terminate();
      answer();
    };
    worker.once('message', (result: Table | Refused) => finish(() => resolve(result)));
    worker.once('error', (error: Error & { code?: string }) => {
      finish(() => (error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? resolve(refuse('bomb')) : reject(error)));
    });
  });
}

function startWorker(task: TableTask, limits: ReadingLimits): Worker {
  const options = { workerData: task, resourceLimits: { maxOldGenerationSizeMb: limits.megabytes } };
  if (import.meta.url.endsWith('.js')) return new Worker(new URL('./tableWorker.js', import.meta.url), options);
  // a thread does not take over the TypeScript loader of its parent on Node 20, so in development it registers its own
  const entry = new URL('./tableWorker.ts', import.meta.url).href;
  const start = `import('tsx/esm/api').then((tsx) => { tsx.register(); return import(${JSON.stringify(entry)}); });`;
  return new Worker(start, { ...options, eval: true });
}
