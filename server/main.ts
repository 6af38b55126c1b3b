import type { Server } from 'node:http';
import { startWork } from '../jobs/start.js';
import { createApp } from './app.js';
import { readConfig } from './platform/config.js';
import { openProcess } from './process.js';
import { refuseUnready } from './cli/ready.js';

const config = readConfig();
const running = await openProcess(config);
await refuseUnready(running.deps);
const work = config.JOBS === 'inline' ? await startWork(running.deps) : null;
const server = await listen();
running.deps.log.info({ port: config.PORT, host: config.HOST, jobs: config.JOBS }, 'listening');
running.onSignal(async () => {
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeIdleConnections();
  });
  await work?.stop();
});

async function listen(): Promise<Server> {
  const app = createApp(running.deps);
  return new Promise((resolve, reject) => {
    const opened = app.listen(config.PORT, config.HOST, (error?: Error) => {
      if (error === undefined) resolve(opened);
      else reject(error);
    });
  });
}
