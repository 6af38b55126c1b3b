import type { Server } from 'node:http';
import { startWork } from '../jobs/start.js';
import { createApp } from './app.js';
import type { OpenProcess } from './process.js';

/** Listens, starts jobs where the configuration says so, and drains both when the process is asked to end. */
export async function serve(running: OpenProcess): Promise<void> {
  const { config, log } = running.deps;
  const work = config.JOBS === 'inline' ? await startWork(running.deps) : null;
  const server = await listen(running);
  log.info({ port: config.PORT, host: config.HOST, jobs: config.JOBS }, 'listening');
  running.onSignal(async () => {
    await closed(server);
    await running.deps.importRuns.idle();
    await work?.stop();
  });
}

async function listen(running: OpenProcess): Promise<Server> {
  const { config } = running.deps;
  const app = createApp(running.deps);
  return new Promise((resolve, reject) => {
    const opened = app.listen(config.PORT, config.HOST, (error?: Error) => {
      if (error === undefined) resolve(opened);
      else reject(error);
    });
  });
}

/** No new requests; those under way are answered first. */
async function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeIdleConnections();
  });
}
