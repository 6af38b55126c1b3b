// Starts the store's worker thread. Compiled, the entry is plain JavaScript; in development it is TypeScript, which a
// worker only runs when it registers the loader itself (https://github.com/privatenumber/tsx/issues/354).
import { workerData } from 'node:worker_threads';

if (workerData.entry.endsWith('.ts')) (await import('tsx/esm/api')).register();
await import(workerData.entry);
