import { readConfig } from '../server/platform/config.js';
import { openProcess } from '../server/process.js';
import { startWork } from './start.js';

const running = await openProcess(readConfig());
const work = await startWork(running.deps);
running.deps.log.info({ database: running.deps.databaseDescription }, 'jobs running');
running.onSignal(async () => {
  await work.stop();
});
