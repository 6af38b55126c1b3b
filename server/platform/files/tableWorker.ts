import { parentPort, workerData } from 'node:worker_threads';
import { readTable, type TableForm } from './table.js';

/** What the worker is started with: the file and the table it should hold. */
export interface TableTask {
  readonly bytes: Uint8Array;
  readonly form: TableForm;
}

const { bytes, form } = workerData as TableTask;
parentPort?.postMessage(await readTable(Buffer.from(bytes), form));
